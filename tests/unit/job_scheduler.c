/* The scheduler on a store: runs when due, leads alone, says what it missed, stops in mid-run. */
#include "base/file.h"
#include "job/scheduler.h"
#include "store/database.h"
#include "store_setup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A store with its settings, a pool, and one connected database whose schedule tests choose. */
typedef struct Setup
{
    Config config;
    Settings *settings;
    WorkerPool *pool;
    int64_t database_id;
    const char *job; /* "sync-1" */
    SchedulerOptions options;
} Setup;

static void
setup_make(Store *store, Arena *arena, const char *schedule, Setup *s)
{
    const WorkerLimits limits[WORKER_CLASSES] = { { 1, 8 }, { 1, 8 }, { 2, 8 } };
    Database database = database_new(arena);
    Error err;

    *s = (Setup){ .pool = worker_pool_new(limits) };
    CHECK_OK(config_load(arena, &(ConfigInput){ 0 }, &s->config, &err), &err);
    CHECK_OK(settings_open(store, NULL, &s->settings, &err), &err);
    database.name = "db";
    database.engine = "nonsense";
    database.details = json_new(arena, JSON_OBJECT);
    database.metadata_sync_schedule = schedule;
    CHECK_OK(database_create(store, arena, &database, &err), &err);
    s->job = arena_format(arena, "sync-%lld", (long long) database.id);
    s->options = (SchedulerOptions){ .ground = { store, s->settings, &s->config, NULL },
                                     .pool = s->pool,
                                     .lead = true };
}

static void
setup_end(Setup *s)
{
    worker_pool_free(&s->pool);
    settings_close(&s->settings);
}

static Scheduler *
start(const Setup *s)
{
    Scheduler *scheduler = NULL;
    Error err;

    CHECK_OK(scheduler_start(&s->options, &scheduler, &err), &err);
    return scheduler;
}

static JobRunList
runs_of(Store *store, Arena *arena, const char *name)
{
    JobRunList list;
    Error err;

    CHECK_OK(job_run_list(store, arena, name, 100, &list, &err), &err);
    return list;
}

/* Until there are that many ended runs; ends the test after ten seconds. */
static JobRunList
wait_for(Store *store, Arena *arena, const char *name, size_t count)
{
    for (int i = 0; i < 200; i++)
    {
        JobRunList list = runs_of(store, arena, name);

        if (list.count >= count && list.items[0].ended_at != NULL)
            return list;
        usleep(50000);
    }
    fail_msg("%s has not run %zu times", name, count);
    return (JobRunList){ 0 };
}

STORE_TEST(scheduler_runs_what_is_due_and_one_of_two_leads)
{
    Setup setup;
    Scheduler *one, *two;
    JobRunList list;

    setup_make(store, arena, "* * * * * ? *", &setup);
    one = start(&setup);
    two = start(&setup);
    list = wait_for(store, arena, setup.job, 3);
    scheduler_close(&one);
    scheduler_close(&two);
    for (size_t i = 0; i < list.count; i++)
    {
        CHECK_STR(list.items[i].cause, "schedule");
        CHECK(i == 0 || strcmp(list.items[i].due_at, list.items[i - 1].due_at) < 0);
        /* It names a kind of database that there is not: the failure is in the history. */
        CHECK_STR(list.items[i].status, "failed");
        CHECK(list.items[i].message[0] != '\0');
    }
    CHECK_INT(ask_int(store, arena, "select count(*) from vigie_lease"), 0);
    setup_end(&setup);
}

STORE_TEST(scheduler_says_what_was_missed)
{
    JobRun run = { .name = "sweep-sessions",
                   .cause = "schedule",
                   .status = "done",
                   .due_at = "2026-01-01T00:07:00.000000Z" };
    Scheduler *scheduler;
    JobRunList list;
    Setup setup;
    Error err;

    setup_make(store, arena, "0 0 1 1 *", &setup);
    CHECK_OK(job_run_begin(store, arena, &run, &err), &err);
    run.status = "done";
    CHECK_OK(job_run_end(store, arena, &run, &err), &err);
    scheduler = start(&setup);
    list = wait_for(store, arena, "sweep-sessions", 2);
    scheduler_close(&scheduler);
    CHECK_STR(list.items[0].status, "missed");
    CHECK_STR(list.items[0].due_at, "2026-01-01T01:07:00.000000Z");
    CHECK_INT(runs_of(store, arena, setup.job).count, 0);
    setup_end(&setup);
}

STORE_TEST(scheduler_runs_what_a_person_asks_for)
{
    Scheduler *scheduler;
    Setup setup;
    JobRun run;
    Error err;

    setup_make(store, arena, "not a schedule", &setup);
    setup.options.lead = false;
    scheduler = start(&setup);
    CHECK_OK(scheduler_run(scheduler, arena, "sweep-sessions", &run, &err), &err);
    CHECK_STR(run.status, "running");
    CHECK_STR(wait_for(store, arena, "sweep-sessions", 1).items[0].status, "done");
    CHECK_OK(scheduler_run_here(scheduler, arena, "sweep-sessions", &run, &err), &err);
    CHECK_STR(run.status, "done");
    CHECK_STR(run.cause, "person");
    CHECK(run.rows.set);
    CHECK(!scheduler_run_here(scheduler, arena, setup.job, &run, &err));
    CHECK_ERROR(scheduler_run(scheduler, arena, "nonsense", &run, &err), &err, ERR_NOT_FOUND);
    run = (JobRun){ .name = "sweep-sessions", .cause = "person" };
    CHECK_OK(job_run_begin(store, arena, &run, &err), &err);
    CHECK_ERROR(scheduler_run(scheduler, arena, "sweep-sessions", &run, &err), &err, ERR_CONFLICT);
    scheduler_stop(scheduler);
    CHECK_ERROR(scheduler_run(scheduler, arena, setup.job, &run, &err), &err, ERR_UNAVAILABLE);
    scheduler_close(&scheduler);
    setup_end(&setup);
}

STORE_TEST(scheduler_makes_up_for_what_was_missed_when_the_work_wants_it)
{
    char folder[] = "/tmp/vigie-jobs-XXXXXX";
    char url[] = "URL=postgres://nobody@127.0.0.1:1/none";
    char *environment[] = { url, NULL };
    JobRun run = { .name = "feed-f", .cause = "schedule", .due_at = "2026-01-01T00:00:00.000000Z" };
    Scheduler *scheduler;
    JobRunList list;
    const char *file;
    Setup setup;
    Error err;

    assert_non_null(mkdtemp(folder));
    file = path_join(arena, folder, "f.yml");
    CHECK_OK(file_write(file,
                        STR("source: URL\ntarget: URL\nschema: x\nschedule: 0 0 * * *\n"
                            "make_up: true\ntables:\n- {name: t, from: t, columns: [id]}\n"),
                        0600, &err),
             &err);
    setup_make(store, arena, "0 0 1 1 *", &setup);
    setup.config.feeds = folder;
    setup.options.ground.environment = environment;
    CHECK_OK(job_run_begin(store, arena, &run, &err), &err);
    run.status = "done";
    CHECK_OK(job_run_end(store, arena, &run, &err), &err);
    scheduler = start(&setup);
    list = wait_for(store, arena, "feed-f", 2);
    scheduler_close(&scheduler);
    CHECK_STR(list.items[0].cause, "make-up");
    CHECK_STR(list.items[0].due_at, "2026-01-02T00:00:00.000000Z");
    CHECK(strstr(list.items[0].message, "nothing answers") != NULL);
    (void) unlink(file);
    (void) rmdir(folder);
    setup_end(&setup);
}

STORE_TEST(work_has_the_schedule_that_an_administrator_gave_it)
{
    WorkSchedule given = { .schedule = "5 4 * * *", .timezone = "Europe/Paris" };
    Setup setup;
    Work work;
    Error err;

    setup_make(store, arena, "0 0 1 1 *", &setup);
    CHECK_OK(work_schedule(arena, &setup.options.ground, setup.job, &given, &err), &err);
    CHECK_OK(work_find(arena, &setup.options.ground, setup.job, &work, &err), &err);
    CHECK(work.given);
    CHECK_STR(work.schedule, "5 4 * * *");
    CHECK_STR(work.zone, "Europe/Paris");
    CHECK(!work.make_up);
    given = (WorkSchedule){ .schedule = "", .make_up = { true, true } };
    CHECK_OK(work_schedule(arena, &setup.options.ground, "sweep-sessions", &given, &err), &err);
    CHECK_OK(work_find(arena, &setup.options.ground, "sweep-sessions", &work, &err), &err);
    CHECK_STR(work.schedule, "");
    CHECK(work.make_up);
    given = (WorkSchedule){ 0 };
    CHECK_OK(work_schedule(arena, &setup.options.ground, setup.job, &given, &err), &err);
    CHECK_OK(work_find(arena, &setup.options.ground, setup.job, &work, &err), &err);
    CHECK(!work.given);
    CHECK_STR(work.schedule, "0 0 1 1 *");
    given.schedule = "at dawn";
    CHECK(!work_schedule(arena, &setup.options.ground, setup.job, &given, &err));
    CHECK_STR(err.field, "schedule");
    given = (WorkSchedule){ .schedule = "@daily", .timezone = "Nowhere/City" };
    CHECK(!work_schedule(arena, &setup.options.ground, setup.job, &given, &err));
    CHECK_STR(err.field, "timezone");
    CHECK_ERROR(work_schedule(arena, &setup.options.ground, "nonsense", &given, &err), &err,
                ERR_NOT_FOUND);
    CHECK_OK(settings_put_text(setup.settings, LIVE_job_schedules, "{\"sweep-sessions\": 3}", &err),
             &err);
    CHECK_OK(work_find(arena, &setup.options.ground, "sweep-sessions", &work, &err), &err);
    CHECK(work.problem != NULL);
    setup_end(&setup);
}
