/*
 * One pool with a queue and a thread limit for each class of work. Threads start when a task finds
 * none idle, and end after some seconds without work, so that a quiet server is small.
 */
#include "base/worker.h"

#include "base/heap.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum
{
    IDLE_SECONDS = 20,
    STACK_BYTES = 512 * 1024
};

/* ------------------------------------------------------------------------------------- cancel */

struct Cancel
{
    atomic_int references;
    atomic_bool set;
    atomic_llong deadline;
    pthread_mutex_t lock; /* guards the interrupt function while it is called */
    void (*interrupt)(void *arg);
    void *arg;
};

Cancel *
cancel_new(void)
{
    Cancel *cancel = heap_new(1, sizeof(*cancel));

    atomic_init(&cancel->references, 1);
    (void) pthread_mutex_init(&cancel->lock, NULL);
    return cancel;
}

Cancel *
cancel_ref(Cancel *cancel)
{
    (void) atomic_fetch_add(&cancel->references, 1);
    return cancel;
}

void
cancel_free(Cancel **cancel)
{
    if (*cancel != NULL && atomic_fetch_sub(&(*cancel)->references, 1) == 1)
    {
        (void) pthread_mutex_destroy(&(*cancel)->lock);
        heap_free(*cancel);
    }
    *cancel = NULL;
}

void
cancel_set_deadline(Cancel *cancel, int64_t deadline)
{
    atomic_store(&cancel->deadline, deadline);
}

int64_t
cancel_deadline(const Cancel *cancel)
{
    return cancel == NULL ? 0 : atomic_load(&cancel->deadline);
}

void
cancel_now(Cancel *cancel)
{
    if (atomic_exchange(&cancel->set, true))
        return;
    (void) pthread_mutex_lock(&cancel->lock);
    if (cancel->interrupt != NULL)
        cancel->interrupt(cancel->arg);
    (void) pthread_mutex_unlock(&cancel->lock);
}

bool
cancel_is_set(const Cancel *cancel)
{
    return cancel != NULL && atomic_load(&cancel->set);
}

bool
cancel_check(const Cancel *cancel, Error *err)
{
    int64_t deadline = cancel_deadline(cancel);

    /* First, because whoever watches the deadline also cancels when it passes. */
    if (deadline != 0 && time_monotonic() > deadline)
    {
        (void) error_set(err, ERR_TIMEOUT, "it took longer than it may");
        return error_hint(err, "Ask for less, or raise the limit in the settings.");
    }
    if (cancel_is_set(cancel))
        return error_set(err, ERR_CANCELLED, "it was cancelled");
    return true;
}

void
cancel_on(Cancel *cancel, void (*interrupt)(void *arg), void *arg)
{
    if (cancel == NULL)
        return;
    (void) pthread_mutex_lock(&cancel->lock);
    cancel->interrupt = interrupt;
    cancel->arg = arg;
    /* Cancelled before it could be interrupted: do it now, under the same lock as cancel_now. */
    if (interrupt != NULL && cancel_is_set(cancel))
        interrupt(arg);
    (void) pthread_mutex_unlock(&cancel->lock);
}

/* --------------------------------------------------------------------------------------- pool */

typedef struct Task Task;
struct Task
{
    Task *next;
    void (*run)(void *arg);
    void *arg;
};

typedef struct Lane
{
    WorkerPool *pool;
    WorkerLimits limits;
    pthread_cond_t work;
    Task *first;
    Task **last;
    WorkerStats stats;
    unsigned idle;
} Lane;

struct WorkerPool
{
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a thread ended */
    bool stopping;
    bool has_last;  /* a thread ended and nobody has joined it yet */
    pthread_t last; /* the next one to end joins it, or worker_pool_free */
    Lane lanes[WORKER_CLASSES];
};

static void
lane_init(Lane *lane, WorkerPool *pool, WorkerLimits limits)
{
    pthread_condattr_t monotonic;

    (void) pthread_condattr_init(&monotonic);
    (void) pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    lane->pool = pool;
    lane->limits = limits;
    lane->last = &lane->first;
    (void) pthread_cond_init(&lane->work, &monotonic);
    (void) pthread_condattr_destroy(&monotonic);
}

WorkerPool *
worker_pool_new(const WorkerLimits limits[WORKER_CLASSES])
{
    WorkerPool *pool = heap_new(1, sizeof(*pool));

    (void) pthread_mutex_init(&pool->lock, NULL);
    (void) pthread_cond_init(&pool->ended, NULL);
    for (int class = 0; class < WORKER_CLASSES; class ++)
        lane_init(&pool->lanes[class], pool, limits[class]);
    return pool;
}

/* Waits for a task; NULL after a time without work or when the pool stops. Called with the lock. */
static Task *
lane_take(Lane *lane)
{
    struct timespec until;
    Task *task;

    (void) clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_SECONDS;
    lane->idle++;
    while (lane->first == NULL && !lane->pool->stopping)
        if (pthread_cond_timedwait(&lane->work, &lane->pool->lock, &until) == ETIMEDOUT)
            break;
    lane->idle--;
    task = lane->first;
    if (task == NULL)
        return NULL;
    lane->first = task->next;
    if (lane->first == NULL)
        lane->last = &lane->first;
    lane->stats.waiting--;
    return task;
}

/* Each thread that ends joins the one that ended before, so that none is left half gone. Called
 * with the lock, gives it back. */
static void
end_thread(Lane *lane)
{
    WorkerPool *pool = lane->pool;
    pthread_t before = pool->last;
    bool has_before = pool->has_last;

    pool->last = pthread_self();
    pool->has_last = true;
    lane->stats.threads--;
    (void) pthread_cond_broadcast(&pool->ended);
    (void) pthread_mutex_unlock(&pool->lock);
    if (has_before)
        (void) pthread_join(before, NULL);
}

static void *
lane_run(void *arg)
{
    Lane *lane = arg;
    WorkerPool *pool = lane->pool;
    Task *task;

    (void) pthread_mutex_lock(&pool->lock);
    while ((task = lane_take(lane)) != NULL)
    {
        lane->stats.running++;
        (void) pthread_mutex_unlock(&pool->lock);
        task->run(task->arg);
        heap_free(task);
        (void) pthread_mutex_lock(&pool->lock);
        lane->stats.running--;
        lane->stats.done++;
    }
    end_thread(lane);
    return NULL;
}

/* Signals belong to the main thread. */
static bool
lane_start_thread(Lane *lane)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, before;
    bool ok;

    (void) pthread_attr_init(&attributes);
    (void) pthread_attr_setstacksize(&attributes, STACK_BYTES);
    (void) sigfillset(&all);
    (void) pthread_sigmask(SIG_SETMASK, &all, &before);
    ok = pthread_create(&thread, &attributes, lane_run, lane) == 0;
    (void) pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void) pthread_attr_destroy(&attributes);
    if (ok)
        lane->stats.threads++;
    return ok;
}

static bool
lane_submit(Lane *lane, Task *task)
{
    /* Tasks that a thread is about to take are not in its way. */
    if (lane->pool->stopping ||
        lane->stats.running + lane->stats.waiting >= lane->limits.threads + lane->limits.queue)
        return false;
    if (lane->idle <= lane->stats.waiting && lane->stats.threads < lane->limits.threads &&
        !lane_start_thread(lane) && lane->stats.threads == 0)
        return false;
    *lane->last = task;
    lane->last = &task->next;
    lane->stats.waiting++;
    (void) pthread_cond_signal(&lane->work);
    return true;
}

bool
worker_submit(WorkerPool *pool, WorkerClass class, void (*run)(void *arg), void *arg, Error *err)
{
    Lane *lane = &pool->lanes[class];
    Task *task = heap_new(1, sizeof(*task));
    bool taken;

    *task = (Task){ .run = run, .arg = arg };
    (void) pthread_mutex_lock(&pool->lock);
    taken = lane_submit(lane, task);
    lane->stats.refused += !taken;
    (void) pthread_mutex_unlock(&pool->lock);
    if (taken)
        return true;
    heap_free(task);
    (void) error_set(err, ERR_UNAVAILABLE, "the server is busy");
    err->retry_seconds = 2;
    return error_hint(err, "Try again in a moment.");
}

WorkerStats
worker_stats(const WorkerPool *pool, WorkerClass class)
{
    WorkerPool *locked = (WorkerPool *) pool;
    WorkerStats stats;

    (void) pthread_mutex_lock(&locked->lock);
    stats = pool->lanes[class].stats;
    (void) pthread_mutex_unlock(&locked->lock);
    return stats;
}

/* Tasks that wait are run all the same: each has its Cancel, and its owner expects an end. */
void
worker_pool_free(WorkerPool **pool)
{
    WorkerPool *p = *pool;

    if (p == NULL)
        return;
    (void) pthread_mutex_lock(&p->lock);
    p->stopping = true;
    for (int class = 0; class < WORKER_CLASSES; class ++)
        (void) pthread_cond_broadcast(&p->lanes[class].work);
    for (int class = 0; class < WORKER_CLASSES; class ++)
        while (p->lanes[class].stats.threads > 0)
            (void) pthread_cond_wait(&p->ended, &p->lock);
    (void) pthread_mutex_unlock(&p->lock);
    if (p->has_last)
        (void) pthread_join(p->last, NULL);
    for (int class = 0; class < WORKER_CLASSES; class ++)
        (void) pthread_cond_destroy(&p->lanes[class].work);
    (void) pthread_cond_destroy(&p->ended);
    (void) pthread_mutex_destroy(&p->lock);
    heap_free(p);
    *pool = NULL;
}
