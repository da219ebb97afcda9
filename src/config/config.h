/*
 * Start-up settings: one table (config.def) gives the struct, the defaults, the environment names,
 * the help and the documentation. A file is read first, then the environment, then flags; the
 * last one wins. Every value remembers where it came from.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/error.h"

typedef enum ConfigType
{
    CONFIG_TEXT,
    CONFIG_INT,
    CONFIG_BOOL,
    CONFIG_SECRET
} ConfigType;

typedef const char *ConfigText;
typedef const char *ConfigSecret;
typedef int64_t ConfigInt;
typedef bool ConfigBool;

typedef enum ConfigName
{
#define SETTING(name, type, value, environment, help) CONFIG_##name,
#include "config/config.def"
#undef SETTING
    CONFIG_COUNT
} ConfigName;

typedef struct Config
{
#define CONFIG_MEMBER_TEXT                            ConfigText
#define CONFIG_MEMBER_SECRET                          ConfigSecret
#define CONFIG_MEMBER_INT                             ConfigInt
#define CONFIG_MEMBER_BOOL                            ConfigBool
#define SETTING(name, type, value, environment, help) CONFIG_MEMBER_##type name;
#include "config/config.def"
#undef SETTING
    const char *source[CONFIG_COUNT]; /* "default", "file vigie.conf", "environment PORT", "flag" */
} Config;

/* One row of the table, for help and documentation. */
typedef struct ConfigRow
{
    const char *name;
    ConfigType type;
    const char *value; /* the default */
    const char *environment;
    const char *help;
    size_t offset;
} ConfigRow;

extern const ConfigRow config_rows[CONFIG_COUNT];

typedef struct ConfigInput
{
    const char *file;         /* path, or NULL */
    char *const *environment; /* "NAME=value", ended by NULL; or NULL */
    const TextPair *flags;    /* names of settings; dashes count as underscores */
    size_t flag_count;
} ConfigInput;

/* Reads and checks. The arena must outlive the Config. */
bool config_load(Arena *arena, const ConfigInput *input, Config *config, Error *err);

/* The value as text, secrets masked. */
const char *config_shown(Arena *arena, const Config *config, ConfigName name);

/* The PostgreSQL address of the app database, from one setting or from parts; "" for SQLite. */
bool config_database_url(Arena *arena, const Config *config, const char **url, Error *err);

/*
 * Names in the environment that begin with MB_ and that nothing here reads, by commas; "" when
 * there are none. `is_known` tells those that other tables know.
 */
const char *config_unknown(Arena *arena, char *const *environment,
                           bool (*is_known)(const char *name));

#endif
