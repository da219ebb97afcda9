/* The shelves of the first page, by one statement. */
#include "store/home.h"

#include "store/execution.h"

extern const char sql_home_list[];

static const Field columns[] = {
    FIELD(HomeItem, shelf),
    FIELD(HomeItem, model),
    FIELD(HomeItem, id),
    FIELD(HomeItem, name),
    FIELD(HomeItem, collection_id),
    FIELD(HomeItem, at),
    FIELD(HomeItem, visits),
    { 0 },
};

bool
home_list(Store *store, Arena *arena, int64_t user_id, const HomeSince *since, HomeList *list,
          Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_home_list,
                     VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(since->failures),
                            VALUE_OF_TEXT(since->visits), VALUE_OF_TEXT(EXECUTION_CANCELLED)),
                     &rows, err))
        return false;
    *list = (HomeList){ .items = ARENA_ARRAY(arena, rows.count, HomeItem) };
    for (; list->count < rows.count; list->count++)
        row_read(arena, columns, rows.row[list->count], &list->items[list->count]);
    return true;
}
