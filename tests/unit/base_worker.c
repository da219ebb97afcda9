#include "test.h"

#include "base/worker.h"

#include <stdatomic.h>
#include <unistd.h>

static const WorkerLimits limits[WORKER_CLASSES] = { { 2, 4 }, { 1, 2 }, { 1, 2 } };

typedef struct Gate
{
    atomic_int started;
    atomic_int done;
    atomic_bool open;
} Gate;

static void
wait_at_gate(void *arg)
{
    Gate *gate = arg;

    (void) atomic_fetch_add(&gate->started, 1);
    while (!atomic_load(&gate->open))
        (void) usleep(500);
    (void) atomic_fetch_add(&gate->done, 1);
}

static void
wait_for(atomic_int *counter, int wanted)
{
    for (int i = 0; i < 4000 && atomic_load(counter) < wanted; i++)
        (void) usleep(500);
    CHECK_INT(atomic_load(counter), wanted);
}

TEST(a_full_class_refuses_and_does_not_hold_up_the_others)
{
    WorkerPool *pool = worker_pool_new(limits);
    Gate busy = { 0 }, other = { .open = true };
    Error err;

    for (int i = 0; i < 6; i++)
        CHECK_OK(worker_submit(pool, WORKER_INTERACTIVE, wait_at_gate, &busy, &err), &err);
    wait_for(&busy.started, 2);
    CHECK_ERROR(worker_submit(pool, WORKER_INTERACTIVE, wait_at_gate, &busy, &err), &err,
                ERR_UNAVAILABLE);
    CHECK(err.retry_seconds > 0);
    CHECK_OK(worker_submit(pool, WORKER_EXPORT, wait_at_gate, &other, &err), &err);
    wait_for(&other.done, 1);
    CHECK_INT(worker_stats(pool, WORKER_INTERACTIVE).running, 2);
    CHECK_INT(worker_stats(pool, WORKER_INTERACTIVE).waiting, 4);
    CHECK_INT(worker_stats(pool, WORKER_INTERACTIVE).refused, 1);
    atomic_store(&busy.open, true);
    worker_pool_free(&pool);
    CHECK_INT(atomic_load(&busy.done), 6);
    CHECK(pool == NULL);
}

static void
count_interrupt(void *arg)
{
    (void) atomic_fetch_add((atomic_int *) arg, 1);
}

TEST(cancel_interrupts_once_and_keeps_its_deadline)
{
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(cancel_free) Cancel *shared = cancel_ref(cancel);
    atomic_int interrupts = 0;
    Error err;

    CHECK(cancel_check(NULL, &err) && cancel_check(cancel, &err));
    cancel_set_deadline(cancel, time_monotonic() - 1);
    CHECK_ERROR(cancel_check(cancel, &err), &err, ERR_TIMEOUT);
    cancel_set_deadline(cancel, 0);
    cancel_on(cancel, count_interrupt, &interrupts);
    cancel_now(shared);
    cancel_now(cancel);
    CHECK_INT(atomic_load(&interrupts), 1);
    CHECK_ERROR(cancel_check(cancel, &err), &err, ERR_CANCELLED);
    cancel_on(cancel, NULL, NULL);
    /* What is cancelled already is interrupted at once. */
    cancel_on(cancel, count_interrupt, &interrupts);
    CHECK_INT(atomic_load(&interrupts), 2);
}
