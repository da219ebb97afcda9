/* vigie access: why somebody may see something, or may not. */
#include "auth/access.h"

#include "cli/cli.h"
#include "cli/start.h"

static bool
cmd_explain(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    const char *email = call_option(call, "user"), *what = call_option(call, "what");
    Identity who = { 0 };
    Explanation why;
    Config config;

    if (email == NULL || what == NULL)
        return error_set(err, ERR_INVALID, "--user and --what are needed");
    if (!call_config(call, &config, err) || !start_store_ready(call->arena, &config, &store, err) ||
        !user_find_by_email(store, call->arena, email, &who.user, err) ||
        !membership_ids(store, call->arena, who.user.id, &who.groups, err) ||
        !access_explain(&who, store, call->arena, what, &why, err))
        return false;
    for (size_t i = 0; i < why.reasons.count; i++)
        say("- %s\n", why.reasons.items[i]);
    say("%s may %s%s %s\n", who.user.email, why.may_read ? "see" : "not see",
        why.may_write ? " and change" : "", what);
    return true;
}

// clang-format off
static const CommandOption explain_options[] = {
    { "user", "ADDRESS", "Of whom" },
    { "what", "THING",   "card:12, dashboard:3, collection:4, collection:root, database:1 or table:7" },
    { 0 },
};

const Command access_commands[] = {
    { "explain", "", "Tell step by step why somebody may see something, or may not", cmd_explain, NULL, explain_options, true },
    { 0 },
};
// clang-format on
