/* Commands on the app database that need no running server: migrate, people, incidents. */
#include "auth/audit.h"
#include "auth/login.h"
#include "auth/sso.h"
#include "base/crypto.h"
#include "cli/cli.h"
#include "cli/start.h"
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum
{
    MAX_PASSWORD = 1024
};

// clang-format off
const CommandOption migrate_options[] = {
    { "check",    NULL, "Only show what is applied and what would run" },
    { "rollback", NULL, "Put the copy from before the last migration back; no server may run" },
    { 0 },
};
// clang-format on

/* --------------------------------------------------------------------------------------- migrate
 */

static bool
check(Store *store, Arena *arena, Error *err)
{
    MigrationReport report;

    if (!migrate_check(store, arena, migrations_built_in, &report, err))
        return false;
    for (size_t i = 0; i < report.count; i++)
        say("%-40s %s%s\n", report.items[i].name,
            report.items[i].applied_at == NULL ? "pending" : report.items[i].applied_at,
            report.items[i].known ? "" : " (of a newer release)");
    say("%zu pending\n", report.pending);
    return true;
}

static bool
rollback(Store *store, Arena *arena, Error *err)
{
    const char *name;

    if (!migrate_rollback(store, arena, migrations_built_in, &name, err))
        return false;
    say("the state from before %s is back\n", name);
    return true;
}

bool
cmd_migrate(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    Config config;
    size_t applied;

    if (!call_config(call, &config, err) || !start_store(call->arena, &config, &store, err))
        return false;
    if (call_option(call, "check") != NULL)
        return check(store, call->arena, err);
    if (call_option(call, "rollback") != NULL)
        return rollback(store, call->arena, err);
    if (!migrate_run(store, migrations_built_in, &applied, err))
        return false;
    say("%zu applied, %s is up to date\n", applied, store_label(store));
    return true;
}

/* ------------------------------------------------------------------------------------------ user
 */

static bool
open_store(Call *call, Config *config, Store **store, Error *err)
{
    return call_config(call, config, err) && start_store_ready(call->arena, config, store, err);
}

static void
echo_restore(const struct termios *old)
{
    (void) tcsetattr(STDIN_FILENO, TCSAFLUSH, old);
}

/* One line of standard input, without echo when somebody types it. */
static bool
read_password(Arena *arena, const char **password, Error *err)
{
    struct termios old, quiet;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &old) == 0;
    char line[MAX_PASSWORD];
    char *got;

    if (terminal)
    {
        say("Password: ");
        (void) fflush(stdout);
        quiet = old;
        quiet.c_lflag &= ~(tcflag_t) ECHO;
        echo_restore(&quiet);
    }
    got = fgets(line, sizeof(line), stdin);
    if (terminal)
    {
        echo_restore(&old);
        say("\n");
    }
    if (got == NULL)
    {
        (void) error_set(err, ERR_INVALID, "no password was given");
        return error_hint(err, "Type it, or give it as one line on standard input.");
    }
    line[strcspn(line, "\r\n")] = '\0';
    *password = arena_text(arena, line);
    return true;
}

static bool
note(Store *store, Arena *arena, const char *action, int64_t user_id, Error *err)
{
    Act act = { action, user_id == 0 ? NULL : "User", user_id, NULL };

    return audit_note(store, arena, NULL, "command line", &act, err);
}

static bool
cmd_create_admin(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    const char *email = NULL, *password = NULL;
    Config config;
    User user = { .is_superuser = true };

    if (!call_word(call, 0, "e-mail address", &email, err) ||
        !open_store(call, &config, &store, err) || !read_password(call->arena, &password, err) ||
        !password_is_strong(&config, "password", password, email, err))
        return false;
    user.email = email;
    if (!user_create(store, call->arena, &user, login_hash(call->arena, password), err) ||
        !note(store, call->arena, "user-create", user.id, err))
        return false;
    say("%s is an administrator\n", user.email);
    return true;
}

static bool
check_passwords(const Config *config, Error *err)
{
    if (!sso_is_only(config))
        return true;
    (void) error_set(err, ERR_INVALID, "nobody has a password here");
    return error_hint(err,
                      "The provider of log-ins is the only way in: unset VIGIE_OIDC_ONLY first.");
}

static bool
cmd_reset_password(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    const char *email, *path;
    Config config;
    User user;

    if (!call_word(call, 0, "e-mail address", &email, err) ||
        !open_store(call, &config, &store, err) || !check_passwords(&config, err) ||
        !user_find_by_email(store, call->arena, email, &user, err) ||
        !login_make_link(store, call->arena, TOKEN_RESET, user.id, &path, err) ||
        !note(store, call->arena, "password-link", user.id, err))
        return false;
    say("Give this address to %s; it works once, for 48 hours:\n"
        "<address of this site>%s%s\n",
        user.email, config.base_path, path);
    return true;
}

// clang-format off
const Command user_commands[] = {
    { "create-admin",   "EMAIL", "Make an administrator; the password is read from standard input", cmd_create_admin, NULL, NULL, true },
    { "reset-password", "EMAIL", "Print a link with which somebody chooses a new password", cmd_reset_password, NULL, NULL, true },
    { 0 },
};
// clang-format on

/* -------------------------------------------------------------------------------------- incident
 */

static bool
cmd_revoke_sessions(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    Config config;
    int64_t ended;

    if (!open_store(call, &config, &store, err) ||
        !session_end_all(store, call->arena, 0, NULL, &ended, err) ||
        !note(store, call->arena, "incident-revoke-sessions", 0, err))
        return false;
    say("%lld sessions ended: everybody has to log in again\n", (long long) ended);
    return true;
}

static bool
cmd_revoke_keys(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    Config config;
    ApiKeyList list;

    if (!open_store(call, &config, &store, err) || !api_key_list(store, call->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        if (!api_key_delete(store, call->arena, list.items[i].id, err))
            return false;
        say("revoked %s (%s, group %s)\n", list.items[i].name, list.items[i].masked_key,
            list.items[i].group_name);
    }
    if (!note(store, call->arena, "incident-revoke-keys", 0, err))
        return false;
    say("%zu API keys revoked\n", list.count);
    return true;
}

static bool
cmd_list_admins(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    MembershipList list;
    ApiKeyList keys;
    Config config;

    if (!open_store(call, &config, &store, err) ||
        !membership_list(store, call->arena, GROUP_ADMINISTRATORS, 0, &list, err) ||
        !api_key_list(store, call->arena, &keys, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        User user;

        if (!user_find(store, call->arena, list.items[i].user_id, &user, err))
            return false;
        if (strcmp(user.type, "personal") == 0)
            say("%-40s joined %s  last log-in %s\n", user.email, user.date_joined,
                user.last_login == NULL ? "never" : user.last_login);
    }
    for (size_t i = 0; i < keys.count; i++)
        if (keys.items[i].group_id == GROUP_ADMINISTRATORS)
            say("%-40s made   %s\n", arena_format(call->arena, "API key %s", keys.items[i].name),
                keys.items[i].created_at);
    return true;
}

static bool
cmd_audit_verify(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    int64_t lines, broken;
    Config config;

    if (!open_store(call, &config, &store, err) ||
        !audit_verify(store, call->arena, &lines, &broken, err))
        return false;
    if (broken != 0)
    {
        (void) error_set(err, ERR_INTERNAL, "the audit log was changed at line %lld",
                         (long long) broken);
        return error_hint(err, "Compare with the audit lines on the server's standard output.");
    }
    say("the audit log is intact: %lld lines\n", (long long) lines);
    return true;
}

// clang-format off
const Command incident_commands[] = {
    { "revoke-sessions", "", "End every session: everybody has to log in again", cmd_revoke_sessions, NULL, NULL, true },
    { "revoke-keys",     "", "Delete every API key", cmd_revoke_keys, NULL, NULL, true },
    { "list-admins",     "", "Who administers, people and keys", cmd_list_admins, NULL, NULL, true },
    { "audit-verify",    "", "Whether the audit log was changed", cmd_audit_verify, NULL, NULL, true },
    { 0 },
};
// clang-format on
