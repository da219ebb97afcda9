/* Reads what can be found. Which of it matches, how well, and who may see it is said in
 * api/search. */
#include "store/search.h"

#include "store/store_private.h"

extern const char sql_search_content[], sql_search_data[];

static const Field found_columns[] = {
    FIELD(Found, model),
    FIELD(Found, id),
    FIELD(Found, name),
    FIELD(Found, description),
    FIELD(Found, archived),
    FIELD(Found, collection_id),
    FIELD(Found, collection_position),
    FIELD(Found, database_id),
    FIELD(Found, table_id),
    FIELD(Found, table_name),
    FIELD(Found, table_schema),
    FIELD(Found, display),
    FIELD(Found, dashboard_id),
    FIELD(Found, creator_id),
    FIELD(Found, created_at),
    FIELD(Found, updated_at),
    FIELD(Found, view_count),
    FIELD(Found, last_editor_id),
    FIELD(Found, last_edited_at),
    FIELD(Found, authority_level),
    FIELD(Found, dataset_query),
    FIELD(Found, words),
    { 0 },
};

bool
search_all(Store *store, Arena *arena, const SearchFilter *filter, FoundList *list, Error *err)
{
    const char *pattern = filter->word == NULL ? NULL : like_pattern(arena, filter->word, true);
    FoundList made = { 0 };
    Rows content, data = { 0 };

    if (!store_query(store, arena, sql_search_content,
                     VALUES(VALUE_OF_BOOL(filter->archived), VALUE_OF_TEXT(pattern),
                            VALUE_OF_BOOL(filter->with_queries)),
                     &content, err) ||
        (!filter->archived && !store_query(store, arena, sql_search_data, NULL, 0, &data, err)))
        return false;
    made.items = ARENA_ARRAY(arena, content.count + data.count, Found);
    for (size_t i = 0; i < content.count; i++)
        row_read(arena, found_columns, content.row[i], &made.items[made.count++]);
    for (size_t i = 0; i < data.count; i++)
        row_read(arena, found_columns, data.row[i], &made.items[made.count++]);
    *list = made;
    return true;
}
