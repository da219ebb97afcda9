/* Connected databases: rows to structs and back, details sealed on the way. Who may see details,
 * and what they mean to a driver, is not here. */
#include "store/database.h"

#include "store/metadata.h"
#include "store/store_private.h"

extern const char sql_database_list[], sql_database_find[], sql_database_create[],
    sql_database_update[], sql_database_delete[], sql_data_grant_defaults[];

Database
database_new(Arena *arena)
{
    uint8_t dice;

    random_bytes(&dice, sizeof(dice));
    return (Database){
        .details = json_new(arena, JSON_OBJECT),
        .is_full_sync = true,
        .auto_run_queries = true,
        .metadata_sync_schedule = arena_format(arena, "0 %d * * * ? *", dice % 60),
        .initial_sync_status = "incomplete",
    };
}

static bool
read_details(const Store *store, Arena *arena, const char *kept, const Json **details, Error *err)
{
    const char *plain = NULL;
    Json *tree = NULL;

    if (!store_unseal(store, arena, kept, &plain, err))
        return false;
    if (!json_parse(arena, str_of(plain), NULL, &tree, err))
        return error_prefix(err, "details of a database");
    *details = tree;
    return true;
}

static bool
read_row(const Store *store, Arena *arena, const Value *cells, Database *database, Error *err)
{
    RowReader reader = { arena, cells };
    const char *details;
    Database it = { 0 };

    it.id = row_int(&reader);
    it.name = row_text(&reader);
    it.engine = row_text(&reader);
    details = row_text(&reader);
    it.description = row_text(&reader);
    it.caveats = row_text(&reader);
    it.points_of_interest = row_text(&reader);
    it.timezone = row_text(&reader);
    it.dbms_version = row_json(&reader);
    it.settings = row_json(&reader);
    it.is_full_sync = row_bool(&reader);
    it.is_on_demand = row_bool(&reader);
    it.is_sample = row_bool(&reader);
    it.is_audit = row_bool(&reader);
    it.is_attached_dwh = row_bool(&reader);
    it.auto_run_queries = row_bool(&reader);
    it.refingerprint = row_opt_bool(&reader);
    it.cache_ttl = row_opt_int(&reader);
    it.metadata_sync_schedule = row_text(&reader);
    it.cache_field_values_schedule = row_text(&reader);
    it.initial_sync_status = row_text(&reader);
    it.creator_id = row_opt_int(&reader);
    it.provider_name = row_text(&reader);
    it.uploads_enabled = row_bool(&reader);
    it.uploads_schema_name = row_text(&reader);
    it.uploads_table_prefix = row_text(&reader);
    it.router_database_id = row_opt_int(&reader);
    it.router_user_attribute = row_text(&reader);
    it.entity_id = row_text(&reader);
    it.created_at = row_text(&reader);
    it.updated_at = row_text(&reader);
    if (!read_details(store, arena, details, &it.details, err))
        return error_prefix(err, "database %s", it.name);
    *database = it;
    return true;
}

bool
database_list(Store *store, Arena *arena, DatabaseList *list, Error *err)
{
    DatabaseList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_database_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Database);
    for (; made.count < rows.count; made.count++)
        if (!read_row(store, arena, rows.row[made.count], &made.items[made.count], err))
            return false;
    *list = made;
    return true;
}

bool
database_find(Store *store, Arena *arena, int64_t id, Database *database, Error *err)
{
    Rows rows;

    return store_expect(store, arena, sql_database_find, VALUES(VALUE_OF_INT(id)), "database", id,
                        &rows, err) &&
           read_row(store, arena, rows.row[0], database, err);
}

enum
{
    SHARED_VALUES = 27 /* that create and update bind in the same places */
};

static void
bind_shared(const Store *store, Arena *arena, const Database *it, Value values[])
{
    const char *details = it->details == NULL ? "{}" : json_print(arena, it->details);
    const Value shared[SHARED_VALUES] = {
        VALUE_OF_TEXT(it->name),
        VALUE_OF_TEXT(it->engine),
        VALUE_OF_TEXT(store_seal(store, arena, details)),
        VALUE_OF_TEXT(it->description),
        VALUE_OF_TEXT(it->caveats),
        VALUE_OF_TEXT(it->points_of_interest),
        VALUE_OF_TEXT(it->timezone),
        value_of_json(arena, it->dbms_version),
        value_of_json(arena, it->settings),
        VALUE_OF_BOOL(it->is_full_sync),
        VALUE_OF_BOOL(it->is_on_demand),
        VALUE_OF_BOOL(it->is_sample),
        VALUE_OF_BOOL(it->is_audit),
        VALUE_OF_BOOL(it->is_attached_dwh),
        VALUE_OF_BOOL(it->auto_run_queries),
        value_of_opt_bool(it->refingerprint),
        value_of_opt_int(it->cache_ttl),
        VALUE_OF_TEXT(it->metadata_sync_schedule),
        VALUE_OF_TEXT(it->cache_field_values_schedule),
        VALUE_OF_TEXT(it->initial_sync_status),
        value_of_opt_int(it->creator_id),
        VALUE_OF_TEXT(it->provider_name),
        VALUE_OF_BOOL(it->uploads_enabled),
        VALUE_OF_TEXT(it->uploads_schema_name),
        VALUE_OF_TEXT(it->uploads_table_prefix),
        value_of_opt_int(it->router_database_id),
        VALUE_OF_TEXT(it->router_user_attribute),
    };

    for (size_t i = 0; i < SHARED_VALUES; i++)
        values[i] = shared[i];
}

bool
database_create(Store *store, Arena *arena, Database *database, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Value values[SHARED_VALUES + 2];
    Database made = *database;
    Rows rows;

    made.entity_id = random_entity_id(arena);
    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    bind_shared(store, arena, &made, values);
    values[SHARED_VALUES] = VALUE_OF_TEXT(made.entity_id);
    values[SHARED_VALUES + 1] = VALUE_OF_TEXT(made.created_at);
    if (!metadata_change(store, &tx, arena, err) ||
        !store_query(tx, arena, sql_database_create, values, COUNT_OF(values), &rows, err) ||
        !store_query(tx, arena, sql_data_grant_defaults, rows.row[0], 1, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *database = made;
    return true;
}

bool
database_update(Store *store, Arena *arena, Database *database, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Value values[SHARED_VALUES + 2];
    const char *now = time_text(arena, time_now());

    bind_shared(store, arena, database, values);
    values[SHARED_VALUES] = VALUE_OF_TEXT(now);
    values[SHARED_VALUES + 1] = VALUE_OF_INT(database->id);
    if (!metadata_change(store, &tx, arena, err) ||
        !store_expect(tx, arena, sql_database_update, values, COUNT_OF(values), "database",
                      database->id, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    database->updated_at = now;
    return true;
}

bool
database_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return metadata_change(store, &tx, arena, err) &&
           store_expect(tx, arena, sql_database_delete, VALUES(VALUE_OF_INT(id)), "database", id,
                        NULL, err) &&
           store_commit(&tx, err);
}
