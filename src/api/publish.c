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

/* What can have a public link: its name, the link it has, and how that is kept. */
typedef struct Publishable
{
    int64_t id;
    const char *name;
    const char *uuid;
    bool archived;
} Publishable;

typedef struct PublishKind
{
    const char *model, *words, *made, *withdrawn; /* actions of the audit log */
    bool (*find)(Request *req, Publishable *it, Error *err);
    bool (*publish)(Store *store, Arena *arena, int64_t id, const char *uuid, int64_t user_id,
                    Error *err);
} PublishKind;

static bool
find_card(Request *req, Publishable *it, Error *err)
{
    Card card;

    if (!card_find(req->store, req->arena, req->id, &card, err))
        return false;
    *it = (Publishable){ card.id, card.name, card.public_uuid, card.archived };
    return true;
}

static bool
find_dashboard(Request *req, Publishable *it, Error *err)
{
    Dashboard dashboard;

    if (!dashboard_find(req->store, req->arena, req->id, &dashboard, err))
        return false;
    *it = (Publishable){ dashboard.id, dashboard.name, dashboard.public_uuid, dashboard.archived };
    return true;
}

static const PublishKind cards = {
    "Card",    "question",  "card-public-link-created", "card-public-link-deleted",
    find_card, card_publish
};
static const PublishKind dashboards = { "Dashboard",
                                        "dashboard",
                                        "dashboard-public-link-created",
                                        "dashboard-public-link-deleted",
                                        find_dashboard,
                                        dashboard_publish };

/* uuid NULL withdraws the link. */
static bool
set_link(Request *req, const PublishKind *kind, const Publishable *it, const char *uuid, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return store_begin(req->store, &tx, err) &&
           kind->publish(tx, req->arena, it->id, uuid, uuid == NULL ? 0 : req->who.user.id, err) &&
           api_audit(req, tx, uuid == NULL ? kind->withdrawn : kind->made, kind->model, it->id,
                     api_detail(req, "name", it->name), err) &&
           store_commit(&tx, err);
}

static bool
make_link(Request *req, Response *res, const PublishKind *kind, Error *err)
{
    const char *uuid = random_uuid(req->arena);
    Publishable it;

    if (!require_sharing(req, err) || !kind->find(req, &it, err))
        return false;
    if (it.archived)
        return error_set(err, ERR_NOT_FOUND, "this %s is in the trash", kind->words);
    if (it.uuid != NULL)
        return answer_link(req, res, it.uuid, err);
    return set_link(req, kind, &it, uuid, err) && answer_link(req, res, uuid, err);
}

static bool
withdraw_link(Request *req, Response *res, const PublishKind *kind, Error *err)
{
    Publishable it;

    if (!kind->find(req, &it, err))
        return false;
    if (it.uuid == NULL)
        return error_set(err, ERR_NOT_FOUND, "this %s has no public link", kind->words);
    return set_link(req, kind, &it, NULL, err) && answer_nothing(res);
}

static bool
post_card_link(Request *req, Response *res, Error *err)
{
    return make_link(req, res, &cards, err);
}

static bool
delete_card_link(Request *req, Response *res, Error *err)
{
    return withdraw_link(req, res, &cards, err);
}

static bool
post_dashboard_link(Request *req, Response *res, Error *err)
{
    return make_link(req, res, &dashboards, err);
}

static bool
delete_dashboard_link(Request *req, Response *res, Error *err)
{
    return withdraw_link(req, res, &dashboards, err);
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
