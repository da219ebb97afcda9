/* Saved questions and models, as tables that further questions are asked of. */
#include "api/saved.h"

#include "api/answer.h"
#include "api/content.h"
#include "base/map.h"

#include <string.h>

enum
{
    SAVED_DATABASE = -1337
};

/* Collections stand for schemas. */
static const char *
schema_of(const Content *content, const Card *card)
{
    const Collection *in = card->collection_id.set
                               ? rights_collection(&content->rights, card->collection_id.value)
                               : NULL;

    return in == NULL ? "Everything else" : in->name;
}

static void
write_field(JsonWriter *w, const char *table_id, const Json *column)
{
    json_begin_object(w);
    for (const Json *item = column->first; item != NULL; item = item->next)
        if (strcmp(item->key, "id") != 0 && strcmp(item->key, "table_id") != 0)
            json_put_tree(w, item->key, item);
    json_key(w, "id");
    if (json_get(column, "id") != NULL)
        json_tree(w, json_get(column, "id"));
    else
    {
        json_begin_array(w);
        json_text(w, "field");
        json_text(w, json_text_or(json_get(column, "name"), ""));
        json_begin_object(w);
        json_put_text(w, "base-type", json_text_or(json_get(column, "base_type"), "type/*"));
        json_end_object(w);
        json_end_array(w);
    }
    json_put_text(w, "table_id", table_id);
    if (json_get(column, "fk_target_field_id") == NULL)
        json_put_null(w, "fk_target_field_id");
    json_put_empty(w, "dimensions");
    json_put_null(w, "target");
    json_end_object(w);
}

static void
write_table(JsonWriter *w, const Content *content, const Card *card, bool in_virtual, bool fields)
{
    const char *id = arena_format(content->req->arena, "card__%lld", (long long) card->id);
    const Json *columns = card->result_metadata;

    json_begin_object(w);
    json_put_text(w, "id", id);
    json_put_int(w, "db_id", in_virtual ? SAVED_DATABASE : card->database_id.value);
    json_put_text(w, "name", card->name);
    json_put_text(w, "display_name", card->name);
    json_put_text(w, "schema", schema_of(content, card));
    json_put_text(w, "description", card->description);
    json_put_text(w, "type", card->type);
    json_put_null(w, "entity_type");
    json_put_null(w, "visibility_type");
    json_put_bool(w, "active", true);
    json_put_null(w, "moderated_status");
    if (fields)
    {
        json_key(w, "fields");
        json_begin_array(w);
        for (const Json *item = columns == NULL ? NULL : columns->first; item != NULL;
             item = item->next)
            if (item->kind == JSON_OBJECT)
                write_field(w, id, item);
        json_end_array(w);
        json_put_empty(w, "segments");
        json_put_empty(w, "metrics");
        json_key(w, "dimension_options");
        json_begin_object(w);
        json_end_object(w);
    }
    json_end_object(w);
}

/* ----------------------------------------------------------------------------------- one of them
 */

static bool
answer_table(Request *req, Response *res, bool fields, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    Card card;

    if (!card_find(req->store, req->arena, req->id, &card, err) ||
        !content_open(req, &content, err) ||
        !content_require(&content, card.collection_id, ACCESS_READ, err))
        return false;
    write_table(w, &content, &card, false, fields);
    return answer_send(&answer, res, err);
}

bool
saved_get_table(Request *req, Response *res, Error *err)
{
    return answer_table(req, res, false, err);
}

bool
saved_get_query_metadata(Request *req, Response *res, Error *err)
{
    return answer_table(req, res, true, err);
}

/* No key of a database points at a question. */
bool
saved_list_keys(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_array(w);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* ------------------------------------------------------------------------------ all of them */

static bool
is_table(const Content *content, const Card *card)
{
    return !card->archived && card->database_id.set && strcmp(card->type, "metric") != 0 &&
           content_may(content, card->collection_id, ACCESS_READ);
}

/* `schema` NULL: of all. */
static bool
write_tables(Request *req, JsonWriter *w, const char *schema, Error *err)
{
    CardFilter filter = { .archived = { true, false } };
    Content content;
    CardList list;

    if (!content_open(req, &content, err) ||
        !card_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        if (is_table(&content, &list.items[i]) &&
            (schema == NULL || strcmp(schema_of(&content, &list.items[i]), schema) == 0))
            write_table(w, &content, &list.items[i], true, false);
    json_end_array(w);
    return true;
}

static bool
write_members(Request *req, JsonWriter *w, bool tables, Error *err)
{
    json_put_int(w, "id", SAVED_DATABASE);
    json_put_text(w, "name", "Saved Questions");
    json_put_bool(w, "is_saved_questions", true);
    json_put_text(w, "native_permissions", "none");
    json_key(w, "features");
    json_begin_array(w);
    json_text(w, "basic-aggregations");
    json_text(w, "nested-queries");
    json_text(w, "expressions");
    json_end_array(w);
    if (!tables)
        return true;
    json_key(w, "tables");
    return write_tables(req, w, NULL, err);
}

bool
saved_write_database(Request *req, JsonWriter *w, bool tables, Error *err)
{
    json_begin_object(w);
    if (!write_members(req, w, tables, err))
        return false;
    json_end_object(w);
    return true;
}

bool
saved_get_database(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    return saved_write_database(req, w, false, err) && answer_send(&answer, res, err);
}

bool
saved_get_metadata(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    if (!write_members(req, w, true, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

bool
saved_list_schemas(Request *req, Response *res, Error *err)
{
    CardFilter filter = { .archived = { true, false } };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Map *seen = map_new(req->arena);
    Content content;
    CardList list;

    if (!content_open(req, &content, err) ||
        !card_list(req->store, req->arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (is_table(&content, &list.items[i]))
            map_put(seen, schema_of(&content, &list.items[i]), &list.items[i]);
    json_begin_array(w);
    for (size_t i = 0; i < map_count(seen); i++)
        json_text(w, map_key_at(seen, i));
    json_end_array(w);
    return answer_send(&answer, res, err);
}

bool
saved_list_tables(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    return write_tables(req, w, route_param(req->match, "schema"), err) &&
           answer_send(&answer, res, err);
}
