/* The compiler's picture of one database, read from the app database. */
#ifndef RUN_CATALOG_H
#define RUN_CATALOG_H

#include "query/catalog.h"
#include "store/store.h"

/* Tables that are active and shown, with their fields. Everything lives in the arena. */
bool run_catalog(Store *store, Arena *arena, int64_t database_id, Catalog *catalog, Error *err);

#endif
