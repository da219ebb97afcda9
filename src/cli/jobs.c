/* vigie jobs: periodic work on the app database, beside a running server or without one. */
#include "cli/cli.h"
#include "cli/start.h"
#include "job/scheduler.h"

enum
{
    HISTORY_LINES = 30
};

/* The app database and its settings, closed in the right order. */
typedef struct Opened
{
    Config config;
    Store *store;
    Settings *settings;
    Ground ground;
} Opened;

static void
close_all(Opened *opened)
{
    settings_close(&opened->settings);
    store_close(&opened->store);
}

static bool
open_all(Call *call, Opened *opened, Error *err)
{
    if (!call_config(call, &opened->config, err) ||
        !start_store_ready(call->arena, &opened->config, &opened->store, err) ||
        !settings_open(opened->store, call->environment, &opened->settings, err))
        return false;
    opened->ground =
        (Ground){ opened->store, opened->settings, &opened->config, call->environment, NULL };
    return true;
}

/* "2026-11-20 04:30 CET" */
static const char *
shown_time(Arena *arena, const char *zone_text, Instant at)
{
    const char *abbreviation = "UTC";
    const Zone *zone;
    Civil civil;
    Error ignored;

    if (!zone_load(arena, zone_text, &zone, &ignored))
        civil = civil_from_instant(at);
    else
    {
        civil = zone_from_instant(zone, at);
        (void) zone_offset(zone, at, &abbreviation);
    }
    return arena_format(arena, "%04d-%02d-%02d %02d:%02d %s", civil.year, civil.month, civil.day,
                        civil.hour, civil.minute, abbreviation);
}

static bool
say_work(const Call *call, Store *store, const Work *work, Error *err)
{
    Instant next = 0;
    JobRunList runs;
    Error wrong = { 0 };
    const char *due;

    if (!job_run_list(store, call->arena, work->name, 1, &runs, err))
        return false;
    if (!work_next(work, time_now(), &next, &wrong))
        due = wrong.message;
    else
        due = next == 0 ? "never" : shown_time(call->arena, work->zone, next);
    say("%-20s %s\n  schedule  %s (%s%s)\n  next      %s\n  last      %s%s%s\n", work->name,
        work->help, work->schedule[0] == '\0' ? "none" : work->schedule, work->zone,
        work->given ? ", from the settings" : "", due,
        runs.count == 0 ? "never" : runs.items[0].status, runs.count == 0 ? "" : " ",
        runs.count == 0 ? "" : runs.items[0].started_at);
    return true;
}

static bool
cmd_list(Call *call, Error *err)
{
    CLEANUP(close_all) Opened opened = { 0 };
    WorkList list;

    if (!open_all(call, &opened, err) || !work_list(call->arena, &opened.ground, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!say_work(call, opened.store, &list.items[i], err))
            return false;
    return true;
}

static bool
cmd_run(Call *call, Error *err)
{
    CLEANUP(close_all) Opened opened = { 0 };
    CLEANUP(scheduler_close) Scheduler *scheduler = NULL;
    SchedulerOptions options = { 0 };
    const char *name;
    JobRun run;

    if (!call_word(call, 0, "name of the job", &name, err) || !open_all(call, &opened, err))
        return false;
    options.ground = opened.ground;
    if (!scheduler_start(&options, &scheduler, err) ||
        !scheduler_run_here(scheduler, call->arena, name, &run, err))
        return false;
    say("%s is done%s%s\n", run.name, run.message == NULL ? "" : ": ",
        run.message == NULL ? "" : run.message);
    return true;
}

static bool
cmd_history(Call *call, Error *err)
{
    CLEANUP(close_all) Opened opened = { 0 };
    const char *name = call->word_count > 0 ? call->words[0] : NULL;
    JobRunList runs;

    if (!open_all(call, &opened, err) ||
        !job_run_list(opened.store, call->arena, name, HISTORY_LINES, &runs, err))
        return false;
    for (size_t i = 0; i < runs.count; i++)
    {
        const JobRun *it = &runs.items[i];

        say("%s  %-20s %-11s %-8s %s\n", it->started_at, it->name, it->status, it->cause,
            it->message == NULL ? "" : it->message);
    }
    if (runs.count == 0)
        say("nothing has run yet\n");
    return true;
}

// clang-format off
const Command jobs_commands[] = {
    { "list",    "",       "Every piece of work, its schedule, its last and its next run", cmd_list, NULL, NULL, true },
    { "run",     "NAME",   "Run it now, here, and wait for its end", cmd_run, NULL, NULL, true },
    { "history", "[NAME]", "The last runs, newest first", cmd_history, NULL, NULL, true },
    { 0 },
};
// clang-format on
