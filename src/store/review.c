/* Rows about what was looked at. */
#include "store/review.h"

extern const char sql_review_list[], sql_review_latest[], sql_review_age[], sql_review_add[];

const Field review_columns[] = {
    FIELD(Review, id),
    FIELD(Review, moderated_item_type),
    FIELD(Review, moderated_item_id),
    FIELD(Review, moderator_id),
    FIELD(Review, status),
    FIELD(Review, text),
    FIELD(Review, most_recent),
    FIELD(Review, created_at),
    FIELD(Review, updated_at),
    { 0 },
};

static void
read_rows(Arena *arena, const Rows *rows, ReviewList *list)
{
    *list = (ReviewList){ .items = ARENA_ARRAY(arena, rows->count, Review) };
    for (; list->count < rows->count; list->count++)
        row_read(arena, review_columns, rows->row[list->count], &list->items[list->count]);
}

bool
review_list(Store *store, Arena *arena, const char *type, int64_t item_id, ReviewList *list,
            Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_review_list,
                     VALUES(VALUE_OF_TEXT(type), VALUE_OF_INT(item_id)), &rows, err))
        return false;
    read_rows(arena, &rows, list);
    return true;
}

bool
review_latest(Store *store, Arena *arena, ReviewList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_review_latest, NULL, 0, &rows, err))
        return false;
    read_rows(arena, &rows, list);
    return true;
}

bool
review_add(Store *store, Arena *arena, Review *review, Error *err)
{
    enum
    {
        MOST_VALUES = 9
    };
    Value values[MOST_VALUES];
    Review made = *review;
    size_t count;
    Rows rows;

    made.most_recent = true;
    made.created_at = made.updated_at = time_text(arena, time_now());
    count = row_values(arena, review_columns, &made, values);
    if (!store_query(store, arena, sql_review_age,
                     VALUES(VALUE_OF_TEXT(made.moderated_item_type),
                            VALUE_OF_INT(made.moderated_item_id), VALUE_OF_BOOL(false)),
                     NULL, err) ||
        !store_query(store, arena, sql_review_add, values + 1, count - 1, &rows, err))
        return false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *review = made;
    return true;
}
