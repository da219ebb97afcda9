/* Cells of DuckDB's vectors as values. */
#ifndef DRIVER_DUCKDB_ROWS_H
#define DRIVER_DUCKDB_ROWS_H

#include "base/arena.h"
#include "driver/duckdb_library.h"
#include "sql/row.h"

/* A column of a result, read without asking the library again. */
typedef struct DuckColumn
{
    int type;    /* DuckTypeId */
    int storage; /* of a decimal: the integer that holds it */
    unsigned scale;
    const void *data; /* of the chunk that is read */
    const uint64_t *validity;
} DuckColumn;

/* Can a cell of this type be read? Others are turned into text by the database. */
bool duckdb_is_plain(int type);
/* Does the database write such a type as JSON rather than as text? */
bool duckdb_is_nested(int type);
BaseType duckdb_base_type(const char *word);
/* The columns of a result, and what is needed to read them. `names`: instead of its own, or NULL.
 */
Columns duckdb_columns(const DuckLibrary *library, Arena *arena, DuckResult *result,
                       const char *const *names, DuckColumn **own);
Value duckdb_cell(Arena *arena, const DuckColumn *column, uint64_t row);

#endif
