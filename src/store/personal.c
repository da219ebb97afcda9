/* Bookmarks and the small values that clients keep for a person. */
#include "store/personal.h"

#include "store/store_private.h"

#include <string.h>

extern const char sql_bookmark_list[], sql_bookmark_add_card[], sql_bookmark_add_dashboard[],
    sql_bookmark_add_collection[], sql_bookmark_remove_card[], sql_bookmark_remove_dashboard[],
    sql_bookmark_remove_collection[], sql_bookmark_order_clear[], sql_bookmark_order_add[],
    sql_key_value_list[], sql_key_value_put[], sql_key_value_delete[];

static const Field bookmark_columns[] = {
    FIELD(Bookmark, type),          FIELD(Bookmark, item_id),    FIELD(Bookmark, name),
    FIELD(Bookmark, display),       FIELD(Bookmark, card_type),  FIELD(Bookmark, authority_level),
    FIELD(Bookmark, collection_id), FIELD(Bookmark, created_at), { 0 },
};

static const struct
{
    const char *type;
    const char *add;
    const char *remove;
} types[] = {
    { "card", sql_bookmark_add_card, sql_bookmark_remove_card },
    { "dashboard", sql_bookmark_add_dashboard, sql_bookmark_remove_dashboard },
    { "collection", sql_bookmark_add_collection, sql_bookmark_remove_collection },
};

bool
bookmark_list(Store *store, Arena *arena, int64_t user_id, BookmarkList *list, Error *err)
{
    BookmarkList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_bookmark_list, VALUES(VALUE_OF_INT(user_id)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Bookmark);
    for (; made.count < rows.count; made.count++)
        row_read(arena, bookmark_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

static bool
no_such_type(Error *err)
{
    return error_set(err, ERR_NOT_FOUND, "this cannot be bookmarked");
}

bool
bookmark_add(Store *store, Arena *arena, int64_t user_id, const char *type, int64_t item_id,
             Error *err)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (strcmp(types[i].type, type) == 0)
        {
            if (store_query(
                    store, arena, types[i].add,
                    VALUES(VALUE_OF_INT(user_id), VALUE_OF_INT(item_id), value_of_now(arena)), NULL,
                    err))
                return true;
            return err->code == ERR_INVALID ? no_such_type(err) : false;
        }
    return no_such_type(err);
}

bool
bookmark_remove(Store *store, Arena *arena, int64_t user_id, const char *type, int64_t item_id,
                Error *err)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (strcmp(types[i].type, type) == 0)
            return store_query(store, arena, types[i].remove,
                               VALUES(VALUE_OF_INT(user_id), VALUE_OF_INT(item_id)), NULL, err);
    return no_such_type(err);
}

bool
bookmark_order_clear(Store *store, Arena *arena, int64_t user_id, Error *err)
{
    return store_query(store, arena, sql_bookmark_order_clear, VALUES(VALUE_OF_INT(user_id)), NULL,
                       err);
}

bool
bookmark_order_add(Store *store, Arena *arena, int64_t user_id, const char *type, int64_t item_id,
                   int64_t ordering, Error *err)
{
    return store_query(store, arena, sql_bookmark_order_add,
                       VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(type), VALUE_OF_INT(item_id),
                              VALUE_OF_INT(ordering)),
                       NULL, err);
}

bool
key_value_list(Store *store, Arena *arena, int64_t user_id, const char *namespace, const char *key,
               KeyValueList *list, Error *err)
{
    KeyValueList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_key_value_list,
                     VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(namespace), VALUE_OF_TEXT(key),
                            value_of_now(arena)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, KeyValue);
    for (; made.count < rows.count; made.count++)
    {
        RowReader reader = { arena, rows.row[made.count] };

        made.items[made.count].key = row_text(&reader);
        made.items[made.count].value = row_json(&reader);
    }
    *list = made;
    return true;
}

bool
key_value_put(Store *store, Arena *arena, int64_t user_id, const char *namespace, const char *key,
              const Json *value, const char *expires_at, Error *err)
{
    return store_query(store, arena, sql_key_value_put,
                       VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(namespace), VALUE_OF_TEXT(key),
                              value_of_json(arena, value), value_of_now(arena),
                              VALUE_OF_TEXT(expires_at)),
                       NULL, err);
}

bool
key_value_delete(Store *store, Arena *arena, int64_t user_id, const char *namespace,
                 const char *key, Error *err)
{
    return store_query(store, arena, sql_key_value_delete,
                       VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(namespace), VALUE_OF_TEXT(key)),
                       NULL, err);
}
