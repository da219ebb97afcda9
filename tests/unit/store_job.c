/* The history of periodic work: one run at a time, one run of a due time, the dead, leases. */
#include "store/job.h"
#include "store_setup.h"

#include <unistd.h>

static JobRun
begin(Store *store, Arena *arena, const char *name, const char *due)
{
    JobRun run = { .name = name, .cause = "schedule", .due_at = due };
    Error err;

    CHECK_OK(job_run_begin(store, arena, &run, &err), &err);
    return run;
}

static void
end(Store *store, Arena *arena, JobRun *run, const char *status)
{
    Error err;

    run->status = status;
    CHECK_OK(job_run_end(store, arena, run, &err), &err);
}

STORE_TEST(job_run_is_one_at_a_time_and_one_for_a_due_time)
{
    JobRun first = begin(store, arena, "a", "2026-01-01T00:00:00.000000Z");
    JobRunList list;
    Error err;

    CHECK(first.id > 0);
    CHECK_INT(begin(store, arena, "a", "2026-01-02T00:00:00.000000Z").id, 0);
    CHECK_INT(begin(store, arena, "a", NULL).id, 0);
    CHECK(begin(store, arena, "b", NULL).id > 0);
    first.rows = (OptInt){ true, 12 };
    first.message = "well";
    end(store, arena, &first, "done");
    CHECK_INT(begin(store, arena, "a", first.due_at).id, 0);
    CHECK(begin(store, arena, "a", NULL).id > 0);
    CHECK_OK(job_run_list(store, arena, "a", 10, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_STR(list.items[0].status, "running");
    CHECK_STR(list.items[1].message, "well");
    CHECK_INT(list.items[1].rows.value, 12);
    CHECK_OK(job_run_list(store, arena, NULL, 10, &list, &err), &err);
    CHECK_INT(list.count, 3);
}

STORE_TEST(job_run_that_shows_no_life_is_interrupted)
{
    JobRun run = begin(store, arena, "a", NULL);
    JobRunList list;
    Error err;

    CHECK_OK(job_run_expire(store, arena, 60, &err), &err);
    CHECK_INT(begin(store, arena, "a", NULL).id, 0);
    usleep(2000);
    CHECK_OK(job_run_expire(store, arena, 0, &err), &err);
    CHECK(begin(store, arena, "a", NULL).id > 0);
    /* What was declared dead does not come back. */
    end(store, arena, &run, "done");
    CHECK_OK(job_run_list(store, arena, "a", 10, &list, &err), &err);
    CHECK_STR(list.items[1].status, "interrupted");
}

STORE_TEST(job_run_missed_is_told_once_and_old_runs_are_forgotten)
{
    JobRun missed = { .name = "a", .due_at = "2026-01-01T00:00:00.000000Z", .message = "away" };
    JobRunList list;
    Error err;

    CHECK_OK(job_run_missed(store, arena, &missed, &err), &err);
    CHECK_OK(job_run_missed(store, arena, &missed, &err), &err);
    CHECK_OK(job_run_list(store, arena, "a", 1000, &list, &err), &err);
    CHECK_INT(list.count, 1);
    for (int i = 0; i < 110; i++)
    {
        JobRun run = begin(store, arena, "a", NULL);

        end(store, arena, &run, "done");
    }
    CHECK_OK(job_run_list(store, arena, "a", 1000, &list, &err), &err);
    CHECK_INT(list.count, 100);
}

STORE_TEST(lease_belongs_to_one_holder_until_it_ends)
{
    bool taken;
    Error err;

    CHECK_OK(lease_take(store, arena, "x", "one", 60, &taken, &err), &err);
    CHECK(taken);
    CHECK_OK(lease_take(store, arena, "x", "two", 60, &taken, &err), &err);
    CHECK(!taken);
    CHECK_OK(lease_take(store, arena, "x", "one", -1, &taken, &err), &err);
    CHECK(taken);
    CHECK_OK(lease_take(store, arena, "x", "two", 60, &taken, &err), &err);
    CHECK(taken);
    CHECK_OK(lease_release(store, arena, "x", "one", &err), &err);
    CHECK_OK(lease_take(store, arena, "x", "one", 60, &taken, &err), &err);
    CHECK(!taken);
    CHECK_OK(lease_release(store, arena, "x", "two", &err), &err);
    CHECK_OK(lease_take(store, arena, "x", "one", 60, &taken, &err), &err);
    CHECK(taken);
}
