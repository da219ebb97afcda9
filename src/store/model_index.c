/* Rows about values that search finds. */
#include "store/model_index.h"

#include "store/store_private.h"

extern const char sql_model_index_list[], sql_model_index_find[], sql_model_index_create[],
    sql_model_index_delete[], sql_model_index_update[], sql_model_index_clear[],
    sql_model_index_add[], sql_model_index_search[], sql_model_index_value[];

enum
{
    AT_ONCE = 16,
    MEMBERS = 3
};

const Field model_index_columns[] = {
    FIELD(ModelIndex, id),
    FIELD(ModelIndex, model_id),
    FIELD(ModelIndex, pk_ref),
    FIELD(ModelIndex, value_ref),
    FIELD(ModelIndex, schedule),
    FIELD(ModelIndex, state),
    FIELD(ModelIndex, indexed_at),
    FIELD(ModelIndex, error),
    FIELD(ModelIndex, created_at),
    FIELD(ModelIndex, creator_id),
    FIELD(ModelIndex, question, .secret = true),
    { 0 },
};

static const Field value_columns[] = {
    FIELD(IndexedValue, index_id),
    FIELD(IndexedValue, key),
    FIELD(IndexedValue, name),
    FIELD(IndexedValue, words),
    FIELD(IndexedValue, model_id),
    FIELD(IndexedValue, model_name),
    FIELD(IndexedValue, collection_id),
    FIELD(IndexedValue, database_id),
    { 0 },
};

bool
model_index_list(Store *store, Arena *arena, int64_t model_id, ModelIndexList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_model_index_list, VALUES(value_of_id(model_id)), &rows, err))
        return false;
    *list = (ModelIndexList){ .items = ARENA_ARRAY(arena, rows.count, ModelIndex) };
    for (; list->count < rows.count; list->count++)
        row_read(arena, model_index_columns, rows.row[list->count], &list->items[list->count]);
    return true;
}

bool
model_index_find(Store *store, Arena *arena, int64_t id, ModelIndex *index, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_model_index_find, VALUES(VALUE_OF_INT(id)),
                      "index of a model", id, &rows, err))
        return false;
    row_read(arena, model_index_columns, rows.row[0], index);
    return true;
}

bool
model_index_create(Store *store, Arena *arena, ModelIndex *index, Error *err)
{
    enum
    {
        MOST_VALUES = 11
    };
    Value values[MOST_VALUES];
    ModelIndex made = *index;
    size_t count;
    Rows rows;

    made.state = "initial";
    made.created_at = time_text(arena, time_now());
    count = row_values(arena, model_index_columns, &made, values);
    if (!store_query(store, arena, sql_model_index_create, values + 1, count - 1, &rows, err))
        return false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *index = made;
    return true;
}

bool
model_index_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_model_index_delete, VALUES(VALUE_OF_INT(id)),
                        "index of a model", id, NULL, err);
}

/* What is beyond the last one stays null, and is left out. */
static bool
add_some(Store *tx, Arena *arena, int64_t id, const IndexedValue *items, size_t count, Error *err)
{
    Value values[1 + AT_ONCE * MEMBERS] = { VALUE_OF_INT(id) };

    for (size_t i = 0; i < AT_ONCE; i++)
    {
        Value *at = values + 1 + i * MEMBERS;

        at[0] = i < count ? VALUE_OF_INT(items[i].key) : VALUE_OF_NULL;
        at[1] = i < count ? VALUE_OF_TEXT(items[i].name) : VALUE_OF_NULL;
        at[2] = i < count ? VALUE_OF_TEXT(items[i].words) : VALUE_OF_NULL;
    }
    return store_query(tx, arena, sql_model_index_add, values, COUNT_OF(values), NULL, err);
}

bool
model_index_fill(Store *store, Arena *arena, ModelIndex *index, const IndexedValueList *values,
                 Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    index->indexed_at = time_text(arena, time_now());
    if (!store_join(store, &tx, err) ||
        !store_expect(tx, arena, sql_model_index_update,
                      VALUES(VALUE_OF_INT(index->id), VALUE_OF_TEXT(index->state),
                             VALUE_OF_TEXT(index->indexed_at), VALUE_OF_TEXT(index->error),
                             VALUE_OF_TEXT(index->question)),
                      "index of a model", index->id, NULL, err) ||
        !store_query(tx, arena, sql_model_index_clear, VALUES(VALUE_OF_INT(index->id)), NULL, err))
        return false;
    for (size_t i = 0; i < values->count; i += AT_ONCE)
        if (!add_some(tx, arena, index->id, values->items + i, values->count - i, err))
            return false;
    return store_commit(&tx, err);
}

bool
model_index_search(Store *store, Arena *arena, const char *word, int64_t limit,
                   IndexedValueList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_model_index_search,
                     VALUES(VALUE_OF_TEXT(like_pattern(arena, word, true)), VALUE_OF_INT(limit)),
                     &rows, err))
        return false;
    *list = (IndexedValueList){ .items = ARENA_ARRAY(arena, rows.count, IndexedValue) };
    for (; list->count < rows.count; list->count++)
        row_read(arena, value_columns, rows.row[list->count], &list->items[list->count]);
    return true;
}

bool
model_index_value(Store *store, Arena *arena, int64_t id, int64_t key, IndexedValue *value,
                  bool *found, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_model_index_value,
                     VALUES(VALUE_OF_INT(id), VALUE_OF_INT(key)), &rows, err))
        return false;
    *found = rows.count > 0;
    if (*found)
        row_read(arena, value_columns, rows.row[0], value);
    return true;
}
