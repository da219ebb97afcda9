/*
 * The clock of periodic work. One lock guards the list of what runs; the plans (when each is due)
 * belong to the thread alone.
 */
#include "job/scheduler.h"

#include "base/crypto.h"
#include "base/log.h"
#include "job/cron.h"

#include <pthread.h>
#include <string.h>

enum
{
    TICK_SECONDS = 10, /* between two looks at what there is */
    LEASE_SECONDS = 90,
    RENEW_SECONDS = 40,
    ALIVE_SECONDS = 20, /* between two signs of life of a run */
    DEAD_SECONDS = 120, /* without one, it is taken for dead */
    LATE_SECONDS = 300, /* later than this, a run is missed */
    MAX_RUNNING = 32
};

/* A run of this process. */
typedef struct Task
{
    Scheduler *scheduler;
    Arena *arena;
    Work work;
    JobRun run;
    Cancel *cancel;
    int64_t id; /* in the history; guarded by the lock */
    Error failure;
    bool done; /* the work succeeded */
} Task;

/* When one piece of work is due. */
typedef struct Plan
{
    const char *key; /* its schedule and zone: another one is planned anew */
    Instant next;    /* 0: never */
} Plan;

struct Scheduler
{
    Ground ground;
    WorkerPool *pool;
    bool lead;
    Arena *arena;
    const char *holder;
    pthread_t thread;
    /* Of the thread alone: */
    bool leading;
    int64_t renewed; /* monotonic */
    int64_t told_alive;
    Arena *plan_arena;
    Map *plans;
    /* Guarded by the lock: */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stopping;
    Task *running[MAX_RUNNING];
    size_t running_count;
};

bool
work_next(const Work *work, Instant after, Instant *at, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Zone *zone;
    Cron cron;

    *at = 0;
    if (work->problem != NULL)
        return error_set(err, ERR_CONFIG, "%s", work->problem);
    if (work->schedule[0] == '\0')
        return true;
    if (!cron_parse(work->schedule, &cron, err) || !zone_load(arena, work->zone, &zone, err))
        return error_prefix(err, "%s", work->name);
    if (!cron_next(&cron, zone, after, at))
        *at = 0;
    return true;
}

/* ------------------------------------------------------------------------------------------- runs
 */

static void
task_free(Task *task)
{
    Arena *arena = task->arena;

    cancel_free(&task->cancel);
    arena_free(&arena);
}

/* False when the scheduler stops, or too much runs. */
static bool
task_enter(Task *task, Error *err)
{
    Scheduler *s = task->scheduler;
    bool entered;

    (void) pthread_mutex_lock(&s->lock);
    entered = !s->stopping && s->running_count < MAX_RUNNING;
    if (entered)
        s->running[s->running_count++] = task;
    (void) pthread_mutex_unlock(&s->lock);
    return entered || error_set(err, ERR_UNAVAILABLE, "too much runs already, or the server stops");
}

static void
task_leave(Task *task)
{
    Scheduler *s = task->scheduler;

    (void) pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->running_count; i++)
        if (s->running[i] == task)
        {
            s->running[i] = s->running[--s->running_count];
            break;
        }
    (void) pthread_cond_broadcast(&s->changed);
    (void) pthread_mutex_unlock(&s->lock);
}

static void
write_end(Task *task, const WorkCall *call)
{
    JobRun *run = &task->run;
    Error err;

    run->rows = call->rows;
    run->message = task->done ? call->message : task->failure.message;
    if (task->done)
        run->status = "done";
    else
        run->status = task->failure.code == ERR_CANCELLED ? "interrupted" : "failed";
    if (!job_run_end(task->scheduler->ground.store, task->arena, run, &err))
        log_failure("job.history", &err);
    if (task->done)
        log_info("job.done", LOG_TEXT("job", run->name), LOG_TEXT("message", run->message));
    else
        log_warn("job.failed", LOG_TEXT("job", run->name), LOG_TEXT("message", run->message),
                 LOG_TEXT("hint", task->failure.hint));
}

static void
execute(Task *task)
{
    WorkCall call = { .arena = task->arena,
                      .ground = &task->scheduler->ground,
                      .cancel = task->cancel };

    task->done = cancel_check(task->cancel, &task->failure) &&
                 task->work.run(&task->work, &call, &task->failure);
    write_end(task, &call);
    task_leave(task);
}

static void
execute_in_pool(void *arg)
{
    execute(arg);
    task_free(arg);
}

/* A run that is in the history and in the list, and has not begun. `due` 0: a person asks. */
static bool
task_begin(Scheduler *s, const char *name, const char *cause, Instant due, Task **begun, Error *err)
{
    Arena *arena = arena_new();
    Task *task = ARENA_NEW(arena, Task);

    *task = (Task){ .scheduler = s, .arena = arena, .cancel = cancel_new() };
    task->run = (JobRun){ .name = arena_text(arena, name),
                          .cause = cause,
                          .due_at = due == 0 ? NULL : time_text(arena, due) };
    if (work_find(arena, &s->ground, name, &task->work, err) &&
        job_run_expire(s->ground.store, arena, DEAD_SECONDS, err) && task_enter(task, err))
    {
        if (job_run_begin(s->ground.store, arena, &task->run, err))
        {
            if (task->run.id != 0)
            {
                (void) pthread_mutex_lock(&s->lock);
                task->id = task->run.id;
                (void) pthread_mutex_unlock(&s->lock);
                *begun = task;
                return true;
            }
            (void) error_set(err, ERR_CONFLICT, "%s runs already", task->run.name);
        }
        task_leave(task);
    }
    task_free(task);
    return false;
}

static JobRun
run_copy(Arena *arena, const JobRun *run)
{
    JobRun made = *run;

    made.name = arena_text(arena, run->name);
    made.due_at = arena_text(arena, run->due_at);
    made.started_at = arena_text(arena, run->started_at);
    made.ended_at = arena_text(arena, run->ended_at);
    made.message = arena_text(arena, run->message);
    return made;
}

static bool
run_in_pool(Scheduler *s, const char *name, const char *cause, Instant due, Arena *arena,
            JobRun *run, Error *err)
{
    Task *task;

    if (!task_begin(s, name, cause, due, &task, err))
        return false;
    if (arena != NULL)
        *run = run_copy(arena, &task->run);
    if (worker_submit(s->pool, WORKER_BACKGROUND, execute_in_pool, task, err))
        return true;
    task->failure = *err;
    write_end(task, &(WorkCall){ 0 });
    task_leave(task);
    task_free(task);
    return false;
}

bool
scheduler_run(Scheduler *scheduler, Arena *arena, const char *name, JobRun *run, Error *err)
{
    return run_in_pool(scheduler, name, "person", 0, arena, run, err);
}

bool
scheduler_run_here(Scheduler *scheduler, Arena *arena, const char *name, JobRun *run, Error *err)
{
    Task *task;
    bool done;

    if (!task_begin(scheduler, name, "person", 0, &task, err))
        return false;
    execute(task);
    done = task->done;
    *run = run_copy(arena, &task->run);
    if (!done)
        *err = task->failure;
    task_free(task);
    return done;
}

/* ------------------------------------------------------------------------------------------ plans
 */

/* Says that a run did not happen, and makes up for it when the work wants that. */
static bool
miss(Scheduler *s, Arena *arena, const Work *work, Instant due, Error *err)
{
    JobRun run = { .name = work->name,
                   .due_at = time_text(arena, due),
                   .message = "the server did not run at that time" };

    log_warn("job.missed", LOG_TEXT("job", work->name), LOG_TEXT("due", run.due_at),
             LOG_BOOL("made-up", work->make_up));
    if (!work->make_up)
        return job_run_missed(s->ground.store, arena, &run, err);
    return run_in_pool(s, work->name, "make-up", due, NULL, NULL, err) || err->code == ERR_CONFLICT;
}

/* Seen for the first time by this leader: the history tells when it was due. */
static bool
plan_first(Scheduler *s, Arena *arena, const Work *work, Instant now, Plan *plan, Error *err)
{
    Instant last = now, due;
    JobRunList runs;

    if (!job_run_list(s->ground.store, arena, work->name, 1, &runs, err))
        return false;
    if (runs.count > 0)
    {
        const JobRun *run = &runs.items[0];

        (void) time_parse(str_of(run->due_at == NULL ? run->started_at : run->due_at), &last);
    }
    if (!work_next(work, last, &due, err))
        return false;
    plan->next = due;
    if (due == 0 || due > now - LATE_SECONDS * SECOND_US)
        return true;
    return miss(s, arena, work, due, err) && work_next(work, now, &plan->next, err);
}

/* What still runs when it is due again leaves that time out, and this is said. */
static bool
start_due(Scheduler *s, Arena *arena, const Work *work, Instant due, Error *err)
{
    JobRun run = { .name = work->name,
                   .due_at = time_text(arena, due),
                   .message = "the run before was still at work" };

    if (run_in_pool(s, work->name, "schedule", due, NULL, NULL, err))
        return true;
    return err->code == ERR_CONFLICT && job_run_missed(s->ground.store, arena, &run, err);
}

static bool
look_at(Scheduler *s, Arena *arena, const Work *work, Instant now, Instant *soonest, Error *err)
{
    const char *key = arena_format(arena, "%s %s", work->schedule, work->zone);
    Plan *plan = map_get(s->plans, work->name);
    Error ignored;

    if (plan == NULL || strcmp(plan->key, key) != 0)
    {
        bool first = plan == NULL;

        plan = ARENA_NEW(s->plan_arena, Plan);
        plan->key = arena_text(s->plan_arena, key);
        map_put(s->plans, work->name, plan);
        if (!(first ? plan_first(s, arena, work, now, plan, err)
                    : work_next(work, now, &plan->next, err)))
            return false;
    }
    if (plan->next != 0 && plan->next <= now)
    {
        Instant due = plan->next;

        if (!work_next(work, now, &plan->next, &ignored))
            plan->next = 0;
        if (!start_due(s, arena, work, due, err))
            return false;
    }
    if (plan->next != 0 && plan->next < *soonest)
        *soonest = plan->next;
    return true;
}

/* One piece of work that fails does not keep the others from running. */
static void
look_at_all(Scheduler *s, Arena *arena, Instant *soonest)
{
    Instant now = time_now();
    WorkList list;
    Error err;

    if (!job_run_expire(s->ground.store, arena, DEAD_SECONDS, &err) ||
        !work_list(arena, &s->ground, &list, &err))
    {
        log_failure("job.list", &err);
        return;
    }
    for (size_t i = 0; i < list.count; i++)
        if (!look_at(s, arena, &list.items[i], now, soonest, &err))
            log_failure("job.schedule", &err);
}

/* ----------------------------------------------------------------------------------------- leader
 */

static void
forget_plans(Scheduler *s)
{
    arena_free(&s->plan_arena);
    s->plan_arena = arena_new();
    s->plans = map_new(s->plan_arena);
}

static void
renew_lease(Scheduler *s, Arena *arena)
{
    int64_t now = time_monotonic();
    bool taken = false;
    Error err;

    if (s->leading && now - s->renewed < RENEW_SECONDS * SECOND_US)
        return;
    if (!lease_take(s->ground.store, arena, "scheduler", s->holder, LEASE_SECONDS, &taken, &err))
        log_failure("job.lease", &err);
    if (taken && !s->leading)
    {
        log_info("job.leader", LOG_TEXT("holder", s->holder));
        forget_plans(s);
    }
    s->leading = taken;
    s->renewed = now;
}

static void
tell_alive(Scheduler *s, Arena *arena)
{
    int64_t ids[MAX_RUNNING];
    size_t count = 0;
    Error err;

    if (time_monotonic() - s->told_alive < ALIVE_SECONDS * SECOND_US)
        return;
    s->told_alive = time_monotonic();
    (void) pthread_mutex_lock(&s->lock);
    for (; count < s->running_count; count++)
        ids[count] = s->running[count]->id;
    (void) pthread_mutex_unlock(&s->lock);
    for (size_t i = 0; i < count; i++)
        if (!job_run_alive(s->ground.store, arena, ids[i], &err))
            log_failure("job.alive", &err);
}

static void *
scheduler_thread(void *arg)
{
    Scheduler *s = arg;

    (void) pthread_mutex_lock(&s->lock);
    while (!s->stopping)
    {
        Instant until = time_now() + TICK_SECONDS * SECOND_US;
        struct timespec at;

        (void) pthread_mutex_unlock(&s->lock);
        {
            CLEANUP(arena_free) Arena *arena = arena_new();

            tell_alive(s, arena);
            if (s->lead)
                renew_lease(s, arena);
            if (s->leading)
                look_at_all(s, arena, &until);
        }
        at = (struct timespec){ .tv_sec = until / SECOND_US, .tv_nsec = until % SECOND_US * 1000 };
        (void) pthread_mutex_lock(&s->lock);
        if (!s->stopping)
            (void) pthread_cond_timedwait(&s->changed, &s->lock, &at);
    }
    (void) pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ------------------------------------------------------------------------------------ start, stop
 */

bool
scheduler_start(const SchedulerOptions *options, Scheduler **scheduler, Error *err)
{
    Arena *arena = arena_new();
    Scheduler *s = ARENA_NEW(arena, Scheduler);

    s->arena = arena;
    s->ground = options->ground;
    s->pool = options->pool;
    s->lead = options->lead;
    s->holder = random_hex(arena, 8);
    s->plan_arena = arena_new();
    s->plans = map_new(s->plan_arena);
    (void) pthread_mutex_init(&s->lock, NULL);
    (void) pthread_cond_init(&s->changed, NULL);
    if (pthread_create(&s->thread, NULL, scheduler_thread, s) == 0)
    {
        *scheduler = s;
        return true;
    }
    arena_free(&s->plan_arena);
    arena_free(&arena);
    return error_set(err, ERR_UNAVAILABLE, "the thread of periodic work cannot be started");
}

void
scheduler_stop(Scheduler *scheduler)
{
    Scheduler *s = scheduler;
    Error ignored;

    if (s == NULL || s->stopping)
        return;
    (void) pthread_mutex_lock(&s->lock);
    s->stopping = true;
    (void) pthread_cond_broadcast(&s->changed);
    for (size_t i = 0; i < s->running_count; i++)
        cancel_now(s->running[i]->cancel);
    while (s->running_count > 0)
        (void) pthread_cond_wait(&s->changed, &s->lock);
    (void) pthread_mutex_unlock(&s->lock);
    (void) pthread_join(s->thread, NULL);
    /* Without it the next leader waits until the lease ends. */
    if (s->leading)
        (void) lease_release(s->ground.store, s->arena, "scheduler", s->holder, &ignored);
}

void
scheduler_close(Scheduler **scheduler)
{
    Scheduler *s = *scheduler;
    Arena *arena;

    if (s == NULL)
        return;
    scheduler_stop(s);
    (void) pthread_cond_destroy(&s->changed);
    (void) pthread_mutex_destroy(&s->lock);
    arena = s->arena;
    arena_free(&s->plan_arena);
    arena_free(&arena);
    *scheduler = NULL;
}
