/* Rows about published things. */
#include "store/share.h"

extern const char sql_share_find[], sql_share_list[], sql_share_put[], sql_share_seen[];

static Share
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    Share it = { 0 };

    it.model = row_text(&reader);
    it.model_id = row_int(&reader);
    it.expires_at = row_text(&reader);
    it.password = row_text(&reader);
    it.last_seen_at = row_text(&reader);
    it.framed_by = row_json(&reader);
    it.small_cells = row_json(&reader);
    it.tab_id = row_opt_int(&reader);
    return it;
}

bool
share_find(Store *store, Arena *arena, const char *model, int64_t model_id, Share *share,
           Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_share_find,
                     VALUES(VALUE_OF_TEXT(model), VALUE_OF_INT(model_id)), &rows, err))
        return false;
    *share = rows.count == 0 ? (Share){ .model = model } : read_row(arena, rows.row[0]);
    return true;
}

bool
share_list(Store *store, Arena *arena, ShareList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_share_list, NULL, 0, &rows, err))
        return false;
    list->count = rows.count;
    list->items = ARENA_ARRAY(arena, rows.count + 1, Share);
    for (size_t i = 0; i < rows.count; i++)
        list->items[i] = read_row(arena, rows.row[i]);
    return true;
}

bool
share_put(Store *store, Arena *arena, const Share *share, Error *err)
{
    return store_query(store, arena, sql_share_put,
                       VALUES(VALUE_OF_TEXT(share->model), VALUE_OF_INT(share->model_id),
                              VALUE_OF_TEXT(share->expires_at), VALUE_OF_TEXT(share->password),
                              value_of_json(arena, share->small_cells),
                              value_of_opt_int(share->tab_id)),
                       NULL, err);
}

bool
share_seen(Store *store, Arena *arena, const Share *share, Error *err)
{
    return store_query(store, arena, sql_share_seen,
                       VALUES(VALUE_OF_TEXT(share->model), VALUE_OF_INT(share->model_id),
                              VALUE_OF_TEXT(share->last_seen_at),
                              value_of_json(arena, share->framed_by)),
                       NULL, err);
}
