/*
 * The public plane: every route that a stranger can reach, besides pages, assets and health. What
 * is answered is listed here, key by key; nothing else leaves. Nobody is anybody here: no session
 * is looked at.
 */
#include "api/share.h"
#include "api/answer.h"
#include "api/batch.h"
#include "api/door.h"
#include "api/geojson.h"
#include "api/pages.h"
#include "api/param_fields.h"
#include "api/tables.h"
#include "api/values.h"
#include "api/words.h"
#include "base/log.h"
#include "store/share.h"

#include <string.h>

/* ------------------------------------------------------------------------------------ refusals */

void
share_ask_password(Response *res)
{
    (void) response_header(res, "WWW-Authenticate", "Basic realm=\"vigie\", charset=\"UTF-8\"");
    response_text(res, 401, "This page asks for a password.");
}

const char *
share_reference(Request *req)
{
    return random_hex(req->arena, 4);
}

void
share_log_failure(const char *reference, const Error *err)
{
    log_warn("public.failed", LOG_TEXT("reference", reference), LOG_TEXT("error", err->message));
}

/* Public links tell nothing but whether there is something. The log has the rest under the
 * reference. */
static bool
refuse_as(Response *res, const char *reference, Error *err)
{
    if (err->code == ERR_CANCELLED || err->code == ERR_UNAVAILABLE || err->code == ERR_THROTTLED)
        return false;
    if (err->code == ERR_NOT_FOUND || err->code == ERR_GONE)
    {
        response_text(res, err->code == ERR_GONE ? 410 : 404, "Not found.");
        return true;
    }
    if (err->code == ERR_UNAUTHENTICATED)
    {
        share_ask_password(res);
        return true;
    }
    share_log_failure(reference, err);
    (void) response_header(res, "X-Vigie-Reference", reference);
    response_text(res, 400, "An error occurred.");
    return true;
}

static bool
refuse(Request *req, Response *res, Error *err)
{
    return refuse_as(res, share_reference(req), err);
}

/* Of a token and the values that come with it, frames tell what is wrong, in their maker's words.
 * What fails behind the door is told to nobody. */
static bool
refuse_door(Request *req, Response *res, Error *err)
{
    if (strncmp(req->http->path, "/api/public/", 12) == 0 || err->code != ERR_INVALID)
        return refuse(req, res, err);
    response_text(res, 400, err->message);
    return true;
}

/* ------------------------------------------------------------------------------------- objects */

/* A parameter without what it is compared with. */
static void
write_parameter(JsonWriter *w, const Json *parameter)
{
    static const char *const keys[] = { "id",
                                        "name",
                                        "slug",
                                        "type",
                                        "sectionId",
                                        "default",
                                        "required",
                                        "isMultiSelect",
                                        "values_query_type",
                                        "filteringParameters",
                                        "temporal_units" };

    json_begin_object(w);
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (json_get(parameter, keys[i]) != NULL)
            json_put_tree(w, keys[i], json_get(parameter, keys[i]));
    json_end_object(w);
}

static void
write_parameters(JsonWriter *w, const Json *list)
{
    json_key(w, "parameters");
    json_begin_array(w);
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        write_parameter(w, item);
    json_end_array(w);
}

/* What widgets need to know of the query, and no SQL. */
static void
write_blank_query(JsonWriter *w, const Card *card)
{
    const Json *tags = query_template_tags(card->dataset_query);
    static const char *const keys[] = { "id",          "name",    "display-name", "type",
                                        "widget-type", "default", "required" };

    json_key(w, "dataset_query");
    json_begin_object(w);
    json_put_text(w, "type", tags == NULL ? "query" : "native");
    if (tags != NULL)
    {
        json_key(w, "native");
        json_begin_object(w);
        json_key(w, "template-tags");
        json_begin_object(w);
        for (const Json *tag = tags->first; tag != NULL; tag = tag->next)
        {
            json_key(w, json_text_or(json_get(tag, "name"), tag->key == NULL ? "" : tag->key));
            json_begin_object(w);
            for (size_t i = 0; i < COUNT_OF(keys); i++)
                if (json_get(tag, keys[i]) != NULL)
                    json_put_tree(w, keys[i], json_get(tag, keys[i]));
            json_end_object(w);
        }
        json_end_object(w);
        json_end_object(w);
    }
    json_end_object(w);
}

static void
write_card_keys(JsonWriter *w, const Card *card)
{
    json_put_int(w, "id", card->id);
    json_put_text(w, "name", card->name);
    json_put_text(w, "description", card->description);
    json_put_text(w, "display", card->display);
    json_put_tree(w, "visualization_settings", card->visualization_settings);
    write_blank_query(w, card);
}

void
share_write_card(Request *req, JsonWriter *w, const Door *door)
{
    const Json *shown = door_shown_parameters(req, door);

    json_begin_object(w);
    write_card_keys(w, &door->card);
    json_put_text(w, "entity_id", door->card.entity_id);
    write_parameters(w, shown);
    param_fields_of_card(req, w, PARAM_PUBLIC, &door->card, shown);
    json_end_object(w);
}

/* How long what a stranger is shown may be shown again. */
static int64_t
public_seconds(const Request *req, const Door *door)
{
    return door_seconds(door, settings_int(req->settings, LIVE_public_cache_seconds));
}

/* An object, kept for the next who asks. */
static bool
send_kept(Request *req, Response *res, const Door *door, Answer *answer, uint64_t version,
          Error *err)
{
    const PageAnswer page = { .status = 200,
                              .type = "application/json;charset=utf-8",
                              .body = buf_slice(&answer->text),
                              .seconds = public_seconds(req, door),
                              .version = version };

    if (answer->text.failed)
        return answer_send(answer, res, err);
    pages_send(req, res, &page);
    return true;
}

static bool
get_card(Request *req, Response *res, Error *err)
{
    uint64_t version = pages_version(req->app->pages);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Door door;

    if (!door_open_card(req, &door, err))
        return refuse_door(req, res, err);
    share_write_card(req, w, &door);
    return send_kept(req, res, &door, &answer, version, err);
}

/* Which filter touches which card, and nothing of how; of a text, which words it fills. */
static void
write_mappings(JsonWriter *w, const Json *list)
{
    json_key(w, "parameter_mappings");
    json_begin_array(w);
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        json_begin_object(w);
        json_put_tree(w, "parameter_id", json_get(item, "parameter_id"));
        json_put_tree(w, "card_id", json_get(item, "card_id"));
        if (strcmp(json_text_or(json_at(json_get(item, "target"), 0), ""), "text-tag") == 0)
            json_put_tree(w, "target", json_get(item, "target"));
        json_end_object(w);
    }
    json_end_array(w);
}

/* What a token fixes is put into texts here: no page is told of it otherwise. */
static const Json *
settings_of(Request *req, const Door *door, const Dashcard *dashcard)
{
    const Json *own = dashcard->visualization_settings, *fixed = door_fixed(req, door);
    const WordsOrder order = { .locale = settings_text(req->settings, req->arena, LIVE_site_locale),
                               .parameters = door->dashboard.parameters,
                               .values = fixed };
    Json *made;

    if (fixed == NULL || fixed->count == 0 || dashcard->card_id.set ||
        json_get(own, "text") == NULL)
        return own;
    made = json_new(req->arena, JSON_OBJECT);
    for (const Json *item = own->first; item != NULL; item = item->next)
        (void) json_put(req->arena, made, item->key, json_share(req->arena, item));
    (void) json_put(req->arena, made, "text",
                    json_new_text(req->arena, words_fill(req->arena, dashcard, &order)));
    return made;
}

static bool
write_dashcard(Request *req, JsonWriter *w, const Door *door, const Dashcard *dashcard, Error *err)
{
    Card card;

    json_begin_object(w);
    json_put_int(w, "id", dashcard->id);
    json_put_int(w, "dashboard_id", dashcard->dashboard_id);
    bind_put_opt(w, "dashboard_tab_id", dashcard->dashboard_tab_id);
    bind_put_opt(w, "card_id", dashcard->card_id);
    json_put_int(w, "row", dashcard->row);
    json_put_int(w, "col", dashcard->col);
    json_put_int(w, "size_x", dashcard->size_x);
    json_put_int(w, "size_y", dashcard->size_y);
    json_put_tree(w, "visualization_settings", settings_of(req, door, dashcard));
    json_put_tree(w, "inline_parameters", dashcard->inline_parameters);
    write_mappings(w, dashcard->parameter_mappings);
    json_key(w, "card");
    json_begin_object(w);
    if (dashcard->card_id.set)
    {
        if (!card_find(req->store, req->arena, dashcard->card_id.value, &card, err))
            return false;
        write_card_keys(w, &card);
    }
    json_end_object(w);
    json_key(w, "series");
    json_begin_array(w);
    for (size_t i = 0; i < dashcard->series.count; i++)
    {
        if (!card_find(req->store, req->arena, dashcard->series.items[i], &card, err))
            return false;
        json_begin_object(w);
        write_card_keys(w, &card);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
    return true;
}

static void
write_tabs(JsonWriter *w, const TabList *tabs)
{
    json_key(w, "tabs");
    json_begin_array(w);
    for (size_t i = 0; i < tabs->count; i++)
    {
        json_begin_object(w);
        json_put_int(w, "id", tabs->items[i].id);
        json_put_text(w, "name", tabs->items[i].name);
        json_put_int(w, "position", tabs->items[i].position);
        json_put_int(w, "dashboard_id", tabs->items[i].dashboard_id);
        json_end_object(w);
    }
    json_end_array(w);
}

bool
share_write_dashboard(Request *req, JsonWriter *w, const Door *door, Error *err)
{
    const Dashboard *dashboard = &door->dashboard;
    const Json *shown = door_shown_parameters(req, door);
    DashcardList cards;
    TabList tabs;

    if (!door_dashcards(req, door, &cards, err) || !door_tabs(req, door, &tabs, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "id", dashboard->id);
    json_put_text(w, "name", dashboard->name);
    json_put_text(w, "description", dashboard->description);
    json_put_text(w, "width", dashboard->width);
    json_put_bool(w, "auto_apply_filters", dashboard->auto_apply_filters);
    write_parameters(w, shown);
    param_fields_of_dashboard(req, w, PARAM_PUBLIC, &cards, shown);
    write_tabs(w, &tabs);
    json_key(w, "dashcards");
    json_begin_array(w);
    for (size_t i = 0; i < cards.count; i++)
        if (!write_dashcard(req, w, door, &cards.items[i], err))
            return false;
    json_end_array(w);
    json_end_object(w);
    return true;
}

static bool
get_dashboard(Request *req, Response *res, Error *err)
{
    uint64_t version = pages_version(req->app->pages);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Door door;

    if (!door_open_dashboard(req, &door, err))
        return refuse_door(req, res, err);
    if (!share_write_dashboard(req, w, &door, err))
        return refuse(req, res, err);
    return send_kept(req, res, &door, &answer, version, err);
}

/* --------------------------------------------------------------------------------------- rows */

/* A crowd asks the database once. */
void
share_lifetime(const Request *req, RunLifetime *lifetime)
{
    int64_t seconds = settings_int(req->settings, LIVE_public_cache_seconds);

    if (lifetime->seconds < seconds)
        lifetime->seconds = seconds;
}

/* What is left of the lifetime of these rows; of old ones, a few seconds, so that a source that
 * comes back is seen soon. */
int64_t
share_rest(const RunLifetime *lifetime, Instant made_at, bool is_stale)
{
    enum
    {
        STALE_SECONDS = 5
    };
    int64_t rest = lifetime->seconds - (time_now() - made_at) / SECOND_US;

    if (is_stale || rest < 0)
        return STALE_SECONDS;
    return rest;
}

static int64_t
below_of(const Json *small_cells)
{
    return json_int_or(json_get(small_cells, "below"), 0);
}

static const char *
count_column_of(Request *req, const Json *small_cells, int64_t card_id)
{
    const char *key = arena_format(req->arena, "%lld", (long long) card_id);

    return json_text_or(json_path(small_cells, "count_columns", key, NULL), NULL);
}

bool
share_protect(Request *req, const Json *of, int64_t card_id, ResultOrder *order, Error *err)
{
    const Json *strict = of;
    const char *column;
    Share own;

    if (!share_find(req->store, req->arena, "card", card_id, &own, err))
        return false;
    if (below_of(own.small_cells) > below_of(of))
        strict = own.small_cells;
    column = count_column_of(req, of, card_id);
    if (column == NULL)
        column = count_column_of(req, own.small_cells, card_id);
    order->run.small =
        (SmallCells){ .below = below_of(strict),
                      .merge = strcmp(json_text_or(json_get(strict, "how"), ""), "merge") == 0,
                      .count_column = column };
    /* What is hidden here is no knowledge of the question. */
    order->learns = order->learns && order->run.small.below == 0;
    return true;
}

/* The order as a stranger may give it: the right was given by whoever published it. */
bool
share_order(Request *req, const Door *door, const Ask *ask, ResultOrder *order, Error *err)
{
    Ask published = *ask;

    published.is_published = true;
    if (!ask_order(req, &published, order, err))
        return false;
    order->view = RESULT_PUBLIC;
    order->reference = share_reference(req);
    order->context = arena_format(req->arena, "%s-%s", door_name(door),
                                  ask->dashboard.id != 0 ? "dashboard" : "question");
    share_lifetime(req, &order->run.lifetime);
    return share_protect(req, door->small_cells, ask->card.id, order, err);
}

static bool
ask_card(Request *req, const Json *sent, Door *door, Ask *ask, Error *err)
{
    *ask = (Ask){ .pivot = strstr(req->http->path, "/pivot/") != NULL };
    if (!door_open_card(req, door, err) || !door_values(req, door, sent, &ask->values, err))
        return false;
    ask->card = door->card;
    return true;
}

static bool
ask_on_dashboard(Request *req, const Json *sent, Door *door, Ask *ask, Error *err)
{
    int64_t dashcard_id, card_id;

    *ask = (Ask){ .pivot = strstr(req->http->path, "/pivot/") != NULL };
    if (!door_open_dashboard(req, door, err) || !door_values(req, door, sent, &ask->values, err))
        return false;
    if (!str_to_int(str_of(route_param(req->match, "dashcard")), 1, INT64_MAX, &dashcard_id) ||
        !str_to_int(str_of(route_param(req->match, "card")), 1, INT64_MAX, &card_id))
        return error_set(err, ERR_NOT_FOUND, "there is no such card");
    return ask_dashcard(req, &door->dashboard, dashcard_id, card_id, ask, err) &&
           (door_shows(door, &ask->dashcard) ||
            error_set(err, ERR_NOT_FOUND, "there is no such card"));
}

typedef bool Asker(Request *req, const Json *sent, Door *door, Ask *ask, Error *err);

static bool
send_rows(Request *req, Response *res, Asker *asker, Error *err)
{
    PageAnswer page = { .status = 202,
                        .type = "application/json;charset=utf-8",
                        .version = pages_version(req->app->pages) };
    ResultOrder order;
    ResultText text;
    Door door;
    Ask ask;

    if (!asker(req, NULL, &door, &ask, err))
        return refuse_door(req, res, err);
    if (!share_order(req, &door, &ask, &order, err))
        return refuse(req, res, err);
    if (!result_text(req, &order, &text, err))
        return refuse_as(res, order.reference, err);
    page.body = buf_slice(&text.text);
    if (!text.failed && order.run.lifetime.seconds > 0)
        page.seconds =
            door_seconds(&door, share_rest(&order.run.lifetime, text.made_at, text.is_stale));
    pages_send(req, res, &page);
    return true;
}

static bool
send_file(Request *req, Response *res, Asker *asker, Error *err)
{
    FileAsked asked = { .format_rows = false };
    const char *formatted = request_query(req->http, "format_rows");
    ResultOrder order;
    Door door;
    Ask ask;

    if (req->http->method == POST && !result_read_file_body(req, &asked, err))
        return refuse(req, res, err);
    if (!asker(req, asked.parameters, &door, &ask, err))
        return refuse_door(req, res, err);
    if (!share_order(req, &door, &ask, &order, err))
        return refuse(req, res, err);
    order.formatted = asked.format_rows || (formatted != NULL && strcmp(formatted, "true") == 0);
    return result_send_file(req, res, &order, route_param(req->match, "format"), err) ||
           refuse_as(res, order.reference, err);
}

static bool
get_card_rows(Request *req, Response *res, Error *err)
{
    return send_rows(req, res, ask_card, err);
}

static bool
get_dashcard_rows(Request *req, Response *res, Error *err)
{
    return send_rows(req, res, ask_on_dashboard, err);
}

static bool
get_card_file(Request *req, Response *res, Error *err)
{
    return send_file(req, res, ask_card, err);
}

static bool
get_dashcard_file(Request *req, Response *res, Error *err)
{
    return send_file(req, res, ask_on_dashboard, err);
}

/* All cards of a dashboard in one answer. */
static bool
get_all_rows(Request *req, Response *res, Error *err)
{
    BatchOrder order = { .view = RESULT_PUBLIC };
    Door door;

    if (!door_open_dashboard(req, &door, err) || !door_values(req, &door, NULL, &order.values, err))
        return refuse_door(req, res, err);
    order.dashboard = &door.dashboard;
    order.published = true;
    order.small_cells = door.small_cells;
    order.tab = door.tab;
    order.most_seconds = door_seconds(&door, INT32_MAX);
    order.context = arena_format(req->arena, "%s-dashboard", door_name(&door));
    return batch_send(req, res, &order, err) || refuse(req, res, err);
}

/* ------------------------------------------------------------------------ values to choose from */

/* Only of filters that a stranger may set. */
static bool
may_choose(Request *req, const Door *door, const char *key)
{
    const Json *shown = door_shown_parameters(req, door);

    for (const Json *item = shown->first; item != NULL; item = item->next)
        if (strcmp(json_text_or(json_get(item, "id"), ""), key) == 0 ||
            strcmp(json_text_or(json_get(item, "slug"), ""), key) == 0)
            return true;
    return false;
}

static bool
no_values(Error *err)
{
    return error_set(err, ERR_NOT_FOUND, "there is no such filter");
}

/* The path says whether one value or many are asked for; no value is that of no text. */
static ValuesOrder
values_order(Request *req, const Door *door)
{
    const char *value = request_query(req->http, "value");
    bool is_one = str_has_suffix(str_of(req->http->path), "/remapping");

    return (ValuesOrder){ .key = route_param(req->match, "key"),
                          .search = route_param(req->match, "search"),
                          .exact = is_one ? (value == NULL ? "" : value) : NULL,
                          .fixed = door_fixed(req, door) };
}

static bool
get_card_values(Request *req, Response *res, Error *err)
{
    ValuesOrder order;
    Door door;

    if (!door_open_card(req, &door, err))
        return refuse_door(req, res, err);
    order = values_order(req, &door);
    return ((may_choose(req, &door, order.key) || no_values(err)) &&
            values_of_card(req, res, &door.card, &order, err)) ||
           refuse(req, res, err);
}

static bool
get_dashboard_values(Request *req, Response *res, Error *err)
{
    ValuesOrder order;
    Door door;

    if (!door_open_dashboard(req, &door, err))
        return refuse_door(req, res, err);
    order = values_order(req, &door);
    return ((may_choose(req, &door, order.key) || no_values(err)) &&
            values_of_dashboard(req, res, &door.dashboard, &order, err)) ||
           refuse(req, res, err);
}

/* ------------------------------------------------------------------------------------ maps */

/* Only those that are drawn behind this door. */
static bool
send_map(Request *req, Response *res, const Door *door, uint64_t version, Error *err)
{
    PageAnswer page = { .status = 200,
                        .type = "application/json;charset=utf-8",
                        .seconds = public_seconds(req, door),
                        .version = version };
    const char *etag;

    if (!geojson_body(req, route_param(req->match, "map"), &page.body, &etag, err))
        return refuse(req, res, err);
    pages_send(req, res, &page);
    return true;
}

static bool
get_card_map(Request *req, Response *res, Error *err)
{
    uint64_t version = pages_version(req->app->pages);
    Door door;

    if (!door_open_card(req, &door, err))
        return refuse_door(req, res, err);
    if (geojson_is_used(route_param(req->match, "map"), &door.card, NULL))
        return send_map(req, res, &door, version, err);
    (void) error_set(err, ERR_NOT_FOUND, "this map is not shown here");
    return refuse(req, res, err);
}

static bool
is_drawn(Request *req, int64_t card_id, const Json *settings)
{
    Card card;

    return card_find(req->store, req->arena, card_id, &card, &(Error){ 0 }) &&
           geojson_is_used(route_param(req->match, "map"), &card, settings);
}

static bool
get_dashboard_map(Request *req, Response *res, Error *err)
{
    uint64_t version = pages_version(req->app->pages);
    bool used = false;
    DashcardList cards;
    Door door;

    if (!door_open_dashboard(req, &door, err))
        return refuse_door(req, res, err);
    if (!door_dashcards(req, &door, &cards, err))
        return refuse(req, res, err);
    for (size_t i = 0; i < cards.count && !used; i++)
        used = cards.items[i].card_id.set &&
               is_drawn(req, cards.items[i].card_id.value, cards.items[i].visualization_settings);
    if (used)
        return send_map(req, res, &door, version, err);
    (void) error_set(err, ERR_NOT_FOUND, "this map is not shown here");
    return refuse(req, res, err);
}

// clang-format off
#define SHARED(PLANE, door, key, need)                                                                                                                                    \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key,                                                    get_card,             need, "A published question"),             \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key "/query",                                           get_card_rows,        need, "Its rows"),                         \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key "/query/:format",                                   get_card_file,        need, "Its rows as a file: csv, json or xlsx"), \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key "/params/:key/values",                              get_card_values,      need, "Values of one of its filters"),     \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key "/params/:key/search/:search",                      get_card_values,      need, "Those that hold a text"),           \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key "/params/:key/remapping",                      get_card_values,      need, "What is shown for one value"),           \
    ROUTE_ON(PLANE, GET, "/api/" door "/card/:" key "/geojson/:map",                                    get_card_map,         need, "The map that it is drawn on"),            \
    ROUTE_ON(PLANE, GET, "/api/" door "/pivot/card/:" key "/query",                                     get_card_rows,        need, "Its rows as a pivot table"),        \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key,                                               get_dashboard,        need, "A published dashboard"),            \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/cards",                                      get_all_rows,         need, "Rows of all its questions, a line of JSON for each as it ends"), \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/dashcard/:dashcard/card/:card",              get_dashcard_rows,    need, "Rows of one of its questions"),     \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/dashcard/:dashcard/card/:card/:format",      get_dashcard_file,    need, "The same as a file"),               \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/params/:key/values",                         get_dashboard_values, need, "Values of one of its filters"),     \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/params/:key/search/:search",                 get_dashboard_values, need, "Those that hold a text"),           \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/params/:key/remapping",                 get_dashboard_values, need, "What is shown for one value"),           \
    ROUTE_ON(PLANE, GET, "/api/" door "/dashboard/:" key "/geojson/:map",                               get_dashboard_map,    need, "A map that one of its questions is drawn on"), \
    ROUTE_ON(PLANE, GET, "/api/" door "/pivot/dashboard/:" key "/dashcard/:dashcard/card/:card",        get_dashcard_rows,    need, "Rows of a question as a pivot table")

const Route share_routes[] = {
    SHARED(PUBLIC, "public", "uuid", NOTHING),
    SHARED(PUBLIC, "embed", "token", NOTHING),
    SHARED(ADMIN, "preview_embed", "token", ADMIN),
    ROUTE_ON(PUBLIC, POST, "/api/public/dashboard/:uuid/dashcard/:dashcard/card/:card/:format", get_dashcard_file, NOTHING, "Rows of a question as a file, long values in the body"),
    { 0 },
};
// clang-format on
