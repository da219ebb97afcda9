/* Public links of questions and dashboards: made and withdrawn by administrators, listed. What
 * strangers get is in share.c. */
#include "api/answer.h"
#include "api/content.h"
#include "api/tables.h"

static bool
require_sharing(const Request *req, Error *err)
{
    if (settings_bool(req->settings, LIVE_enable_public_sharing))
        return true;
    (void) error_set(err, ERR_INVALID, "Public sharing is not enabled.");
    return error_hint(err, "An administrator turns on the setting enable-public-sharing.");
}

static bool
answer_link(Request *req, Response *res, const char *uuid, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    json_put_text(w, "uuid", uuid);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
post_card_link(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *uuid = random_uuid(req->arena);
    Card card;

    if (!require_sharing(req, err) || !card_find(req->store, req->arena, req->id, &card, err))
        return false;
    if (card.archived)
        return error_set(err, ERR_NOT_FOUND, "this question is in the trash");
    if (card.public_uuid != NULL)
        return answer_link(req, res, card.public_uuid, err);
    return store_begin(req->store, &tx, err) &&
           card_publish(tx, req->arena, req->id, uuid, req->who.user.id, err) &&
           api_audit(req, tx, "card-public-link-created", "Card", req->id,
                     api_detail(req, "name", card.name), err) &&
           store_commit(&tx, err) && answer_link(req, res, uuid, err);
}

static bool
delete_card_link(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Card card;

    if (!card_find(req->store, req->arena, req->id, &card, err))
        return false;
    if (card.public_uuid == NULL)
        return error_set(err, ERR_NOT_FOUND, "this question has no public link");
    return store_begin(req->store, &tx, err) &&
           card_publish(tx, req->arena, req->id, NULL, 0, err) &&
           api_audit(req, tx, "card-public-link-deleted", "Card", req->id,
                     api_detail(req, "name", card.name), err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

static bool
post_dashboard_link(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *uuid = random_uuid(req->arena);
    Dashboard dashboard;

    if (!require_sharing(req, err) ||
        !dashboard_find(req->store, req->arena, req->id, &dashboard, err))
        return false;
    if (dashboard.archived)
        return error_set(err, ERR_NOT_FOUND, "this dashboard is in the trash");
    if (dashboard.public_uuid != NULL)
        return answer_link(req, res, dashboard.public_uuid, err);
    return store_begin(req->store, &tx, err) &&
           dashboard_publish(tx, req->arena, req->id, uuid, req->who.user.id, err) &&
           api_audit(req, tx, "dashboard-public-link-created", "Dashboard", req->id,
                     api_detail(req, "name", dashboard.name), err) &&
           store_commit(&tx, err) && answer_link(req, res, uuid, err);
}

static bool
delete_dashboard_link(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Dashboard dashboard;

    if (!dashboard_find(req->store, req->arena, req->id, &dashboard, err))
        return false;
    if (dashboard.public_uuid == NULL)
        return error_set(err, ERR_NOT_FOUND, "this dashboard has no public link");
    return store_begin(req->store, &tx, err) &&
           dashboard_publish(tx, req->arena, req->id, NULL, 0, err) &&
           api_audit(req, tx, "dashboard-public-link-deleted", "Dashboard", req->id,
                     api_detail(req, "name", dashboard.name), err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

/* ----------------------------------------------------------------------------------------- lists
 */

static void
write_entry(JsonWriter *w, int64_t id, const char *name, const char *uuid)
{
    json_begin_object(w);
    json_put_int(w, "id", id);
    json_put_text(w, "name", name);
    if (uuid != NULL)
        json_put_text(w, "public_uuid", uuid);
    json_end_object(w);
}

static bool
answer_cards(Request *req, Response *res, const CardFilter *filter, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    CardList list;

    if (!card_list(req->store, req->arena, filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_entry(w, list.items[i].id, list.items[i].name,
                    filter->is_public ? list.items[i].public_uuid : NULL);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
answer_dashboards(Request *req, Response *res, const DashboardFilter *filter, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DashboardList list;

    if (!dashboard_list(req->store, req->arena, filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_entry(w, list.items[i].id, list.items[i].name,
                    filter->is_public ? list.items[i].public_uuid : NULL);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
list_public_cards(Request *req, Response *res, Error *err)
{
    return answer_cards(req, res, &(CardFilter){ .archived = { true, false }, .is_public = true },
                        err);
}

static bool
list_embeddable_cards(Request *req, Response *res, Error *err)
{
    return answer_cards(req, res,
                        &(CardFilter){ .archived = { true, false }, .is_embeddable = true }, err);
}

static bool
list_public_dashboards(Request *req, Response *res, Error *err)
{
    return answer_dashboards(
        req, res, &(DashboardFilter){ .archived = { true, false }, .is_public = true }, err);
}

static bool
list_embeddable_dashboards(Request *req, Response *res, Error *err)
{
    return answer_dashboards(
        req, res, &(DashboardFilter){ .archived = { true, false }, .is_embeddable = true }, err);
}

// clang-format off
const Route publish_routes[] = {
    ROUTE_ON(API, GET,    "/api/card/public",               list_public_cards,          ADMIN, "Questions with a public link"),
    ROUTE_ON(API, GET,    "/api/card/embeddable",           list_embeddable_cards,      ADMIN, "Questions that may be framed"),
    ROUTE_ON(API, POST,   "/api/card/:id/public_link",      post_card_link,             ADMIN, "Publish a question", .entity = card_by_entity),
    ROUTE_ON(API, DELETE, "/api/card/:id/public_link",      delete_card_link,           ADMIN, "Withdraw a public link", .entity = card_by_entity),
    ROUTE_ON(API, GET,    "/api/dashboard/public",          list_public_dashboards,     ADMIN, "Dashboards with a public link"),
    ROUTE_ON(API, GET,    "/api/dashboard/embeddable",      list_embeddable_dashboards, ADMIN, "Dashboards that may be framed"),
    ROUTE_ON(API, POST,   "/api/dashboard/:id/public_link", post_dashboard_link,        ADMIN, "Publish a dashboard", .entity = dashboard_by_entity),
    ROUTE_ON(API, DELETE, "/api/dashboard/:id/public_link", delete_dashboard_link,      ADMIN, "Withdraw a public link", .entity = dashboard_by_entity),
    { 0 },
};
// clang-format on
