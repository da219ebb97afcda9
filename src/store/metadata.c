/* Tables of connected databases. Their fields are in metadata_field.c; looking at the databases
 * themselves is in sync/. */
#include "store/metadata.h"

#include "store/setting.h"
#include "store/store_private.h"

#include <string.h>

extern const char sql_table_list[], sql_table_origins[], sql_table_find[], sql_table_find_by_key[],
    sql_table_create[], sql_table_seen[], sql_table_update[], sql_table_retire[],
    sql_table_retire_fields[], sql_table_set_sync_status[], sql_table_set_upload[],
    sql_schema_list[];

static Table
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    Table it = { 0 };

    it.id = row_int(&reader);
    it.db_id = row_int(&reader);
    it.schema = row_text(&reader);
    it.name = row_text(&reader);
    it.display_name = row_text(&reader);
    it.description = row_text(&reader);
    it.caveats = row_text(&reader);
    it.points_of_interest = row_text(&reader);
    it.entity_type = row_text(&reader);
    it.visibility_type = row_text(&reader);
    it.field_order = row_text(&reader);
    it.initial_sync_status = row_text(&reader);
    it.active = row_bool(&reader);
    it.is_upload = row_bool(&reader);
    it.is_writable = row_opt_bool(&reader);
    it.is_published = row_bool(&reader);
    it.show_in_getting_started = row_bool(&reader);
    it.database_require_filter = row_opt_bool(&reader);
    it.estimated_row_count = row_opt_int(&reader);
    it.collection_id = row_opt_int(&reader);
    it.view_count = row_int(&reader);
    it.data_authority = row_text(&reader);
    it.data_layer = row_text(&reader);
    it.data_source = row_text(&reader);
    it.owner_email = row_text(&reader);
    it.owner_user_id = row_opt_int(&reader);
    it.entity_id = row_text(&reader);
    it.created_at = row_text(&reader);
    it.updated_at = row_text(&reader);
    it.archived_at = row_text(&reader);
    it.deactivated_at = row_text(&reader);
    it.public_source = row_text(&reader);
    it.public_licence = row_text(&reader);
    if (it.display_name == NULL)
        it.display_name = it.name;
    return it;
}

/* `folded` is the term, without accents and case. */
static bool
matches(Arena *arena, const Table *table, const char *folded)
{
    return folded == NULL || strstr(str_fold(arena, str_of(table->name)), folded) != NULL ||
           strstr(str_fold(arena, str_of(table->display_name)), folded) != NULL;
}

bool
table_list(Store *store, Arena *arena, const TableFilter *filter, TableList *list, Error *err)
{
    const char *folded = filter->term == NULL ? NULL : str_fold(arena, str_of(filter->term));
    TableList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_table_list,
                     VALUES(value_of_id(filter->db_id), VALUE_OF_TEXT(filter->schema),
                            VALUE_OF_BOOL(filter->with_hidden),
                            VALUE_OF_BOOL(filter->with_inactive)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Table);
    for (size_t i = 0; i < rows.count; i++)
    {
        made.items[made.count] = read_row(arena, rows.row[i]);
        if (matches(arena, &made.items[made.count], folded))
            made.count++;
    }
    *list = made;
    return true;
}

bool
table_find(Store *store, Arena *arena, int64_t id, Table *table, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_table_find, VALUES(VALUE_OF_INT(id)), "table", id, &rows,
                      err))
        return false;
    *table = read_row(arena, rows.row[0]);
    return true;
}

bool
metadata_change(Store *store, Store **tx, Arena *arena, Error *err)
{
    int64_t version;

    return store_join(store, tx, err) && counter_move(*tx, arena, "metadata", &version, err);
}

bool
table_origins(Store *store, Arena *arena, TableList *list, Error *err)
{
    static const Field said[] = {
        FIELD(Table, id), FIELD(Table, public_source), FIELD(Table, public_licence), { 0 }
    };
    Rows rows;

    if (!store_query(store, arena, sql_table_origins, NULL, 0, &rows, err))
        return false;
    *list = (TableList){ .items = ARENA_ARRAY(arena, rows.count, Table) };
    for (; list->count < rows.count; list->count++)
        row_read(arena, said, rows.row[list->count], &list->items[list->count]);
    return true;
}

bool
table_update(Store *store, Arena *arena, Table *table, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *now = time_text(arena, time_now());

    if (!metadata_change(store, &tx, arena, err) ||
        !store_expect(
            tx, arena, sql_table_update,
            VALUES(VALUE_OF_INT(table->id), VALUE_OF_TEXT(table->display_name),
                   VALUE_OF_TEXT(table->description), VALUE_OF_TEXT(table->caveats),
                   VALUE_OF_TEXT(table->points_of_interest), VALUE_OF_TEXT(table->entity_type),
                   VALUE_OF_TEXT(table->visibility_type), VALUE_OF_TEXT(table->field_order),
                   VALUE_OF_BOOL(table->is_published),
                   VALUE_OF_BOOL(table->show_in_getting_started),
                   value_of_opt_int(table->collection_id), VALUE_OF_TEXT(table->data_authority),
                   VALUE_OF_TEXT(table->data_layer), VALUE_OF_TEXT(table->data_source),
                   VALUE_OF_TEXT(table->owner_email), value_of_opt_int(table->owner_user_id),
                   VALUE_OF_TEXT(table->archived_at), VALUE_OF_TEXT(table->public_source),
                   VALUE_OF_TEXT(table->public_licence), VALUE_OF_TEXT(now)),
            "table", table->id, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    table->updated_at = now;
    return true;
}

static bool
insert_table(Store *tx, Arena *arena, const Table *table, int64_t *id, Error *err)
{
    Rows rows;

    if (!store_query(
            tx, arena, sql_table_create,
            VALUES(VALUE_OF_INT(table->db_id), VALUE_OF_TEXT(table->schema),
                   VALUE_OF_TEXT(table->name),
                   VALUE_OF_TEXT(table->display_name == NULL ? table->name : table->display_name),
                   VALUE_OF_TEXT(table->description), VALUE_OF_TEXT(table->entity_type),
                   value_of_opt_bool(table->is_writable),
                   value_of_opt_bool(table->database_require_filter),
                   value_of_opt_int(table->estimated_row_count),
                   VALUE_OF_TEXT(random_entity_id(arena)), value_of_now(arena)),
            &rows, err))
        return false;
    *id = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
table_put(Store *store, Arena *arena, Table *table, bool *created, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    int64_t id = 0;
    Table made;
    Rows rows;
    bool is_new;

    if (!metadata_change(store, &tx, arena, err) ||
        !store_query(tx, arena, sql_table_find_by_key,
                     VALUES(VALUE_OF_INT(table->db_id), VALUE_OF_TEXT(table->schema),
                            VALUE_OF_TEXT(table->name)),
                     &rows, err))
        return false;
    is_new = rows.count == 0;
    if (is_new && !insert_table(tx, arena, table, &id, err))
        return false;
    if (!is_new)
    {
        id = value_to_int(&rows.row[0][0], 0);
        if (!store_query(tx, arena, sql_table_seen,
                         VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(table->description),
                                value_of_opt_bool(table->is_writable),
                                value_of_opt_bool(table->database_require_filter),
                                value_of_opt_int(table->estimated_row_count), value_of_now(arena)),
                         NULL, err))
            return false;
    }
    if (!table_find(tx, arena, id, &made, err) || !store_commit(&tx, err))
        return false;
    *table = made;
    if (created != NULL)
        *created = is_new;
    return true;
}

bool
table_retire(Store *store, Arena *arena, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const Value now = value_of_now(arena);

    return metadata_change(store, &tx, arena, err) &&
           store_expect(tx, arena, sql_table_retire, VALUES(VALUE_OF_INT(id), now), "table", id,
                        NULL, err) &&
           store_query(tx, arena, sql_table_retire_fields, VALUES(VALUE_OF_INT(id), now), NULL,
                       err) &&
           store_commit(&tx, err);
}

bool
table_set_upload(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_table_set_upload,
                        VALUES(VALUE_OF_INT(id), value_of_now(arena)), "table", id, NULL, err);
}

bool
table_set_sync_status(Store *store, Arena *arena, int64_t id, const char *status, Error *err)
{
    return store_expect(store, arena, sql_table_set_sync_status,
                        VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(status)), "table", id, NULL, err);
}

bool
schema_list(Store *store, Arena *arena, int64_t db_id, bool with_hidden, TextList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_schema_list,
                     VALUES(VALUE_OF_INT(db_id), VALUE_OF_BOOL(with_hidden)), &rows, err))
        return false;
    list->items = ARENA_ARRAY(arena, rows.count, const char *);
    list->count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        list->items[i] = value_to_text(arena, &rows.row[i][0]);
    return true;
}
