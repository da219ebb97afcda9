/* Finds the command, reads its options, runs it, shows the error: once, here. */
#include "cli/cli.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum
{
    MAX_OPTIONS = 200,
    MAX_WORDS = 100
};

// clang-format off
static const CommandOption serve_options[] = {
    { "config", "FILE", "Settings, one name = value on each line" },
    { 0 },
};

const Command cli_commands[] = {
    { "serve",    "",  "Run the server", cmd_serve, NULL, serve_options, true },
    { "migrate",  "",  "Bring the app database up to date, look at it, or undo the last step", cmd_migrate, NULL, migrate_options, true },
    { "user",     "",  "People: make an administrator, make a link for a new password", NULL, user_commands, NULL, true },
    { "access",   "",  "Rights: why somebody may see something, or may not", NULL, access_commands, NULL, true },
    { "content",  "",  "Dashboards as files: write them to a folder, read them back", NULL, content_commands, NULL, true },
    { "config",   "",  "Settings: list them, check what is in force", NULL, config_commands, NULL, true },
    { "incident", "",  "After a break-in: end sessions, revoke keys, list administrators, verify the audit log", NULL, incident_commands, NULL, true },
    { "etl",      "",  "Copy production databases, anonymized, into an analytics database", NULL, etl_commands, NULL, false },
    { "feed",     "",  "Fill an analytics schema with chosen tables, columns and queries", NULL, feed_commands, NULL, true },
    { "provision", "", "Make or check the roles, the schema and the rights of an analytics database", cmd_provision, NULL, provision_options, false },
    { "jobs",     "",  "Periodic work: what there is and when, run it now, what happened", NULL, jobs_commands, NULL, true },
    { "health",   "",  "Ask a running server whether it is well; for containers", cmd_health, NULL, NULL, true },
    { "dev",      "",  "For developers: routes, reference documentation", NULL, dev_commands, NULL, false },
    { "version",  "",  "Print the version", cmd_version, NULL, NULL, false },
    { 0 },
};
// clang-format on

void
say(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void) vprintf(format, args);
    va_end(args);
}

const char *
call_option(const Call *call, const char *name)
{
    for (size_t i = 0; i < call->option_count; i++)
        if (strcmp(call->options[i].key, name) == 0)
            return call->options[i].value;
    return NULL;
}

bool
call_word(const Call *call, size_t index, const char *what, const char **word, Error *err)
{
    if (index < call->word_count)
    {
        *word = call->words[index];
        return true;
    }
    return error_set(err, ERR_INVALID, "the %s is missing", what);
}

static LogLevel
level_of(const char *name)
{
    switch (name[0])
    {
        case 'e':
            return LOG_LEVEL_ERROR;
        case 'w':
            return LOG_LEVEL_WARN;
        case 'd':
            return LOG_LEVEL_DEBUG;
        default:
            return LOG_LEVEL_INFO;
    }
}

static bool
is_setting(const char *name)
{
    for (size_t i = 0; i < CONFIG_COUNT; i++)
    {
        const char *own = config_rows[i].name;
        size_t at = 0;

        while (own[at] != '\0' && (own[at] == name[at] || (own[at] == '_' && name[at] == '-')))
            at++;
        if (own[at] == '\0' && name[at] == '\0')
            return true;
    }
    return false;
}

bool
call_config(Call *call, Config *config, Error *err)
{
    TextPair *flags = ARENA_ARRAY(call->arena, call->option_count, TextPair);
    ConfigInput input = { .file = call_option(call, "config"), .environment = call->environment };

    for (size_t i = 0; i < call->option_count; i++)
        if (is_setting(call->options[i].key))
            flags[input.flag_count++] = call->options[i];
    input.flags = flags;
    if (!config_load(call->arena, &input, config, err))
        return false;
    log_setup(level_of(config->log_level),
              strcmp(config->log_format, "json") == 0 ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT);
    return true;
}

/* ---------------------------------------------------------------------------------------- help */

static void
help_settings(void)
{
    say("\nEvery setting is an option too:\n");
    for (size_t i = 0; i < CONFIG_COUNT; i++)
    {
        char name[64];

        (void) snprintf(name, sizeof(name), "--%s", config_rows[i].name);
        for (char *c = name; *c != '\0'; c++)
            *c = *c == '_' ? '-' : *c;
        say("  %-24s %s\n", name, config_rows[i].help);
    }
}

static void
help_command(const char *path, const Command *command)
{
    say("Usage: %s%s%s%s\n\n%s.\n", path, command->words[0] == '\0' ? "" : " ", command->words,
        command->commands != NULL ? " COMMAND" : " [OPTIONS]", command->help);
    for (const Command *sub = command->commands; sub != NULL && sub->name != NULL; sub++)
        say("%s  %-18s %s\n", sub == command->commands ? "\n" : "", sub->name, sub->help);
    for (const CommandOption *option = command->options; option != NULL && option->name != NULL;
         option++)
        say("%s  --%-22s %s\n", option == command->options ? "\n" : "", option->name, option->help);
    if (command->settings && command->commands == NULL)
        help_settings();
}

static void
help_all(void)
{
    say("Usage: vigie COMMAND [OPTIONS]\n\n"
        "A small, safe analytics server: questions, dashboards, public pages.\n\n");
    for (const Command *command = cli_commands; command->name != NULL; command++)
        say("  %-10s %s\n", command->name, command->help);
    say("\nvigie COMMAND --help tells more.\n");
}

/* ------------------------------------------------------------------------------------- reading */

static const Command *
command_lookup(const Command *commands, const char *name)
{
    for (; commands->name != NULL; commands++)
        if (strcmp(commands->name, name) == 0)
            return commands;
    return NULL;
}

/* -1: unknown; 0: a flag; 1: takes a value. */
static int
option_takes(const Command *command, const char *name)
{
    for (const CommandOption *option = command->options; option != NULL && option->name != NULL;
         option++)
        if (strcmp(option->name, name) == 0)
            return option->value != NULL;
    if (command->settings && (is_setting(name) || strcmp(name, "config") == 0))
        return 1;
    return -1;
}

static bool
read_option(const Command *command, Call *call, TextPair *option, char **argv, int *at, Error *err)
{
    const char *text = argv[*at] + 2;
    const char *equals = strchr(text, '=');
    const char *name =
        equals == NULL ? text : arena_text_n(call->arena, text, (size_t) (equals - text));
    int takes = option_takes(command, name);

    if (takes < 0)
    {
        (void) error_set(err, ERR_INVALID, "there is no option --%s", name);
        return error_hint(err, "The option --help lists those there are.");
    }
    *option = (TextPair){ name, equals != NULL ? equals + 1 : "" };
    if (takes == 0 && equals != NULL)
        return error_set(err, ERR_INVALID, "the option --%s takes no value", name);
    if (takes == 1 && equals == NULL)
    {
        if (argv[*at + 1] == NULL)
            return error_set(err, ERR_INVALID, "the option --%s needs a value", name);
        option->value = argv[++*at];
    }
    return true;
}

static bool
read_call(const Command *command, Call *call, char **argv, Error *err)
{
    TextPair *options = ARENA_ARRAY(call->arena, MAX_OPTIONS, TextPair);
    const char **words = ARENA_ARRAY(call->arena, MAX_WORDS, const char *);

    for (int at = 0; argv[at] != NULL; at++)
    {
        if (call->option_count == MAX_OPTIONS || call->word_count == MAX_WORDS)
            return error_set(err, ERR_INVALID, "there are too many arguments");
        if (strncmp(argv[at], "--", 2) != 0)
            words[call->word_count++] = argv[at];
        else if (!read_option(command, call, &options[call->option_count++], argv, &at, err))
            return false;
    }
    call->options = options;
    call->words = words;
    if (call->word_count > 0 && command->words[0] == '\0')
    {
        (void) error_set(err, ERR_INVALID, "%s is not expected here", words[0]);
        return error_hint(err, "The option --help shows how it is written.");
    }
    return true;
}

static void
show_error(const Error *err)
{
    (void) fflush(stdout);
    (void) fprintf(stderr, "vigie: %s%s%s\n", err->field[0] == '\0' ? "" : err->field,
                   err->field[0] == '\0' ? "" : ": ", err->message);
    if (err->hint[0] != '\0')
        (void) fprintf(stderr, "  %s\n", err->hint);
}

static int
run_command(const char *path, const Command *command, char **argv)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Call call = { .arena = arena, .environment = environ };
    Error err = { 0 };

    if (command->commands != NULL)
    {
        const Command *sub = argv[0] == NULL ? NULL : command_lookup(command->commands, argv[0]);

        if (sub != NULL)
            return run_command(arena_format(arena, "%s %s", path, sub->name), sub, argv + 1);
        help_command(path, command);
        return argv[0] != NULL && strcmp(argv[0], "--help") == 0 ? 0
                                                                 : error_exit_status(ERR_INVALID);
    }
    for (char **arg = argv; *arg != NULL; arg++)
        if (strcmp(*arg, "--help") == 0)
        {
            help_command(path, command);
            return 0;
        }
    if (read_call(command, &call, argv, &err) && command->run(&call, &err))
        return call.exit_code;
    show_error(&err);
    return error_exit_status(err.code);
}

int
cli_main(int argc, char **argv)
{
    const Command *command = argc < 2 ? NULL : command_lookup(cli_commands, argv[1]);

    if (command != NULL)
    {
        char path[64];

        (void) snprintf(path, sizeof(path), "vigie %s", command->name);
        return run_command(path, command, argv + 2);
    }
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
    {
        help_all();
        return argc < 2 ? error_exit_status(ERR_INVALID) : 0;
    }
    if (strcmp(argv[1], "--version") == 0)
        return run_command("vigie version", command_lookup(cli_commands, "version"), argv + 2);
    (void) fprintf(stderr, "vigie: there is no command %s\n  vigie --help lists those there are.\n",
                   argv[1]);
    return error_exit_status(ERR_INVALID);
}
