/* A dashboard that somebody was shown and now keeps, with all of its questions: they live inside
 * it. */
#include "api/answer.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/history.h"
#include "api/tables.h"

#include <string.h>

enum
{
    MOST_CARDS = 100
};

typedef struct SaveInput
{
    const char *name;
    const char *description;
    const Json *parameters;
    const Json *dashcards;
} SaveInput;

static const Field save_fields[] = {
    FIELD(SaveInput, name, .required = true, .not_blank = true, .max = 254),
    FIELD(SaveInput, description, .nullable = true, .max = 65536),
    FIELD(SaveInput, parameters, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),
    FIELD(SaveInput, dashcards, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

static const Field card_fields[] = {
    FIELD(Card, name, .required = true, .not_blank = true, .max = 254),
    FIELD(Card, description, .nullable = true, .max = 65536),
    FIELD(Card, display, .required = true, .not_blank = true, .max = 254),
    FIELD(Card, visualization_settings, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(Card, dataset_query, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static const Field place_fields[] = {
    FIELD(Dashcard, row, .min = 0, .max = 10000),
    FIELD(Dashcard, col, .min = 0, .max = 23),
    FIELD(Dashcard, size_x, .min = 1, .max = 24),
    FIELD(Dashcard, size_y, .min = 1, .max = 1000),
    FIELD(Dashcard, visualization_settings, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static bool
read_card(const Content *content, const Json *sent, Card *card, Error *err)
{
    Request *req = content->req;

    *card = card_new(req->arena);
    if (!bind_merge(req->arena, card_fields, sent, card, err))
        return false;
    if (json_int_or(json_get(card->dataset_query, "database"), 0) <= 0)
        return error_field(err, "dataset_query", "value must name a database that exists.");
    card->query_type = query_is_native(card->dataset_query) ? "native" : "query";
    card->creator_id = req->who.user.id;
    card->metabase_version = API_VERSION_TAG;
    return card_require_query(content, card->dataset_query, err);
}

/* What is no question (texts) is placed as it is. */
static bool
read_place(Request *req, const Json *sent, Dashcard *place, Error *err)
{
    *place = (Dashcard){ .size_x = 12,
                         .size_y = 6,
                         .parameter_mappings = json_new(req->arena, JSON_ARRAY),
                         .inline_parameters = json_new(req->arena, JSON_ARRAY) };
    if (!bind_merge(req->arena, place_fields, sent, place, err))
        return false;
    if (place->visualization_settings == NULL)
        place->visualization_settings = json_new(req->arena, JSON_OBJECT);
    return true;
}

static bool
save_card(const Content *content, Store *tx, const Dashboard *dashboard, const Json *sent,
          Dashcard *place, Error *err)
{
    Request *req = content->req;
    const Json *question = json_get(sent, "card");
    Card card;

    if (!read_place(req, sent, place, err))
        return false;
    if (json_get(question, "dataset_query") == NULL)
        return true;
    if (!read_card(content, question, &card, err))
        return false;
    card.dashboard_id = (OptInt){ true, dashboard->id };
    card.collection_id = dashboard->collection_id;
    if (!card_create(tx, req->arena, &card, err) ||
        !history_note_card(req, tx, &card, (Change){ .is_creation = true }, err))
        return false;
    place->card_id = (OptInt){ true, card.id };
    return true;
}

static bool
save_cards(const Content *content, Store *tx, const Dashboard *dashboard, const Json *sent,
           Error *err)
{
    DashcardList list = { 0 };
    IntList shown;

    if (sent == NULL)
        return true;
    if (sent->count > MOST_CARDS)
        return error_field(err, "dashcards", "value must have at most %d items.", MOST_CARDS);
    list.items = ARENA_ARRAY(content->req->arena, sent->count + 1, Dashcard);
    for (const Json *item = sent->first; item != NULL; item = item->next)
    {
        Dashcard *place = &list.items[list.count++];

        if (!save_card(content, tx, dashboard, item, place, err))
            return false;
        place->id = -(int64_t) list.count; /* a new one */
    }
    return dashboard_place(content->req, tx, dashboard->id, NULL, &list, &shown, err);
}

static bool
save(Request *req, Response *res, OptInt collection_id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const SaveInput *input = req->input;
    Dashboard made = dashboard_new(req->arena);
    Content content;

    if (!content_open(req, &content, err) ||
        !content_require(&content, collection_id, ACCESS_WRITE, err))
        return false;
    made.name = input->name;
    made.description = input->description;
    if (input->parameters != NULL)
        made.parameters = input->parameters;
    made.collection_id = collection_id;
    made.creator_id = req->who.user.id;
    return store_begin(req->store, &tx, err) && dashboard_create(tx, req->arena, &made, err) &&
           save_cards(&content, tx, &made, input->dashcards, err) &&
           history_note_dashboard(req, tx, &made, (Change){ .is_creation = true }, err) &&
           api_audit(req, tx, "dashboard-create", "Dashboard", made.id,
                     api_detail(req, "name", made.name), err) &&
           store_commit(&tx, err) && dashboard_answer(req, res, made.id, NULL, err);
}

static bool
post_save(Request *req, Response *res, Error *err)
{
    return save(req, res, (OptInt){ 0 }, err);
}

static bool
post_save_into(Request *req, Response *res, Error *err)
{
    Collection collection;

    return collection_find(req->store, req->arena, req->id, &collection, err) &&
           save(req, res, (OptInt){ true, collection.id }, err);
}

// clang-format off
const Route save_routes[] = {
    ROUTE_ON(API, POST, "/api/dashboard/save",                post_save,      USER, "Keep a dashboard that was made by an X-ray, with its questions", .body = save_fields),
    ROUTE_ON(API, POST, "/api/dashboard/save/collection/:id", post_save_into, USER, "The same, in a collection", .body = save_fields),
    { 0 },
};
// clang-format on
