/* Rows of grants, revisions of the graphs, hidden rows and columns. */
#include "store/permission.h"

#include "store/store_private.h"

extern const char sql_grant_list[], sql_grant_add[], sql_grant_remove[], sql_data_grant_list[],
    sql_data_grant_put[], sql_data_grant_clear[], sql_collection_graph_revision[],
    sql_collection_graph_note[], sql_data_graph_revision[], sql_data_graph_note[],
    sql_row_filter_list[], sql_row_filter_create[], sql_row_filter_delete[],
    sql_hidden_field_list[], sql_hidden_field_create[], sql_hidden_field_delete[];

static const Field grant_columns[] = {
    FIELD(Grant, object),
    FIELD(Grant, group_id),
    { 0 },
};

static const Field data_grant_columns[] = {
    FIELD(DataGrant, group_id),
    FIELD(DataGrant, perm_type),
    FIELD(DataGrant, db_id),
    FIELD(DataGrant, schema_name),
    FIELD(DataGrant, table_id),
    FIELD(DataGrant, perm_value),
    { 0 },
};

const Field row_filter_columns[] = {
    FIELD(RowFilter, id),       FIELD(RowFilter, group_id), FIELD(RowFilter, table_id),
    FIELD(RowFilter, field_id), FIELD(RowFilter, operator), FIELD(RowFilter, user_attribute),
    FIELD(RowFilter, value),    FIELD(RowFilter, db_id),    { 0 },
};

const Field hidden_field_columns[] = {
    FIELD(HiddenField, id),       FIELD(HiddenField, group_id), FIELD(HiddenField, field_id),
    FIELD(HiddenField, table_id), FIELD(HiddenField, db_id),    { 0 },
};

bool
grant_list(Store *store, Arena *arena, GrantList *list, Error *err)
{
    GrantList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_grant_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Grant);
    for (; made.count < rows.count; made.count++)
        row_read(arena, grant_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
grant_add(Store *store, Arena *arena, int64_t group_id, const char *object, int64_t collection_id,
          Error *err)
{
    bool read = str_has_suffix(str_of(object), "/read/");

    return store_query(store, arena, sql_grant_add,
                       VALUES(VALUE_OF_INT(group_id), VALUE_OF_TEXT(object),
                              VALUE_OF_TEXT(read ? "read" : "read-and-write"),
                              value_of_id(collection_id)),
                       NULL, err);
}

bool
grant_remove(Store *store, Arena *arena, int64_t group_id, const char *object, Error *err)
{
    return store_query(store, arena, sql_grant_remove,
                       VALUES(VALUE_OF_INT(group_id), VALUE_OF_TEXT(object)), NULL, err);
}

bool
data_grant_list(Store *store, Arena *arena, int64_t db_id, int64_t group_id, DataGrantList *list,
                Error *err)
{
    DataGrantList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_data_grant_list,
                     VALUES(value_of_id(db_id), value_of_id(group_id)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, DataGrant);
    for (; made.count < rows.count; made.count++)
        row_read(arena, data_grant_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
data_grant_put(Store *store, Arena *arena, const DataGrant *grant, Error *err)
{
    return store_query(store, arena, sql_data_grant_put,
                       VALUES(VALUE_OF_INT(grant->group_id), VALUE_OF_TEXT(grant->perm_type),
                              VALUE_OF_INT(grant->db_id), VALUE_OF_TEXT(grant->schema_name),
                              value_of_opt_int(grant->table_id), VALUE_OF_TEXT(grant->perm_value)),
                       NULL, err);
}

bool
data_grant_clear(Store *store, Arena *arena, int64_t group_id, const char *perm_type, int64_t db_id,
                 Error *err)
{
    return store_query(
        store, arena, sql_data_grant_clear,
        VALUES(VALUE_OF_INT(group_id), VALUE_OF_TEXT(perm_type), VALUE_OF_INT(db_id)), NULL, err);
}

/* -------------------------------------------------------------------------------------- revisions
 */

static bool
newest(Store *store, Arena *arena, const char *sql, int64_t *revision, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql, NULL, 0, &rows, err))
        return false;
    *revision = value_to_int(&rows.row[0][0], 0);
    return true;
}

static bool
note(Store *store, Arena *arena, const char *sql, const Json *before, const Json *after,
     int64_t user_id, int64_t *revision, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql,
                     VALUES(value_of_json(arena, before), value_of_json(arena, after),
                            VALUE_OF_INT(user_id), value_of_now(arena)),
                     &rows, err))
        return false;
    *revision = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
collection_graph_revision(Store *store, Arena *arena, int64_t *revision, Error *err)
{
    return newest(store, arena, sql_collection_graph_revision, revision, err);
}

bool
data_graph_revision(Store *store, Arena *arena, int64_t *revision, Error *err)
{
    return newest(store, arena, sql_data_graph_revision, revision, err);
}

bool
collection_graph_note(Store *store, Arena *arena, const Json *before, const Json *after,
                      int64_t user_id, int64_t *revision, Error *err)
{
    return note(store, arena, sql_collection_graph_note, before, after, user_id, revision, err);
}

bool
data_graph_note(Store *store, Arena *arena, const Json *before, const Json *after, int64_t user_id,
                int64_t *revision, Error *err)
{
    return note(store, arena, sql_data_graph_note, before, after, user_id, revision, err);
}

/* -------------------------------------------------------------------------------- rows and columns
 */

bool
row_filter_list(Store *store, Arena *arena, RowFilterList *list, Error *err)
{
    RowFilterList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_row_filter_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, RowFilter);
    for (; made.count < rows.count; made.count++)
        row_read(arena, row_filter_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
row_filter_create(Store *store, Arena *arena, RowFilter *filter, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_row_filter_create,
                     VALUES(VALUE_OF_INT(filter->group_id), VALUE_OF_INT(filter->table_id),
                            VALUE_OF_INT(filter->field_id), VALUE_OF_TEXT(filter->operator),
                            VALUE_OF_TEXT(filter->user_attribute),
                            value_of_json(arena, filter->value)),
                     &rows, err))
        return err->code == ERR_INVALID
                   ? error_field(err, "group_id", "value must be the id of a group.")
                   : false;
    if (rows.count == 0)
        return error_field(err, "field_id", "value must be the id of a field of that table.");
    filter->id = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
row_filter_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_row_filter_delete, VALUES(VALUE_OF_INT(id)), "row filter",
                        id, NULL, err);
}

bool
hidden_field_list(Store *store, Arena *arena, HiddenFieldList *list, Error *err)
{
    HiddenFieldList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_hidden_field_list, NULL, 0, &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, HiddenField);
    for (; made.count < rows.count; made.count++)
        row_read(arena, hidden_field_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
hidden_field_create(Store *store, Arena *arena, HiddenField *hidden, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_hidden_field_create,
                     VALUES(VALUE_OF_INT(hidden->group_id), VALUE_OF_INT(hidden->field_id)), &rows,
                     err))
        return err->code == ERR_INVALID
                   ? error_field(err, "field_id", "value must name a field and a group.")
                   : false;
    hidden->id = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
hidden_field_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_hidden_field_delete, VALUES(VALUE_OF_INT(id)),
                        "hidden field", id, NULL, err);
}
