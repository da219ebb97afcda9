/* What people say of tables: names, meaning, order of fields; and looking into a table anew. */
#include "api/answer.h"
#include "api/database.h"
#include "api/result.h"
#include "api/saved.h"
#include "api/tables.h"
#include "sync/guess.h"

#include <string.h>

bool
database_may_describe(Request *req, int64_t database_id, int64_t table_id, Error *err)
{
    int level;

    if (access_is_admin(&req->who))
        return true;
    if (!access_data_level(&req->who, req->store, req->arena, DATA_METADATA, database_id, table_id,
                           &level, err))
        return false;
    return level > 0 || error_set(err, ERR_DENIED, "you may not change what is said of this data");
}

typedef struct TableInput
{
    const char *display_name;
    const char *description;
    const char *caveats;
    const char *points_of_interest;
    const char *entity_type;
    const char *visibility_type;
    const char *field_order;
    const char *data_authority;
    const char *data_layer;
    const char *data_source;
    const char *owner_email;
    const char *public_source;
    const char *public_licence;
    OptInt owner_user_id;
    bool show_in_getting_started;
    IntList ids;
} TableInput;

static const Field table_input[] = {
    FIELD(TableInput, display_name, .nullable = true, .not_blank = true, .max = 254),
    FIELD(TableInput, description, .nullable = true, .max = 65536),
    FIELD(TableInput, caveats, .nullable = true, .max = 65536),
    FIELD(TableInput, points_of_interest, .nullable = true, .max = 65536),
    FIELD(TableInput, entity_type, .nullable = true, .max = 254),
    FIELD(TableInput, visibility_type, .nullable = true, .choices = "hidden|technical|cruft"),
    FIELD(TableInput, field_order, .nullable = true,
          .choices = "database|alphabetical|custom|smart"),
    FIELD(TableInput, data_authority, .nullable = true, .max = 254),
    FIELD(TableInput, data_layer, .nullable = true, .max = 254),
    FIELD(TableInput, data_source, .nullable = true, .max = 254),
    FIELD(TableInput, owner_email, .nullable = true, .max = 254),
    FIELD(TableInput, public_source, .nullable = true, .not_blank = true, .max = 500),
    FIELD(TableInput, public_licence, .nullable = true, .not_blank = true, .max = 500),
    FIELD(TableInput, owner_user_id, .nullable = true),
    FIELD(TableInput, show_in_getting_started, .nullable = true),
    FIELD(TableInput, ids, .nullable = true),
    { 0 },
};

static bool
was_sent(const Request *req, const char *key)
{
    return json_get(req->json, key) != NULL;
}

/* Only what was sent: an absent key leaves its member alone. */
static void
change(const Request *req, const TableInput *input, Table *table)
{
    const struct
    {
        const char *key;
        const char **member;
        const char *value;
    } texts[] = {
        { "display_name", &table->display_name, input->display_name },
        { "description", &table->description, input->description },
        { "caveats", &table->caveats, input->caveats },
        { "points_of_interest", &table->points_of_interest, input->points_of_interest },
        { "entity_type", &table->entity_type, input->entity_type },
        { "visibility_type", &table->visibility_type, input->visibility_type },
        { "field_order", &table->field_order, input->field_order },
        { "data_authority", &table->data_authority, input->data_authority },
        { "data_layer", &table->data_layer, input->data_layer },
        { "data_source", &table->data_source, input->data_source },
        { "owner_email", &table->owner_email, input->owner_email },
        { "public_source", &table->public_source, input->public_source },
        { "public_licence", &table->public_licence, input->public_licence },
    };

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (was_sent(req, texts[i].key))
            *texts[i].member = texts[i].value;
    /* No name is the one that the sync made. */
    if (table->display_name == NULL)
        table->display_name = guess_display_name(req->arena, table->name);
    if (table->field_order == NULL)
        table->field_order = "database";
    if (was_sent(req, "owner_user_id"))
        table->owner_user_id = input->owner_user_id;
    if (was_sent(req, "show_in_getting_started"))
        table->show_in_getting_started = input->show_in_getting_started;
}

static bool
put_one(Request *req, int64_t id, Table *table, Error *err)
{
    if (!table_find(req->store, req->arena, id, table, err) ||
        !database_may_describe(req, table->db_id, table->id, err))
        return false;
    change(req, req->input, table);
    return table_update(req->store, req->arena, table, err) &&
           table_find(req->store, req->arena, id, table, err);
}

static bool
put_table(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Table table;

    if (!put_one(req, req->id, &table, err))
        return false;
    json_begin_object(w);
    table_write(w, &table);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
put_tables(Request *req, Response *res, Error *err)
{
    const TableInput *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (input->ids.count == 0)
        return error_field(err, "ids", "value is required.");
    json_begin_array(w);
    for (size_t i = 0; i < input->ids.count; i++)
    {
        Table table;

        if (!put_one(req, input->ids.items[i], &table, err))
            return false;
        json_begin_object(w);
        table_write(w, &table);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* The body is the array itself. */
static bool
put_order(Request *req, Response *res, Error *err)
{
    Json *tree;
    int64_t *ids;
    size_t count = 0;
    Table table;

    if (!request_json(req->http, NULL, &tree, err) ||
        !table_find(req->store, req->arena, req->id, &table, err) ||
        !database_may_describe(req, table.db_id, table.id, err))
        return false;
    if (tree == NULL || tree->kind != JSON_ARRAY)
        return error_set(err, ERR_INVALID, "value must be an array of ids of fields");
    ids = ARENA_ARRAY(req->arena, tree->count + 1, int64_t);
    for (const Json *item = tree->first; item != NULL; item = item->next)
        if (!json_to_int(item, &ids[count++]))
            return error_set(err, ERR_INVALID, "value must be an array of ids of fields");
    table.field_order = "custom";
    if (!field_reorder(req->store, req->arena, table.id, ids, count, err) ||
        !table_update(req->store, req->arena, &table, err))
        return false;
    return answer_success(res);
}

/* ------------------------------------------------------------------------------------- relations
 */

static void
write_end(JsonWriter *w, const char *id_key, const char *key, const TableField *field)
{
    json_put_int(w, id_key, field->id);
    json_key(w, key);
    json_begin_object(w);
    field_write(w, field, NULL);
    json_key(w, "table");
    json_begin_object(w);
    json_put_int(w, "id", field->table_id);
    json_put_text(w, "name", field->table_name);
    json_put_text(w, "schema", field->table_schema);
    json_put_int(w, "db_id", field->db_id);
    json_end_object(w);
    json_end_object(w);
}

/* Keys of other tables that point at this one. */
static bool
list_fks(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList list;
    Table table;

    if (!seen_table(req, req->id, &table, err) ||
        !field_list_referring(req->store, req->arena, req->id, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        TableField target;

        if (!field_find(req->store, req->arena, list.items[i].fk_target_field_id.value, &target,
                        err))
            return false;
        json_begin_object(w);
        json_put_text(w, "relationship", "Mt1");
        write_end(w, "origin_id", "origin", &list.items[i]);
        write_end(w, "destination_id", "destination", &target);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* ----------------------------------------------------------------------------------- looking */

static bool
get_data(Request *req, Response *res, Error *err)
{
    Json *question = json_new(req->arena, JSON_OBJECT);
    Json *query = json_new(req->arena, JSON_OBJECT);
    ResultOrder order;
    Table table;

    if (!seen_table(req, req->id, &table, err))
        return false;
    (void) json_put(req->arena, question, "database", json_new_int(req->arena, table.db_id));
    (void) json_put(req->arena, question, "type", json_new_text(req->arena, "query"));
    (void) json_put(req->arena, query, "source-table", json_new_int(req->arena, table.id));
    (void) json_put(req->arena, question, "query", query);
    order = result_order(req, question);
    order.context = "table-grid";
    return result_send(req, res, &order, err);
}

static bool
post_sync(Request *req, Response *res, Error *err)
{
    Table table;

    if (!table_find(req->store, req->arena, req->id, &table, err) ||
        !database_sync_later(req, table.db_id, err))
        return false;
    response_json(res, STR("{\"status\":\"ok\"}"));
    return true;
}

static bool
post_rescan(Request *req, Response *res, Error *err)
{
    ScanOrder order = { .values = true, .anew = true };
    Table table;

    if (!table_find(req->store, req->arena, req->id, &table, err))
        return false;
    order.database_id = table.db_id;
    order.table_id = table.id;
    if (!database_scan_later(req, &order, err))
        return false;
    response_json(res, STR("{\"status\":\"ok\"}"));
    return true;
}

static bool
post_discard(Request *req, Response *res, Error *err)
{
    Table table;

    if (!table_find(req->store, req->arena, req->id, &table, err) ||
        !field_values_clear(req->store, req->arena, table.id, err))
        return false;
    response_json(res, STR("{\"status\":\"ok\"}"));
    return true;
}

// clang-format off
const Route table_edit_routes[] = {
    ROUTE_ON(API,   PUT,  "/api/table",                    put_tables,   USER,  "Say the same of several tables", .body = table_input),
    ROUTE_ON(API,   PUT,  "/api/table/:id",                put_table,    USER,  "Say what a table is", .body = table_input),
    ROUTE_ON(API,   PUT,  "/api/table/:id/fields/order",   put_order,    USER,  "The order of its fields: an array of ids"),
    ROUTE_ON(API,   GET,  "/api/table/:id/fks",            list_fks,     USER,  "Keys that point at it", .saved = saved_list_keys),
    ROUTE_ON(API,   GET,  "/api/table/:id/data",           get_data,     USER,  "Its first rows"),
    ROUTE_ON(ADMIN, POST, "/api/table/:id/sync_schema",    post_sync,    ADMIN, "Compare its database with what is known of it"),
    ROUTE_ON(ADMIN, POST, "/api/table/:id/rescan_values",  post_rescan,  ADMIN, "Look into it anew"),
    ROUTE_ON(ADMIN, POST, "/api/table/:id/discard_values", post_discard, ADMIN, "Forget values that were kept of it"),
    { 0 },
};
// clang-format on
