/* Rows of the lifetimes of answers. */
#include "store/cache_config.h"

extern const char sql_cache_config_list[], sql_cache_config_for[], sql_cache_config_put[],
    sql_cache_config_delete[];

static CacheConfig
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    CacheConfig it = { 0 };

    it.id = row_int(&reader);
    it.model = row_text(&reader);
    it.model_id = row_int(&reader);
    it.strategy = row_text(&reader);
    it.config = row_json(&reader);
    it.refresh_automatically = row_bool(&reader);
    it.invalidated_at = row_text(&reader);
    return it;
}

static void
read_list(Arena *arena, const Rows *rows, CacheConfigList *list)
{
    list->count = rows->count;
    list->items = ARENA_ARRAY(arena, rows->count + 1, CacheConfig);
    for (size_t i = 0; i < rows->count; i++)
        list->items[i] = read_row(arena, rows->row[i]);
}

bool
cache_config_list(Store *store, Arena *arena, const char *model, int64_t model_id,
                  CacheConfigList *list, Error *err)
{
    Rows rows;

    if (!store_query(
            store, arena, sql_cache_config_list,
            VALUES(VALUE_OF_TEXT(model), model_id < 0 ? VALUE_OF_NULL : VALUE_OF_INT(model_id)),
            &rows, err))
        return false;
    read_list(arena, &rows, list);
    return true;
}

bool
cache_config_for(Store *store, Arena *arena, int64_t card_id, int64_t dashboard_id,
                 int64_t database_id, CacheConfigList *list, Error *err)
{
    Rows rows;

    if (!store_query(
            store, arena, sql_cache_config_for,
            VALUES(VALUE_OF_INT(card_id), VALUE_OF_INT(dashboard_id), VALUE_OF_INT(database_id)),
            &rows, err))
        return false;
    read_list(arena, &rows, list);
    return true;
}

bool
cache_config_put(Store *store, Arena *arena, CacheConfig *config, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_cache_config_put,
                     VALUES(VALUE_OF_TEXT(config->model), VALUE_OF_INT(config->model_id),
                            VALUE_OF_TEXT(config->strategy), value_of_json(arena, config->config),
                            VALUE_OF_BOOL(config->refresh_automatically),
                            VALUE_OF_TEXT(config->invalidated_at)),
                     &rows, err))
        return false;
    config->id = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
cache_config_delete(Store *store, Arena *arena, const char *model, int64_t model_id, Error *err)
{
    return store_query(store, arena, sql_cache_config_delete,
                       VALUES(VALUE_OF_TEXT(model), VALUE_OF_INT(model_id)), NULL, err);
}
