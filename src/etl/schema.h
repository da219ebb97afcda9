/*
 * The catalog of a source: tables, columns, keys, as the target can hold them. Enums, and types
 * that only the source knows, become text; a domain becomes its base; partitions become one table.
 */
#ifndef ETL_SCHEMA_H
#define ETL_SCHEMA_H

#include "base/bind.h"
#include "pg/pg.h"

/* What a mask can be applied to; bits, so that a mask names a set. */
typedef enum Family
{
    FAMILY_TEXT = 1,
    FAMILY_INTEGER = 2,
    FAMILY_FLOAT = 4,
    FAMILY_NUMERIC = 8,
    FAMILY_DATE = 16,
    FAMILY_TIMESTAMP = 32, /* with and without zone */
    FAMILY_UUID = 64,
    FAMILY_TEXT_ARRAY = 128,
    FAMILY_JSONB = 256,
    FAMILY_OTHER = 512,
    FAMILY_ANY = 1023
} Family;

/* A type of pg_catalog, with the numbers in brackets: numeric(10,2). */
typedef struct SqlType
{
    const char *name;
    int64_t args[2];
    size_t arg_count;
} SqlType;

typedef struct SourceColumn
{
    const char *name;
    const char *shown; /* the type as the source calls it */
    SqlType type;      /* in the target */
    Family family;
    bool cast; /* the source's type differs from `type` */
    bool not_null;
    bool generated;
    TextList made_from;      /* when generated: the columns it is computed from */
    bool primary;            /* part of the primary key */
    bool foreign;            /* a foreign key of this column alone */
    const char *default_sql; /* "identity" for such a column */
    const char *comment;
    const char *collation_schema; /* NULL: that of the type */
    const char *collation;
} SourceColumn;

typedef struct SourceIndex
{
    const char *name;
    bool unique;
    bool primary;
    bool expression;  /* or partial */
    const char *kind; /* of the constraint: "p", "u", "x", or "" */
    const char *tail; /* "USING btree (a, b) WHERE ...", "EXCLUDE USING ..." */
    TextList uses;    /* every column it looks at */
    TextList columns; /* its keys that are plain columns, in order */
    bool ordered;     /* unique, and it compares the order of an enum's values */
} SourceIndex;

typedef struct SourceKey
{
    const char *name;
    const char *schema; /* of the table it points to */
    const char *table;
    TextList columns;
    TextList targets;
} SourceKey;

/* A relation that holds rows: the table itself, or a partition of it. */
typedef struct SourceLeaf
{
    const char *schema;
    const char *name;
    int64_t rows;      /* an estimate */
    int64_t blocks;    /* 0 when it is not cut in parts */
    const char *query; /* its rows instead, as a person wrote it; or NULL */
} SourceLeaf;

typedef struct SourceTable
{
    int64_t oid;
    const char *schema;
    const char *name;
    const char *key; /* how rules call it: "users", or "geo.cities" outside the first schema */
    const char *comment;
    bool partitioned;
    bool readable;
    bool filtered; /* row security hides rows from this role */
    bool extension;
    SourceColumn *columns;
    size_t column_count;
    SourceIndex *indexes;
    size_t index_count;
    SourceKey *keys;
    size_t key_count;
    SourceLeaf *leaves;
    size_t leaf_count;
} SourceTable;

typedef struct Skipped
{
    const char *what; /* "view", "schema", ... */
    const char *name;
    const char *why;
} Skipped;

typedef struct Catalog
{
    SourceTable *tables;
    size_t table_count;
    Skipped *others;
    size_t other_count;
} Catalog;

/* Reads in the transaction that is open on `pg`. */
bool catalog_read(Pg *pg, Arena *arena, const TextList *schemas, Catalog *catalog, Error *err);
const SourceColumn *source_column(const SourceTable *table, const char *name);
/* The estimate of all leaves. */
int64_t source_rows(const SourceTable *table);

/* "pg_catalog"."numeric"(10,2) */
void sql_type(Sql *sql, const SqlType *type);
/* "numeric(10,2)", for people. */
const char *type_shown(Arena *arena, const SqlType *type);
/* The value of a default that is a constant, as Rails reads it; NULL for functions and none. */
const char *default_literal(Arena *arena, const char *default_sql);
const char *family_name(Family family);

#endif
