/*
 * Where rows go. A sink gets begin once, row for each row, end once; a false stops the query with
 * that error. Cells live until the call returns. A sink that feeds another is a filter.
 */
#ifndef SQL_ROW_H
#define SQL_ROW_H

#include "base/bind.h"
#include "base/error.h"
#include "base/json.h"
#include "sql/value.h"

typedef struct RowSink RowSink;
struct RowSink
{
    bool (*begin)(RowSink *sink, const Columns *columns, Error *err);
    bool (*row)(RowSink *sink, const Value *cells, Error *err);
    bool (*end)(RowSink *sink, Error *err);
};

/* A whole result in an arena. */
typedef struct Rows
{
    Columns columns;
    Value **row;
    size_t count;
} Rows;

/* The sink that makes one; more rows than `max_rows` is ERR_TOO_LARGE, 0 is no limit. */
typedef struct RowCollector
{
    RowSink sink; /* first, so that a RowSink * is a RowCollector * */
    Arena *arena;
    Rows *rows;
    size_t size;
    size_t max_rows;
} RowCollector;

RowCollector row_collector(Arena *arena, Rows *rows, size_t max_rows);

/* Reads the cells of a row one after the other, for structs filled from a statement. */
typedef struct RowReader
{
    Arena *arena;
    const Value *next;
} RowReader;

int64_t row_int(RowReader *reader); /* 0 for null */
OptInt row_opt_int(RowReader *reader);
bool row_bool(RowReader *reader); /* false for null */
OptBool row_opt_bool(RowReader *reader);
const char *row_text(RowReader *reader); /* NULL for null */
const Json *row_json(RowReader *reader); /* NULL for null and for text that is not JSON */

/*
 * A whole struct by its table: cells in the order of the fields, as the statement selects them. For
 * tables whose members are columns; embedded structs and lists are not.
 */
void row_read(Arena *arena, const Field *fields, const Value *cells, void *object);
/* And back, in that order; returns how many. `values` has room for all fields. */
size_t row_values(Arena *arena, const Field *fields, const void *object, Value *values);

/* And back: values to bind from members. */
Value value_of_opt_int(OptInt number);
Value value_of_opt_bool(OptBool flag);
Value value_of_json(Arena *arena, const Json *tree); /* NULL is null */

#endif
