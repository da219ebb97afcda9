/* Reads the settings of config.def from a file, the environment and flags, and checks them. */
#include "config/config.h"

#include "base/file.h"

#include <string.h>

enum
{
    MAX_FILE_BYTES = 256 * 1024
};

const ConfigRow config_rows[CONFIG_COUNT] = {
#define SETTING(name, type, value, environment, help)                                              \
    { #name, CONFIG_##type, value, environment, help, offsetof(Config, name) },
#include "config/config.def"
#undef SETTING
};

static void *
member(Config *config, const ConfigRow *row)
{
    return (char *) config + row->offset;
}

static bool
text_to_bool(const char *text, bool *value)
{
    static const char *const yes[] = { "true", "yes", "on", "1" };
    static const char *const no[] = { "false", "no", "off", "0" };

    for (size_t i = 0; i < COUNT_OF(yes); i++)
    {
        if (str_is_nocase(str_of(text), yes[i]))
            return *value = true;
        if (str_is_nocase(str_of(text), no[i]))
        {
            *value = false;
            return true;
        }
    }
    return false;
}

static bool
set_value(Arena *arena, Config *config, const ConfigRow *row, const char *text, const char *source,
          Error *err)
{
    switch (row->type)
    {
        case CONFIG_TEXT:
        case CONFIG_SECRET:
            *(const char **) member(config, row) = arena_text(arena, text);
            break;
        case CONFIG_INT:
            if (!str_to_int(str_of(text), 0, INT64_C(1) << 40, member(config, row)))
            {
                (void) error_set(err, ERR_CONFIG, "%s must be a whole number, from %s", row->name,
                                 source);
                return error_hint(err, "%s", row->help);
            }
            break;
        case CONFIG_BOOL:
            if (!text_to_bool(text, member(config, row)))
                return error_set(err, ERR_CONFIG, "%s must be true or false, from %s", row->name,
                                 source);
            break;
    }
    config->source[row - config_rows] = arena_text(arena, source);
    return true;
}

/* "max-rows" and "max_rows" are the same setting. */
static const ConfigRow *
row_lookup(Str name)
{
    for (size_t i = 0; i < CONFIG_COUNT; i++)
    {
        const char *own = config_rows[i].name;
        size_t at = 0;

        while (at < name.len && own[at] != '\0' &&
               (own[at] == name.ptr[at] || (own[at] == '_' && name.ptr[at] == '-')))
            at++;
        if (at == name.len && own[at] == '\0')
            return &config_rows[i];
    }
    return NULL;
}

static Str
unquoted(Str value)
{
    if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
        return (Str){ value.ptr + 1, value.len - 2 };
    return value;
}

static bool
load_line(Arena *arena, Config *config, Str line, const char *source, Error *err)
{
    const ConfigRow *row;
    Str name;

    if (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    line = str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return true;
    if (!str_split(&line, '=', &name) || line.ptr == NULL)
        return error_set(err, ERR_CONFIG, "%s: expected name = value", source);
    row = row_lookup(str_trim(name));
    if (row == NULL)
    {
        (void) error_set(err, ERR_CONFIG, "%s: there is no setting %s", source,
                         str_copy(arena, str_trim(name)));
        return error_hint(err, "vigie config list prints all settings.");
    }
    return set_value(arena, config, row, str_copy(arena, unquoted(str_trim(line))), source, err);
}

static bool
load_file(Arena *arena, Config *config, const char *path, Error *err)
{
    Str rest, line;
    int number = 0;

    if (!file_read(arena, path, MAX_FILE_BYTES, &rest, err))
        return false;
    while (str_split(&rest, '\n', &line))
        if (!load_line(arena, config, line, arena_format(arena, "file %s line %d", path, ++number),
                       err))
            return false;
    return true;
}

/* The value of NAME in "NAME=value" lines; NULL when absent or empty. */
static const char *
environment_lookup(char *const *environment, Str name)
{
    for (; *environment != NULL; environment++)
        if (strncmp(*environment, name.ptr, name.len) == 0 && (*environment)[name.len] == '=' &&
            (*environment)[name.len + 1] != '\0')
            return *environment + name.len + 1;
    return NULL;
}

static bool
load_environment(Arena *arena, Config *config, char *const *environment, Error *err)
{
    for (size_t i = 0; i < CONFIG_COUNT; i++)
    {
        Str names = str_of(config_rows[i].environment), name;

        while (str_split(&names, ' ', &name))
        {
            const char *value = environment_lookup(environment, name);
            const char *source = arena_format(arena, "environment %.*s", (int) name.len, name.ptr);

            if (value == NULL)
                continue;
            if (!set_value(arena, config, &config_rows[i], value, source, err))
                return false;
            break;
        }
    }
    return true;
}

static bool
is_one_of(const char *value, const char *const *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(value, choices[i]) == 0)
            return true;
    return false;
}

static bool
check_choice(const Config *config, ConfigName name, const char *value, const char *const *choices,
             size_t count, Error *err)
{
    if (is_one_of(value, choices, count))
        return true;
    (void) error_set(err, ERR_CONFIG, "%s may not be %s, from %s", config_rows[name].name, value,
                     config->source[name]);
    return error_hint(err, "%s.", config_rows[name].help);
}

static bool
check_range(const Config *config, ConfigName name, int64_t value, int64_t min, int64_t max,
            Error *err)
{
    if (value >= min && value <= max)
        return true;
    return error_set(err, ERR_CONFIG, "%s must be from %lld to %lld, from %s",
                     config_rows[name].name, (long long) min, (long long) max,
                     config->source[name]);
}

static bool
check_base_path(Config *config, Arena *arena, Error *err)
{
    Str path = str_of(config->base_path);

    while (path.len > 0 && path.ptr[path.len - 1] == '/')
        path.len--;
    config->base_path = str_copy(arena, path);
    if (path.len == 0)
        return true;
    if (path.ptr[0] != '/' ||
        strspn(config->base_path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "/_-.") != path.len ||
        strstr(config->base_path, "..") != NULL)
        return error_set(err, ERR_CONFIG,
                         "base_path must begin with a slash and hold letters, digits, - and _");
    return true;
}

static bool
check_all(Arena *arena, Config *config, Error *err)
{
    static const char *const levels[] = { "error", "warn", "info", "debug" };
    static const char *const formats[] = { "text", "json" };
    static const char *const complexities[] = { "weak", "normal", "strong" };
    static const char *const same_sites[] = { "lax", "strict", "none" };

    return check_choice(config, CONFIG_log_level, config->log_level, levels, COUNT_OF(levels),
                        err) &&
           check_choice(config, CONFIG_log_format, config->log_format, formats, COUNT_OF(formats),
                        err) &&
           check_choice(config, CONFIG_password_complexity, config->password_complexity,
                        complexities, COUNT_OF(complexities), err) &&
           check_choice(config, CONFIG_cookie_samesite, config->cookie_samesite, same_sites,
                        COUNT_OF(same_sites), err) &&
           check_range(config, CONFIG_port, config->port, 0, 65535, err) &&
           check_range(config, CONFIG_loops, config->loops, 1, 16, err) &&
           check_range(config, CONFIG_workers, config->workers, 1, 256, err) &&
           check_range(config, CONFIG_export_workers, config->export_workers, 1, 64, err) &&
           check_range(config, CONFIG_background_workers, config->background_workers, 1, 64, err) &&
           check_range(config, CONFIG_query_seconds, config->query_seconds, 1, 86400, err) &&
           check_range(config, CONFIG_query_connections, config->query_connections, 1, 100, err) &&
           check_range(config, CONFIG_cache_bytes, config->cache_bytes, 0, INT64_C(1) << 40, err) &&
           check_range(config, CONFIG_answer_bytes, config->answer_bytes, 65536, INT64_C(1) << 31,
                       err) &&
           check_range(config, CONFIG_password_length, config->password_length, 6, 128, err) &&
           check_range(config, CONFIG_session_minutes, config->session_minutes, 1, 525600, err) &&
           check_range(config, CONFIG_drain_seconds, config->drain_seconds, 0, 28, err) &&
           check_range(config, CONFIG_body_bytes, config->body_bytes, 1024, INT64_C(1) << 30,
                       err) &&
           check_base_path(config, arena, err);
}

bool
config_load(Arena *arena, const ConfigInput *input, Config *config, Error *err)
{
    Config loaded = { 0 };

    for (size_t i = 0; i < CONFIG_COUNT; i++)
        if (!set_value(arena, &loaded, &config_rows[i], config_rows[i].value, "default", err))
            return false;
    if (input->file != NULL && !load_file(arena, &loaded, input->file, err))
        return false;
    if (input->environment != NULL && !load_environment(arena, &loaded, input->environment, err))
        return false;
    for (size_t i = 0; i < input->flag_count; i++)
    {
        const ConfigRow *row = row_lookup(str_of(input->flags[i].key));

        if (row == NULL)
            return error_set(err, ERR_INVALID, "there is no option --%s", input->flags[i].key);
        if (!set_value(arena, &loaded, row, input->flags[i].value, "flag", err))
            return false;
    }
    if (!check_all(arena, &loaded, err))
        return false;
    *config = loaded;
    return true;
}

const char *
config_shown(Arena *arena, const Config *config, ConfigName name)
{
    const ConfigRow *row = &config_rows[name];
    const void *value = (const char *) config + row->offset;

    switch (row->type)
    {
        case CONFIG_TEXT:
            return *(const char *const *) value;
        case CONFIG_SECRET:
            return (*(const char *const *) value)[0] == '\0' ? "" : "***";
        case CONFIG_INT:
            return arena_format(arena, "%lld", (long long) *(const int64_t *) value);
        case CONFIG_BOOL:
            return *(const bool *) value ? "true" : "false";
    }
    return "";
}

/* Percent-encodes what is not plain in one part of a URL. */
static const char *
url_part(Arena *arena, const char *text)
{
    Buf out = buf_new(arena, 4096);

    for (; *text != '\0'; text++)
    {
        bool plain = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
                     (*text >= '0' && *text <= '9') || strchr("-._~", *text) != NULL;

        if (plain)
            buf_char(&out, *text);
        else
            buf_format(&out, "%%%02X", (unsigned char) *text);
    }
    return buf_cstr(&out);
}

bool
config_database_url(Arena *arena, const Config *config, const char **url, Error *err)
{
    const char *type = config->database_type;

    if (config->database_url[0] != '\0')
    {
        *url = config->database_url;
        return true;
    }
    if (type[0] != '\0' && strcmp(type, "postgres") != 0)
    {
        (void) error_set(err, ERR_CONFIG, "MB_DB_TYPE is %s, which cannot hold the app database",
                         type);
        return error_hint(err, "Use postgres, or leave it out for a SQLite file.");
    }
    if (config->database_host[0] == '\0')
    {
        *url = "";
        return true;
    }
    *url =
        arena_format(arena, "postgresql://%s:%s@%s:%lld/%s", url_part(arena, config->database_user),
                     url_part(arena, config->database_password), config->database_host,
                     (long long) config->database_port, url_part(arena, config->database_name));
    return true;
}

static bool
is_own(Str name)
{
    for (size_t i = 0; i < CONFIG_COUNT; i++)
    {
        Str names = str_of(config_rows[i].environment), one;

        while (str_split(&names, ' ', &one))
            if (str_equal(one, name))
                return true;
    }
    return false;
}

const char *
config_unknown(Arena *arena, char *const *environment, bool (*is_known)(const char *name))
{
    Buf names = buf_new(arena, 2000);

    for (; *environment != NULL; environment++)
    {
        Str rest = str_of(*environment), name;

        if (!str_split(&rest, '=', &name) || !str_has_prefix(name, "MB_") || is_own(name) ||
            is_known(str_copy(arena, name)))
            continue;
        buf_text(&names, names.len > 0 ? ", " : "");
        buf_str(&names, name);
    }
    return buf_cstr(&names);
}
