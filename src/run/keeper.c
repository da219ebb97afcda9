/* Notes collect in an arena that changes hands when it is written. */
#include "run/keeper.h"

#include "base/heap.h"
#include "base/log.h"
#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum
{
    STEP_SECONDS = 5,
    MAX_NOTES = 5000, /* kept while the app database is away */
    KEEP_DAYS = 90,
    PURGE_STEPS = 720 /* an hour */
};

struct Keeper
{
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    Pool *pool;
    Store *store;
    Arena *arena; /* of the notes */
    List notes;
    bool must_stop;
    unsigned steps;
};

static void
begin_notes(Keeper *keeper)
{
    keeper->arena = arena_new();
    keeper->notes = list_new(keeper->arena);
}

static bool
write_all(Store *store, Arena *arena, const List *notes, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    if (!store_begin(store, &tx, err))
        return false;
    for (size_t i = 0; i < notes->count; i++)
        if (!execution_add(tx, arena, notes->items[i], err))
            return false;
    return store_commit(&tx, err);
}

static void
write_notes(Keeper *keeper)
{
    Arena *arena;
    Store *store;
    List notes;
    Error err;

    (void) pthread_mutex_lock(&keeper->lock);
    arena = keeper->arena;
    store = keeper->store;
    notes = keeper->notes;
    if (notes.count > 0)
        begin_notes(keeper);
    (void) pthread_mutex_unlock(&keeper->lock);
    if (notes.count == 0)
        return;
    if (!write_all(store, arena, &notes, &err))
        log_failure("history.failed", &err);
    arena_free(&arena);
}

static void
purge(Keeper *keeper)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Store *store;
    Error err;

    (void) pthread_mutex_lock(&keeper->lock);
    store = keeper->store;
    (void) pthread_mutex_unlock(&keeper->lock);
    if (store != NULL && !execution_purge(store, arena, time_now() - KEEP_DAYS * DAY_US, &err))
        log_failure("history.failed", &err);
}

/* False when it is time to end. */
static bool
wait_step(Keeper *keeper)
{
    struct timespec until;
    bool stop;

    (void) clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += STEP_SECONDS;
    (void) pthread_mutex_lock(&keeper->lock);
    if (!keeper->must_stop)
        (void) pthread_cond_timedwait(&keeper->woken, &keeper->lock, &until);
    stop = keeper->must_stop;
    (void) pthread_mutex_unlock(&keeper->lock);
    return !stop;
}

static void *
run(void *arg)
{
    Keeper *keeper = arg;

    while (wait_step(keeper))
    {
        pool_sweep(keeper->pool);
        write_notes(keeper);
        if (++keeper->steps % PURGE_STEPS == 0)
            purge(keeper);
    }
    write_notes(keeper);
    return NULL;
}

Keeper *
keeper_start(Pool *pool)
{
    Keeper *keeper = heap_new(1, sizeof(*keeper));
    pthread_condattr_t clock;

    keeper->pool = pool;
    begin_notes(keeper);
    (void) pthread_mutex_init(&keeper->lock, NULL);
    (void) pthread_condattr_init(&clock);
    (void) pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    (void) pthread_cond_init(&keeper->woken, &clock);
    (void) pthread_condattr_destroy(&clock);
    if (pthread_create(&keeper->thread, NULL, run, keeper) != 0)
        abort();
    return keeper;
}

void
keeper_stop(Keeper **keeper)
{
    Keeper *own = *keeper;

    *keeper = NULL;
    if (own == NULL)
        return;
    (void) pthread_mutex_lock(&own->lock);
    own->must_stop = true;
    (void) pthread_cond_signal(&own->woken);
    (void) pthread_mutex_unlock(&own->lock);
    (void) pthread_join(own->thread, NULL);
    arena_free(&own->arena);
    (void) pthread_cond_destroy(&own->woken);
    (void) pthread_mutex_destroy(&own->lock);
    heap_free(own);
}

void
keeper_note(Keeper *keeper, Store *store, const Execution *execution)
{
    Execution *copy;

    (void) pthread_mutex_lock(&keeper->lock);
    keeper->store = store;
    if (keeper->notes.count < MAX_NOTES)
    {
        copy = ARENA_NEW(keeper->arena, Execution);
        *copy = *execution;
        copy->hash = arena_text(keeper->arena, execution->hash);
        copy->started_at = arena_text(keeper->arena, execution->started_at);
        copy->context = arena_text(keeper->arena, execution->context);
        copy->error = arena_text(keeper->arena, execution->error);
        copy->reference = arena_text(keeper->arena, execution->reference);
        list_add(&keeper->notes, copy);
    }
    (void) pthread_mutex_unlock(&keeper->lock);
}
