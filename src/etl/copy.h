/*
 * The rows' way: COPY out of the source in one shared snapshot, masks, COPY into the target, on
 * several connections at once, big tables in parts, memory independent of the data. Indexes are
 * built as soon as their table is filled.
 */
#ifndef ETL_COPY_H
#define ETL_COPY_H

#include "etl/draft.h"

typedef struct CopyRun
{
    const PgTarget *source;
    const PgTarget *target;
    const char *snapshot; /* of a transaction that stays open meanwhile */
    int source_version;   /* 150004 */
    const char *schema;   /* that is built; its tables are there and empty */
    CopyTable *tables;
    size_t table_count;
    const HashKey *key; /* NULL when no mask needs it */
    size_t jobs;
    /* Called from time to time on the calling thread; false stops the copy. */
    bool (*watch)(void *arg, Error *err);
    void *watch_arg;
    /* What could not be built, such as an index on a function that the target lacks. */
    Arena *arena;
    List skipped; /* Skipped * */
} CopyRun;

/* Sets up a session: read only, its own application name, no limit of time from the role. */
bool copy_open_source(const PgTarget *target, Cancel *cancel, Pg **pg, Error *err);

/* Lets the source plan every query: conditions, constants and rights are known to hold. */
bool copy_check(Pg *source, const CopyTable *tables, size_t count, Error *err);
bool copy_run(CopyRun *run, Error *err);
/* The whole query of one leaf; blocks from `from` to before `to`, to -1: no end. */
void copy_select(Sql *sql, const CopyTable *table, const SourceLeaf *leaf, int64_t from,
                 int64_t to);

#endif
