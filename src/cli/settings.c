/* Commands about settings, and the small ones: version, health. */
#include "store/settings.h"
#include "base/log.h"
#include "cli/cli.h"
#include "driver/driver.h"
#include "http/client.h"

#include <sqlite3.h>
#include <string.h>

static bool
cmd_config_list(Call *call, Error *err)
{
    (void) call;
    (void) err;
    for (size_t i = 0; i < CONFIG_COUNT; i++)
        say("%s\n    %s\n    default: %s   environment: %s\n", config_rows[i].name,
            config_rows[i].help, config_rows[i].value[0] == '\0' ? "(empty)" : config_rows[i].value,
            config_rows[i].environment);
    return true;
}

static bool
cmd_config_check(Call *call, Error *err)
{
    Config config;
    const char *url, *unknown;

    if (!call_config(call, &config, err) || !config_database_url(call->arena, &config, &url, err))
        return false;
    for (ConfigName name = 0; name < CONFIG_COUNT; name++)
        say("%-20s %-28s from %s\n", config_rows[name].name,
            config_shown(call->arena, &config, name), config.source[name]);
    say("\nThe app database is %s.\n",
        url[0] == '\0' ? "a SQLite file in the data folder" : "a PostgreSQL database");
    unknown = config_unknown(call->arena, call->environment, live_is_environment_name);
    if (unknown[0] != '\0')
        say("Ignored, because they mean nothing here: %s\n", unknown);
    return true;
}

// clang-format off
const Command config_commands[] = {
    { "list",  "", "All settings with their defaults and environment names", cmd_config_list, NULL, NULL, false },
    { "check", "", "What is in force and where it comes from, secrets masked", cmd_config_check, NULL, NULL, true },
    { 0 },
};
// clang-format on

bool
cmd_version(Call *call, Error *err)
{
    (void) call;
    (void) err;
    say("vigie %s\nSQLite %s\ndatabases", VIGIE_VERSION, sqlite3_libversion());
    for (const Driver *const *driver = drivers; *driver != NULL; driver++)
        say(" %s", (*driver)->name);
    say("\n");
    return true;
}

/* For HEALTHCHECK in a container that has no shell and no curl. */
bool
cmd_health(Call *call, Error *err)
{
    HttpReply reply;
    Config config;
    HttpCall http = { .total_ms = 5000 };

    if (!call_config(call, &config, err))
        return false;
    http.url = arena_format(call->arena, "http://127.0.0.1:%lld%s/api/health",
                            (long long) config.port, config.base_path);
    client_setup();
    if (!client_fetch(call->arena, &http, &reply, err))
        return false;
    say("%s\n", reply.body.ptr);
    return true;
}
