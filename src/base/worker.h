/*
 * Threads that run tasks as straight-line code. Three classes with their own limits and queues,
 * so that exports and background work cannot starve people. Each task has a Cancel: a flag and a
 * deadline that the task looks at, and a function that interrupts what it waits for.
 */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include "base/base.h"
#include "base/error.h"
#include "base/time.h"

typedef enum WorkerClass
{
    WORKER_INTERACTIVE,
    WORKER_EXPORT,
    WORKER_BACKGROUND,
    WORKER_CLASSES
} WorkerClass;

typedef struct Cancel Cancel;

/* Shared by the task and whoever may stop it; counted references. */
Cancel *cancel_new(void);
Cancel *cancel_ref(Cancel *cancel);
void cancel_free(Cancel **cancel);
/* Monotonic microseconds (time_monotonic); 0 means none. */
void cancel_set_deadline(Cancel *cancel, int64_t deadline);
int64_t cancel_deadline(const Cancel *cancel);
/* From any thread: sets the flag and calls the interrupt function, once. */
void cancel_now(Cancel *cancel);
bool cancel_is_set(const Cancel *cancel);
/* Fails with ERR_CANCELLED or ERR_TIMEOUT when the task should stop. NULL never stops. */
bool cancel_check(const Cancel *cancel, Error *err);
/* `interrupt` is called by cancel_now from another thread while it is set; NULL takes it away. */
void cancel_on(Cancel *cancel, void (*interrupt)(void *arg), void *arg);

typedef struct WorkerPool WorkerPool;
typedef struct WorkerLimits
{
    unsigned threads; /* most threads at once; they start when needed and end when idle */
    unsigned queue;   /* most tasks that wait */
} WorkerLimits;

typedef struct WorkerStats
{
    unsigned running;
    unsigned waiting;
    unsigned threads;
    uint64_t done;
    uint64_t refused;
} WorkerStats;

WorkerPool *worker_pool_new(const WorkerLimits limits[WORKER_CLASSES]);
/* Stops taking tasks, runs what waits, returns when all have ended; *pool becomes NULL. */
void worker_pool_free(WorkerPool **pool);
/* False with ERR_UNAVAILABLE when the queue is full or the pool stops. */
bool worker_submit(WorkerPool *pool, WorkerClass class, void (*run)(void *arg), void *arg,
                   Error *err);
WorkerStats worker_stats(const WorkerPool *pool, WorkerClass class);

#endif
