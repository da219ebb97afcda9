/*
 * What drivers share when they describe a database: which schemas are wanted, and the rows of
 * three catalog queries made into a Schema.
 *
 * Columns of `tables`: schema, name, is a view, estimated rows, comment. Of `columns`: schema,
 * table, name, type as shown, type word, is nullable, default, is generated, counts by itself, is
 * in the primary key, begins an index, comment; by schema, table, position. Of `keys`, those of one
 * column: schema, table, column, and the same three of the target.
 */
#ifndef DRIVER_SCHEMA_H
#define DRIVER_SCHEMA_H

#include "driver/driver.h"

/* "all", "inclusion" or "exclusion" of names by commas, where * stands for anything. */
typedef struct SchemaFilter
{
    const char *type;
    const char *patterns;
} SchemaFilter;

/* From "schema-filters-type" and "schema-filters-patterns"; text is copied. */
SchemaFilter schema_filter_of(Arena *arena, const ConnSpec *spec);
bool schema_is_wanted(const SchemaFilter *filter, const char *schema);

typedef struct TypeWord
{
    const char *word;
    BaseType type;
} TypeWord;

/* Letters of either case; BASE_ANY when it is not listed. */
BaseType type_lookup(const TypeWord *words, size_t count, const char *word);

typedef struct SchemaQueries
{
    const char *tables;
    const char *columns;
    const char *keys;  /* or NULL */
    const char *facts; /* one row: version, time zone, may this user write */
    BaseType (*type_of)(const char *word);
    SchemaFilter filter;
} SchemaQueries;

/* Reads all of it through conn_query. */
bool schema_read(Conn *conn, const SchemaQueries *queries, Arena *arena, Schema *schema,
                 Error *err);

#endif
