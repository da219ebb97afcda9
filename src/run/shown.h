/*
 * What a person is shown of a database and of an answer: a catalog without the columns that are
 * hidden from them and with the rows that they may see; values shown as text in place of codes.
 */
#ifndef RUN_SHOWN_H
#define RUN_SHOWN_H

#include "auth/access.h"
#include "query/compile.h"
#include "run/catalog.h"
#include "run/pack.h"
#include "sql/row.h"

/* `who` NULL and administrators see all. */
bool shown_catalog(const Identity *who, Store *store, Arena *arena, const Known *known,
                   const Catalog **catalog, Error *err);

/* A column of SQL that a person wrote. */
QueryColumn shown_native_column(Arena *arena, const Column *column);
/* The types of columns that the database did not tell, from the first values in them. */
void shown_infer_types(Arena *arena, QueryColumn *columns, size_t count, const Pack *pack);

/* A filter: adds the cells that the database has not, the texts of codes. */
typedef struct ShownSink
{
    RowSink sink; /* first, so that a RowSink * is a ShownSink * */
    RowSink *next;
    const QueryColumn *columns;
    size_t count;
    Value *cells;
    size_t *from; /* by column: of the database's columns, the one it is read from */
} ShownSink;

ShownSink shown_sink(Arena *arena, const QueryColumn *columns, size_t count, RowSink *next);

#endif
