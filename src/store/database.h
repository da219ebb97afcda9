/* Databases that people ask questions of. Details are sealed in the store and plain in the struct.
 */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "store/store.h"

typedef struct Database
{
    int64_t id;
    const char *name;
    const char *engine;
    const Json *details; /* plain: it holds passwords, whoever shows it masks them */
    const char *description;
    const char *caveats;
    const char *points_of_interest;
    const char *timezone;
    const Json *dbms_version;
    const Json *settings;
    bool is_full_sync;
    bool is_on_demand;
    bool is_sample;
    bool is_audit;
    bool is_attached_dwh;
    bool auto_run_queries;
    OptBool refingerprint;
    OptInt cache_ttl;
    const char *metadata_sync_schedule;      /* cron */
    const char *cache_field_values_schedule; /* cron, or NULL: never */
    const char *initial_sync_status;         /* incomplete, complete, aborted */
    OptInt creator_id;
    const char *provider_name;
    bool uploads_enabled;
    const char *uploads_schema_name;
    const char *uploads_table_prefix;
    OptInt router_database_id;
    const char *router_user_attribute;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
} Database;

typedef struct DatabaseList
{
    Database *items;
    size_t count;
} DatabaseList;

/* A new one: full sync, automatic run, hourly schedule of a random minute. Nobody has agreed yet to
 * a look at its values. */
Database database_new(Arena *arena);
/* Ordered by name. */
bool database_list(Store *store, Arena *arena, DatabaseList *list, Error *err);
bool database_find(Store *store, Arena *arena, int64_t id, Database *database, Error *err);
/* Fills id, entity_id and the times. Everybody may ask questions of it until an administrator says
 * otherwise. */
bool database_create(Store *store, Arena *arena, Database *database, Error *err);
/* All members but those; refreshes updated_at. */
bool database_update(Store *store, Arena *arena, Database *database, Error *err);
/* With its tables, fields and values. */
bool database_delete(Store *store, Arena *arena, int64_t id, Error *err);

#endif
