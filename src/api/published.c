/* For administrators: everything that strangers can reach, until when, since when nobody looked, in
 * whose frames; and what to look at again before or after publishing. */
#include "api/answer.h"
#include "api/framed.h"
#include "api/tables.h"
#include "api/visits.h"
#include "base/crypto.h"
#include "store/card.h"
#include "store/dashboard.h"
#include "store/share.h"
#include "store/visit.h"

#include <string.h>

static bool
read_model(Request *req, const char **model, Error *err)
{
    *model = route_param(req->match, "model");
    return strcmp(*model, "card") == 0 || strcmp(*model, "dashboard") == 0 ||
           error_set(err, ERR_NOT_FOUND, "only a card or a dashboard is published");
}

/* ---------------------------------------------------------------------------------------- list */

/* What is known of all that is published. */
typedef struct Known
{
    Request *req;
    ShareList shares;
    VisitList visits;
} Known;

static const char *
first_day(Request *req)
{
    return visit_day(req->arena, settings_text(req->settings, req->arena, LIVE_report_timezone),
                     VISIT_SHOWN_DAYS - 1);
}

/* In whose frames it was shown, as long as visits are kept. */
static Json *
frames_of(Request *req, const Share *share)
{
    const char *zone = settings_text(req->settings, req->arena, LIVE_report_timezone);
    int days = (int) settings_int(req->settings, LIVE_visit_days);

    return framed_merge(req->arena, share == NULL ? NULL : share->framed_by, NULL, NULL,
                        visit_day(req->arena, zone, days - 1));
}

static bool
read_known(Request *req, Known *known, Error *err)
{
    known->req = req;
    visits_write(req->app->visits);
    return share_list(req->store, req->arena, &known->shares, err) &&
           visit_list(req->store, req->arena, NULL, 0, first_day(req), &known->visits, err);
}

static const Share *
find_share(const ShareList *shares, const char *model, int64_t id)
{
    for (size_t i = 0; i < shares->count; i++)
        if (shares->items[i].model_id == id && strcmp(shares->items[i].model, model) == 0)
            return &shares->items[i];
    return NULL;
}

typedef struct Published
{
    const char *model;
    int64_t id;
    const char *name;
    const char *uuid;
    bool is_embeddable;
} Published;

static void
write_published(JsonWriter *w, const Published *it, const Known *known)
{
    const Share *share = find_share(&known->shares, it->model, it->id);

    json_begin_object(w);
    json_put_text(w, "model", it->model);
    json_put_int(w, "id", it->id);
    json_put_text(w, "name", it->name);
    json_put_text(w, "public_uuid", it->uuid);
    json_put_bool(w, "enable_embedding", it->is_embeddable);
    json_put_text(w, "expires_at", share == NULL ? NULL : share->expires_at);
    json_put_bool(w, "has_password", share != NULL && share->password != NULL);
    bind_put_opt(w, "tab_id", share == NULL ? (OptInt){ 0 } : share->tab_id);
    json_put_tree(w, "small_cells", share == NULL ? NULL : share->small_cells);
    json_put_text(w, "last_seen_at", share == NULL ? NULL : share->last_seen_at);
    json_put_int(w, "visits", visit_sum(&known->visits, it->model, it->id));
    json_put_tree(w, "framed_by", frames_of(known->req, share));
    json_end_object(w);
}

static bool
write_cards(Request *req, JsonWriter *w, const CardFilter *filter, const Known *known, Error *err)
{
    CardList list;

    if (!card_list(req->store, req->arena, filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        const Card *card = &list.items[i];
        const Published it = { "card", card->id, card->name, card->public_uuid,
                               card->enable_embedding };

        /* What is both comes once, with the public ones. */
        if (filter->is_public || card->public_uuid == NULL)
            write_published(w, &it, known);
    }
    return true;
}

static bool
write_dashboards(Request *req, JsonWriter *w, const DashboardFilter *filter, const Known *known,
                 Error *err)
{
    DashboardList list;

    if (!dashboard_list(req->store, req->arena, filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        const Dashboard *dashboard = &list.items[i];
        const Published it = { "dashboard", dashboard->id, dashboard->name, dashboard->public_uuid,
                               dashboard->enable_embedding };

        if (filter->is_public || dashboard->public_uuid == NULL)
            write_published(w, &it, known);
    }
    return true;
}

static bool
list_published(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Known known;

    if (!read_known(req, &known, err))
        return false;
    json_begin_array(w);
    if (!write_dashboards(req, w, &(DashboardFilter){ .is_public = true }, &known, err) ||
        !write_dashboards(req, w, &(DashboardFilter){ .is_embeddable = true }, &known, err) ||
        !write_cards(req, w, &(CardFilter){ .is_public = true }, &known, err) ||
        !write_cards(req, w, &(CardFilter){ .is_embeddable = true }, &known, err))
        return false;
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* ------------------------------------------------------------------------------------- visits */

/* A day without a visit has no line in the table, and one here. */
static void
write_days(Request *req, JsonWriter *w, const VisitList *list)
{
    const char *zone = settings_text(req->settings, req->arena, LIVE_report_timezone);
    size_t next = 0;

    json_key(w, "days");
    json_begin_array(w);
    for (int ago = VISIT_SHOWN_DAYS - 1; ago >= 0; ago--)
    {
        const char *day = visit_day(req->arena, zone, ago);

        while (next < list->count && strcmp(list->items[next].day, day) < 0)
            next++;
        json_begin_object(w);
        json_put_text(w, "day", day);
        json_put_int(w, "visits",
                     next < list->count && strcmp(list->items[next].day, day) == 0
                         ? list->items[next].visits
                         : 0);
        json_end_object(w);
    }
    json_end_array(w);
}

static bool
get_visits(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *model;
    VisitList list;
    Share share;

    visits_write(req->app->visits);
    if (!read_model(req, &model, err) ||
        !share_find(req->store, req->arena, model, req->id, &share, err) ||
        !visit_list(req->store, req->arena, model, req->id, first_day(req), &list, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "visits", visit_sum(&list, model, req->id));
    json_put_bool(w, "is_counted", settings_int(req->settings, LIVE_visit_days) > 0);
    write_days(req, w, &list);
    json_put_tree(w, "framed_by", frames_of(req, &share));
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* ------------------------------------------------------------------------------------- change */

typedef struct ShareInput
{
    const char *expires_at;
    const char *password;
    const Json *small_cells;
    OptInt tab_id;
} ShareInput;

static const Field share_fields[] = {
    FIELD(ShareInput, expires_at, .nullable = true, .max = 40),
    FIELD(ShareInput, password, .nullable = true, .max = 200, .secret = true),
    FIELD(ShareInput, tab_id, .nullable = true, .min = 1, .max = INT64_MAX),
    FIELD(ShareInput, small_cells, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

typedef struct SmallInput
{
    int64_t below;
    const char *how;
    const Json *count_columns;
} SmallInput;

static const Field small_fields[] = {
    FIELD(SmallInput, below, .required = true, .min = 2, .max = 1000),
    FIELD(SmallInput, how, .choices = "withhold|merge"),
    FIELD(SmallInput, count_columns, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static bool
check_there(Request *req, const char *model, int64_t id, Error *err)
{
    Dashboard dashboard;
    Card card;

    return strcmp(model, "card") == 0 ? card_find(req->store, req->arena, id, &card, err)
                                      : dashboard_find(req->store, req->arena, id, &dashboard, err);
}

/* {"12": "n"}: of the SQL question 12, the column that says how many rows a group counts. */
static bool
read_count_columns(Request *req, const Json *sent, Json *columns, Error *err)
{
    enum
    {
        MOST_COLUMNS = 500,
        NAME_BYTES = 200
    };
    int64_t id;

    for (const Json *item = sent == NULL ? NULL : sent->first; item != NULL; item = item->next)
    {
        if (sent->count > MOST_COLUMNS || !str_to_int(str_of(item->key), 1, INT64_MAX, &id) ||
            item->kind != JSON_TEXT || item->len == 0 || item->len > NAME_BYTES)
            return error_field(
                err, "small_cells.count_columns",
                "value must be a map from the ids of questions to names of columns.");
        (void) json_put(req->arena, columns, item->key, json_share(req->arena, item));
    }
    return true;
}

/* Nothing is kept but what was understood. */
static bool
read_small_cells(Request *req, const Json *sent, const Json **small_cells, Error *err)
{
    Json *made = json_new(req->arena, JSON_OBJECT);
    Json *columns = json_new(req->arena, JSON_OBJECT);
    SmallInput input;

    *small_cells = NULL;
    if (sent == NULL || sent->kind == JSON_NULL)
        return true;
    if (!bind_read(req->arena, small_fields, sent, &input, err) ||
        !read_count_columns(req, input.count_columns, columns, err))
        return false;
    (void) json_put(req->arena, made, "below", json_new_int(req->arena, input.below));
    (void) json_put(req->arena, made, "how",
                    json_new_text(req->arena, input.how == NULL ? "withhold" : input.how));
    (void) json_put(req->arena, made, "count_columns", columns);
    *small_cells = made;
    return true;
}

/* Of this dashboard; null: all of them are shown. */
static bool
check_tab(Request *req, const char *model, OptInt tab, Error *err)
{
    TabList tabs = { 0 };

    if (!tab.set)
        return true;
    if (strcmp(model, "dashboard") == 0 && !tab_list(req->store, req->arena, req->id, &tabs, err))
        return false;
    for (size_t i = 0; i < tabs.count; i++)
        if (tabs.items[i].id == tab.value)
            return true;
    return error_field(err, "tab_id", "value must be a tab of the dashboard.");
}

/* Only what was sent changes; null takes it away. */
static bool
apply(Request *req, Share *share, Error *err)
{
    const ShareInput *input = req->input;
    Instant at;

    if (json_get(req->json, "expires_at") != NULL)
    {
        if (input->expires_at != NULL && !time_parse(str_of(input->expires_at), &at))
            return error_field(err, "expires_at", "value must be a date, or a date and a time.");
        share->expires_at = input->expires_at == NULL ? NULL : time_text(req->arena, at);
    }
    if (json_get(req->json, "small_cells") != NULL &&
        !read_small_cells(req, input->small_cells, &share->small_cells, err))
        return false;
    if (json_get(req->json, "tab_id") != NULL)
    {
        if (!check_tab(req, share->model, input->tab_id, err))
            return false;
        share->tab_id = input->tab_id;
    }
    if (json_get(req->json, "password") == NULL)
        return true;
    if (input->password != NULL && strlen(input->password) < 8)
        return error_field(err, "password", "value must have at least 8 characters.");
    share->password = input->password == NULL ? NULL : password_hash(req->arena, input->password);
    return true;
}

static bool
put_share(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *model;
    Share share;

    return read_model(req, &model, err) && check_there(req, model, req->id, err) &&
           share_find(req->store, req->arena, model, req->id, &share, err) &&
           (share.model_id = req->id, apply(req, &share, err)) &&
           store_begin(req->store, &tx, err) && share_put(tx, req->arena, &share, err) &&
           api_audit(req, tx, "share-change", model, req->id, NULL, err) &&
           store_commit(&tx, err) && answer_success(res);
}

// clang-format off
const Route published_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/vigie/share",            list_published, ADMIN, "Everything that is published, when it was last looked at, in whose frames"),
    ROUTE_ON(ADMIN, GET, "/api/vigie/share/:model/:id/visits", get_visits, ADMIN, "How often its page was handed out, on each of the last 30 days"),
    ROUTE_ON(ADMIN, PUT, "/api/vigie/share/:model/:id", put_share,      ADMIN, "Until when it is published, with which password, which tab of it, and how groups of few rows are shown", .body = share_fields),
    { 0 },
};
// clang-format on
