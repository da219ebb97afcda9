/* Notes collect in an arena that changes hands when it is written. */
#include "run/keeper.h"

#include "base/heap.h"
#include "base/log.h"
#include "base/map.h"
#include "base/ticker.h"

#include <pthread.h>

enum
{
    STEP_SECONDS = 5,
    MAX_NOTES = 5000, /* kept while the app database is away */
    KEEP_DAYS = 90,
    PURGE_STEPS = 720 /* an hour */
};

struct Keeper
{
    Ticker *ticker;
    pthread_mutex_t lock;
    Pool *pool;
    Store *store;
    Arena *arena; /* of the notes */
    List notes;
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

static void
step(void *arg)
{
    Keeper *keeper = arg;

    pool_sweep(keeper->pool);
    write_notes(keeper);
    if (++keeper->steps % PURGE_STEPS == 0)
        purge(keeper);
}

Keeper *
keeper_start(Pool *pool)
{
    Keeper *keeper = heap_new(1, sizeof(*keeper));

    keeper->pool = pool;
    begin_notes(keeper);
    (void) pthread_mutex_init(&keeper->lock, NULL);
    keeper->ticker = ticker_start(STEP_SECONDS, step, keeper);
    return keeper;
}

void
keeper_stop(Keeper **keeper)
{
    Keeper *own = *keeper;

    *keeper = NULL;
    if (own == NULL)
        return;
    ticker_stop(&own->ticker);
    write_notes(own);
    arena_free(&own->arena);
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
