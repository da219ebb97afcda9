/* The command line: a tree of commands, options by table, help, exit codes of the error table. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/error.h"
#include "config/config.h"

/* What a command was called with. Options "--name=value" and "--name value" are in order. */
typedef struct Call
{
    Arena *arena;
    const TextPair *options;
    size_t option_count;
    const char *const *words; /* what is not an option */
    size_t word_count;
    char *const *environment;
    int exit_code; /* of a command that ended well and has something to tell by it */
} Call;

typedef bool Run(Call *call, Error *err);

typedef struct CommandOption
{
    const char *name;  /* without dashes */
    const char *value; /* what it takes, as shown; NULL for a flag */
    const char *help;
} CommandOption;

typedef struct Command
{
    const char *name;
    const char *words; /* arguments as shown, "" when none */
    const char *help;
    Run *run;                       /* NULL: a family, see commands */
    const struct Command *commands; /* ended by a zero name */
    const CommandOption *options;   /* ended by a zero name; NULL: none */
    bool settings;                  /* also takes every setting as an option */
} Command;

extern const Command access_commands[];
extern const Command cli_commands[];
extern const Command config_commands[];
extern const Command content_commands[];
extern const Command dev_commands[];
extern const Command etl_commands[];
extern const Command feed_commands[];
extern const Command incident_commands[];
extern const Command jobs_commands[];
extern const Command user_commands[];
extern const CommandOption migrate_options[];
extern const CommandOption provision_options[];
Run cmd_dev_compile, cmd_serve, cmd_migrate, cmd_provision, cmd_version, cmd_health;

int cli_main(int argc, char **argv);

/* NULL when absent; "" for a flag. */
const char *call_option(const Call *call, const char *name);
/* The word at that place, or ERR_INVALID that says what is missing. */
bool call_word(const Call *call, size_t index, const char *what, const char **word, Error *err);
/* Settings from file, environment and options; logging is set up by them. */
bool call_config(Call *call, Config *config, Error *err);
/* Standard output. */
void say(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
