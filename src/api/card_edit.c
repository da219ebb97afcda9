/* Questions, models and metrics: made, changed, copied, moved, deleted. */
#include "api/answer.h"
#include "api/ask.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/history.h"
#include "api/tables.h"
#include "store/database.h"

#include <string.h>

enum
{
    NAME_BYTES = 254,
    DESCRIPTION_BYTES = 65536,
    CARDS_MOVED = 1000
};

/* ---------------------------------------------------------------------------------------- saving
 */

typedef struct CardInput
{
    Card card;
    const Json *collection_id;
    OptInt dashboard_tab_id;
    bool dataset; /* before there was `type`: a model */
    const char *vigie_based_on;
} CardInput;

#define CARD_MEMBER(member, ...)                                                                   \
    FIELD_AS(CardInput, card.member, #member __VA_OPT__(, ) __VA_ARGS__)

#define CARD_FIELDS                                                                                \
    CARD_MEMBER(description, .nullable = true, .max = DESCRIPTION_BYTES),                          \
        CARD_MEMBER(type, .nullable = true, .choices = "question|model|metric"),                   \
        CARD_MEMBER(query_type, .nullable = true, .choices = "query|native"),                      \
        CARD_MEMBER(parameters, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),                    \
        CARD_MEMBER(parameter_mappings, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),            \
        CARD_MEMBER(result_metadata, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),               \
        CARD_MEMBER(collection_position, .nullable = true, .min = 1, .max = INT32_MAX),            \
        CARD_MEMBER(cache_ttl, .nullable = true, .min = 1, .max = INT32_MAX),                      \
        CARD_MEMBER(dashboard_id, .nullable = true, .min = 1, .max = INT64_MAX),                   \
        CARD_MEMBER(collection_preview),                                                           \
        FIELD(CardInput, collection_id, .nullable = true,                                          \
              .shapes = SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT), .max = 64),                         \
        FIELD(CardInput, dashboard_tab_id, .nullable = true, .min = 1, .max = INT64_MAX),          \
        FIELD(CardInput, dataset, .nullable = true)

static const Field create_fields[] = {
    CARD_MEMBER(name, .required = true, .not_blank = true, .max = NAME_BYTES),
    CARD_MEMBER(dataset_query, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    CARD_MEMBER(display, .required = true, .not_blank = true, .max = NAME_BYTES),
    CARD_MEMBER(visualization_settings, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    CARD_MEMBER(entity_id, .nullable = true, .max = 21),
    CARD_FIELDS,
    { 0 },
};

static const Field update_fields[] = {
    CARD_MEMBER(name, .not_blank = true, .max = NAME_BYTES),
    CARD_MEMBER(dataset_query, .shapes = SHAPE(JSON_OBJECT)),
    CARD_MEMBER(display, .not_blank = true, .max = NAME_BYTES),
    CARD_MEMBER(visualization_settings, .shapes = SHAPE(JSON_OBJECT)),
    CARD_MEMBER(archived),
    CARD_MEMBER(enable_embedding),
    CARD_MEMBER(embedding_params, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    CARD_MEMBER(embedding_type, .nullable = true, .max = 64),
    FIELD(CardInput, vigie_based_on, .nullable = true, .max = 40,
          .help = "updated_at of what was read: 409 when it is another one by now"),
    CARD_FIELDS,
    { 0 },
};

/* Members that were null where a card must have something. */
static void
fill_defaults(Arena *arena, const CardInput *input, Card *card)
{
    if (card->type == NULL)
        card->type = input->dataset ? "model" : "question";
    if (card->parameters == NULL)
        card->parameters = json_new(arena, JSON_ARRAY);
    if (card->parameter_mappings == NULL)
        card->parameter_mappings = json_new(arena, JSON_ARRAY);
    if (card->query_type == NULL)
        card->query_type = query_is_native(card->dataset_query) ? "native" : "query";
}

/* One figure, of the outermost stage: what is in SQL has none that can be named elsewhere. */
static bool
require_figure(const Card *card, Error *err)
{
    const Json *query = card->dataset_query;
    const Json *stages = json_get(query, "stages");
    const Json *last =
        stages != NULL ? json_at(stages, stages->count - 1) : json_get(query, "query");
    const Json *figures = json_get(last, "aggregation");
    /* A list of figures; long ago, one alone. */
    bool is_alone = json_at(figures, 0) != NULL && json_at(figures, 0)->kind == JSON_TEXT;

    if (strcmp(card->type, "metric") != 0)
        return true;
    if (query_is_native(query))
        return error_field(err, "dataset_query", "value of a metric must not be SQL.");
    if (json_at(figures, 0) == NULL || (figures->count != 1 && !is_alone))
        return error_field(err, "dataset_query", "value of a metric must have one aggregation.");
    return true;
}

/* A card in a dashboard lies where the dashboard lies. */
static bool
settle_collection(const Content *content, Card *card, OptInt before, Error *err)
{
    Request *req = content->req;
    Dashboard dashboard;

    if (!content_read_collection(req, "collection_id", &card->collection_id, err))
        return false;
    if (card->dashboard_id.set)
    {
        if (!dashboard_find(req->store, req->arena, card->dashboard_id.value, &dashboard, err))
            return error_field(err, "dashboard_id",
                               "value must be the id of a dashboard, or null.");
        card->collection_id = dashboard.collection_id;
    }
    if (card->id != 0 && before.set == card->collection_id.set &&
        before.value == card->collection_id.value)
        return true;
    return content_require(content, card->collection_id, ACCESS_WRITE, err);
}

/* The database of a question on a saved question is that of the latter. */
static bool
source_database(const Content *content, const Json *query, int64_t *id, Error *err)
{
    Request *req = content->req;
    Card source;

    *id = json_int_or(json_get(query, "database"), 0);
    if (*id > 0 || query_source_card(query) == 0)
        return true;
    if (!card_find(req->store, req->arena, query_source_card(query), &source, err))
        return error_field(err, "dataset_query", "value must name a card that exists.");
    *id = source.database_id.value;
    return true;
}

static bool
require_sources(const Content *content, const Json *query, Error *err)
{
    Request *req = content->req;
    IntList cards = query_cards(req->arena, query);

    for (size_t i = 0; i < cards.count; i++)
    {
        Card card;

        if (!card_find(req->store, req->arena, cards.items[i], &card, err))
            return error_field(err, "dataset_query", "value must name a card that exists.");
        if (!content_require(content, card.collection_id, ACCESS_READ, err))
            return false;
    }
    return true;
}

bool
card_require_query(const Content *content, const Json *query, Error *err)
{
    Request *req = content->req;
    IntList tables = query_tables(req->arena, query);
    Database database;
    int64_t id;

    if (query->count == 0)
        return error_field(err, "dataset_query", "value must be a query.");
    if (!require_sources(content, query, err) || !source_database(content, query, &id, err))
        return false;
    if (id <= 0 || !database_find(req->store, req->arena, id, &database, &(Error){ 0 }))
        return error_field(err, "dataset_query", "value must name a database that exists.");
    /* On saved questions alone, seeing them is enough. */
    if (tables.count == 0 && !query_is_native(query))
        return true;
    return access_to_query(&req->who, req->store, req->arena, id, tables.items, tables.count,
                           query_is_native(query), err);
}

/* At the end of the first tab, or of the one that was named. */
static bool
place_on_dashboard(Request *req, Store *tx, const Card *card, OptInt tab, Error *err)
{
    int64_t id = card->dashboard_id.value, row = 0;
    DashcardList cards;
    IntList shown;
    Dashcard *more;
    TabList tabs;

    if (!tab_list(tx, req->arena, id, &tabs, err) ||
        !dashcard_list(tx, req->arena, id, &cards, err))
        return false;
    if (!tab.set && tabs.count > 0)
        tab = (OptInt){ true, tabs.items[0].id };
    more = ARENA_ARRAY(req->arena, cards.count + 1, Dashcard);
    for (size_t i = 0; i < cards.count; i++)
    {
        more[i] = cards.items[i];
        if (more[i].card_id.set && more[i].card_id.value == card->id)
            return true;
        if (more[i].dashboard_tab_id.value == tab.value && more[i].row + more[i].size_y > row)
            row = more[i].row + more[i].size_y;
    }
    more[cards.count] = (Dashcard){
        .card_id = { true, card->id },
        .dashboard_tab_id = tab,
        .row = row,
        .size_x = 12,
        .size_y = 6,
        .parameter_mappings = json_new(req->arena, JSON_ARRAY),
        .inline_parameters = json_new(req->arena, JSON_ARRAY),
        .visualization_settings = json_new(req->arena, JSON_OBJECT),
    };
    cards = (DashcardList){ more, cards.count + 1 };
    return dashboard_place(req, tx, id, NULL, &cards, &shown, err);
}

static bool
create(Request *req, Card *card, OptInt tab, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return store_begin(req->store, &tx, err) && card_create(tx, req->arena, card, err) &&
           (!card->dashboard_id.set || place_on_dashboard(req, tx, card, tab, err)) &&
           history_note_card(req, tx, card, (Change){ .is_creation = true }, err) &&
           api_audit(req, tx, "card-create", "Card", card->id, api_detail(req, "name", card->name),
                     err) &&
           store_commit(&tx, err);
}

static bool
prepare_new(const Content *content, CardInput *input, Error *err)
{
    Request *req = content->req;
    Card *card = &input->card;
    int64_t database, taken;

    fill_defaults(req->arena, input, card);
    card->creator_id = req->who.user.id;
    card->metabase_version = API_VERSION_TAG;
    if (card->entity_id != NULL && strlen(card->entity_id) != 21)
        return error_field(err, "entity_id",
                           "value must be a string of 21 letters, digits, - or _.");
    /* Clients copy by sending a whole card back. */
    if (card->entity_id != NULL && card_by_entity(req, card->entity_id, &taken, &(Error){ 0 }))
        card->entity_id = NULL;
    if (!settle_collection(content, card, (OptInt){ 0 }, err) ||
        !card_require_query(content, card->dataset_query, err) || !require_figure(card, err) ||
        !source_database(content, card->dataset_query, &database, err))
        return false;
    card->database_id = (OptInt){ true, database };
    return true;
}

static bool
post_card(Request *req, Response *res, Error *err)
{
    CardInput input = { .card = card_new(req->arena) };
    Content content;

    input.card.type = NULL;
    if (!bind_merge(req->arena, create_fields, req->json, &input, err) ||
        !content_open(req, &content, err) || !prepare_new(&content, &input, err) ||
        !create(req, &input.card, input.dashboard_tab_id, err))
        return false;
    ask_learn(req, input.card.id);
    return card_answer(req, res, input.card.id, (CardStyle){ 0 }, err);
}

static bool
same_json(const Json *a, const Json *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return json_equal(a, b);
}

/* To show something to strangers is for administrators. */
static bool
require_embedding(const Request *req, const Card *before, const Card *after, Error *err)
{
    if (before->enable_embedding == after->enable_embedding &&
        same_json(before->embedding_params, after->embedding_params))
        return true;
    return access_need(&req->who, NEED_ADMIN, err);
}

static bool
check_change(const Content *content, const CardInput *input, const Card *before, Card *card,
             Error *err)
{
    Request *req = content->req;
    int64_t database;

    if (json_get(req->json, "query_type") == NULL &&
        !same_json(before->dataset_query, card->dataset_query))
        card->query_type = NULL;
    if (card->type == NULL && json_get(req->json, "dataset") == NULL)
        card->type = before->type;
    fill_defaults(req->arena, input, card);
    if (!settle_collection(content, card, before->collection_id, err) ||
        !require_embedding(req, before, card, err))
        return false;
    if (same_json(before->dataset_query, card->dataset_query))
        return strcmp(before->type, card->type) == 0 || require_figure(card, err);
    if (json_get(req->json, "result_metadata") == NULL)
        card->result_metadata = NULL; /* it was that of another question */
    if (!card_require_query(content, card->dataset_query, err) || !require_figure(card, err) ||
        !source_database(content, card->dataset_query, &database, err))
        return false;
    card->database_id = (OptInt){ true, database };
    return true;
}

/* In the trash it is on no dashboard, and pinned nowhere. */
static bool
follow_up(Request *req, Store *tx, const Card *before, const Card *card, OptInt tab, Error *err)
{
    const char *old = request_query(req->http, "delete_old_dashcards");
    bool moved = card->dashboard_id.set && (!before->dashboard_id.set ||
                                            before->dashboard_id.value != card->dashboard_id.value);

    if (card->archived && !before->archived)
        return dashcard_remove_card(tx, req->arena, card->id, 0, err);
    if (moved && old != NULL && strcmp(old, "true") == 0 &&
        !dashcard_remove_card(tx, req->arena, card->id, card->dashboard_id.value, err))
        return false;
    return !moved || place_on_dashboard(req, tx, card, tab, err);
}

static bool
update(Request *req, const Card *before, Card *card, OptInt tab, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *act = card->archived != before->archived
                          ? (card->archived ? "card-archive" : "card-restore")
                          : "card-update";

    card->archived_directly = card->archived && (before->archived_directly || !before->archived);
    if (card->archived)
        card->collection_position = (OptInt){ 0 };
    return store_begin(req->store, &tx, err) && card_update(tx, req->arena, card, err) &&
           follow_up(req, tx, before, card, tab, err) &&
           history_note_card(req, tx, card, (Change){ 0 }, err) &&
           api_audit(req, tx, act, "Card", card->id, api_detail(req, "name", card->name), err) &&
           store_commit(&tx, err);
}

/* Who says what was read does not write over what somebody else saved meanwhile. */
static bool
check_based_on(const char *based_on, const Card *before, Error *err)
{
    if (based_on == NULL || strcmp(based_on, before->updated_at) == 0)
        return true;
    (void) error_set(err, ERR_CONFLICT, "The question was changed since it was read.");
    return error_hint(err, "Look at it, then send its updated_at as vigie_based_on.");
}

static bool
put_card(Request *req, Response *res, Error *err)
{
    CardInput input = { 0 };
    Content content;
    Card before;

    if (!card_open(req, req->id, ACCESS_WRITE, &content, &before, err))
        return false;
    input.card = before;
    if (!bind_merge(req->arena, update_fields, req->json, &input, err) ||
        !check_based_on(input.vigie_based_on, &before, err) ||
        !check_change(&content, &input, &before, &input.card, err) ||
        !update(req, &before, &input.card, input.dashboard_tab_id, err))
        return false;
    ask_learn(req, req->id);
    return card_answer(req, res, req->id, (CardStyle){ 0 }, err);
}

static bool
delete_card(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Content content;
    Card card;

    return card_open(req, req->id, ACCESS_WRITE, &content, &card, err) &&
           store_begin(req->store, &tx, err) && card_delete(tx, req->arena, req->id, err) &&
           revision_forget(tx, req->arena, "Card", req->id, err) &&
           api_audit(req, tx, "card-delete", "Card", req->id, api_detail(req, "name", card.name),
                     err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

/* --------------------------------------------------------------------------------- copying, moving
 */

bool
card_duplicate(const Content *content, Store *tx, const Card *from, const char *name,
               OptInt collection_id, Card *copy, Error *err)
{
    Request *req = content->req;
    Card made = *from;

    made.id = 0;
    made.entity_id = NULL;
    made.name = name;
    made.creator_id = req->who.user.id;
    made.collection_id = collection_id;
    made.collection_position = (OptInt){ 0 };
    made.public_uuid = NULL;
    made.made_public_by_id = (OptInt){ 0 };
    made.enable_embedding = false;
    made.embedding_params = NULL;
    made.archived = made.archived_directly = false;
    made.view_count = 0;
    made.last_used_at = NULL;
    if (!content_require(content, collection_id, ACCESS_WRITE, err) ||
        !card_create(tx, req->arena, &made, err) ||
        !history_note_card(req, tx, &made, (Change){ .is_creation = true }, err))
        return false;
    *copy = made;
    return true;
}

static bool
post_copy(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Content content;
    Card card, copy;

    return card_open(req, req->id, ACCESS_READ, &content, &card, err) &&
           card_require_query(&content, card.dataset_query, err) &&
           store_begin(req->store, &tx, err) &&
           card_duplicate(&content, tx, &card, arena_format(req->arena, "Copy of %s", card.name),
                          card.collection_id, &copy, err) &&
           api_audit(req, tx, "card-copy", "Card", copy.id, api_detail(req, "name", copy.name),
                     err) &&
           store_commit(&tx, err) && card_answer(req, res, copy.id, (CardStyle){ 0 }, err);
}

typedef struct MoveInput
{
    IntList card_ids;
    const Json *collection_id;
    OptInt dashboard_id;
} MoveInput;

static const Field move_fields[] = {
    FIELD(MoveInput, card_ids, .required = true, .max = CARDS_MOVED),
    FIELD(MoveInput, collection_id, .nullable = true,
          .shapes = SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT), .max = 64),
    FIELD(MoveInput, dashboard_id, .nullable = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

/* All or none. */
static bool
move_cards(Request *req, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const MoveInput *input = req->input;
    Content content;

    if (!content_open(req, &content, err) || !store_begin(req->store, &tx, err))
        return false;
    for (size_t i = 0; i < input->card_ids.count; i++)
    {
        Card before, card;

        if (!card_find(tx, req->arena, input->card_ids.items[i], &before, err) ||
            !content_require(&content, before.collection_id, ACCESS_WRITE, err))
            return false;
        card = before;
        card.dashboard_id = input->dashboard_id;
        card.collection_position = (OptInt){ 0 };
        if (!settle_collection(&content, &card, before.collection_id, err) ||
            !card_update(tx, req->arena, &card, err) ||
            !follow_up(req, tx, &before, &card, (OptInt){ 0 }, err) ||
            !history_note_card(req, tx, &card, (Change){ 0 }, err))
            return false;
    }
    return api_audit(req, tx, "card-move", "Card", 0, NULL, err) && store_commit(&tx, err);
}

static bool
post_move(Request *req, Response *res, Error *err)
{
    if (!move_cards(req, err))
        return false;
    response_json(res, STR("{\"status\":\"ok\"}"));
    return true;
}

// clang-format off
const Route card_edit_routes[] = {
    ROUTE_ON(API,   POST,   "/api/card",                post_card,       USER,  "Save a question", .body = create_fields),
    ROUTE_ON(API,   POST,   "/api/card/collections",    post_move,       USER,  "Move questions", .body = move_fields),
    ROUTE_ON(API,   POST,   "/api/cards/move",          post_move,       USER,  "Move questions", .body = move_fields),
    ROUTE_ON(API,   PUT,    "/api/card/:id",            put_card,        USER,  "Change a question", .body = update_fields, .entity = card_by_entity),
    ROUTE_ON(API,   DELETE, "/api/card/:id",            delete_card,     USER,  "Delete a question for good", .entity = card_by_entity),
    ROUTE_ON(API,   POST,   "/api/card/:id/copy",       post_copy,       USER,  "Copy a question", .entity = card_by_entity),
    { 0 },
};
// clang-format on
