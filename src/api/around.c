/* What surrounds cards and dashboards: the tables they need, what could be drawn over a card,
 * entity ids by the dozen. */
#include "api/answer.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/database.h"
#include "api/tables.h"
#include "base/map.h"

#include <string.h>

enum
{
    MAX_DEPTH = 10, /* of questions on questions */
    SERIES_SHOWN = 50,
    MAX_ENTITY_IDS = 1000
};

/* ---------------------------------------------------------------------------- tables they need */

/* What was met on the way through questions, each once. */
typedef struct Needs
{
    Request *req;
    List tables; /* Table * */
    List cards;  /* Card * */
} Needs;

static bool
add_table(Needs *needs, int64_t id)
{
    Table *table = ARENA_NEW(needs->req->arena, Table);

    for (size_t i = 0; i < needs->tables.count; i++)
        if (((Table *) needs->tables.items[i])->id == id)
            return true;
    /* What they may not see, or what is gone, is left out. */
    if (seen_table(needs->req, id, table, &(Error){ 0 }))
        list_add(&needs->tables, table);
    return true;
}

static bool
add_query(Needs *needs, const Content *content, const Json *query, int depth, Error *err)
{
    Arena *arena = needs->req->arena;
    IntList tables = query_tables(arena, query), cards = query_cards(arena, query);

    for (size_t i = 0; i < tables.count; i++)
        if (!add_table(needs, tables.items[i]))
            return false;
    for (size_t i = 0; i < cards.count && depth < MAX_DEPTH; i++)
    {
        Card *card = ARENA_NEW(arena, Card);

        if (!card_find(needs->req->store, arena, cards.items[i], card, &(Error){ 0 }) ||
            !content_may(content, card->collection_id, ACCESS_READ))
            continue;
        list_add(&needs->cards, card);
        if (!add_query(needs, content, card->dataset_query, depth + 1, err))
            return false;
    }
    return true;
}

static bool
write_tables(Needs *needs, JsonWriter *w, Error *err)
{
    Request *req = needs->req;

    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < needs->tables.count; i++)
    {
        const Table *table = needs->tables.items[i];
        FieldFilter filter = { .table_id = table->id };
        TableFieldList fields;

        if (!seen_fields(req, &filter, &fields, err))
            return false;
        json_begin_object(w);
        table_write(w, table);
        json_key(w, "fields");
        json_begin_array(w);
        for (size_t f = 0; f < fields.count; f++)
        {
            json_begin_object(w);
            field_write(w, &fields.items[f], &fields);
            json_end_object(w);
        }
        json_end_array(w);
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

static bool
write_databases(Needs *needs, JsonWriter *w, Error *err)
{
    Request *req = needs->req;
    DatabaseList list;

    if (!database_list(req->store, req->arena, &list, err))
        return false;
    json_key(w, "databases");
    json_begin_array(w);
    for (size_t d = 0; d < list.count; d++)
        for (size_t i = 0; i < needs->tables.count; i++)
            if (((const Table *) needs->tables.items[i])->db_id == list.items[d].id)
            {
                json_begin_object(w);
                database_write(req, w, &list.items[d]);
                json_end_object(w);
                break;
            }
    json_end_array(w);
    return true;
}

static bool
answer_needs(Needs *needs, const Content *content, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(needs->req, &answer);

    json_begin_object(w);
    if (!write_databases(needs, w, err) || !write_tables(needs, w, err))
        return false;
    json_put_empty(w, "fields");
    json_put_empty(w, "snippets");
    json_key(w, "cards");
    json_begin_array(w);
    for (size_t i = 0; i < needs->cards.count; i++)
        if (!card_write(w, content, needs->cards.items[i], (CardStyle){ 0 }, err))
            return false;
    json_end_array(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_card_needs(Request *req, Response *res, Error *err)
{
    Needs needs = { req, list_new(req->arena), list_new(req->arena) };
    Content content;
    Card card;

    return card_open(req, req->id, ACCESS_READ, &content, &card, err) &&
           add_query(&needs, &content, card.dataset_query, 0, err) &&
           answer_needs(&needs, &content, res, err);
}

static bool
get_dashboard_needs(Request *req, Response *res, Error *err)
{
    Needs needs = { req, list_new(req->arena), list_new(req->arena) };
    CardFilter filter = { .shown_on = req->id };
    Dashboard dashboard;
    Content content;
    CardList list;

    if (!dashboard_open(req, req->id, ACCESS_READ, &content, &dashboard, err) ||
        !card_list(req->store, req->arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (content_may(&content, list.items[i].collection_id, ACCESS_READ) &&
            !add_query(&needs, &content, list.items[i].dataset_query, 0, err))
            return false;
    return answer_needs(&needs, &content, res, err);
}

/* ------------------------------------------------------------------------------- over a card */

typedef struct SeriesQuery
{
    const char *query;
    int64_t last_cursor;
    IntList exclude_ids;
} SeriesQuery;

static const Field series_query[] = {
    FIELD(SeriesQuery, query, .max = 254),
    FIELD(SeriesQuery, last_cursor, .min = 0, .max = INT64_MAX),
    FIELD(SeriesQuery, exclude_ids, .max = 100),
    { 0 },
};

static bool
is_curve(const char *display)
{
    return strcmp(display, "line") == 0 || strcmp(display, "area") == 0 ||
           strcmp(display, "bar") == 0 || strcmp(display, "combo") == 0;
}

/* Curves go with curves, numbers with numbers. */
static bool
goes_with(const Card *card, const Card *other)
{
    if (is_curve(card->display))
        return is_curve(other->display);
    return strcmp(card->display, "scalar") == 0 && strcmp(other->display, "scalar") == 0;
}

static bool
is_candidate(const Content *content, const SeriesQuery *query, const Card *card, const Card *other)
{
    Arena *arena = content->req->arena;

    if (other->id == card->id || other->id <= query->last_cursor || !goes_with(card, other) ||
        !content_may(content, other->collection_id, ACCESS_READ))
        return false;
    for (size_t i = 0; i < query->exclude_ids.count; i++)
        if (query->exclude_ids.items[i] == other->id)
            return false;
    return query->query == NULL || strstr(str_fold(arena, str_of(other->name)),
                                          str_fold(arena, str_of(query->query))) != NULL;
}

static bool
list_series(Request *req, Response *res, Error *err)
{
    CardFilter filter = { .archived = { true, false } };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    size_t shown = 0;
    Content content;
    CardList list;
    Card card;

    if (!card_open(req, req->id, ACCESS_READ, &content, &card, err) ||
        !card_list(req->store, req->arena, &filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count && shown < SERIES_SHOWN; i++)
        if (is_candidate(&content, req->query, &card, &list.items[i]))
        {
            if (!card_write(w, &content, &list.items[i], (CardStyle){ 0 }, err))
                return false;
            shown++;
        }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* --------------------------------------------------------------------------------- entity ids */

typedef struct TranslateInput
{
    const Json *entity_ids;
} TranslateInput;

static const Field translate_fields[] = {
    FIELD(TranslateInput, entity_ids, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static const struct
{
    const char *model;
    EntityLookup *lookup;
} lookups[] = {
    { "card", card_by_entity },
    { "dataset", card_by_entity },
    { "metric", card_by_entity },
    { "dashboard", dashboard_by_entity },
    { "collection", collection_by_entity },
};

static void
write_translation(Request *req, JsonWriter *w, EntityLookup *lookup, const char *model,
                  const char *text)
{
    bool fits = text != NULL && strlen(text) == 21;
    int64_t id = 0;
    bool found = fits && lookup(req, text, &id, &(Error){ 0 });

    json_key(w, text == NULL ? "" : text);
    json_begin_object(w);
    json_put_text(w, "status", found ? "ok" : fits ? "not-found" : "invalid-format");
    json_put_text(w, "type", model);
    if (found)
        json_put_int(w, "id", id);
    json_end_object(w);
}

static bool
post_translate(Request *req, Response *res, Error *err)
{
    const TranslateInput *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    json_key(w, "entity_ids");
    json_begin_object(w);
    for (const Json *list = input->entity_ids->first; list != NULL; list = list->next)
    {
        EntityLookup *lookup = NULL;

        for (size_t i = 0; i < COUNT_OF(lookups); i++)
            if (strcmp(lookups[i].model, list->key) == 0)
                lookup = lookups[i].lookup;
        if (lookup == NULL || list->kind != JSON_ARRAY || list->count > MAX_ENTITY_IDS)
            return error_field(err, "entity_ids",
                               "value must be a map of card, dashboard and collection to lists.");
        for (const Json *item = list->first; item != NULL; item = item->next)
            write_translation(req, w, lookup, list->key, json_text_or(item, NULL));
    }
    json_end_object(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* A secret for frames, as clients ask for one. */
static bool
get_random_token(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    json_put_text(w, "token", random_hex(req->arena, 32));
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route around_routes[] = {
    ROUTE_ON(API,   GET,  "/api/card/:id/query_metadata",      get_card_needs,      USER,  "Databases, tables and fields that it needs", .entity = card_by_entity),
    ROUTE_ON(API,   GET,  "/api/card/:id/series",              list_series,         USER,  "Questions that can be drawn over it", .query = series_query),
    ROUTE_ON(API,   GET,  "/api/dashboard/:id/query_metadata", get_dashboard_needs, USER,  "Databases, tables and fields that its questions need", .entity = dashboard_by_entity),
    ROUTE_ON(API,   POST, "/api/eid-translation/translate",    post_translate,      USER,  "Numbers of entity ids", .body = translate_fields),
    ROUTE_ON(API,   POST, "/api/util/entity_id",               post_translate,      USER,  "Numbers of entity ids", .body = translate_fields),
    ROUTE_ON(ADMIN, GET,  "/api/util/random_token",            get_random_token,    ADMIN, "64 random hexadecimal digits"),
    { 0 },
};
// clang-format on
