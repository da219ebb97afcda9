/* vigie feed: check what a feed file says against source and target, run it. */
#include "etl/feed.h"

#include "base/file.h"
#include "cli/cli.h"
#include "cli/progress.h"

enum
{
    MAX_OUTPUT = 1024 * 1024
};

static bool
load(Call *call, Feed *feed, Error *err)
{
    const char *name;
    Config config;

    return call_word(call, 0, "name of the feed", &name, err) && call_config(call, &config, err) &&
           feed_load(call->arena, config.feeds, name, call->environment, feed, err);
}

static bool
cmd_check(Call *call, Error *err)
{
    FeedReport report;
    Feed feed;

    if (!load(call, &feed, err) || !feed_check(call->arena, &feed, &report, err))
        return false;
    for (size_t i = 0; i < report.table_count; i++)
        say("%s.%s: %zu columns\n", feed.schema, report.tables[i].name,
            report.tables[i].column_count);
    for (size_t i = 0; i < report.changes.count; i++)
        say("changed  %s\n", (const char *) report.changes.items[i]);
    say("%s fits its source and its target; nothing was copied\n", feed.name);
    return true;
}

static bool
show_report(Call *call, const Feed *feed, const FeedReport *report, Error *err)
{
    Buf text = buf_new(call->arena, MAX_OUTPUT), json = buf_new(call->arena, MAX_OUTPUT);
    JsonWriter w = json_writer(&json);
    const char *path = call_option(call, "report");

    feed_report_text(&text, feed, report);
    feed_report_json(&w, feed, report);
    buf_char(&json, '\n');
    say("%s", buf_cstr(call_option(call, "json") != NULL ? &json : &text));
    return path == NULL || file_write(path, buf_slice(&json), 0644, err);
}

static bool
cmd_run(Call *call, Error *err)
{
    Progress progress;
    FeedRun run = { .watch = progress_show, .watch_arg = &progress };
    FeedReport report;
    Feed feed;
    bool done;

    if (!load(call, &feed, err))
        return false;
    progress_begin(call->arena, feed.table_count, &progress);
    progress.quiet = call_option(call, "json") != NULL;
    done = feed_run(call->arena, &feed, &run, &report, err);
    progress_end(&progress);
    return done && show_report(call, &feed, &report, err);
}

// clang-format off
static const CommandOption run_options[] = {
    { "json",   NULL,   "Print the report as JSON, and no progress" },
    { "report", "FILE", "Write the report as JSON" },
    { 0 },
};

const Command feed_commands[] = {
    { "check", "NAME", "Compare the file with its source and its target; copy nothing", cmd_check, NULL, NULL, true },
    { "run",   "NAME", "Copy, and put the tables in the place of the old ones", cmd_run, NULL, run_options, true },
    { 0 },
};
// clang-format on
