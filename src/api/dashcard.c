/* The cards on a dashboard: as JSON, and as they are sent. Also the routes of before 2023, which
 * changed them one by one. */
#include "api/answer.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/history.h"
#include "api/tables.h"

#include <string.h>

enum
{
    MAX_CARDS = 1000,
    MAX_TABS = 200,
    MAX_SERIES = 50,
    MAX_CELLS = 100000
};

/* --------------------------------------------------------------------------------------- writing
 */

/* What may not be seen is an empty object; so is that of a text, since programs look into it. */
static bool
write_card(JsonWriter *w, const Content *content, int64_t card_id, Error *err)
{
    Request *req = content->req;
    Card card;

    if (!card_find(req->store, req->arena, card_id, &card, err))
        return false;
    if (content_may(content, card.collection_id, ACCESS_READ))
        return card_write(w, content, &card, (CardStyle){ 0 }, err);
    json_begin_object(w);
    json_end_object(w);
    return true;
}

bool
dashcard_write(JsonWriter *w, const Content *content, const Dashcard *dashcard, bool old,
               Error *err)
{
    json_begin_object(w);
    bind_write(w, dashcard_columns, dashcard);
    if (old)
    {
        json_put_int(w, "sizeX", dashcard->size_x);
        json_put_int(w, "sizeY", dashcard->size_y);
    }
    json_put_null(w, "collection_authority_level");
    json_key(w, "card");
    if (!dashcard->card_id.set)
    {
        json_begin_object(w);
        json_put_null(w, "query_average_duration");
        json_end_object(w);
    }
    else if (!write_card(w, content, dashcard->card_id.value, err))
        return false;
    json_key(w, "series");
    json_begin_array(w);
    for (size_t i = 0; i < dashcard->series.count; i++)
        if (!write_card(w, content, dashcard->series.items[i], err))
            return false;
    json_end_array(w);
    json_end_object(w);
    return true;
}

static bool
write_all(JsonWriter *w, const Content *content, const DashcardList *list, bool old, Error *err)
{
    json_begin_array(w);
    for (size_t i = 0; i < list->count; i++)
        if (!dashcard_write(w, content, &list->items[i], old, err))
            return false;
    json_end_array(w);
    return true;
}

static void
write_tabs(JsonWriter *w, const char *key, const TabList *tabs)
{
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < tabs->count; i++)
    {
        json_begin_object(w);
        bind_write(w, tab_columns, &tabs->items[i]);
        json_end_object(w);
    }
    json_end_array(w);
}

bool
dashboard_write_cards(JsonWriter *w, const Content *content, int64_t dashboard_id, bool old,
                      Error *err)
{
    Request *req = content->req;
    DashcardList cards;
    TabList tabs;

    if (!tab_list(req->store, req->arena, dashboard_id, &tabs, err) ||
        !dashcard_list(req->store, req->arena, dashboard_id, &cards, err))
        return false;
    json_key(w, "dashcards");
    if (!write_all(w, content, &cards, false, err))
        return false;
    write_tabs(w, "tabs", &tabs);
    if (!old)
        return true;
    json_key(w, "ordered_cards");
    if (!write_all(w, content, &cards, true, err))
        return false;
    write_tabs(w, "ordered_tabs", &tabs);
    return true;
}

/* --------------------------------------------------------------------------------------- reading
 */

typedef struct DashcardInput
{
    Dashcard card;
    const Json *series;
} DashcardInput;

#define DASHCARD_AS(member, key, ...)                                                              \
    FIELD_AS(DashcardInput, card.member, key __VA_OPT__(, ) __VA_ARGS__)

static const Field dashcard_fields[] = {
    DASHCARD_AS(id, "id", .min = INT64_MIN, .max = INT64_MAX),
    DASHCARD_AS(card_id, "cardId", .nullable = true, .min = 1, .max = INT64_MAX),
    DASHCARD_AS(card_id, "card_id", .nullable = true, .min = 1, .max = INT64_MAX),
    DASHCARD_AS(action_id, "action_id", .nullable = true, .min = 1, .max = INT64_MAX),
    DASHCARD_AS(dashboard_tab_id, "dashboard_tab_id", .nullable = true, .min = INT64_MIN,
                .max = INT64_MAX),
    DASHCARD_AS(row, "row", .min = 0, .max = MAX_CELLS),
    DASHCARD_AS(col, "col", .min = 0, .max = MAX_CELLS),
    DASHCARD_AS(size_x, "sizeX", .min = 1, .max = MAX_CELLS),
    DASHCARD_AS(size_y, "sizeY", .min = 1, .max = MAX_CELLS),
    DASHCARD_AS(size_x, "size_x", .min = 1, .max = MAX_CELLS),
    DASHCARD_AS(size_y, "size_y", .min = 1, .max = MAX_CELLS),
    DASHCARD_AS(parameter_mappings, "parameter_mappings", .nullable = true,
                .shapes = SHAPE(JSON_ARRAY)),
    DASHCARD_AS(inline_parameters, "inline_parameters", .nullable = true,
                .shapes = SHAPE(JSON_ARRAY)),
    DASHCARD_AS(visualization_settings, "visualization_settings", .nullable = true,
                .shapes = SHAPE(JSON_OBJECT)),
    FIELD(DashcardInput, series, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

static bool
wrong_item(const char *list, size_t at, Error *err)
{
    Error inner = *err;

    return error_field(err, list, "item %zu: %s: %s", at, inner.field, inner.message);
}

static bool
read_series(Arena *arena, const Json *sent, IntList *series, Error *err)
{
    IntList made = { 0 };

    if (sent->count > MAX_SERIES)
        return error_field(err, "series", "value must have at most %d items.", MAX_SERIES);
    made.items = ARENA_ARRAY(arena, sent->count, int64_t);
    for (const Json *item = sent->first; item != NULL; item = item->next)
        if (!json_to_int(json_get(item, "id"), &made.items[made.count++]))
            return error_field(err, "series", "value must be an array of {id}.");
    *series = made;
    return true;
}

static const Dashcard *
known_card(const DashcardList *old, int64_t id)
{
    for (size_t i = 0; i < old->count; i++)
        if (old->items[i].id == id)
            return &old->items[i];
    return NULL;
}

/* A card that is on the dashboard already may stay, whoever sees it. */
static bool
require_card(const Content *content, const DashcardList *old, int64_t card_id, Error *err)
{
    Request *req = content->req;
    Card card;

    for (size_t i = 0; i < old->count; i++)
        if (old->items[i].card_id.set && old->items[i].card_id.value == card_id)
            return true;
    if (!card_find(req->store, req->arena, card_id, &card, err))
        return error_field(err, "card_id", "value must be the id of a card.");
    return content_require(content, card.collection_id, ACCESS_READ, err);
}

static bool
read_dashcard(const Content *content, const Json *sent, const DashcardList *old, Dashcard *card,
              Error *err)
{
    Arena *arena = content->req->arena;
    int64_t id = json_int_or(json_get(sent, "id"), 0);
    const Dashcard *before = known_card(old, id);
    DashcardInput input = {
        .card = before != NULL ? *before : (Dashcard){ .id = id, .size_x = 4, .size_y = 4 },
    };

    if (!bind_merge(arena, dashcard_fields, sent, &input, err) ||
        (input.series != NULL && !read_series(arena, input.series, &input.card.series, err)))
        return false;
    if (input.card.parameter_mappings == NULL)
        input.card.parameter_mappings = json_new(arena, JSON_ARRAY);
    if (input.card.inline_parameters == NULL)
        input.card.inline_parameters = json_new(arena, JSON_ARRAY);
    if (input.card.visualization_settings == NULL)
        input.card.visualization_settings = json_new(arena, JSON_OBJECT);
    if (input.card.card_id.set && !require_card(content, old, input.card.card_id.value, err))
        return false;
    for (size_t i = 0; i < input.card.series.count; i++)
        if (!require_card(content, old, input.card.series.items[i], err))
            return false;
    *card = input.card;
    return true;
}

bool
dashcards_read(const Content *content, const Json *sent, const DashcardList *old,
               DashcardList *list, Error *err)
{
    DashcardList made = { 0 };

    if (sent->count > MAX_CARDS)
        return error_field(err, "dashcards", "value must have at most %d items.", MAX_CARDS);
    made.items = ARENA_ARRAY(content->req->arena, sent->count, Dashcard);
    for (const Json *item = sent->first; item != NULL; item = item->next, made.count++)
        if (!read_dashcard(content, item, old, &made.items[made.count], err))
            return err->code == ERR_INVALID ? wrong_item("dashcards", made.count, err) : false;
    *list = made;
    return true;
}

static const Field tab_fields[] = {
    FIELD(Tab, id, .required = true, .min = INT64_MIN, .max = INT64_MAX),
    FIELD(Tab, name, .required = true, .not_blank = true, .max = 254),
    { 0 },
};

bool
tabs_read(Arena *arena, const Json *sent, TabList *list, Error *err)
{
    TabList made = { 0 };

    if (sent->count > MAX_TABS)
        return error_field(err, "tabs", "value must have at most %d items.", MAX_TABS);
    made.items = ARENA_ARRAY(arena, sent->count, Tab);
    for (const Json *item = sent->first; item != NULL; item = item->next, made.count++)
        if (!bind_merge(arena, tab_fields, item, &made.items[made.count], err))
            return err->code == ERR_INVALID ? wrong_item("tabs", made.count, err) : false;
    *list = made;
    return true;
}

/* --------------------------------------------------------------------- one by one, as before 2023
 */

static bool
arrange(Request *req, const Dashboard *dashboard, TabList *tabs, DashcardList *cards, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    IntList shown;

    return store_begin(req->store, &tx, err) &&
           dashboard_place(req, tx, dashboard->id, tabs, cards, &shown, err) &&
           history_note_dashboard(req, tx, dashboard, (Change){ 0 }, err) &&
           api_audit(req, tx, "dashboard-update", "Dashboard", dashboard->id,
                     api_detail(req, "name", dashboard->name), err) &&
           store_commit(&tx, err);
}

static bool
list_cards(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DashcardList cards;
    Dashboard dashboard;
    Content content;

    return dashboard_open(req, req->id, ACCESS_READ, &content, &dashboard, err) &&
           dashcard_list(req->store, req->arena, req->id, &cards, err) &&
           write_all(w, &content, &cards, true, err) && answer_send(&answer, res, err);
}

static bool
post_card(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DashcardList old, cards;
    Dashboard dashboard;
    Content content;
    Dashcard *added;

    if (!dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) ||
        !dashcard_list(req->store, req->arena, req->id, &old, err))
        return false;
    cards = (DashcardList){ ARENA_ARRAY(req->arena, old.count + 1, Dashcard), old.count + 1 };
    for (size_t i = 0; i < old.count; i++)
        cards.items[i] = old.items[i];
    added = &cards.items[old.count];
    if (!read_dashcard(&content, req->json, &old, added, err))
        return false;
    added->id = 0;
    return arrange(req, &dashboard, NULL, &cards, err) &&
           dashcard_write(w, &content, added, true, err) && answer_send(&answer, res, err);
}

typedef struct CardsInput
{
    const Json *cards;
    const Json *tabs;
} CardsInput;

static const Field cards_fields[] = {
    FIELD(CardsInput, cards, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    FIELD(CardsInput, tabs, .nullable = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

static bool
put_cards(Request *req, Response *res, Error *err)
{
    const CardsInput *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DashcardList old, cards;
    Dashboard dashboard;
    Content content;
    TabList tabs;

    if (!dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) ||
        !dashcard_list(req->store, req->arena, req->id, &old, err) ||
        !dashcards_read(&content, input->cards, &old, &cards, err) ||
        (input->tabs != NULL && !tabs_read(req->arena, input->tabs, &tabs, err)) ||
        !arrange(req, &dashboard, input->tabs == NULL ? NULL : &tabs, &cards, err))
        return false;
    json_begin_object(w);
    json_put_text(w, "status", "ok");
    json_key(w, "cards");
    if (!write_all(w, &content, &cards, true, err) ||
        !tab_list(req->store, req->arena, req->id, &tabs, err))
        return false;
    write_tabs(w, "tabs", &tabs);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct DeleteQuery
{
    int64_t id;
} DeleteQuery;

static const Field delete_query[] = {
    FIELD_AS(DeleteQuery, id, "dashcardId", .required = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
delete_card(Request *req, Response *res, Error *err)
{
    const DeleteQuery *query = req->query;
    DashcardList old, kept = { 0 };
    Dashboard dashboard;
    Content content;

    if (!dashboard_open(req, req->id, ACCESS_WRITE, &content, &dashboard, err) ||
        !dashcard_list(req->store, req->arena, req->id, &old, err))
        return false;
    kept.items = ARENA_ARRAY(req->arena, old.count, Dashcard);
    for (size_t i = 0; i < old.count; i++)
        if (old.items[i].id != query->id)
            kept.items[kept.count++] = old.items[i];
    if (kept.count == old.count)
        return error_set(err, ERR_NOT_FOUND, "this card is not on the dashboard");
    return arrange(req, &dashboard, NULL, &kept, err) && answer_nothing(res);
}

// clang-format off
const Route dashcard_routes[] = {
    ROUTE_ON(API, GET,    "/api/dashboard/:id/cards", list_cards,  USER, "The cards on a dashboard"),
    ROUTE_ON(API, POST,   "/api/dashboard/:id/cards", post_card,   USER, "Put a card on a dashboard", .body = dashcard_fields),
    ROUTE_ON(API, PUT,    "/api/dashboard/:id/cards", put_cards,   USER, "Replace the cards on a dashboard", .body = cards_fields),
    ROUTE_ON(API, DELETE, "/api/dashboard/:id/cards", delete_card, USER, "Take a card off a dashboard", .query = delete_query),
    { 0 },
};
// clang-format on
