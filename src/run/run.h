/*
 * A question, from what was asked to rows: the catalog, the compiler, the right to it, the cache, a
 * connection, the limits. Answers for people are whole and bounded in memory; files stream.
 */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "auth/access.h"
#include "driver/pool.h"
#include "query/compile.h"
#include "run/cache.h"
#include "run/catalog.h"
#include "run/keeper.h"
#include "store/settings.h"

/* Everything that lives as long as the server. */
typedef struct Runner Runner;

typedef struct RunnerOptions
{
    const char *data_folder;
    size_t cache_bytes;
    size_t answer_bytes;   /* most of one answer */
    unsigned connections;  /* most for each database */
    int64_t query_seconds; /* longest that a question may run */
} RunnerOptions;

Runner *runner_new(const RunnerOptions *options);
/* When no question runs any more, and before the store is closed. Accepts NULL inside. */
void runner_free(Runner **runner);
Pool *runner_pool(Runner *runner);
Cache *runner_cache(Runner *runner);
Keeper *runner_keeper(Runner *runner);

/* How long an answer may be shown again. */
typedef struct RunLifetime
{
    int64_t seconds;     /* 0: not at all */
    double times_longer; /* or so many times as long as it took; 0: no */
    int64_t least_ms;    /* only when it took as long as this */
    Instant not_before;  /* what was made earlier is too old; 0: any */
} RunLifetime;

/* Groups of fewer than `below` rows are not shown to strangers. */
typedef struct SmallCells
{
    int64_t below;            /* 0: all groups are shown */
    bool merge;               /* into one row, when their measures add */
    const char *count_column; /* of SQL: the column that holds how many rows a group counts */
} SmallCells;

/* What was not shown of an answer. */
typedef struct SmallReport
{
    int64_t below;           /* 0: nothing was looked at */
    const char *unknown;     /* why nothing is shown: "rows", "groups", "part", "sql"; or NULL */
    const int64_t *withheld; /* rows whose measures are left out */
    size_t withheld_count;
    int64_t left_out; /* groups that have no row any more */
    int64_t merged;   /* the row of all others; -1: none */
} SmallReport;

/* What is asked, and for whom. */
typedef struct RunOrder
{
    Store *store;
    Settings *settings;
    const Json *question; /* the body of a request, parameters included */
    const Identity *who;  /* NULL: the right was decided already, as for published things */
    const char *locale;   /* of display names */
    Cancel *cancel;
    bool saved;       /* a saved question that they may read; its parameters must be its own */
    bool of_model;    /* and it is a model: its filters act on what it gives */
    bool pivot;       /* with totals, as pivot_rows and pivot_cols say */
    bool whole;       /* a file: no limit but max_rows */
    bool anew;        /* the cache is not asked */
    int64_t max_rows; /* lower than the usual limit; 0: the usual one */
    int64_t max_ms;   /* the same, of the time it may take */
    RunLifetime lifetime;
    SmallCells small;
} RunOrder;

typedef enum RunPhase
{
    RUN_QUESTION, /* what was asked is wrong */
    RUN_RIGHT,    /* it may not be asked */
    RUN_DATABASE  /* the database failed */
} RunPhase;

/* What is known of an answer. It belongs to the arena, the rows to runner_release. */
typedef struct RunAnswer
{
    const Known *known;
    const Driver *driver;
    CompiledQuery *parts; /* several for a pivot table */
    size_t part_count;
    const QueryColumn *columns; /* also of native questions, once rows came */
    size_t column_count;
    const Zone *zone; /* in which moments are shown; NULL: UTC */
    const char *timezone;
    const char *asked_timezone; /* or NULL */
    Pack *pack;                 /* of run_answer */
    int64_t row_count;
    int64_t cut_at; /* rows left out beyond; 0: none */
    Instant started_at;
    int64_t took_us;
    Instant cached_at; /* 0: made just now */
    bool is_partial;   /* rows or columns may be withheld from who asked */
    bool is_stale;     /* the source is down */
    SmallReport small;
    RunPhase phase;
} RunAnswer;

/* Compiles, and asks whether it may be asked; what fails is told in `phase`. */
bool run_compile(Runner *runner, Arena *arena, const RunOrder *order, RunAnswer *answer,
                 Error *err);
/* A whole answer within the limits. */
bool run_answer(Runner *runner, Arena *arena, const RunOrder *order, RunAnswer *answer, Error *err);
/* The rows of a whole answer, as they are shown. */
bool run_replay(const RunAnswer *answer, Arena *arena, RowSink *sink, Error *err);
/* Rows as they come, for files. `answer->columns` is there when the sink begins. */
bool run_stream(Runner *runner, Arena *arena, const RunOrder *order, RowSink *sink,
                RunAnswer *answer, Error *err);
/* The same for two compiled questions that ask the same of the same database. */
const char *run_fingerprint(Arena *arena, const RunAnswer *answer);
/* Does the database answer? */
bool run_ping(Runner *runner, Store *store, int64_t database_id, Cancel *cancel, Error *err);
/* Gives back what the answer holds; always called after the three above. */
void run_release(Runner *runner, RunAnswer *answer);

#endif
