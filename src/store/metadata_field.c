/* Fields of tables, their dimensions and their lists of values. Guessing what a field means is in
 * sync/scan. */
#include "store/metadata.h"

#include "store/store_private.h"

#include <string.h>

extern const char sql_field_list[], sql_field_find[], sql_field_find_by_key[], sql_field_create[],
    sql_field_seen[], sql_field_change_type[], sql_field_update[], sql_field_retire[],
    sql_field_set_target[], sql_field_set_fingerprint[], sql_field_set_custom_position[],
    sql_field_use_custom_order[], sql_dimension_put[], sql_dimension_delete[],
    sql_field_values_find[], sql_field_values_put[], sql_field_values_delete[],
    sql_field_values_clear[];

static void
read_people_part(RowReader *reader, TableField *it)
{
    it->id = row_int(reader);
    it->table_id = row_int(reader);
    it->name = row_text(reader);
    it->display_name = row_text(reader);
    it->description = row_text(reader);
    it->caveats = row_text(reader);
    it->points_of_interest = row_text(reader);
    it->base_type = row_text(reader);
    it->effective_type = row_text(reader);
    it->database_type = row_text(reader);
    it->semantic_type = row_text(reader);
    it->coercion_strategy = row_text(reader);
    it->fk_target_field_id = row_opt_int(reader);
    it->visibility_type = row_text(reader);
    it->has_field_values = row_text(reader);
    it->parent_id = row_opt_int(reader);
    it->nfc_path = row_json(reader);
    it->json_unfolding = row_bool(reader);
    it->settings = row_json(reader);
    it->fingerprint = row_json(reader);
    it->fingerprint_version = row_int(reader);
    it->position = row_int(reader);
    it->custom_position = row_int(reader);
    it->database_position = row_int(reader);
    it->preview_display = row_bool(reader);
    it->active = row_bool(reader);
}

static TableField
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    TableField it = { 0 };

    read_people_part(&reader, &it);
    it.database_required = row_bool(&reader);
    it.database_is_pk = row_bool(&reader);
    it.database_is_nullable = row_opt_bool(&reader);
    it.database_default = row_text(&reader);
    it.database_is_generated = row_opt_bool(&reader);
    it.database_is_auto_increment = row_bool(&reader);
    it.database_indexed = row_opt_bool(&reader);
    it.database_partitioned = row_opt_bool(&reader);
    it.last_analyzed = row_text(&reader);
    it.entity_id = row_text(&reader);
    it.created_at = row_text(&reader);
    it.updated_at = row_text(&reader);
    it.dimension_id = row_int(&reader);
    it.dimension_name = row_text(&reader);
    it.dimension_type = row_text(&reader);
    it.human_readable_field_id = row_opt_int(&reader);
    it.table_name = row_text(&reader);
    it.table_schema = row_text(&reader);
    it.db_id = row_int(&reader);
    if (it.display_name == NULL)
        it.display_name = it.name;
    if (it.effective_type == NULL)
        it.effective_type = it.base_type;
    return it;
}

/* ---------------------------------------------------------------------------------------- finding
 */

static bool
list_fields(Store *store, Arena *arena, const FieldFilter *filter, int64_t refers_to,
            TableFieldList *list, Error *err)
{
    const char *pattern = filter->match == NULL
                              ? NULL
                              : like_pattern(arena, ascii_lower(arena, filter->match), false);
    TableFieldList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_field_list,
                     VALUES(value_of_id(filter->db_id), value_of_id(filter->table_id),
                            VALUE_OF_BOOL(filter->with_hidden),
                            VALUE_OF_BOOL(filter->with_inactive), value_of_id(refers_to),
                            VALUE_OF_BOOL(filter->keys_only), VALUE_OF_TEXT(pattern),
                            VALUE_OF_INT(filter->limit > 0 ? filter->limit : INT64_MAX)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, TableField);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_row(arena, rows.row[made.count]);
    *list = made;
    return true;
}

bool
field_list(Store *store, Arena *arena, const FieldFilter *filter, TableFieldList *list, Error *err)
{
    return list_fields(store, arena, filter, 0, list, err);
}

bool
field_list_referring(Store *store, Arena *arena, int64_t table_id, TableFieldList *list, Error *err)
{
    const FieldFilter filter = { .with_hidden = false };

    return list_fields(store, arena, &filter, table_id, list, err);
}

bool
field_find(Store *store, Arena *arena, int64_t id, TableField *field, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_field_find, VALUES(VALUE_OF_INT(id)), "field", id, &rows,
                      err))
        return false;
    *field = read_row(arena, rows.row[0]);
    return true;
}

/* --------------------------------------------------------------------------------------- changing
 */

/* A key points into its own database, and only a key points. */
static bool
check_target(Store *tx, Arena *arena, TableField *field, Error *err)
{
    TableField before;
    TableField target;

    if (field->semantic_type == NULL || strcmp(field->semantic_type, "type/FK") != 0)
        field->fk_target_field_id.set = false;
    if (!field->fk_target_field_id.set)
        return true;
    if (!field_find(tx, arena, field->id, &before, err) ||
        !field_find(tx, arena, field->fk_target_field_id.value, &target, err))
        return false;
    return before.db_id == target.db_id ||
           error_field(err, "fk_target_field_id", "the target is a field of another database");
}

bool
field_update(Store *store, Arena *arena, TableField *field, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    TableField made = *field;

    made.updated_at = time_text(arena, time_now());
    if (!metadata_change(store, &tx, arena, err) || !check_target(tx, arena, &made, err) ||
        !store_expect(
            tx, arena, sql_field_update,
            VALUES(VALUE_OF_INT(made.id), VALUE_OF_TEXT(made.display_name),
                   VALUE_OF_TEXT(made.description), VALUE_OF_TEXT(made.caveats),
                   VALUE_OF_TEXT(made.points_of_interest), VALUE_OF_TEXT(made.effective_type),
                   VALUE_OF_TEXT(made.semantic_type), VALUE_OF_TEXT(made.coercion_strategy),
                   value_of_opt_int(made.fk_target_field_id), VALUE_OF_TEXT(made.visibility_type),
                   VALUE_OF_TEXT(made.has_field_values), value_of_json(arena, made.nfc_path),
                   VALUE_OF_BOOL(made.json_unfolding), value_of_json(arena, made.settings),
                   VALUE_OF_BOOL(made.preview_display), VALUE_OF_TEXT(made.updated_at)),
            "field", made.id, NULL, err) ||
        !store_commit(&tx, err))
        return false;
    *field = made;
    return true;
}

static bool
insert_field(Store *tx, Arena *arena, const TableField *it, int64_t *id, Error *err)
{
    const char *display = it->display_name == NULL ? it->name : it->display_name;
    const char *effective = it->effective_type == NULL ? it->base_type : it->effective_type;
    Rows rows;

    if (!store_query(tx, arena, sql_field_create,
                     VALUES(VALUE_OF_INT(it->table_id), VALUE_OF_TEXT(it->name),
                            value_of_opt_int(it->parent_id), VALUE_OF_TEXT(display),
                            VALUE_OF_TEXT(it->description), VALUE_OF_TEXT(it->base_type),
                            VALUE_OF_TEXT(effective), VALUE_OF_TEXT(it->database_type),
                            VALUE_OF_TEXT(it->semantic_type), VALUE_OF_INT(it->position),
                            VALUE_OF_INT(it->database_position), value_of_json(arena, it->nfc_path),
                            VALUE_OF_BOOL(it->database_required), VALUE_OF_BOOL(it->database_is_pk),
                            value_of_opt_bool(it->database_is_nullable),
                            VALUE_OF_TEXT(it->database_default),
                            value_of_opt_bool(it->database_is_generated),
                            VALUE_OF_BOOL(it->database_is_auto_increment),
                            value_of_opt_bool(it->database_indexed),
                            value_of_opt_bool(it->database_partitioned),
                            VALUE_OF_TEXT(random_entity_id(arena)), value_of_now(arena),
                            VALUE_OF_TEXT(it->visibility_type)),
                     &rows, err))
        return false;
    *id = value_to_int(&rows.row[0][0], 0);
    return true;
}

static bool
refresh_field(Store *tx, Arena *arena, const TableField *it, int64_t id, const char *known_type,
              Error *err)
{
    const Value now = value_of_now(arena);

    if (strcmp(known_type, it->base_type) != 0 &&
        !store_query(tx, arena, sql_field_change_type,
                     VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(it->base_type), now), NULL, err))
        return false;
    return store_query(
        tx, arena, sql_field_seen,
        VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(it->description), VALUE_OF_TEXT(it->database_type),
               VALUE_OF_INT(it->database_position), value_of_json(arena, it->nfc_path),
               VALUE_OF_BOOL(it->database_required), VALUE_OF_BOOL(it->database_is_pk),
               value_of_opt_bool(it->database_is_nullable), VALUE_OF_TEXT(it->database_default),
               value_of_opt_bool(it->database_is_generated),
               VALUE_OF_BOOL(it->database_is_auto_increment),
               value_of_opt_bool(it->database_indexed), value_of_opt_bool(it->database_partitioned),
               now),
        NULL, err);
}

bool
field_put(Store *store, Arena *arena, TableField *field, bool *created, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    TableField made;
    int64_t id = 0;
    Rows rows;
    bool is_new;

    if (!metadata_change(store, &tx, arena, err) ||
        !store_query(tx, arena, sql_field_find_by_key,
                     VALUES(VALUE_OF_INT(field->table_id), value_of_opt_int(field->parent_id),
                            VALUE_OF_TEXT(field->name)),
                     &rows, err))
        return false;
    is_new = rows.count == 0;
    if (is_new && !insert_field(tx, arena, field, &id, err))
        return false;
    if (!is_new)
    {
        id = value_to_int(&rows.row[0][0], 0);
        if (!refresh_field(tx, arena, field, id, value_to_text(arena, &rows.row[0][1]), err))
            return false;
    }
    if (!field_find(tx, arena, id, &made, err) || !store_commit(&tx, err))
        return false;
    *field = made;
    if (created != NULL)
        *created = is_new;
    return true;
}

/* One statement that changes something. With `what`, the row of that id must be there. */
static bool
change(Store *store, Arena *arena, const char *sql, const Value *values, size_t count,
       const char *what, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    if (!metadata_change(store, &tx, arena, err))
        return false;
    if (what == NULL && !store_query(tx, arena, sql, values, count, NULL, err))
        return false;
    if (what != NULL && !store_expect(tx, arena, sql, values, count, what, id, NULL, err))
        return false;
    return store_commit(&tx, err);
}

bool
field_retire(Store *store, Arena *arena, int64_t id, Error *err)
{
    return change(store, arena, sql_field_retire, VALUES(VALUE_OF_INT(id), value_of_now(arena)),
                  "field", id, err);
}

bool
field_set_target(Store *store, Arena *arena, int64_t id, int64_t target_id, Error *err)
{
    return change(store, arena, sql_field_set_target,
                  VALUES(VALUE_OF_INT(id), VALUE_OF_INT(target_id), value_of_now(arena)), NULL, id,
                  err);
}

bool
field_set_fingerprint(Store *store, Arena *arena, int64_t id, const Json *fingerprint,
                      int64_t version, const char *semantic_type, const char *has_field_values,
                      Error *err)
{
    return change(store, arena, sql_field_set_fingerprint,
                  VALUES(VALUE_OF_INT(id), value_of_json(arena, fingerprint), VALUE_OF_INT(version),
                         VALUE_OF_TEXT(semantic_type), VALUE_OF_TEXT(has_field_values),
                         value_of_now(arena)),
                  "field", id, err);
}

bool
field_reorder(Store *store, Arena *arena, int64_t table_id, const int64_t *ids, size_t count,
              Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const Value table = VALUE_OF_INT(table_id);
    Rows rows;

    if (!metadata_change(store, &tx, arena, err) ||
        !store_expect(tx, arena, sql_field_use_custom_order, VALUES(table, value_of_now(arena)),
                      "table", table_id, NULL, err))
        return false;
    for (size_t i = 0; i < count; i++)
    {
        if (!store_query(tx, arena, sql_field_set_custom_position,
                         VALUES(table, VALUE_OF_INT(ids[i]), VALUE_OF_INT((int64_t) i)), &rows,
                         err))
            return false;
        if (rows.count == 0)
            return error_set(err, ERR_INVALID, "field %lld is not one of table %lld",
                             (long long) ids[i], (long long) table_id);
    }
    return store_commit(&tx, err);
}

/* ---------------------------------------------------------------------------- dimensions, values
 */

bool
dimension_put(Store *store, Arena *arena, int64_t field_id, const char *type, const char *name,
              int64_t human_readable_field_id, Error *err)
{
    return change(store, arena, sql_dimension_put,
                  VALUES(VALUE_OF_INT(field_id), VALUE_OF_TEXT(type), VALUE_OF_TEXT(name),
                         value_of_id(human_readable_field_id), value_of_now(arena),
                         VALUE_OF_TEXT(random_entity_id(arena))),
                  NULL, field_id, err);
}

bool
dimension_delete(Store *store, Arena *arena, int64_t field_id, Error *err)
{
    return change(store, arena, sql_dimension_delete, VALUES(VALUE_OF_INT(field_id)), NULL,
                  field_id, err);
}

bool
field_values_find(Store *store, Arena *arena, int64_t field_id, FieldValues *values, Error *err)
{
    FieldValues found = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_field_values_find, VALUES(VALUE_OF_INT(field_id)), &rows,
                     err))
        return false;
    if (rows.count > 0)
    {
        RowReader reader = { arena, rows.row[0] };

        found.field_id = row_int(&reader);
        found.values = row_json(&reader);
        found.human_readable_values = row_json(&reader);
        found.has_more_values = row_bool(&reader);
        found.last_used_at = row_text(&reader);
        found.updated_at = row_text(&reader);
    }
    *values = found;
    return true;
}

bool
field_values_put(Store *store, Arena *arena, const FieldValues *values, Error *err)
{
    return store_query(store, arena, sql_field_values_put,
                       VALUES(VALUE_OF_INT(values->field_id), value_of_json(arena, values->values),
                              value_of_json(arena, values->human_readable_values),
                              VALUE_OF_BOOL(values->has_more_values), value_of_now(arena)),
                       NULL, err);
}

bool
field_values_delete(Store *store, Arena *arena, int64_t field_id, Error *err)
{
    return store_query(store, arena, sql_field_values_delete, VALUES(VALUE_OF_INT(field_id)), NULL,
                       err);
}

bool
field_values_clear(Store *store, Arena *arena, int64_t table_id, Error *err)
{
    return store_query(store, arena, sql_field_values_clear, VALUES(VALUE_OF_INT(table_id)), NULL,
                       err);
}
