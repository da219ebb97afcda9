#include "test.h"

#include "base/ticker.h"

#include <stdatomic.h>
#include <unistd.h>

static void
count(void *arg)
{
    (void) atomic_fetch_add((atomic_int *) arg, 1);
}

TEST(ticker_steps_again_and_again_until_it_is_stopped)
{
    atomic_int steps = 0;
    Ticker *ticker = ticker_start(0, count, &steps);
    int after;

    while (atomic_load(&steps) < 3)
        (void) usleep(500);
    ticker_stop(&ticker);
    CHECK(ticker == NULL);
    after = atomic_load(&steps);
    (void) usleep(20000);
    CHECK_INT(atomic_load(&steps), after);
    ticker_stop(&ticker);
}

/* The test itself ends only when the hour is not waited for. */
TEST(ticker_that_waits_is_stopped_at_once)
{
    atomic_int steps = 0;
    Ticker *ticker = ticker_start(3600, count, &steps);

    ticker_stop(&ticker);
    CHECK_INT(atomic_load(&steps), 0);
}
