/* How long answers may be shown again: of everything, of a database, a dashboard, a question. */
#ifndef STORE_CACHE_CONFIG_H
#define STORE_CACHE_CONFIG_H

#include "store/store.h"

typedef struct CacheConfig
{
    int64_t id;
    const char *model;    /* root, database, dashboard, question */
    int64_t model_id;     /* 0 for root */
    const char *strategy; /* nocache, ttl, duration, schedule */
    const Json *config;   /* what belongs to the strategy: multiplier, min_duration_ms... */
    bool refresh_automatically;
    const char *invalidated_at; /* answers made before are not shown; or NULL */
} CacheConfig;

typedef struct CacheConfigList
{
    CacheConfig *items;
    size_t count;
} CacheConfigList;

/* model NULL and model_id below 0 stand for any. */
bool cache_config_list(Store *store, Arena *arena, const char *model, int64_t model_id,
                       CacheConfigList *list, Error *err);
/* Those that could count, the nearest first. */
bool cache_config_for(Store *store, Arena *arena, int64_t card_id, int64_t dashboard_id,
                      int64_t database_id, CacheConfigList *list, Error *err);
/* Fills id. */
bool cache_config_put(Store *store, Arena *arena, CacheConfig *config, Error *err);
bool cache_config_delete(Store *store, Arena *arena, const char *model, int64_t model_id,
                         Error *err);

#endif
