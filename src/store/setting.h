/* What an administrator changes while the server runs: text by key. Meaning and defaults are not
 * here. Each change moves the counter "setting", so that a cache knows when to read again. */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include "store/store.h"

typedef struct Setting
{
    const char *key;
    const char *value; /* unsealed */
    bool sealed;       /* as it is kept */
} Setting;

typedef struct SettingList
{
    Setting *items;
    size_t count;
} SettingList;

/* Ordered by key. Keys of the store itself ("encryption-check") are left out. */
bool setting_list(Store *store, Arena *arena, SettingList *list, Error *err);
/* *value becomes NULL when it is not set. */
bool setting_get(Store *store, Arena *arena, const char *key, const char **value, Error *err);
/* NULL removes it. `secret` seals it when the store has a key. */
bool setting_put(Store *store, Arena *arena, const char *key, const char *value, bool secret,
                 Error *err);
bool setting_version(Store *store, Arena *arena, int64_t *version, Error *err);

/* Counters that only go up, for caches: "setting", "metadata"... 0 when never moved. */
bool counter_read(Store *store, Arena *arena, const char *name, int64_t *value, Error *err);
bool counter_move(Store *store, Arena *arena, const char *name, int64_t *value, Error *err);

#endif
