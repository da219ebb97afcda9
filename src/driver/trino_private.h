/* Between the files of the Trino driver. */
#ifndef DRIVER_TRINO_PRIVATE_H
#define DRIVER_TRINO_PRIVATE_H

#include "base/map.h"
#include "driver/driver.h"

/* The rows of pages as they come, to a sink. */
typedef struct TrinoReader
{
    Arena *arena;
    Arena *row_arena;
    RowSink *sink;
    Map *zones; /* const Zone by name; NULL when there is none of that name */
    struct TrinoType *types;
    Value *cells;
    size_t count;
    bool begun; /* the columns are known */
} TrinoReader;

TrinoReader trino_reader(Arena *arena, RowSink *sink);
/* The columns, when they are new, and the rows of one page. */
bool trino_take_page(TrinoReader *reader, const Json *page, Error *err);
/* The end of the sink. */
bool trino_finish(TrinoReader *reader, Error *err);
/* Of a type as the server writes it: "timestamp(3) with time zone". */
BaseType trino_base_type(const char *type);

#endif
