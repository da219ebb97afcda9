/*
 * The anonymizing copy of one app: check, then build aside, then swap. Everything before the swap
 * leaves the served data alone; what a dead run leaves, the next one removes.
 */
#ifndef ETL_ETL_H
#define ETL_ETL_H

#include "etl/report.h"

/* The source, open in one snapshot, and what would be done with it. */
typedef struct Etl
{
    Arena *arena;
    const App *app;
    Pg *source;
    const char *snapshot;
    Catalog catalog;
    Draft draft;
} Etl;

bool etl_open(Arena *arena, const App *app, Etl *etl, Error *err);
void etl_close(Etl *etl);
/* Rules, masks and key, rights on the target; copies nothing. */
bool etl_check(Etl *etl, bool strict, Error *err);

typedef struct EtlRun
{
    bool strict;
    int64_t jobs;         /* 0: as the rules say */
    int64_t swap_seconds; /* 0: 300 */
    const Cancel *cancel; /* may be NULL */
    /* Called from time to time with the tables and their counters; false stops the run. */
    bool (*watch)(void *arg, const CopyTable *tables, size_t count, Error *err);
    void *watch_arg;
} EtlRun;

/* *report lives in the arena of `etl`. On failure nothing that was built stays. */
bool etl_run(Etl *etl, const EtlRun *run, Report *report, Error *err);

typedef struct EtlStatus
{
    bool locked;   /* a run is at work */
    bool leftover; /* a dead run left something */
    bool there;    /* the schema is served */
    int64_t tables;
    int64_t bytes;
    Rows history; /* id, app, state, started, seconds, tables, rows, bytes, message */
} EtlStatus;

bool etl_status(Arena *arena, const App *app, EtlStatus *status, Error *err);
/* Removes what a dead run left. ERR_CONFLICT while a run is at work. */
bool etl_clean(Arena *arena, const App *app, bool *found, Error *err);

#endif
