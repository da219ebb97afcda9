/* vigie etl: check, explain, run, status, clean, masks. Progress and reports are printed here. */
#include "etl/etl.h"

#include "base/file.h"
#include "cli/cli.h"
#include "cli/progress.h"

enum
{
    MAX_OUTPUT = 8 * 1024 * 1024
};

/* --------------------------------------------------------------------------------------- common */

static bool
load(Call *call, App *app, Error *err)
{
    AppInput input = { .app = call_option(call, "app"),
                       .config = call_option(call, "config"),
                       .env_file = call_option(call, "env-file"),
                       .environment = call->environment };

    return app_load(call->arena, &input, app, err);
}

static bool
number_option(const Call *call, const char *name, int64_t most, int64_t *value, Error *err)
{
    const char *text = call_option(call, name);

    *value = 0;
    if (text == NULL || str_to_int(str_of(text), 1, most, value))
        return true;
    return error_set(err, ERR_INVALID, "the option --%s takes a number from 1 to %lld", name,
                     (long long) most);
}

static void
say_problems(Call *call, const Draft *draft)
{
    Buf out = buf_new(call->arena, MAX_OUTPUT);

    problems_text(&out, draft);
    say("%s", buf_cstr(&out));
}

/* ------------------------------------------------------------------------------ check, explain */

static bool
cmd_check(Call *call, Error *err)
{
    CLEANUP(etl_close) Etl etl = { 0 };
    App app;

    if (!load(call, &app, err) || !etl_open(call->arena, &app, &etl, err))
        return false;
    say_problems(call, &etl.draft);
    if (!etl_check(&etl, call_option(call, "strict") != NULL, err))
        return false;
    say("%s: %zu tables are named by the rules, %zu warnings; nothing was copied\n", app.name,
        etl.draft.table_count, etl.draft.warnings.count);
    return true;
}

static bool
cmd_explain(Call *call, Error *err)
{
    CLEANUP(etl_close) Etl etl = { 0 };
    Buf out = buf_new(call->arena, MAX_OUTPUT);
    JsonWriter w = json_writer(&out);
    App app;

    if (!load(call, &app, err) || !etl_open(call->arena, &app, &etl, err))
        return false;
    if (call_option(call, "json") != NULL)
        explain_json(&w, call->arena, &app, &etl.draft);
    else
    {
        explain_text(&out, call->arena, &app, &etl.draft);
        problems_text(&out, &etl.draft);
    }
    say("%s\n", buf_cstr(&out));
    return true;
}

/* ----------------------------------------------------------------------------------------- run */

static bool
show_report(Call *call, const Report *report, Error *err)
{
    Buf out = buf_new(call->arena, MAX_OUTPUT), json = buf_new(call->arena, MAX_OUTPUT);
    JsonWriter w = json_writer(&json);
    const char *path = call_option(call, "report");

    report_text(&out, report);
    say("%s", buf_cstr(&out));
    if (path == NULL)
        return true;
    report_json(&w, report);
    buf_char(&json, '\n');
    return file_write(path, buf_slice(&json), 0644, err);
}

static bool
cmd_run(Call *call, Error *err)
{
    CLEANUP(etl_close) Etl etl = { 0 };
    Progress progress;
    EtlRun run = { .strict = call_option(call, "strict") != NULL,
                   .watch = progress_show,
                   .watch_arg = &progress };
    Report report;
    App app;
    bool done;

    if (!number_option(call, "jobs", 16, &run.jobs, err) ||
        !number_option(call, "swap-seconds", 86400, &run.swap_seconds, err) ||
        !load(call, &app, err) || !etl_open(call->arena, &app, &etl, err))
        return false;
    if (etl.draft.problem_count > 0 || run.strict)
        say_problems(call, &etl.draft);
    progress_begin(call->arena, etl.draft.table_count, &progress);
    done = etl_run(&etl, &run, &report, err);
    progress_end(&progress);
    return done && show_report(call, &report, err);
}

/* -------------------------------------------------------------------------------- status, clean */

static bool
cmd_status(Call *call, Error *err)
{
    EtlStatus status;
    App app;
    char bytes[SHORT_SIZE];

    if (!load(call, &app, err) || !etl_status(call->arena, &app, &status, err))
        return false;
    short_number((double) status.bytes, "B", bytes);
    if (status.there)
        say("schema %s: %lld tables, %s\n", app.plan.schema, (long long) status.tables, bytes);
    else
        say("schema %s: not there yet\n", app.plan.schema);
    if (status.locked)
        say("a run is at work\n");
    if (status.leftover)
        say("a dead run left something; the next run, or vigie etl clean, removes it\n");
    for (size_t i = 0; i < status.history.count; i++)
    {
        RowReader r = { call->arena, status.history.row[i] };
        long long id = row_int(&r);
        const char *name = row_text(&r), *state = row_text(&r), *started = row_text(&r);
        double seconds = value_to_double(r.next++, 0);
        long long tables = row_int(&r), rows = row_int(&r);

        (void) row_int(&r);
        say("%6lld %s %-12s %s %9.1f s %5lld tables %12lld rows %s\n", id, name, state, started,
            seconds, tables, rows, row_text(&r));
    }
    return true;
}

static bool
cmd_clean(Call *call, Error *err)
{
    App app;
    bool found;

    if (!load(call, &app, err) || !etl_clean(call->arena, &app, &found, err))
        return false;
    say(found ? "what a dead run had left is removed\n" : "nothing to remove\n");
    return true;
}

static bool
cmd_masks(Call *call, Error *err)
{
    Buf out = buf_new(call->arena, MAX_OUTPUT);

    (void) err;
    masks_text(&out);
    say("%s", buf_cstr(&out));
    return true;
}

// clang-format off
#define APP_OPTIONS \
    { "app",      "NAME", "The app to copy, which is also its schema; else the variable APP" }, \
    { "config",   "FILE", "Rules, a file or an https address; else CONFIG_PATH" }, \
    { "env-file", "FILE", "Variables that the environment does not set; .env if not said" }

static const CommandOption app_options[] = { APP_OPTIONS, { 0 } };
static const CommandOption check_options[] = {
    APP_OPTIONS,
    { "strict",   NULL,   "Warnings are errors: rules for what does not exist, keys of text" },
    { 0 },
};
static const CommandOption explain_options[] = {
    APP_OPTIONS,
    { "json",     NULL,   "As JSON" },
    { 0 },
};
static const CommandOption run_options[] = {
    APP_OPTIONS,
    { "strict",   NULL,   "Warnings are errors: rules for what does not exist, keys of text" },
    { "jobs",     "N",    "Connections to each database, 1 to 16; else as the rules say, or 2" },
    { "report",   "FILE", "Write the report as JSON" },
    { "swap-seconds", "N", "How long readers that hold locks are waited for, 300 if not said" },
    { 0 },
};

const Command etl_commands[] = {
    { "check",   "", "Match every table and column of the source with the rules; copies nothing", cmd_check, NULL, check_options, false },
    { "explain", "", "What each column will become", cmd_explain, NULL, explain_options, false },
    { "run",     "", "Copy the app, anonymized, into its schema of the target, all or nothing", cmd_run, NULL, run_options, false },
    { "status",  "", "The schema that is served, the run at work, the last runs", cmd_status, NULL, app_options, false },
    { "clean",   "", "Remove what a dead run left", cmd_clean, NULL, app_options, false },
    { "masks",   "", "The masks that rules can name, with their types and options", cmd_masks, NULL, NULL, false },
    { 0 },
};
// clang-format on
