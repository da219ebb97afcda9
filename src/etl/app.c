/* Finds the settings of an app: environment, .env, rules from a file or an https address. */
#include "etl/app.h"

#include "base/file.h"
#include "http/client.h"

#include <ctype.h>
#include <string.h>

enum
{
    MAX_ENV_BYTES = 64 * 1024,
    MAX_RULES_BYTES = 1024 * 1024,
    MAX_FETCH_MS = 15000,
    MAX_REDIRECTS = 3,
    MIN_KEY_LETTERS = 16,
    MAX_APP_BYTES = 56
};

/* The apps that the seed tool knows by name. */
static const struct
{
    const char *app;
    const char *variable;
    const char *rules;
} known_apps[] = {
    // clang-format off
    { "rdvi",  "RDV_INSERTION_DB_URL",      "https://raw.githubusercontent.com/betagouv/rdv-insertion/main/config/anonymizer.yml" },
    { "rdvs",  "RDV_SOLIDARITES_DB_URL",    "https://raw.githubusercontent.com/betagouv/rdv-service-public/production/config/anonymizer.yml" },
    { "rdvsp", "RDV_SERVICE_PUBLIC_DB_URL", "https://raw.githubusercontent.com/betagouv/rdv-service-public/production/config/anonymizer.yml" },
    // clang-format on
};

/* ---------------------------------------------------------------------------------- environment */

/* The value as .env files write it: bare, 'as it is', or "with \n". */
static const char *
env_value(Arena *arena, Str text)
{
    char quote = text.len >= 2 ? text.ptr[0] : '\0';
    Buf out = buf_new(arena, MAX_ENV_BYTES);

    if ((quote != '"' && quote != '\'') || text.ptr[text.len - 1] != quote)
    {
        for (size_t i = 0; i + 1 < text.len; i++)
            if (text.ptr[i] == ' ' && text.ptr[i + 1] == '#')
                text.len = i;
        return str_copy(arena, str_trim(text));
    }
    for (size_t i = 1; i + 1 < text.len; i++)
    {
        bool escape = quote == '"' && text.ptr[i] == '\\' && i + 2 < text.len;

        i += escape;
        buf_char(&out, escape && text.ptr[i] == 'n' ? '\n' : text.ptr[i]);
    }
    return buf_cstr(&out);
}

static bool
read_env_file(Arena *arena, const char *path, Map *values, Error *err)
{
    const char *file = path == NULL ? ".env" : path;
    Str text, line;

    if (path == NULL && !file_exists(file))
        return true;
    if (!file_read(arena, file, MAX_ENV_BYTES, &text, err))
        return false;
    while (str_split(&text, '\n', &line))
    {
        Str name;

        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        line = str_trim(line);
        if (str_has_prefix(line, "export "))
            line = str_trim((Str){ line.ptr + 7, line.len - 7 });
        if (line.len == 0 || *line.ptr == '#' || memchr(line.ptr, '=', line.len) == NULL)
            continue;
        (void) str_split(&line, '=', &name);
        map_put(values, str_copy(arena, str_trim(name)), (void *) env_value(arena, str_trim(line)));
    }
    return true;
}

/* The environment wins over the file. */
static bool
read_environment(Arena *arena, const AppInput *input, Map **values, Error *err)
{
    *values = map_new(arena);
    if (!read_env_file(arena, input->env_file, *values, err))
        return false;
    for (char *const *item = input->environment; *item != NULL; item++)
    {
        const char *equals = strchr(*item, '=');

        if (equals != NULL)
            map_put(*values, arena_text_n(arena, *item, (size_t) (equals - *item)),
                    (void *) (equals + 1));
    }
    return true;
}

static const char *
variable(const Map *values, const char *name)
{
    const char *value = map_get(values, name);

    return value == NULL || str_trim(str_of(value)).len == 0 ? NULL : value;
}

static bool
need(const Map *values, const char *name, const char *what, const char **value, Error *err)
{
    *value = variable(values, name);
    if (*value != NULL)
        return true;
    (void) error_set(err, ERR_CONFIG, "the variable %s is not set: %s", name, what);
    return error_hint(err, "Set it in the environment or in a file .env.");
}

/* ---------------------------------------------------------------------------------------- rules */

/* Certificates of an organisation's own authority: our variable, else that of OpenSSL. */
static const char *
ca_file(const Map *values)
{
    const char *own = variable(values, "VIGIE_CA_FILE");

    return own != NULL ? own : variable(values, "SSL_CERT_FILE");
}

static bool
fetch_rules(Arena *arena, const Map *values, const char *url, Str *text, Error *err)
{
    HttpCall call = { .url = url,
                      .ca_file = ca_file(values),
                      .max_bytes = MAX_RULES_BYTES,
                      .total_ms = MAX_FETCH_MS,
                      .retries = 2,
                      .redirects = MAX_REDIRECTS };
    HttpReply reply;

    client_setup();
    if (!client_fetch(arena, &call, &reply, err))
        return error_prefix(err, "the rules cannot be read");
    *text = reply.body;
    return true;
}

static bool
read_rules(Arena *arena, const Map *values, const char *config, Str *text, Error *err)
{
    if (strncmp(config, "https://", 8) == 0)
        return fetch_rules(arena, values, config, text, err);
    if (strncmp(config, "http://", 7) == 0)
    {
        (void) error_set(err, ERR_CONFIG, "the rules are not read over plain http");
        return error_hint(err, "Give an https address, or a file.");
    }
    if (file_read(arena, config, MAX_RULES_BYTES, text, err))
        return true;
    return error_hint(err, "CONFIG_PATH or --config names the file of rules.");
}

static bool
find_config(const AppInput *input, const Map *values, App *app, const char **source, Error *err)
{
    *source = "ORIGIN_DB_URL";
    for (size_t i = 0; i < COUNT_OF(known_apps); i++)
        if (strcmp(app->name, known_apps[i].app) == 0)
        {
            *source = known_apps[i].variable;
            app->config = known_apps[i].rules;
        }
    if (input->config != NULL)
        app->config = input->config;
    return app->config != NULL ||
           need(values, "CONFIG_PATH", "it names the file of rules", &app->config, err);
}

/* ------------------------------------------------------------------------------------------ app */

static bool
check_name(const char *name, Error *err)
{
    bool good = *name != '\0' && strlen(name) <= MAX_APP_BYTES;

    for (const char *c = name; *c != '\0'; c++)
        good = good && (isalnum((unsigned char) *c) || *c == '_' || *c == '-');
    return good ||
           error_set(err, ERR_INVALID,
                     "the name of an app has letters, digits, - and _, %d at most", MAX_APP_BYTES);
}

static bool
find_target(Arena *arena, const char *url, const char *what, PgTarget *target, Error *err)
{
    if (!pg_target_from_url(arena, url, target, err))
        return error_prefix(err, "%s", what);
    target->retry_seconds = 20;
    return true;
}

static bool
find_readers(Arena *arena, const Map *values, Plan *plan, Error *err)
{
    const char *reader;

    if (plan->readers.count > 0)
        return true;
    if (!need(values, "METABASE_USERNAME", "it names the role that may read the copy", &reader,
              err))
        return false;
    plan->readers.items = ARENA_ARRAY(arena, 1, const char *);
    plan->readers.items[plan->readers.count++] = reader;
    return true;
}

static bool
find_key(const Map *values, App *app, Error *err)
{
    const char *key = variable(values, "ETL_MASK_KEY");

    app->has_key = key != NULL;
    if (key == NULL)
        return true;
    if (strlen(key) < MIN_KEY_LETTERS)
        return error_set(err, ERR_CONFIG, "ETL_MASK_KEY needs %d characters or more",
                         MIN_KEY_LETTERS);
    hash_key_from(str_of(key), &app->key);
    return true;
}

bool
app_load(Arena *arena, const AppInput *input, App *app, Error *err)
{
    const char *source_variable, *source_url, *target_url;
    Map *values;
    Str rules;

    *app = (App){ .name = input->app };
    if (!read_environment(arena, input, &values, err))
        return false;
    if (app->name == NULL && !need(values, "APP", "it, or --app, names the app", &app->name, err))
        return false;
    if (!check_name(app->name, err) || !find_config(input, values, app, &source_variable, err) ||
        !read_rules(arena, values, app->config, &rules, err) ||
        !plan_read(arena, rules, app->name, &app->plan, err))
        return false;
    if (app->plan.source != NULL)
        source_variable = app->plan.source;
    return need(values, source_variable, "it holds the address of the source", &source_url, err) &&
           need(values, "ETL_DB_URL", "it holds the address of the target", &target_url, err) &&
           find_target(arena, source_url, source_variable, &app->source, err) &&
           find_target(arena, target_url, "ETL_DB_URL", &app->target, err) &&
           find_readers(arena, values, &app->plan, err) && find_key(values, app, err);
}

bool
app_list(Arena *arena, const char *path, TextList *apps, Error *err)
{
    const char *slash = strrchr(path, '/');
    Str name = str_of(slash == NULL ? path : slash + 1);
    Str text;

    if (!file_read(arena, path, MAX_RULES_BYTES, &text, err) || !plan_apps(arena, text, apps, err))
        return false;
    if (apps->count > 0)
        return true;
    if (str_has_suffix(name, ".yml"))
        name.len -= 4;
    apps->items = ARENA_ARRAY(arena, 1, const char *);
    apps->items[apps->count++] = str_copy(arena, name);
    return true;
}
