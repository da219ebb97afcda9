#include "base/ticker.h"

#include "base/heap.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

struct Ticker
{
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    unsigned seconds;
    TickerStep *step;
    void *arg;
    bool must_stop;
};

/* False when it is time to end. */
static bool
wait_step(Ticker *ticker)
{
    struct timespec until;
    bool is_over = false;
    bool stop;

    (void) clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ticker->seconds;
    (void) pthread_mutex_lock(&ticker->lock);
    while (!ticker->must_stop && !is_over)
        is_over = pthread_cond_timedwait(&ticker->woken, &ticker->lock, &until) != 0;
    stop = ticker->must_stop;
    (void) pthread_mutex_unlock(&ticker->lock);
    return !stop;
}

static void *
run(void *arg)
{
    Ticker *ticker = arg;

    while (wait_step(ticker))
        ticker->step(ticker->arg);
    return NULL;
}

Ticker *
ticker_start(unsigned seconds, TickerStep *step, void *arg)
{
    Ticker *ticker = heap_new(1, sizeof(*ticker));
    pthread_condattr_t clock;

    *ticker = (Ticker){ .seconds = seconds, .step = step, .arg = arg };
    (void) pthread_mutex_init(&ticker->lock, NULL);
    (void) pthread_condattr_init(&clock);
    (void) pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    (void) pthread_cond_init(&ticker->woken, &clock);
    (void) pthread_condattr_destroy(&clock);
    if (pthread_create(&ticker->thread, NULL, run, ticker) != 0)
        abort();
    return ticker;
}

void
ticker_stop(Ticker **ticker)
{
    Ticker *own = *ticker;

    *ticker = NULL;
    if (own == NULL)
        return;
    (void) pthread_mutex_lock(&own->lock);
    own->must_stop = true;
    (void) pthread_cond_signal(&own->woken);
    (void) pthread_mutex_unlock(&own->lock);
    (void) pthread_join(own->thread, NULL);
    (void) pthread_cond_destroy(&own->woken);
    (void) pthread_mutex_destroy(&own->lock);
    heap_free(own);
}
