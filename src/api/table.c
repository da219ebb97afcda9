/* Tables and fields: what is known of them. */
#include "api/answer.h"
#include "api/database.h"
#include "api/definition.h"
#include "api/saved.h"
#include "api/tables.h"

#include <string.h>

static const Field table_fields[] = {
    FIELD(Table, id),
    FIELD(Table, db_id),
    FIELD(Table, schema),
    FIELD(Table, name),
    FIELD(Table, display_name),
    FIELD(Table, description),
    FIELD(Table, caveats),
    FIELD(Table, points_of_interest),
    FIELD(Table, entity_type),
    FIELD(Table, visibility_type),
    FIELD(Table, field_order),
    FIELD(Table, initial_sync_status),
    FIELD(Table, active),
    FIELD(Table, is_upload),
    FIELD(Table, is_writable),
    FIELD(Table, is_published),
    FIELD(Table, show_in_getting_started),
    FIELD(Table, database_require_filter),
    FIELD(Table, estimated_row_count),
    FIELD(Table, collection_id),
    FIELD(Table, view_count),
    FIELD(Table, data_authority),
    FIELD(Table, data_layer),
    FIELD(Table, data_source),
    FIELD(Table, owner_email),
    FIELD(Table, owner_user_id),
    FIELD(Table, entity_id),
    FIELD(Table, created_at),
    FIELD(Table, updated_at),
    FIELD(Table, archived_at),
    FIELD(Table, deactivated_at),
    FIELD(Table, public_source),
    FIELD(Table, public_licence),
    { 0 },
};

static const Field field_fields[] = {
    FIELD(TableField, id),
    FIELD(TableField, table_id),
    FIELD(TableField, name),
    FIELD(TableField, display_name),
    FIELD(TableField, description),
    FIELD(TableField, caveats),
    FIELD(TableField, points_of_interest),
    FIELD(TableField, base_type),
    FIELD(TableField, effective_type),
    FIELD(TableField, database_type),
    FIELD(TableField, semantic_type),
    FIELD(TableField, coercion_strategy),
    FIELD(TableField, fk_target_field_id),
    FIELD(TableField, visibility_type),
    FIELD(TableField, has_field_values),
    FIELD(TableField, parent_id),
    FIELD(TableField, nfc_path),
    FIELD(TableField, json_unfolding),
    FIELD(TableField, settings),
    FIELD(TableField, fingerprint),
    FIELD(TableField, fingerprint_version),
    FIELD(TableField, position),
    FIELD(TableField, custom_position),
    FIELD(TableField, database_position),
    FIELD(TableField, preview_display),
    FIELD(TableField, active),
    FIELD(TableField, database_required),
    FIELD(TableField, database_is_pk),
    FIELD(TableField, database_is_nullable),
    FIELD(TableField, database_default),
    FIELD(TableField, database_is_generated),
    FIELD(TableField, database_is_auto_increment),
    FIELD(TableField, database_indexed),
    FIELD(TableField, database_partitioned),
    FIELD(TableField, last_analyzed),
    FIELD(TableField, entity_id),
    FIELD(TableField, created_at),
    FIELD(TableField, updated_at),
    { 0 },
};

void
table_write(JsonWriter *w, const Table *table)
{
    bind_write(w, table_fields, table);
}

static void
write_dimensions(JsonWriter *w, const TableField *field)
{
    json_key(w, "dimensions");
    json_begin_array(w);
    if (field->dimension_id != 0)
    {
        json_begin_object(w);
        json_put_int(w, "id", field->dimension_id);
        json_put_int(w, "field_id", field->id);
        json_put_text(w, "name", field->dimension_name);
        json_put_text(w, "type", field->dimension_type);
        json_key(w, "human_readable_field_id");
        field->human_readable_field_id.set ? json_int(w, field->human_readable_field_id.value)
                                           : json_null(w);
        json_end_object(w);
    }
    json_end_array(w);
}

void
field_write(JsonWriter *w, const TableField *field, const TableFieldList *fields)
{
    bind_write(w, field_fields, field);
    write_dimensions(w, field);
    json_put_null(w, "name_field");
    for (size_t i = 0; fields != NULL && field->fk_target_field_id.set && i < fields->count; i++)
        if (fields->items[i].id == field->fk_target_field_id.value)
        {
            json_key(w, "target");
            json_begin_object(w);
            bind_write(w, field_fields, &fields->items[i]);
            json_put_text(w, "table_name", fields->items[i].table_name);
            json_end_object(w);
            return;
        }
    json_put_null(w, "target");
}

/* Each table with its database, which many tables share: written once, then copied. */
static bool
list_tables(Request *req, Response *res, Error *err)
{
    TableFilter filter = { 0 };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DatabaseList databases;
    TableList list;

    if (!seen_tables(req, &filter, &list, err) ||
        !database_list(req->store, req->arena, &databases, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        table_write(w, &list.items[i]);
        for (size_t d = 0; d < databases.count; d++)
            if (databases.items[d].id == list.items[i].db_id)
            {
                json_key(w, "db");
                json_begin_object(w);
                database_write(req, w, &databases.items[d]);
                json_end_object(w);
            }
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
write_one(Request *req, JsonWriter *w, const Table *table, Error *err)
{
    Database database;

    if (!database_find(req->store, req->arena, table->db_id, &database, err))
        return false;
    table_write(w, table);
    json_key(w, "db");
    json_begin_object(w);
    database_write(req, w, &database);
    json_end_object(w);
    return true;
}

static bool
get_table(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Table table;

    if (!seen_table(req, req->id, &table, err))
        return false;
    json_begin_object(w);
    if (!write_one(req, w, &table, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct TableQuery
{
    bool include_sensitive_fields;
    bool include_hidden_fields;
    bool include_editable_data_model;
} TableQuery;

static const Field table_query[] = {
    FIELD(TableQuery, include_sensitive_fields),
    FIELD(TableQuery, include_hidden_fields),
    FIELD(TableQuery, include_editable_data_model),
    { 0 },
};

static bool
get_query_metadata(Request *req, Response *res, Error *err)
{
    const TableQuery *query = req->query;
    FieldFilter filter = { .with_hidden = query->include_hidden_fields };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList fields;
    Table table;

    if (!seen_table(req, req->id, &table, err))
        return false;
    /* The fields of the whole database, so that targets in other tables are found. */
    filter.db_id = table.db_id;
    if (!seen_fields(req, &filter, &fields, err))
        return false;
    json_begin_object(w);
    if (!write_one(req, w, &table, err))
        return false;
    json_key(w, "fields");
    json_begin_array(w);
    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].table_id == table.id)
        {
            json_begin_object(w);
            field_write(w, &fields.items[i], &fields);
            json_end_object(w);
        }
    json_end_array(w);
    if (!definitions_write(req, w, table.id, err))
        return false;
    json_key(w, "dimension_options");
    json_begin_object(w);
    json_end_object(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route table_routes[] = {
    ROUTE_ON(API, GET, "/api/table",                    list_tables,        USER, "All tables"),
    ROUTE_ON(API, GET, "/api/table/:id",                get_table,          USER, "One table", .saved = saved_get_table),
    ROUTE_ON(API, GET, "/api/table/:id/query_metadata", get_query_metadata, USER, "A table with all that a question needs", .query = table_query, .saved = saved_get_query_metadata),
    { 0 },
};
// clang-format on
