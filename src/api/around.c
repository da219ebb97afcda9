/* What surrounds cards and dashboards: the tables they need, what could be drawn over a card,
 * entity ids by the dozen. */
#include "api/answer.h"
#include "api/dashboard.h"
#include "api/needs.h"
#include "api/tables.h"

#include <string.h>

enum
{
    SERIES_SHOWN = 50,
    MAX_ENTITY_IDS = 1000
};

/* ---------------------------------------------------------------------------- tables they need */

static bool
get_card_needs(Request *req, Response *res, Error *err)
{
    Needs needs = needs_new(req);
    Content content;
    Card card;

    return card_open(req, req->id, ACCESS_READ, &content, &card, err) &&
           needs_add_query(&needs, &content, card.dataset_query, err) &&
           needs_answer(&needs, &content, res, err);
}

static bool
get_dashboard_needs(Request *req, Response *res, Error *err)
{
    Needs needs = needs_new(req);
    CardFilter filter = { .shown_on = req->id };
    Dashboard dashboard;
    Content content;
    CardList list;

    if (!dashboard_open(req, req->id, ACCESS_READ, &content, &dashboard, err) ||
        !card_list(req->store, req->arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (content_may(&content, list.items[i].collection_id, ACCESS_READ) &&
            !needs_add_query(&needs, &content, list.items[i].dataset_query, err))
            return false;
    return needs_answer(&needs, &content, res, err);
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
