/*
 * A fixed table of keyed hashes, so that nobody can choose keys that meet. In each set of four the
 * entry that was quiet for longest gives way.
 */
#include "auth/throttle.h"

#include "base/crypto.h"
#include "base/heap.h"
#include "base/time.h"

#include <pthread.h>
#include <string.h>

enum
{
    SETS = 1024,
    WAYS = 4,
    FORGET_SECONDS = 3600
};

const ThrottleRule throttle_account = { "account", 5, 2, 900 };
const ThrottleRule throttle_address = { "address", 40, 5, 900 };
const ThrottleRule throttle_mail = { "mail", 4, 60, 3600 };

typedef struct Entry
{
    uint64_t key; /* 0: free */
    unsigned failures;
    int64_t last;  /* monotonic */
    int64_t until; /* monotonic */
} Entry;

struct Throttle
{
    pthread_mutex_t lock;
    uint8_t secret[SHA256_BYTES];
    Entry entries[SETS][WAYS];
};

Throttle *
throttle_new(void)
{
    Throttle *throttle = heap_new(1, sizeof(*throttle));

    (void) pthread_mutex_init(&throttle->lock, NULL);
    random_bytes(throttle->secret, sizeof(throttle->secret));
    return throttle;
}

void
throttle_free(Throttle **throttle)
{
    if (*throttle == NULL)
        return;
    (void) pthread_mutex_destroy(&(*throttle)->lock);
    heap_free(*throttle);
    *throttle = NULL;
}

static uint64_t
key_of(const Throttle *throttle, const ThrottleRule *rule, const char *key)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *text = arena_format(arena, "%s:%s", rule->name, str_fold(arena, str_of(key)));
    uint8_t digest[SHA256_BYTES];
    uint64_t hash;

    hmac_sha256((Str){ (const char *) throttle->secret, sizeof(throttle->secret) }, str_of(text),
                digest);
    memcpy(&hash, digest, sizeof(hash));
    return hash == 0 ? 1 : hash;
}

static bool
is_forgotten(const Entry *entry, int64_t now)
{
    return now > entry->until && now - entry->last > FORGET_SECONDS * SECOND_US;
}

static Entry *
entry_lookup(Throttle *throttle, uint64_t key)
{
    Entry *set = throttle->entries[key % SETS];

    for (int way = 0; way < WAYS; way++)
        if (set[way].key == key)
            return &set[way];
    return NULL;
}

static Entry *
entry_take(Throttle *throttle, uint64_t key)
{
    Entry *found = entry_lookup(throttle, key);
    Entry *set = throttle->entries[key % SETS];

    if (found != NULL)
        return found;
    found = &set[0];
    for (int way = 1; way < WAYS; way++)
        if (set[way].last < found->last)
            found = &set[way];
    *found = (Entry){ .key = key };
    return found;
}

bool
throttle_check(Throttle *throttle, const ThrottleRule *rule, const char *key, Error *err)
{
    uint64_t hash = key_of(throttle, rule, key);
    int64_t now = time_monotonic(), wait = 0;
    const Entry *entry;

    (void) pthread_mutex_lock(&throttle->lock);
    entry = entry_lookup(throttle, hash);
    if (entry != NULL && entry->until > now)
        wait = (entry->until - now) / SECOND_US + 1;
    (void) pthread_mutex_unlock(&throttle->lock);
    if (wait == 0)
        return true;
    (void) error_set(err, ERR_THROTTLED,
                     "Too many attempts! You must wait %lld seconds before trying again.",
                     (long long) wait);
    err->retry_seconds = (int) wait;
    return false;
}

void
throttle_failed(Throttle *throttle, const ThrottleRule *rule, const char *key)
{
    uint64_t hash = key_of(throttle, rule, key);
    int64_t now = time_monotonic(), wait;
    unsigned beyond;
    Entry *entry;

    (void) pthread_mutex_lock(&throttle->lock);
    entry = entry_take(throttle, hash);
    if (is_forgotten(entry, now))
        entry->failures = 0;
    entry->failures++;
    entry->last = now;
    if (entry->failures > rule->free)
    {
        beyond = entry->failures - rule->free - 1;
        wait = (int64_t) rule->first_wait << (beyond < 20 ? beyond : 20);
        entry->until = now + (wait < rule->longest_wait ? wait : rule->longest_wait) * SECOND_US;
    }
    (void) pthread_mutex_unlock(&throttle->lock);
}

void
throttle_passed(Throttle *throttle, const ThrottleRule *rule, const char *key)
{
    uint64_t hash = key_of(throttle, rule, key);
    Entry *entry;

    (void) pthread_mutex_lock(&throttle->lock);
    entry = entry_lookup(throttle, hash);
    if (entry != NULL)
        *entry = (Entry){ 0 };
    (void) pthread_mutex_unlock(&throttle->lock);
}
