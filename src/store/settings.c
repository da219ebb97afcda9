/* The live settings: checks by their table, values in memory, read again when another one moved the
 * counter. The lock is held for copying and for the reload only. */
#include "store/settings.h"

#include "base/heap.h"
#include "base/log.h"
#include "base/time.h"
#include "store/setting.h"

#include <pthread.h>
#include <string.h>

enum
{
    RECHECK_SECONDS = 2
};

const LiveRow live_rows[LIVE_COUNT] = {
#define LIVE(name, key, type, show, value, choices, max, help)                                     \
    { key, LIVE_##type, SHOW_##show, value, choices, max, help },
#include "store/settings.def"
#undef LIVE
};

struct Settings
{
    Store *store;
    const char *fixed[LIVE_COUNT]; /* from the environment, or NULL */
    Arena *environment;
    pthread_mutex_t lock;
    Arena *arena;                   /* of the values */
    const char *values[LIVE_COUNT]; /* from the app database, or NULL */
    int64_t version;
    int64_t checked_at; /* monotonic */
    SettingsStats stats;
};

bool
live_lookup(const char *key, LiveKey *live)
{
    for (LiveKey i = 0; i < LIVE_COUNT; i++)
        if (strcmp(live_rows[i].key, key) == 0)
        {
            *live = i;
            return true;
        }
    return false;
}

const char *
live_environment_name(Arena *arena, LiveKey live)
{
    char *name = arena_format(arena, "MB_%s", live_rows[live].key);

    for (char *c = name; *c != '\0'; c++)
        *c = *c == '-' ? '_' : *c >= 'a' && *c <= 'z' ? (char) (*c - 32) : *c;
    return name;
}

bool
live_is_environment_name(const char *name)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (LiveKey i = 0; i < LIVE_COUNT; i++)
        if (strcmp(live_environment_name(arena, i), name) == 0)
            return true;
    return false;
}

static bool
is_choice(const char *choices, const char *text)
{
    Str rest = str_of(choices), choice;

    while (str_split(&rest, '|', &choice))
        if (str_is(choice, text))
            return true;
    return false;
}

static bool
check_object(const LiveRow *row, const char *value, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *tree;

    if (!json_parse(arena, str_of(value), NULL, &tree, err) || tree->kind != JSON_OBJECT)
        return error_field(err, row->key, "value must be an object.");
    return true;
}

static bool
is_number(LiveType type)
{
    return type == LIVE_PORT || type == LIVE_NUMBER || type == LIVE_DECIMAL;
}

/* As JSON writes it: that is how it is shown. */
static bool
is_decimal(Arena *arena, const char *value, double most)
{
    Json *number;
    Error err;

    return json_parse(arena, str_of(value), NULL, &number, &err) && number->kind == JSON_NUMBER &&
           json_double_or(number, 0) > 0 && json_double_or(number, 0) <= most;
}

static bool
check_value(LiveKey live, const char *value, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const LiveRow *row = &live_rows[live];
    const Zone *zone;
    int64_t number;

    if (row->max > 0 && strlen(value) > row->max)
        return error_field(err, row->key, "value must have at most %zu bytes.", row->max);
    if (row->choices[0] != '\0' && !is_choice(row->choices, value))
        return error_field(err, row->key, "value must be one of: %s.", row->choices);
    switch (row->type)
    {
        case LIVE_TEXT:
        case LIVE_SECRET:
            return true;
        case LIVE_BOOL:
            return strcmp(value, "true") == 0 || strcmp(value, "false") == 0 ||
                   error_field(err, row->key, "value must be a boolean.");
        case LIVE_PORT:
            return str_to_int(str_of(value), 1, 65535, &number) ||
                   error_field(err, row->key, "value must be an integer from 1 to 65535.");
        case LIVE_NUMBER:
            return str_to_int(str_of(value), 0, (int64_t) row->max, &number) ||
                   error_field(err, row->key, "value must be an integer from 0 to %zu.", row->max);
        case LIVE_DECIMAL:
            return is_decimal(arena, value, (double) row->max) ||
                   error_field(err, row->key, "value must be a number above 0, at most %zu.",
                               row->max);
        case LIVE_ZONE:
            return value[0] == '\0' || zone_load(arena, value, &zone, err) ||
                   error_field(err, row->key, "value must be a time zone such as Europe/Paris.");
        case LIVE_OBJECT:
            return check_object(row, value, err);
    }
    return false;
}

static const char *
environment_value(char *const *environment, const char *name)
{
    size_t len = strlen(name);

    for (; environment != NULL && *environment != NULL; environment++)
        if (strncmp(*environment, name, len) == 0 && (*environment)[len] == '=' &&
            (*environment)[len + 1] != '\0')
            return *environment + len + 1;
    return NULL;
}

static bool
read_environment(Settings *settings, char *const *environment, Error *err)
{
    for (LiveKey i = 0; i < LIVE_COUNT; i++)
    {
        const char *name = live_environment_name(settings->environment, i);
        const char *value = environment_value(environment, name);

        if (value == NULL)
            continue;
        if (!check_value(i, value, err))
        {
            err->code = ERR_CONFIG;
            return error_prefix(err, "environment %s", name);
        }
        settings->fixed[i] = arena_text(settings->environment, value);
    }
    return true;
}

/* Reads all values anew. Called with the lock. On failure the old values stay. */
static bool
reload(Settings *settings, Error *err)
{
    CLEANUP(arena_free) Arena *fresh = arena_new();
    SettingList list;
    int64_t version;
    Arena *old = settings->arena;

    if (!setting_version(settings->store, fresh, &version, err) ||
        !setting_list(settings->store, fresh, &list, err))
        return false;
    memset(settings->values, 0, sizeof(settings->values));
    for (size_t i = 0; i < list.count; i++)
    {
        LiveKey live;

        if (live_lookup(list.items[i].key, &live))
            settings->values[live] = list.items[i].value;
    }
    settings->version = version;
    settings->stats.reloads++;
    settings->arena = fresh;
    fresh = NULL;
    arena_free(&old);
    return true;
}

/* Looks now and then whether another process changed something. Called with the lock. */
static void
refresh(Settings *settings)
{
    CLEANUP(arena_free) Arena *scratch = NULL;
    int64_t now = time_monotonic(), version;
    Error err;

    if (now - settings->checked_at < RECHECK_SECONDS * SECOND_US)
        return;
    scratch = arena_new();
    settings->checked_at = now;
    if (!setting_version(settings->store, scratch, &version, &err) ||
        (version != settings->version && !reload(settings, &err)))
        log_failure("settings.refresh", &err);
}

/* Secrets that were written before there was a key. */
static bool
seal_plain_secrets(Settings *settings, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    SettingList list;

    if (!setting_list(settings->store, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        const Setting *setting = &list.items[i];
        LiveKey live;

        if (setting->sealed || !live_lookup(setting->key, &live) ||
            live_rows[live].type != LIVE_SECRET ||
            store_seal(settings->store, arena, setting->value) == setting->value)
            continue;
        if (!setting_put(settings->store, arena, setting->key, setting->value, true, err))
            return false;
    }
    return true;
}

bool
settings_open(Store *store, char *const *environment, Settings **settings, Error *err)
{
    Settings *opened = heap_new(1, sizeof(*opened));

    opened->store = store;
    opened->environment = arena_new();
    (void) pthread_mutex_init(&opened->lock, NULL);
    if (!read_environment(opened, environment, err) || !seal_plain_secrets(opened, err) ||
        !reload(opened, err))
    {
        settings_close(&opened);
        return false;
    }
    opened->checked_at = time_monotonic();
    *settings = opened;
    return true;
}

void
settings_close(Settings **settings)
{
    if (*settings == NULL)
        return;
    (void) pthread_mutex_destroy(&(*settings)->lock);
    arena_free(&(*settings)->environment);
    arena_free(&(*settings)->arena);
    heap_free(*settings);
    *settings = NULL;
}

const char *
settings_text(Settings *settings, Arena *arena, LiveKey live)
{
    const char *value;

    if (settings->fixed[live] != NULL)
        return arena_text(arena, settings->fixed[live]);
    (void) pthread_mutex_lock(&settings->lock);
    refresh(settings);
    settings->stats.reads++;
    value = settings->values[live] == NULL ? live_rows[live].value : settings->values[live];
    value = arena_text(arena, value);
    (void) pthread_mutex_unlock(&settings->lock);
    return value;
}

bool
settings_bool(Settings *settings, LiveKey live)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    return strcmp(settings_text(settings, arena, live), "true") == 0;
}

int64_t
settings_int(Settings *settings, LiveKey live)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    int64_t value = 0;

    (void) str_to_int(str_of(settings_text(settings, arena, live)), INT64_MIN, INT64_MAX, &value);
    return value;
}

double
settings_double(Settings *settings, LiveKey live)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Value value = VALUE_OF_TEXT(settings_text(settings, arena, live));

    return value_to_double(&value, 0);
}

SettingsStats
settings_stats(Settings *settings)
{
    SettingsStats stats;

    (void) pthread_mutex_lock(&settings->lock);
    stats = settings->stats;
    (void) pthread_mutex_unlock(&settings->lock);
    return stats;
}

bool
settings_is_fixed(const Settings *settings, LiveKey live)
{
    return settings->fixed[live] != NULL;
}

bool
settings_is_set(Settings *settings, LiveKey live)
{
    bool set;

    (void) pthread_mutex_lock(&settings->lock);
    set = settings->values[live] != NULL;
    (void) pthread_mutex_unlock(&settings->lock);
    return set;
}

bool
settings_put_text(Settings *settings, LiveKey live, const char *value, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const LiveRow *row = &live_rows[live];
    bool ok;

    if (settings->fixed[live] != NULL)
    {
        (void) error_field(err, row->key, "value is set by the environment variable %s.",
                           live_environment_name(arena, live));
        return error_hint(err, "Change it there and restart.");
    }
    if (value != NULL && !check_value(live, value, err))
        return false;
    if (!setting_put(settings->store, arena, row->key, value, row->type == LIVE_SECRET, err))
        return false;
    (void) pthread_mutex_lock(&settings->lock);
    ok = reload(settings, err);
    (void) pthread_mutex_unlock(&settings->lock);
    return ok;
}

bool
settings_put(Settings *settings, LiveKey live, const Json *value, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const LiveRow *row = &live_rows[live];

    switch (value->kind)
    {
        case JSON_NULL:
            return settings_put_text(settings, live, NULL, err);
        case JSON_TEXT:
            return settings_put_text(settings, live, value->len == 0 ? NULL : value->text, err);
        case JSON_BOOL:
            if (row->type != LIVE_BOOL)
                break;
            return settings_put_text(settings, live, value->boolean ? "true" : "false", err);
        case JSON_NUMBER:
            if (!is_number(row->type))
                break;
            return settings_put_text(settings, live, value->text, err);
        case JSON_OBJECT:
            if (row->type != LIVE_OBJECT)
                break;
            return settings_put_text(settings, live, json_print(arena, value), err);
        case JSON_ARRAY:
            break;
    }
    return error_field(err, row->key, "value must be a %s.",
                       row->type == LIVE_BOOL     ? "boolean"
                       : is_number(row->type)     ? "number"
                       : row->type == LIVE_OBJECT ? "map"
                                                  : "string");
}

void
settings_write(Settings *settings, JsonWriter *w, LiveKey live)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *value = settings_text(settings, arena, live);

    switch (live_rows[live].type)
    {
        case LIVE_BOOL:
            json_bool(w, strcmp(value, "true") == 0);
            return;
        case LIVE_PORT:
        case LIVE_NUMBER:
        case LIVE_DECIMAL:
        case LIVE_OBJECT:
            json_raw(w, str_of(value));
            return;
        case LIVE_TEXT:
        case LIVE_ZONE:
        case LIVE_SECRET:
            json_text(w, value[0] == '\0' ? NULL : value);
            return;
    }
}
