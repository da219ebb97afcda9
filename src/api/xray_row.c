/* The X-ray of one row that search found by an indexed value: the row itself, and how many rows of
 * other tables point at it. Only for those who may find it. */
#include "api/answer.h"
#include "api/database.h"
#include "api/needs.h"
#include "api/tables.h"
#include "api/xray.h"
#include "base/crypto.h"
#include "run/index.h"

#include <string.h>

enum
{
    MOST_LINKED = 8,
    GRID = 24,
    NUMBER_WIDTH = 6,
    NUMBER_HEIGHT = 3,
    ROW_HEIGHT = 9
};

/* A table whose key points at the row. */
typedef struct Linked
{
    TableField key;
    Table table;
} Linked;

typedef struct Row
{
    Request *req;
    Content content;
    Card model;
    ModelIndex index;
    IndexedValue value;
    Linked linked[MOST_LINKED];
    size_t linked_count;
} Row;

static const char *
in_words(const Row *row, const char *english, const char *french, const char *of)
{
    bool is_french = strncmp(request_locale(row->req), "fr", 2) == 0;

    return arena_format(row->req->arena, is_french ? french : english, of);
}

/* ------------------------------------------------------------------------------------- opening */

static bool
find_linked(Row *row, Error *err)
{
    Request *req = row->req;
    TableFieldList from;
    TableField key;
    int64_t id;

    if (!json_to_int(json_at(row->index.pk_ref, 1), &id) ||
        !seen_field(req, id, &key, &(Error){ 0 }))
        return true;
    if (!field_list_referring(req->store, req->arena, key.table_id, &from, err))
        return false;
    for (size_t i = 0; i < from.count && row->linked_count < MOST_LINKED; i++)
    {
        Linked *linked = &row->linked[row->linked_count];

        if (from.items[i].fk_target_field_id.value == id &&
            seen_field(req, from.items[i].id, &linked->key, &(Error){ 0 }) &&
            seen_table(req, from.items[i].table_id, &linked->table, &(Error){ 0 }))
            row->linked_count++;
    }
    return true;
}

/* What they may not find is not there. */
static bool
open_row(Request *req, Row *row, Error *err)
{
    const IndexGround ground = { req->app->runner, req->store, req->settings, NULL };
    const char *text = route_param(req->match, "key");
    bool found = false;
    int64_t key;

    *row = (Row){ .req = req };
    if (!model_index_find(req->store, req->arena, req->id, &row->index, err) ||
        !card_open(req, row->index.model_id, ACCESS_READ, &row->content, &row->model, err))
        return false;
    if (str_to_int(str_of(text), INT64_MIN, INT64_MAX, &key) &&
        !model_index_value(req->store, req->arena, req->id, key, &row->value, &found, err))
        return false;
    if (!found || !index_is_for(&ground, req->arena, &row->index, &req->who))
        return error_set(err, ERR_NOT_FOUND, "there is no such row");
    return find_linked(row, err);
}

/* ------------------------------------------------------------------------------------- writing */

static Json *
equals(const Row *row, const Json *reference)
{
    Arena *arena = row->req->arena;
    Json *condition = json_new(arena, JSON_ARRAY);

    (void) json_add(condition, json_new_text(arena, "="));
    (void) json_add(condition, json_share(arena, reference));
    (void) json_add(condition, json_new_int(arena, row->value.key));
    return condition;
}

static const Json *
points_here(const Row *row, const Linked *linked)
{
    Arena *arena = row->req->arena;
    Json *reference = json_new(arena, JSON_ARRAY);

    (void) json_add(reference, json_new_text(arena, "field"));
    (void) json_add(reference, json_new_int(arena, linked->key.id));
    (void) json_add(reference, json_new(arena, JSON_NULL));
    return equals(row, reference);
}

static void
write_place(JsonWriter *w, int64_t index, int64_t row, int64_t col, int64_t width, int64_t height)
{
    json_put_int(w, "id", -1 - index);
    json_put_null(w, "card_id");
    json_put_int(w, "row", row);
    json_put_int(w, "col", col);
    json_put_int(w, "size_x", width);
    json_put_int(w, "size_y", height);
    json_put_empty(w, "parameter_mappings");
    json_put_empty(w, "series");
    json_key(w, "visualization_settings");
    json_begin_object(w);
    json_end_object(w);
}

static void
begin_card(JsonWriter *w, const char *name, const char *display)
{
    json_key(w, "card");
    json_begin_object(w);
    json_put_null(w, "id");
    json_put_text(w, "name", name);
    json_put_null(w, "description");
    json_put_text(w, "type", "question");
    json_put_text(w, "display", display);
    json_key(w, "visualization_settings");
    json_begin_object(w);
    json_end_object(w);
}

static void
begin_question(JsonWriter *w, int64_t database_id)
{
    json_key(w, "dataset_query");
    json_begin_object(w);
    json_put_int(w, "database", database_id);
    json_put_text(w, "type", "query");
    json_key(w, "query");
    json_begin_object(w);
}

static void
end_dashcard(JsonWriter *w)
{
    for (int i = 0; i < 4; i++)
        json_end_object(w);
}

static void
write_itself(JsonWriter *w, const Row *row, int64_t at)
{
    json_begin_object(w);
    write_place(w, 0, at, 0, GRID, ROW_HEIGHT);
    begin_card(w, row->value.name, "object");
    begin_question(w, row->model.database_id.value);
    json_put_text(w, "source-table",
                  arena_format(row->req->arena, "card__%lld", (long long) row->model.id));
    json_put_tree(w, "filter", equals(row, row->index.pk_ref));
    end_dashcard(w);
}

static void
write_number(JsonWriter *w, const Row *row, size_t i)
{
    const Linked *linked = &row->linked[i];
    int64_t index = (int64_t) i, by_row = GRID / NUMBER_WIDTH;

    json_begin_object(w);
    write_place(w, index + 1, index / by_row * NUMBER_HEIGHT, index % by_row * NUMBER_WIDTH,
                NUMBER_WIDTH, NUMBER_HEIGHT);
    begin_card(w, in_words(row, "%s: how many", "%s : combien", linked->table.display_name),
               "scalar");
    begin_question(w, linked->table.db_id);
    json_put_int(w, "source-table", linked->table.id);
    json_key(w, "aggregation");
    json_begin_array(w);
    json_begin_array(w);
    json_text(w, "count");
    json_end_array(w);
    json_end_array(w);
    json_put_tree(w, "filter", points_here(row, linked));
    end_dashcard(w);
}

/* The X-ray of the rows that point here. */
static void
write_link(JsonWriter *w, const Row *row, const Linked *linked)
{
    Arena *arena = row->req->arena;
    const char *condition = json_print(arena, points_here(row, linked));

    json_begin_object(w);
    json_put_text(w, "url",
                  arena_format(arena, "/auto/dashboard/table/%lld/cell/%s",
                               (long long) linked->table.id,
                               base64url_encode(arena, condition, strlen(condition))));
    json_put_text(
        w, "title",
        in_words(row, "A look at its %s", "Un regard sur : %s", linked->table.display_name));
    json_put_null(w, "description");
    json_end_object(w);
}

static void
write_nearby(JsonWriter *w, const Row *row)
{
    Arena *arena = row->req->arena;

    json_key(w, "related");
    json_begin_object(w);
    json_put_empty(w, "zoom-in");
    json_key(w, "zoom-out");
    json_begin_array(w);
    json_begin_object(w);
    json_put_text(w, "url",
                  arena_format(arena, "/auto/dashboard/model/%lld", (long long) row->model.id));
    json_put_text(w, "title", in_words(row, "A look at %s", "Un regard sur %s", row->model.name));
    json_put_null(w, "description");
    json_end_object(w);
    json_end_array(w);
    json_key(w, "related");
    json_begin_array(w);
    for (size_t i = 0; i < row->linked_count; i++)
        write_link(w, row, &row->linked[i]);
    json_end_array(w);
    json_put_empty(w, "compare");
    json_end_object(w);
}

static bool
get_row(Request *req, Response *res, Error *err)
{
    int64_t by_row = GRID / NUMBER_WIDTH;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *name;
    Row row;

    if (!open_row(req, &row, err))
        return false;
    name = in_words(&row, "A look at %s", "Un regard sur %s", row.value.name);
    json_begin_object(w);
    xray_write_head(w, req, name);
    json_key(w, "dashcards");
    json_begin_array(w);
    for (size_t i = 0; i < row.linked_count; i++)
        write_number(w, &row, i);
    write_itself(w, &row, ((int64_t) row.linked_count + by_row - 1) / by_row * NUMBER_HEIGHT);
    json_end_array(w);
    write_nearby(w, &row);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_needs(Request *req, Response *res, Error *err)
{
    Needs needs = needs_new(req);
    Row row;

    if (!open_row(req, &row, err))
        return false;
    for (size_t i = 0; i < row.linked_count; i++)
        needs_add_table(&needs, row.linked[i].table.id);
    return needs_add_card(&needs, &row.content, row.model.id, err) &&
           needs_answer(&needs, &row.content, res, err);
}

// clang-format off
const Route xray_row_routes[] = {
    ROUTE_ON(API, GET, "/api/automagic-dashboards/model_index/:id/primary_key/:key",                get_row,   USER, "A dashboard made for one row that an index holds"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/model_index/:id/primary_key/:key/query_metadata", get_needs, USER, "Databases, tables and fields that its questions need"),
    { 0 },
};
// clang-format on
