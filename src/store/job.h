/*
 * The history of periodic work, and leases by which one of several copies of the server leads. One
 * run of a name at a time, one run of a due time ever: the indexes see to it, whoever leads.
 */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "store/store.h"

typedef struct JobRun
{
    int64_t id;
    const char *name;
    const char *status; /* running, done, failed, interrupted, missed */
    const char *cause;  /* schedule, make-up, person */
    const char *due_at; /* NULL when a person asked */
    const char *started_at;
    const char *ended_at; /* NULL while it runs */
    OptInt rows;
    const char *message;
} JobRun;

typedef struct JobRunList
{
    JobRun *items;
    size_t count;
} JobRunList;

/* `run` gives name, cause, due_at. id 0 afterwards: it runs already, or this due time had its run.
 */
bool job_run_begin(Store *store, Arena *arena, JobRun *run, Error *err);
/* A line about a run that did not happen; once for each due time. */
bool job_run_missed(Store *store, Arena *arena, const JobRun *run, Error *err);
/* It goes on. Who says so too rarely is taken for dead by job_run_expire. */
bool job_run_alive(Store *store, Arena *arena, int64_t id, Error *err);
bool job_run_expire(Store *store, Arena *arena, int64_t seconds, Error *err);
/* status, rows and message of `run`; the oldest runs of that name are forgotten. */
bool job_run_end(Store *store, Arena *arena, JobRun *run, Error *err);
/* Newest first; name NULL: of all. */
bool job_run_list(Store *store, Arena *arena, const char *name, int64_t limit, JobRunList *list,
                  Error *err);

/* *taken: this holder has it for the next `seconds`. */
bool lease_take(Store *store, Arena *arena, const char *name, const char *holder, int64_t seconds,
                bool *taken, Error *err);
bool lease_release(Store *store, Arena *arena, const char *name, const char *holder, Error *err);

#endif
