/* One list of connections under one lock: a server has a handful of databases, and each a handful
 * of connections. Opening and closing happen outside of the lock: they can take seconds. */
#include "driver/pool.h"

#include "base/heap.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum
{
    WAIT_STEP_MS = 100 /* how often one who waits looks whether it was cancelled */
};

typedef struct Entry Entry;
struct Entry
{
    Entry *next;
    Conn *conn;   /* NULL while it is being opened */
    Arena *arena; /* of its details, which drivers keep */
    int64_t database_id;
    char *version;
    int64_t idle_since; /* monotonic */
    bool is_busy;
};

struct Pool
{
    pthread_mutex_t lock;
    pthread_cond_t freed;
    PoolLimits limits;
    Entry *entries;
    unsigned waiting;
};

Pool *
pool_new(const PoolLimits *limits)
{
    Pool *pool = heap_new(1, sizeof(*pool));
    pthread_condattr_t clock;

    pool->limits = *limits;
    (void) pthread_mutex_init(&pool->lock, NULL);
    (void) pthread_condattr_init(&clock);
    (void) pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    (void) pthread_cond_init(&pool->freed, &clock);
    (void) pthread_condattr_destroy(&clock);
    return pool;
}

static void
entry_free(Entry *entry)
{
    conn_close(&entry->conn);
    arena_free(&entry->arena);
    heap_free(entry->version);
    heap_free(entry);
}

static void
free_list(Entry *list)
{
    while (list != NULL)
    {
        Entry *next = list->next;

        entry_free(list);
        list = next;
    }
}

void
pool_free(Pool **pool)
{
    if (*pool == NULL)
        return;
    free_list((*pool)->entries);
    (void) pthread_cond_destroy(&(*pool)->freed);
    (void) pthread_mutex_destroy(&(*pool)->lock);
    heap_free(*pool);
    *pool = NULL;
}

static Entry *
find_idle(Pool *pool, int64_t database_id, const char *version)
{
    for (Entry *entry = pool->entries; entry != NULL; entry = entry->next)
        if (!entry->is_busy && entry->database_id == database_id &&
            strcmp(entry->version, version) == 0)
            return entry;
    return NULL;
}

static unsigned
count_open(const Pool *pool, int64_t database_id)
{
    unsigned count = 0;

    for (const Entry *entry = pool->entries; entry != NULL; entry = entry->next)
        count += entry->database_id == database_id;
    return count;
}

/* Takes the idle connections that match out of the list. */
static Entry *
unlink_idle(Pool *pool, int64_t database_id, const char *other_than, int64_t idle_before)
{
    Entry *taken = NULL;

    for (Entry **at = &pool->entries; *at != NULL;)
    {
        Entry *entry = *at;

        if (entry->is_busy || (database_id != 0 && entry->database_id != database_id) ||
            (other_than != NULL && strcmp(entry->version, other_than) == 0) ||
            (idle_before != 0 && entry->idle_since >= idle_before))
        {
            at = &entry->next;
            continue;
        }
        *at = entry->next;
        entry->next = taken;
        taken = entry;
    }
    return taken;
}

static void
wait_step(Pool *pool)
{
    struct timespec until;

    (void) clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += WAIT_STEP_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    (void) pthread_cond_timedwait(&pool->freed, &pool->lock, &until);
}

static Entry *
add_entry(Pool *pool, int64_t database_id, const char *version)
{
    Entry *entry = heap_new(1, sizeof(*entry));

    entry->database_id = database_id;
    entry->version = heap_text(version);
    entry->is_busy = true;
    entry->next = pool->entries;
    pool->entries = entry;
    return entry;
}

/* Under the lock: a free connection, or a new entry that the caller opens. */
static Entry *
reserve(Pool *pool, int64_t database_id, const char *version, const Cancel *cancel, Error *err)
{
    for (;;)
    {
        Entry *entry = find_idle(pool, database_id, version);

        if (entry != NULL)
        {
            entry->is_busy = true;
            return entry;
        }
        if (count_open(pool, database_id) < pool->limits.per_database)
            return add_entry(pool, database_id, version);
        if (!cancel_check(cancel, err))
            return NULL;
        pool->waiting++;
        wait_step(pool);
        pool->waiting--;
    }
}

static void
remove_entry(Pool *pool, Entry *entry)
{
    (void) pthread_mutex_lock(&pool->lock);
    for (Entry **at = &pool->entries; *at != NULL; at = &(*at)->next)
        if (*at == entry)
        {
            *at = entry->next;
            break;
        }
    (void) pthread_cond_broadcast(&pool->freed);
    (void) pthread_mutex_unlock(&pool->lock);
    entry_free(entry);
}

static bool
open_entry(Entry *entry, const ConnSpec *spec, Error *err)
{
    ConnSpec own = *spec;
    Json *copy;

    if (entry->conn != NULL)
        return true;
    entry->arena = arena_new();
    if (!json_parse(entry->arena, str_of(json_print(entry->arena, spec->details)), NULL, &copy,
                    err))
        return false;
    own.details = copy;
    entry->conn = conn_open(&own, err);
    return entry->conn != NULL;
}

Conn *
pool_take(Pool *pool, int64_t database_id, const char *version, const ConnSpec *spec, Error *err)
{
    Entry *entry, *outdated;

    (void) pthread_mutex_lock(&pool->lock);
    outdated = unlink_idle(pool, database_id, version, 0);
    entry = reserve(pool, database_id, version, spec->cancel, err);
    (void) pthread_mutex_unlock(&pool->lock);
    free_list(outdated);
    if (entry == NULL)
        return NULL;
    if (open_entry(entry, spec, err))
        return entry->conn;
    remove_entry(pool, entry);
    return NULL;
}

static Entry *
entry_of(Pool *pool, const Conn *conn)
{
    Entry *entry;

    (void) pthread_mutex_lock(&pool->lock);
    for (entry = pool->entries; entry != NULL && entry->conn != conn; entry = entry->next)
        ;
    (void) pthread_mutex_unlock(&pool->lock);
    return entry;
}

void
pool_give(Pool *pool, Conn **conn)
{
    static const QuerySession nothing = { 0 };
    Entry *entry;
    Error ignored;

    if (*conn == NULL)
        return;
    entry = entry_of(pool, *conn);
    *conn = NULL;
    /* The cancel of the task goes with the task. */
    if (conn_is_broken(entry->conn) || !conn_prepare(entry->conn, &nothing, &ignored))
    {
        remove_entry(pool, entry);
        return;
    }
    (void) pthread_mutex_lock(&pool->lock);
    entry->is_busy = false;
    entry->idle_since = time_monotonic();
    (void) pthread_cond_broadcast(&pool->freed);
    (void) pthread_mutex_unlock(&pool->lock);
}

void
pool_sweep(Pool *pool)
{
    Entry *idle;

    (void) pthread_mutex_lock(&pool->lock);
    idle = unlink_idle(pool, 0, NULL, time_monotonic() - pool->limits.idle_us);
    (void) pthread_mutex_unlock(&pool->lock);
    free_list(idle);
}

void
pool_forget(Pool *pool, int64_t database_id)
{
    Entry *idle;

    (void) pthread_mutex_lock(&pool->lock);
    idle = unlink_idle(pool, database_id, NULL, 0);
    (void) pthread_mutex_unlock(&pool->lock);
    free_list(idle);
}

PoolStats
pool_stats(Pool *pool)
{
    PoolStats stats = { 0 };

    (void) pthread_mutex_lock(&pool->lock);
    for (const Entry *entry = pool->entries; entry != NULL; entry = entry->next)
    {
        stats.open++;
        stats.busy += entry->is_busy;
    }
    stats.waiting = pool->waiting;
    (void) pthread_mutex_unlock(&pool->lock);
    return stats;
}
