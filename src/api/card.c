/* Questions, models and metrics: written, listed, shown. Changing them is in card_edit.c, running
 * them in card_query.c. */
#include "api/card.h"

#include "api/answer.h"
#include "api/ask.h"
#include "api/mbql4.h"
#include "api/param_fields.h"
#include "api/review.h"
#include "api/tables.h"

#include <string.h>

enum
{
    CARDS_ASKED = 1000
};

/* --------------------------------------------------------------------------------------- writing
 */

static bool
write_dashboard(JsonWriter *w, const Content *content, const Card *card, Error *err)
{
    Dashboard dashboard;

    json_key(w, "dashboard");
    if (!card->dashboard_id.set)
    {
        json_null(w);
        return true;
    }
    if (!dashboard_find(content->req->store, content->req->arena, card->dashboard_id.value,
                        &dashboard, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "id", dashboard.id);
    json_put_text(w, "name", dashboard.name);
    json_put_text(w, "moderation_status", NULL);
    json_end_object(w);
    return true;
}

/* What only the answer about one card has. */
static bool
write_whole(JsonWriter *w, const Content *content, const Card *card, Error *err)
{
    Arena *arena = content->req->arena;
    IntList dashboards;
    const Json *old = mbql4_of(arena, card->dataset_query);

    if (!card_dashboards(content->req->store, arena, card->id, &dashboards, err))
        return false;
    json_put_int(w, "dashboard_count", (int64_t) dashboards.count);
    json_put_text(w, "legacy_query", json_print(arena, old));
    return write_dashboard(w, content, card, err);
}

/* In lists they cost too much for what they tell. */
static void
write_param_fields(JsonWriter *w, const Content *content, const Card *card, CardStyle style)
{
    if (style.whole)
    {
        param_fields_of_card(content->req, w, PARAM_FULL, card,
                             ask_card_parameters(content->req->arena, card));
        return;
    }
    json_key(w, "param_fields");
    json_begin_object(w);
    json_end_object(w);
}

bool
card_write(JsonWriter *w, const Content *content, const Card *card, CardStyle style, Error *err)
{
    Card shown = *card;

    if (style.legacy_mbql)
        shown.dataset_query = mbql4_of(content->req->arena, card->dataset_query);
    json_begin_object(w);
    bind_write(w, card_columns, &shown);
    content_write_creator(w, content, card->creator_id);
    content_write_collection(w, content, card->collection_id);
    content_write_edit(w, content, card->id);
    content_write_abilities(w, content, card->collection_id, card->archived);
    json_put_bool(w, "can_run_adhoc_query", content_may_ask(content, card->database_id));
    json_put_bool(w, "can_manage_db", content->rights.is_admin);
    content_write_managed(w, content, card->collection_id);
    json_put_bool(w, "persisted", false);
    json_put_null(w, "dashboard_tab_id");
    json_put_null(w, "average_query_time");
    json_put_null(w, "last_query_start");
    json_put_int(w, "parameter_usage_count", 0);
    json_put_int(w, "dependency_analysis_version", 0);
    write_param_fields(w, content, card, style);
    if (!style.whole)
        json_put_empty(w, "moderation_reviews");
    else if (!reviews_write(w, content, "card", card->id, err))
        return false;
    if (style.whole && !write_whole(w, content, card, err))
        return false;
    json_end_object(w);
    return true;
}

bool
card_open(Request *req, int64_t id, Access access, Content *content, Card *card, Error *err)
{
    return card_find(req->store, req->arena, id, card, err) && content_open(req, content, err) &&
           content_require(content, card->collection_id, access, err) &&
           content_edits(content, "Card", err);
}

bool
card_answer(Request *req, Response *res, int64_t id, CardStyle style, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    Card card;

    style.whole = true;
    return card_open(req, id, ACCESS_READ, &content, &card, err) &&
           card_write(w, &content, &card, style, err) && answer_send(&answer, res, err);
}

/* ----------------------------------------------------------------------------------------- lists
 */

typedef struct CardListQuery
{
    const char *f;
    int64_t model_id;
} CardListQuery;

static const Field card_list_query[] = {
    FIELD(CardListQuery, f,
          .choices = "all|mine|bookmarked|database|table|using_model|using_segment|archived|"
                     "dataset|recent|popular"),
    FIELD(CardListQuery, model_id, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
is_filter(const CardListQuery *query, const char *name)
{
    return query->f != NULL && strcmp(query->f, name) == 0;
}

static bool
filter_of(const Request *req, const CardListQuery *query, CardFilter *filter, Error *err)
{
    bool by_id = is_filter(query, "database") || is_filter(query, "table") ||
                 is_filter(query, "using_model") || is_filter(query, "using_segment");

    if (by_id && query->model_id == 0)
        return error_field(err, "model_id", "model_id is a required parameter when f is %s.",
                           query->f);
    *filter = (CardFilter){
        .archived = { true, is_filter(query, "archived") },
        .creator_id = is_filter(query, "mine") ? req->who.user.id : 0,
        .bookmarked_by = is_filter(query, "bookmarked") ? req->who.user.id : 0,
        .database_id = is_filter(query, "database") ? query->model_id : 0,
        .table_id = is_filter(query, "table") ? query->model_id : 0,
        .source_card_id = is_filter(query, "using_model") ? query->model_id : 0,
        .type = is_filter(query, "dataset") ? "model" : NULL,
    };
    return true;
}

/* ["segment", 7] or ["segment", {...}, 7], anywhere. */
static bool
uses_segment(const Json *json, int64_t id)
{
    int64_t number = 0;

    if (json == NULL)
        return false;
    if (json->kind == JSON_ARRAY && json->count >= 2 &&
        strcmp(json_text_or(json->first, ""), "segment") == 0 &&
        json_to_int(json_at(json, json->count - 1), &number) && number == id)
        return true;
    for (const Json *item = json->first; item != NULL; item = item->next)
        if (uses_segment(item, id))
            return true;
    return false;
}

static bool
write_list(JsonWriter *w, const Content *content, const CardList *list, int64_t segment_id,
           Error *err)
{
    json_begin_array(w);
    for (size_t i = 0; i < list->count; i++)
    {
        const Card *card = &list->items[i];

        if (!content_may(content, card->collection_id, ACCESS_READ) ||
            (segment_id != 0 && !uses_segment(card->dataset_query, segment_id)))
            continue;
        if (!card_write(w, content, card, (CardStyle){ 0 }, err))
            return false;
    }
    json_end_array(w);
    return true;
}

static bool
list_cards(Request *req, Response *res, Error *err)
{
    const CardListQuery *query = req->query;
    int64_t segment = is_filter(query, "using_segment") ? query->model_id : 0;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    CardFilter filter;
    Content content;
    CardList list;

    return filter_of(req, query, &filter, err) &&
           card_list(req->store, req->arena, &filter, &list, err) &&
           content_open(req, &content, err) && content_edits(&content, "Card", err) &&
           write_list(w, &content, &list, segment, err) && answer_send(&answer, res, err);
}

typedef struct CardQuery
{
    bool legacy_mbql;
    bool ignore_view;
} CardQuery;

static const Field card_query[] = {
    FIELD_AS(CardQuery, legacy_mbql, "legacy-mbql"),
    FIELD(CardQuery, ignore_view),
    { 0 },
};

static bool
get_card(Request *req, Response *res, Error *err)
{
    const CardQuery *query = req->query;

    if (!card_answer(req, res, req->id, (CardStyle){ .legacy_mbql = query->legacy_mbql }, err))
        return false;
    /* A look that cannot be counted is no reason to fail. */
    if (!query->ignore_view)
        (void) content_note_view(req, "card", req->id, &(Error){ 0 });
    return true;
}

/* ------------------------------------------------------------------------------------- around one
 */

static bool
write_dashboards_of(JsonWriter *w, const Content *content, int64_t card_id, Error *err)
{
    Request *req = content->req;
    IntList ids;

    if (!card_dashboards(req->store, req->arena, card_id, &ids, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < ids.count; i++)
    {
        Dashboard dashboard;

        if (!dashboard_find(req->store, req->arena, ids.items[i], &dashboard, err))
            return false;
        if (!content_may(content, dashboard.collection_id, ACCESS_READ))
            continue;
        json_begin_object(w);
        json_put_int(w, "id", dashboard.id);
        json_put_text(w, "name", dashboard.name);
        json_put_bool(w, "is_public", dashboard.public_uuid != NULL);
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

static bool
list_dashboards(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    Card card;

    return card_open(req, req->id, ACCESS_READ, &content, &card, err) &&
           write_dashboards_of(w, &content, card.id, err) && answer_send(&answer, res, err);
}

typedef struct CardIds
{
    IntList card_ids;
} CardIds;

static const Field card_ids_fields[] = {
    FIELD(CardIds, card_ids, .required = true, .max = CARDS_ASKED),
    { 0 },
};

/* Of several cards: on which dashboards they are. */
static bool
post_dashboards(Request *req, Response *res, Error *err)
{
    const CardIds *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;

    if (!content_open(req, &content, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < input->card_ids.count; i++)
    {
        Card card;

        if (!card_find(req->store, req->arena, input->card_ids.items[i], &card, err) ||
            !content_require(&content, card.collection_id, ACCESS_READ, err))
            return false;
        json_begin_object(w);
        json_put_int(w, "card_id", card.id);
        json_key(w, "dashboards");
        if (!write_dashboards_of(w, &content, card.id, err))
            return false;
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route card_routes[] = {
    ROUTE_ON(API,   GET,    "/api/card",                list_cards,      USER,  "Questions, models and metrics", .query = card_list_query),
    ROUTE_ON(API,   POST,   "/api/cards/dashboards",    post_dashboards, USER,  "The dashboards that show these questions", .body = card_ids_fields),
    ROUTE_ON(API,   GET,    "/api/card/:id",            get_card,        USER,  "One question", .query = card_query, .entity = card_by_entity),
    ROUTE_ON(API,   GET,    "/api/card/:id/dashboards", list_dashboards, USER,  "The dashboards that show it", .entity = card_by_entity),
    { 0 },
};
// clang-format on
