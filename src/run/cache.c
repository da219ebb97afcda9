/* A hash table of entries that are also in a list by last use. One lock: it is held for look-ups
 * only, never while a question runs. */
#include "run/cache.h"

#include "base/heap.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum
{
    BUCKETS = 1024,
    WAIT_STEP_MS = 100, /* how often one who waits looks whether it was cancelled */
    PART_OF_ALL = 4     /* an answer that takes more than this part of the memory is not kept */
};

typedef struct Entry Entry;
struct Entry
{
    Entry *chain;         /* of its bucket */
    Entry *newer, *older; /* by use */
    CacheKey key;
    CacheHit hit;
    size_t bytes;
};

/* A question that runs. */
struct CacheTurn
{
    CacheTurn *next;
    CacheKey key;
    unsigned refs;
    bool is_over;
    CacheHit hit;
    Error failure; /* code 0: there is none, or it is the affair of who ran it */
};

struct Cache
{
    pthread_mutex_t lock;
    pthread_cond_t ended;
    Entry *buckets[BUCKETS];
    Entry *newest, *oldest;
    CacheTurn *turns;
    size_t max_bytes;
    CacheStats stats;
};

Cache *
cache_new(size_t max_bytes)
{
    Cache *cache = heap_new(1, sizeof(*cache));
    pthread_condattr_t clock;

    cache->max_bytes = max_bytes;
    (void) pthread_mutex_init(&cache->lock, NULL);
    (void) pthread_condattr_init(&clock);
    (void) pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    (void) pthread_cond_init(&cache->ended, &clock);
    (void) pthread_condattr_destroy(&clock);
    return cache;
}

/* --- Entries: all under the lock ----------------------------------------------------------- */

static Entry **
bucket_of(Cache *cache, const CacheKey *key)
{
    uint32_t number;

    memcpy(&number, key->bytes, sizeof(number));
    return &cache->buckets[number % BUCKETS];
}

static Entry *
find(Cache *cache, const CacheKey *key)
{
    Entry *entry = *bucket_of(cache, key);

    while (entry != NULL && memcmp(&entry->key, key, sizeof(*key)) != 0)
        entry = entry->chain;
    return entry;
}

static void
unlink_use(Cache *cache, Entry *entry)
{
    if (entry->newer != NULL)
        entry->newer->older = entry->older;
    else
        cache->newest = entry->older;
    if (entry->older != NULL)
        entry->older->newer = entry->newer;
    else
        cache->oldest = entry->newer;
    entry->newer = entry->older = NULL;
}

static void
link_newest(Cache *cache, Entry *entry)
{
    entry->older = cache->newest;
    if (cache->newest != NULL)
        cache->newest->newer = entry;
    else
        cache->oldest = entry;
    cache->newest = entry;
}

static void
drop(Cache *cache, Entry *entry)
{
    Entry **at = bucket_of(cache, &entry->key);

    while (*at != entry)
        at = &(*at)->chain;
    *at = entry->chain;
    unlink_use(cache, entry);
    cache->stats.bytes -= entry->bytes;
    cache->stats.entries--;
    pack_free(&entry->hit.pack);
    heap_free(entry);
}

static void
keep(Cache *cache, const CacheKey *key, const CacheHit *hit)
{
    size_t bytes = pack_bytes(hit->pack) + sizeof(Entry);
    Entry *entry = find(cache, key);

    if (entry != NULL)
        drop(cache, entry);
    if (bytes > cache->max_bytes / PART_OF_ALL)
        return;
    while (cache->stats.bytes + bytes > cache->max_bytes && cache->oldest != NULL)
        drop(cache, cache->oldest);
    entry = heap_new(1, sizeof(*entry));
    entry->key = *key;
    entry->hit = *hit;
    entry->bytes = bytes;
    (void) pack_ref(hit->pack);
    entry->chain = *bucket_of(cache, key);
    *bucket_of(cache, key) = entry;
    link_newest(cache, entry);
    cache->stats.bytes += bytes;
    cache->stats.entries++;
}

static CacheHit
use(Cache *cache, Entry *entry)
{
    unlink_use(cache, entry);
    link_newest(cache, entry);
    (void) pack_ref(entry->hit.pack);
    return entry->hit;
}

/* --- Turns ------------------------------------------------------------------------------------ */

static CacheTurn *
find_turn(const Cache *cache, const CacheKey *key)
{
    CacheTurn *turn = cache->turns;

    while (turn != NULL && memcmp(&turn->key, key, sizeof(*key)) != 0)
        turn = turn->next;
    return turn;
}

static CacheTurn *
begin_turn(Cache *cache, const CacheKey *key)
{
    CacheTurn *turn = heap_new(1, sizeof(*turn));

    turn->key = *key;
    turn->refs = 1;
    turn->next = cache->turns;
    cache->turns = turn;
    cache->stats.misses++;
    return turn;
}

static void
release(CacheTurn *turn)
{
    if (--turn->refs > 0)
        return;
    pack_free(&turn->hit.pack);
    heap_free(turn);
}

static void
wait_step(Cache *cache)
{
    struct timespec until;

    (void) clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += WAIT_STEP_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    (void) pthread_cond_timedwait(&cache->ended, &cache->lock, &until);
}

/* *hit stays empty when the one who ran it gave up: then it is the caller's turn. */
static bool
wait_for(Cache *cache, CacheTurn *turn, const Cancel *cancel, CacheHit *hit, Error *err)
{
    bool ok = true;

    turn->refs++;
    while (ok && !turn->is_over)
    {
        wait_step(cache);
        ok = cancel_check(cancel, err);
    }
    if (ok && turn->hit.pack != NULL)
    {
        *hit = turn->hit;
        (void) pack_ref(hit->pack);
        cache->stats.shared++;
    }
    else if (ok && turn->failure.code != ERR_NONE)
    {
        *err = turn->failure;
        ok = false;
    }
    release(turn);
    return ok;
}

static bool
take(Cache *cache, const CacheKey *key, CacheFresh *fresh, void *arg, const Cancel *cancel,
     CacheHit *hit, CacheTurn **turn, Error *err)
{
    for (;;)
    {
        Entry *entry = find(cache, key);
        CacheTurn *running = find_turn(cache, key);

        if (entry != NULL && fresh != NULL && fresh(arg, &entry->hit))
        {
            *hit = use(cache, entry);
            cache->stats.hits++;
            return true;
        }
        if (running == NULL)
        {
            *turn = begin_turn(cache, key);
            return true;
        }
        if (!wait_for(cache, running, cancel, hit, err))
            return false;
        if (hit->pack != NULL)
            return true;
    }
}

bool
cache_take(Cache *cache, const CacheKey *key, CacheFresh *fresh, void *arg, const Cancel *cancel,
           CacheHit *hit, CacheTurn **turn, Error *err)
{
    bool ok;

    *hit = (CacheHit){ .pack = NULL };
    *turn = NULL;
    (void) pthread_mutex_lock(&cache->lock);
    ok = take(cache, key, fresh, arg, cancel, hit, turn, err);
    (void) pthread_mutex_unlock(&cache->lock);
    return ok;
}

/* Under the lock: those who wait see how it ended. */
static void
end_turn(Cache *cache, CacheTurn *own, const Error *failure)
{
    for (CacheTurn **at = &cache->turns; *at != NULL; at = &(*at)->next)
        if (*at == own)
        {
            *at = own->next;
            break;
        }
    own->is_over = true;
    if (own->hit.pack == NULL && failure != NULL && failure->code != ERR_CANCELLED &&
        failure->code != ERR_TIMEOUT)
        own->failure = *failure;
    release(own);
    (void) pthread_cond_broadcast(&cache->ended);
}

void
cache_done(Cache *cache, CacheTurn **turn, Pack *pack, int64_t took_us, const Error *failure)
{
    CacheTurn *own = *turn;

    *turn = NULL;
    if (own == NULL)
        return;
    (void) pthread_mutex_lock(&cache->lock);
    if (pack != NULL)
    {
        own->hit = (CacheHit){ .pack = pack_ref(pack), .made_at = time_now(), .took_us = took_us };
        keep(cache, &own->key, &own->hit);
    }
    end_turn(cache, own, failure);
    (void) pthread_mutex_unlock(&cache->lock);
}

/* Under the lock. */
static CacheHit
find_stale(Cache *cache, const CacheKey *key)
{
    Entry *entry = find(cache, key);
    CacheHit hit = { .pack = NULL };

    if (entry == NULL)
        return hit;
    hit = use(cache, entry);
    hit.is_stale = true;
    cache->stats.stale++;
    return hit;
}

CacheHit
cache_done_stale(Cache *cache, CacheTurn **turn, const Error *failure)
{
    CacheTurn *own = *turn;
    CacheHit hit;

    *turn = NULL;
    (void) pthread_mutex_lock(&cache->lock);
    hit = find_stale(cache, &own->key);
    own->hit = hit;
    if (hit.pack != NULL)
        (void) pack_ref(hit.pack);
    end_turn(cache, own, failure);
    (void) pthread_mutex_unlock(&cache->lock);
    return hit;
}

CacheHit
cache_find_old(Cache *cache, const CacheKey *key)
{
    CacheHit hit;

    (void) pthread_mutex_lock(&cache->lock);
    hit = find_stale(cache, key);
    (void) pthread_mutex_unlock(&cache->lock);
    return hit;
}

void
cache_clear(Cache *cache)
{
    (void) pthread_mutex_lock(&cache->lock);
    while (cache->oldest != NULL)
        drop(cache, cache->oldest);
    (void) pthread_mutex_unlock(&cache->lock);
}

CacheStats
cache_stats(Cache *cache)
{
    CacheStats stats;

    (void) pthread_mutex_lock(&cache->lock);
    stats = cache->stats;
    (void) pthread_mutex_unlock(&cache->lock);
    return stats;
}

/* When no question runs any more. */
void
cache_free(Cache **cache)
{
    if (*cache == NULL)
        return;
    cache_clear(*cache);
    (void) pthread_cond_destroy(&(*cache)->ended);
    (void) pthread_mutex_destroy(&(*cache)->lock);
    heap_free(*cache);
    *cache = NULL;
}
