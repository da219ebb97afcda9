/* Finds saved questions, segments, measures and snippets for the compiler, as they are named, and
 * only those that the person who asks may read. */
#ifndef RUN_FINDER_H
#define RUN_FINDER_H

#include "auth/access.h"
#include "query/catalog.h"

typedef struct Finder
{
    Store *store;
    Arena *arena;
    const Identity *who; /* NULL: the right was decided already */
    Error failure;       /* of the app database, while something was looked for */
    int64_t learned_id;  /* of a saved question whose columns were just looked at, or 0 */
    const Json *learned; /* they win over what is kept */
} Finder;

/* The same catalog, with the things that this finder finds. */
Catalog finder_catalog(Finder *finder, const Catalog *catalog);

#endif
