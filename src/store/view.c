/* Looks at things: one line for each person and thing, and a log of all for 90 days. */
#include "store/view.h"

#include "store/store_private.h"

extern const char sql_view_recent_put[], sql_view_log_add[], sql_view_recent[], sql_view_popular[],
    sql_view_log_trim[];

enum
{
    KEPT_DAYS = 90
};

static const Field view_columns[] = {
    FIELD(View, model), FIELD(View, model_id), FIELD(View, timestamp), FIELD(View, count), { 0 },
};

/* One look in 256 forgets what is too old to count. */
static bool
trim(Store *tx, Arena *arena, Error *err)
{
    uint8_t dice;

    random_bytes(&dice, sizeof(dice));
    return dice != 0 ||
           store_query(tx, arena, sql_view_log_trim,
                       VALUES(VALUE_OF_TEXT(time_text(arena, time_now() - KEPT_DAYS * DAY_US))),
                       NULL, err);
}

bool
view_note(Store *store, Arena *arena, int64_t user_id, const char *model, int64_t model_id,
          const char *context, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const Value values[] = { VALUE_OF_INT(user_id), VALUE_OF_TEXT(model), VALUE_OF_INT(model_id),
                             value_of_now(arena), VALUE_OF_TEXT(context) };

    return store_join(store, &tx, err) &&
           store_query(tx, arena, sql_view_recent_put, values, COUNT_OF(values), NULL, err) &&
           store_query(tx, arena, sql_view_log_add, values, COUNT_OF(values), NULL, err) &&
           trim(tx, arena, err) && store_commit(&tx, err);
}

static void
read_all(Arena *arena, const Rows *rows, ViewList *list)
{
    ViewList made = { .items = ARENA_ARRAY(arena, rows->count, View) };

    for (; made.count < rows->count; made.count++)
        row_read(arena, view_columns, rows->row[made.count], &made.items[made.count]);
    *list = made;
}

bool
view_recent(Store *store, Arena *arena, int64_t user_id, const char *context, ViewList *list,
            Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_view_recent,
                     VALUES(VALUE_OF_INT(user_id), VALUE_OF_TEXT(context)), &rows, err))
        return false;
    read_all(arena, &rows, list);
    return true;
}

bool
view_popular(Store *store, Arena *arena, const char *since, ViewList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_view_popular, VALUES(VALUE_OF_TEXT(since)), &rows, err))
        return false;
    read_all(arena, &rows, list);
    return true;
}
