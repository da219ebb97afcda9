/*
 * Settings that an administrator changes while the server runs: meaning, defaults, limits, and who
 * may read them, in one table (settings.def). Values come from the environment (they win and are
 * fixed), else from the app database, else the default. Reads are from memory; another process'
 * change is seen within seconds.
 */
#ifndef STORE_SETTINGS_H
#define STORE_SETTINGS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "store/store.h"

typedef enum LiveKey
{
#define LIVE(name, key, type, show, value, choices, max, help) LIVE_##name,
#include "store/settings.def"
#undef LIVE
    LIVE_COUNT
} LiveKey;

typedef enum LiveType
{
    LIVE_TEXT,
    LIVE_BOOL,
    LIVE_PORT,    /* 1 to 65535 */
    LIVE_NUMBER,  /* 0 to the most that its row says */
    LIVE_DECIMAL, /* above 0, to the most that its row says */
    LIVE_ZONE,    /* a time zone, or empty */
    LIVE_OBJECT,  /* a JSON object */
    LIVE_SECRET
} LiveType;

typedef enum LiveShow
{
    SHOW_ALL,
    SHOW_USER,
    SHOW_ADMIN
} LiveShow;

typedef struct LiveRow
{
    const char *key; /* "site-name" */
    LiveType type;
    LiveShow show;
    const char *value; /* the default */
    const char *choices;
    size_t max;
    const char *help;
} LiveRow;

extern const LiveRow live_rows[LIVE_COUNT];

/* False when no setting has that key. */
bool live_lookup(const char *key, LiveKey *live);
/* "MB_SITE_NAME" */
const char *live_environment_name(Arena *arena, LiveKey live);
/* Whether an environment name belongs to one of them. */
bool live_is_environment_name(const char *name);

typedef struct Settings Settings;

/* `environment` as in main, may be NULL; it is only read here. A wrong value there is refused. */
bool settings_open(Store *store, char *const *environment, Settings **settings, Error *err);
void settings_close(Settings **settings);

/* How the values in memory are used: reads, and times that they were read anew. */
typedef struct SettingsStats
{
    uint64_t reads;
    uint64_t reloads;
} SettingsStats;
SettingsStats settings_stats(Settings *settings);

/* Never NULL; in `arena`. */
const char *settings_text(Settings *settings, Arena *arena, LiveKey live);
bool settings_bool(Settings *settings, LiveKey live);
int64_t settings_int(Settings *settings, LiveKey live);
double settings_double(Settings *settings, LiveKey live);
/* Fixed by the environment. */
bool settings_is_fixed(const Settings *settings, LiveKey live);
/* Set by a person, in the app database. */
bool settings_is_set(Settings *settings, LiveKey live);

/* Checks `value` (JSON text, boolean, number, object; null resets) and keeps it. */
bool settings_put(Settings *settings, LiveKey live, const Json *value, Error *err);
bool settings_put_text(Settings *settings, LiveKey live, const char *value, Error *err);

/* The value as JSON, of the type that clients expect; null for an empty text. */
void settings_write(Settings *settings, JsonWriter *w, LiveKey live);

#endif
