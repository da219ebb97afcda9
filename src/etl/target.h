/*
 * The target: a schema is built under a temporary name, and takes the place of the old one in one
 * transaction. Needs a role that may create schemas in the database, nothing more.
 */
#ifndef ETL_TARGET_H
#define ETL_TARGET_H

#include "etl/draft.h"

/* A session of a run on the schema `building`; sets its application name and limits. */
bool target_open(const PgTarget *target, const char *building, Cancel *cancel, Pg **pg, Error *err);
/* "rdv" is built as "rdv__new". */
const char *target_building(Arena *arena, const char *schema);
/* May the role create schemas and replace this one; are the readers there? */
bool target_check(Pg *pg, Arena *arena, const Plan *plan, Error *err);
/* Is `pg` (the source) a session of the same database as `target`? */
bool target_is_source(Pg *target, Arena *arena, const char *source_application, bool *same,
                      Error *err);

/* One run of a schema at a time: ERR_CONFLICT after some seconds. Held while `pg` is open. */
bool target_lock(Pg *pg, const char *schema, Error *err);
bool target_is_locked(Pg *pg, const char *schema, bool *locked, Error *err);
/* Ends sessions of a run that died, drops what it built. *found: there was something. */
bool target_clean(Pg *pg, Arena *arena, const char *schema, bool *found, Error *err);

/* After a failure: on a new connection, locked, what the run built is dropped. The server may be
 * restarting, and is waited for. False when something may stay: the log says why, and the next run
 * drops it. */
bool target_give_up(const PgTarget *target, Arena *arena, const char *schema, Pg **pg);

bool target_create_schema(Pg *pg, const char *building, Error *err);
/* Columns lose a collation that the target lacks; each is added to `skipped`. */
bool target_fit_collations(Pg *pg, Arena *arena, CopyTable *tables, size_t count, List *skipped,
                           Error *err);
bool target_create_tables(Pg *pg, const char *building, const CopyTable *tables, size_t count,
                          Error *err);
bool target_index(Pg *pg, Cancel *cancel, const char *building, const CopyTable *table,
                  const SourceIndex *index, Error *err);
bool target_analyze(Pg *pg, Cancel *cancel, const char *building, const CopyTable *table,
                    Error *err);
/* After target_index failed: is it one that the target cannot have, and may go without? */
bool target_can_skip(const Pg *pg);
/* Foreign keys and grants. What cannot be is added to `skipped` (of Skipped *). */
bool target_finish(Pg *pg, Arena *arena, const char *building, const Plan *plan,
                   const CopyTable *tables, size_t count, List *skipped, Error *err);

typedef struct TargetSwap
{
    const char *schema;
    const char *building;
    int64_t seconds; /* how long readers that hold locks are waited for */
    /* Called inside the transaction, before it ends. */
    bool (*record)(void *arg, Pg *pg, Error *err);
    void *record_arg;
    List *skipped; /* views of others that are lost: Skipped * */
    /* Called between tries; false gives up. */
    bool (*watch)(void *arg, Error *err);
    void *watch_arg;
} TargetSwap;

bool target_swap(Pg *pg, Arena *arena, const TargetSwap *swap, Error *err);

#endif
