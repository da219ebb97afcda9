/* vigie feed: check what a feed file says against source and target, run it. */
#include "etl/feed.h"

#include "cli/cli.h"

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
    say("%s fits its source and its target; nothing was copied\n", feed.name);
    return true;
}

static bool
cmd_run(Call *call, Error *err)
{
    FeedReport report;
    Feed feed;

    if (!load(call, &feed, err) || !feed_run(call->arena, &feed, NULL, &report, err))
        return false;
    for (size_t i = 0; i < report.changes.count; i++)
        say("changed  %s\n", (const char *) report.changes.items[i]);
    for (size_t i = 0; i < report.table_count; i++)
        say("%s.%s: %lld rows\n", feed.schema, report.tables[i].name,
            (long long) report.tables[i].rows);
    say("%s is done: %lld rows in %.1f s\n", feed.name, (long long) report.rows, report.seconds);
    return true;
}

// clang-format off
const Command feed_commands[] = {
    { "check", "NAME", "Compare the file with its source and its target; copy nothing", cmd_check, NULL, NULL, true },
    { "run",   "NAME", "Copy, and put the tables in the place of the old ones", cmd_run, NULL, NULL, true },
    { 0 },
};
// clang-format on
