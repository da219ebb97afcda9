/*
 * Answers kept in memory, by key, up to a limit of bytes; the longest unused go first. Of questions
 * that are asked at the same time one runs, the others wait for it. What is too old for a caller is
 * kept still: it is shown, with its age, while the source is down.
 */
#ifndef RUN_CACHE_H
#define RUN_CACHE_H

#include "base/worker.h"
#include "run/pack.h"

typedef struct Cache Cache;

enum
{
    CACHE_KEY_BYTES = 32
};

typedef struct CacheKey
{
    uint8_t bytes[CACHE_KEY_BYTES];
} CacheKey;

/* Somebody's turn to run a question; every turn ends with cache_done. */
typedef struct CacheTurn CacheTurn;

/* What was found: a reference to the rows, when they were made, and how long that took. */
typedef struct CacheHit
{
    Pack *pack; /* NULL: nothing */
    Instant made_at;
    int64_t took_us;
    bool is_stale; /* shown only because the source is down */
} CacheHit;

typedef struct CacheStats
{
    uint64_t hits;
    uint64_t shared; /* answers of a question that ran for somebody else */
    uint64_t misses;
    uint64_t stale;
    size_t bytes;
    unsigned entries;
} CacheStats;

Cache *cache_new(size_t max_bytes);
void cache_free(Cache **cache);

/* Is an answer of that age good enough? */
typedef bool CacheFresh(void *arg, const CacheHit *hit);

/*
 * Gives `hit` when an answer is there that `fresh` (NULL: none is) accepts, or when the same
 * question ran meanwhile; else `turn`: the caller runs it. A failure of whoever ran it is the
 * failure of those who waited. ERR_TIMEOUT or ERR_CANCELLED while waiting.
 */
bool cache_take(Cache *cache, const CacheKey *key, CacheFresh *fresh, void *arg,
                const Cancel *cancel, CacheHit *hit, CacheTurn **turn, Error *err);
/* The question ran: `pack` (a reference of its own is taken), or NULL and why. *turn becomes NULL;
 * accepts NULL inside. */
void cache_done(Cache *cache, CacheTurn **turn, Pack *pack, int64_t took_us, const Error *failure);
/* It could not run because its source is down: whatever is kept, of any age, for the caller and for
 * those who wait; nothing when nothing is kept, and then `failure` is theirs. */
CacheHit cache_done_stale(Cache *cache, CacheTurn **turn, const Error *failure);
/* Whatever is kept, of any age. */
CacheHit cache_find_old(Cache *cache, const CacheKey *key);
void cache_clear(Cache *cache);
CacheStats cache_stats(Cache *cache);

#endif
