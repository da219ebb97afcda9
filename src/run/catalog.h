/*
 * The compiler's picture of one database, read from the app database once and kept until something
 * in it changes.
 */
#ifndef RUN_CATALOG_H
#define RUN_CATALOG_H

#include "query/catalog.h"
#include "store/database.h"
#include "store/metadata.h"

typedef struct Known
{
    Database database;
    const char *version;   /* changes when how to connect does */
    Catalog catalog;       /* finds no saved thing: see run/finder.h */
    TableFieldList fields; /* the same fields with all that is known of them, by id */
} Known;

/* Tables that are active, with their fields. Everything lives in the arena. */
bool known_read(Store *store, Arena *arena, int64_t database_id, Known *known, Error *err);
/* NULL when there is none. */
const TableField *known_field(const Known *known, int64_t id);

/* What was read, by database. */
typedef struct Catalogs Catalogs;

Catalogs *catalogs_new(void);
void catalogs_free(Catalogs **catalogs);
/* A reference, to be given back. */
bool catalogs_take(Catalogs *catalogs, Store *store, int64_t database_id, const Known **known,
                   Error *err);
/* Accepts NULL inside. */
void catalogs_give(Catalogs *catalogs, const Known **known);

#endif
