/* A small hash table of sums that changes hands when it is written. */
#include "api/visits.h"

#include "api/framed.h"
#include "base/heap.h"
#include "base/log.h"
#include "base/ticker.h"
#include "store/share.h"
#include "store/visit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum
{
    BUCKETS = 256,
    WRITE_SECONDS = 30
};

typedef struct Sum Sum;
struct Sum
{
    Sum *chain;
    VisitOf of;
    int64_t visits;
    Framed *framed; /* by origin, those in frames */
};

struct Visits
{
    Ticker *ticker;
    pthread_mutex_t lock;
    pthread_mutex_t writing; /* one write at a time: who asks for one finds all that was counted */
    Sum *buckets[BUCKETS];
    Store *store; /* NULL until it is ready */
    Settings *settings;
};

/* ------------------------------------------------------------------------------------- counting */

/* Under the lock. */
static Sum *
add(Visits *visits, VisitOf of, int64_t count)
{
    Sum **bucket = &visits->buckets[((uint64_t) of.id * 2 + of.is_dashboard) % BUCKETS];
    Sum *sum = *bucket;

    while (sum != NULL && (sum->of.id != of.id || sum->of.is_dashboard != of.is_dashboard))
        sum = sum->chain;
    if (sum == NULL)
    {
        sum = heap_new(1, sizeof(*sum));
        *sum = (Sum){ .chain = *bucket, .of = of };
        *bucket = sum;
    }
    sum->visits += count;
    return sum;
}

static bool
says(const HttpRequest *http, const char *header, const char *word)
{
    const char *text = request_header(http, header);

    return text != NULL && strcasestr(text, word) != NULL;
}

/* The share panel shows the page in a frame to whoever publishes it. */
static bool
is_own_frame(const HttpRequest *http)
{
    return says(http, "Sec-Fetch-Site", "same-origin") && says(http, "Sec-Fetch-Dest", "iframe");
}

/* Nobody looks, or not yet. */
static bool
is_machine(const HttpRequest *http)
{
    static const char *const robots[] = { "bot", "crawler", "spider" };

    for (size_t i = 0; i < COUNT_OF(robots); i++)
        if (says(http, "User-Agent", robots[i]))
            return true;
    return says(http, "Sec-Purpose", "prefetch") || says(http, "Purpose", "prefetch");
}

void
visits_count(Visits *visits, VisitOf of, const HttpRequest *http)
{
    char origin[FRAMED_ORIGIN];
    bool is_framed;
    Sum *sum;

    if (of.id == 0 || http->method != GET || is_machine(http) || is_own_frame(http))
        return;
    is_framed = framed_origin(http, origin);
    (void) pthread_mutex_lock(&visits->lock);
    sum = add(visits, of, 1);
    if (is_framed)
        framed_add(&sum->framed, origin, 1);
    (void) pthread_mutex_unlock(&visits->lock);
}

/* -------------------------------------------------------------------------------------- writing */

static void
take(Visits *visits, Sum *sums[BUCKETS])
{
    (void) pthread_mutex_lock(&visits->lock);
    memcpy(sums, visits->buckets, sizeof(visits->buckets));
    memset(visits->buckets, 0, sizeof(visits->buckets));
    (void) pthread_mutex_unlock(&visits->lock);
}

static void
drop(Sum *sums[BUCKETS])
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (sums[i] != NULL)
        {
            Sum *sum = sums[i];

            sums[i] = sum->chain;
            framed_free(&sum->framed);
            heap_free(sum);
        }
}

static void
give_back(Visits *visits, Sum *sums[BUCKETS])
{
    (void) pthread_mutex_lock(&visits->lock);
    for (size_t i = 0; i < BUCKETS; i++)
        for (const Sum *sum = sums[i]; sum != NULL; sum = sum->chain)
        {
            Sum *back = add(visits, sum->of, sum->visits);

            for (const Framed *item = sum->framed; item != NULL; item = item->next)
                framed_add(&back->framed, item->origin, item->visits);
        }
    (void) pthread_mutex_unlock(&visits->lock);
}

/* When somebody looked last, in whose frames; and how often, unless visits are kept for no day. */
static bool
write_sum(Store *tx, Arena *arena, const Sum *sum, const char *zone, int days, Error *err)
{
    const Visit visit = { .model = sum->of.is_dashboard ? "dashboard" : "card",
                          .model_id = sum->of.id,
                          .day = visit_day(arena, zone, 0),
                          .visits = sum->visits };
    Share share;

    if (!share_find(tx, arena, visit.model, visit.model_id, &share, err))
        return false;
    share.model_id = visit.model_id;
    share.last_seen_at = time_text(arena, time_now());
    share.framed_by = days <= 0 ? NULL
                                : framed_merge(arena, share.framed_by, sum->framed, visit.day,
                                               visit_day(arena, zone, days - 1));
    return share_seen(tx, arena, &share, err) && (days <= 0 || visit_add(tx, arena, &visit, err));
}

static bool
write_sums(Visits *visits, Sum *const sums[BUCKETS], Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *zone = settings_text(visits->settings, arena, LIVE_report_timezone);
    int days = (int) settings_int(visits->settings, LIVE_visit_days);

    if (!store_begin(visits->store, &tx, err))
        return false;
    for (size_t i = 0; i < BUCKETS; i++)
        for (const Sum *sum = sums[i]; sum != NULL; sum = sum->chain)
            if (!write_sum(tx, arena, sum, zone, days, err))
                return false;
    return store_commit(&tx, err);
}

static bool
is_empty(Sum *const sums[BUCKETS])
{
    for (size_t i = 0; i < BUCKETS; i++)
        if (sums[i] != NULL)
            return false;
    return true;
}

void
visits_write(Visits *visits)
{
    Sum *sums[BUCKETS];
    Error err;

    (void) pthread_mutex_lock(&visits->writing);
    if (visits->store != NULL)
    {
        take(visits, sums);
        if (!is_empty(sums) && !write_sums(visits, sums, &err))
        {
            log_failure("visits.failed", &err);
            give_back(visits, sums);
        }
        drop(sums);
    }
    (void) pthread_mutex_unlock(&visits->writing);
}

/* ------------------------------------------------------------------------------------- its life */

static void
step(void *arg)
{
    visits_write(arg);
}

Visits *
visits_new(void)
{
    Visits *visits = heap_new(1, sizeof(*visits));

    (void) pthread_mutex_init(&visits->lock, NULL);
    (void) pthread_mutex_init(&visits->writing, NULL);
    visits->ticker = ticker_start(WRITE_SECONDS, step, visits);
    return visits;
}

void
visits_ready(Visits *visits, Store *store, Settings *settings)
{
    (void) pthread_mutex_lock(&visits->writing);
    visits->settings = settings;
    visits->store = store;
    (void) pthread_mutex_unlock(&visits->writing);
}

void
visits_free(Visits **visits)
{
    Visits *own = *visits;

    *visits = NULL;
    if (own == NULL)
        return;
    ticker_stop(&own->ticker);
    visits_write(own);
    drop(own->buckets);
    (void) pthread_mutex_destroy(&own->writing);
    (void) pthread_mutex_destroy(&own->lock);
    heap_free(own);
}
