/* The history of questions: what was run, for whom, how long it took. */
#ifndef STORE_EXECUTION_H
#define STORE_EXECUTION_H

#include "store/store.h"

/* The error of what a person stopped, or left: no failure of the question. */
#define EXECUTION_CANCELLED "it was cancelled"

typedef struct Execution
{
    int64_t id;
    const char *hash; /* of the SQL */
    const char *started_at;
    int64_t running_time; /* milliseconds */
    int64_t result_rows;
    bool native;
    const char *context;
    const char *error; /* NULL: it succeeded */
    OptInt executor_id;
    OptInt card_id;
    OptInt dashboard_id;
    OptInt database_id;
    bool cache_hit;
    const char *reference; /* of a failure that a stranger was told of, or NULL */
    const char *executor;  /* address, for lists */
    const char *card_name;
} Execution;

typedef struct ExecutionList
{
    Execution *items;
    size_t count;
} ExecutionList;

typedef struct ExecutionFilter
{
    int64_t card_id; /* 0: any */
    bool failed;
    int64_t least_ms;
    const char *reference; /* NULL: any */
    int64_t limit;
} ExecutionFilter;

bool execution_add(Store *store, Arena *arena, const Execution *execution, Error *err);
/* Newest first. */
bool execution_list(Store *store, Arena *arena, const ExecutionFilter *filter, ExecutionList *list,
                    Error *err);
/* Forgets what is older. */
bool execution_purge(Store *store, Arena *arena, Instant before, Error *err);

#endif
