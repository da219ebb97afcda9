/* Settings as text by key, and the counters that caches look at. What a setting means, and its
 * default, is in settings.c. */
#include "store/setting.h"

#include "store/store_private.h"

extern const char sql_setting_list[], sql_setting_get[], sql_setting_put[], sql_setting_delete[],
    sql_counter_read[], sql_counter_move[];

bool
setting_list(Store *store, Arena *arena, SettingList *list, Error *err)
{
    SettingList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_setting_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Setting);
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader reader = { arena, rows.row[i] };
        Setting *setting = &made.items[made.count++];
        const char *kept;

        setting->key = row_text(&reader);
        kept = row_text(&reader);
        setting->sealed = kept != NULL && seal_is(kept);
        if (!store_unseal(store, arena, kept, &setting->value, err))
            return error_prefix(err, "setting %s", setting->key);
    }
    *list = made;
    return true;
}

bool
setting_get(Store *store, Arena *arena, const char *key, const char **value, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_setting_get, VALUES(VALUE_OF_TEXT(key)), &rows, err))
        return false;
    if (rows.count == 0)
    {
        *value = NULL;
        return true;
    }
    return store_unseal(store, arena, value_to_text(arena, &rows.row[0][0]), value, err) ||
           error_prefix(err, "setting %s", key);
}

static bool
put_row(Store *tx, Arena *arena, const char *key, const char *value, bool secret, Error *err)
{
    const char *kept = secret ? store_seal(tx, arena, value) : value;

    if (value == NULL)
        return store_query(tx, arena, sql_setting_delete, VALUES(VALUE_OF_TEXT(key)), NULL, err);
    return store_query(tx, arena, sql_setting_put, VALUES(VALUE_OF_TEXT(key), VALUE_OF_TEXT(kept)),
                       NULL, err);
}

bool
setting_put(Store *store, Arena *arena, const char *key, const char *value, bool secret, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    int64_t version;

    return store_join(store, &tx, err) && put_row(tx, arena, key, value, secret, err) &&
           counter_move(tx, arena, "setting", &version, err) && store_commit(&tx, err);
}

bool
setting_version(Store *store, Arena *arena, int64_t *version, Error *err)
{
    return counter_read(store, arena, "setting", version, err);
}

bool
counter_read(Store *store, Arena *arena, const char *name, int64_t *value, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_counter_read, VALUES(VALUE_OF_TEXT(name)), &rows, err))
        return false;
    *value = rows.count == 0 ? 0 : value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
counter_move(Store *store, Arena *arena, const char *name, int64_t *value, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_counter_move, VALUES(VALUE_OF_TEXT(name)), &rows, err))
        return false;
    *value = value_to_int(&rows.row[0][0], 0);
    return true;
}
