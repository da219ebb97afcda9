/*
 * Runs periodic work when it is due. Of several copies of the server on one app database, the one
 * that holds the lease looks at the schedules; any copy runs what a person asks it to. Every run,
 * and every one that was missed, is in the history.
 */
#ifndef JOB_SCHEDULER_H
#define JOB_SCHEDULER_H

#include "job/work.h"
#include "store/job.h"

typedef struct Scheduler Scheduler;

typedef struct SchedulerOptions
{
    Ground ground;
    WorkerPool *pool; /* where work runs, as background; NULL: only scheduler_run_here */
    bool lead;        /* look at the schedules */
} SchedulerOptions;

/* Starts a thread. */
bool scheduler_start(const SchedulerOptions *options, Scheduler **scheduler, Error *err);
/* Cancels what runs and waits for its end; from then on everything is refused. The pool must still
 * be there. NULL is accepted. */
void scheduler_stop(Scheduler *scheduler);
/* Stops if need be, and frees; *scheduler becomes NULL. */
void scheduler_close(Scheduler **scheduler);

/* Starts work because a person asks; *run is its line in the history, in `arena`. ERR_CONFLICT when
 * it runs already. */
bool scheduler_run(Scheduler *scheduler, Arena *arena, const char *name, JobRun *run, Error *err);
/* The same on this thread, to its end; false with the error of the work. */
bool scheduler_run_here(Scheduler *scheduler, Arena *arena, const char *name, JobRun *run,
                        Error *err);

/* When the work is due next after now; ERR_INVALID when its schedule or zone is wrong. *at 0:
 * never. */
bool work_next(const Work *work, Instant after, Instant *at, Error *err);

#endif
