/* Kinds of things that other servers of this interface keep and this one does not: their lists are
 * empty, so that programs that walk through everything go on. Making one is no route. */
#include "api/answer.h"
#include "api/tables.h"

static bool
list_none(Request *req, Response *res, Error *err)
{
    (void) req;
    (void) err;
    response_json(res, STR("[]"));
    return true;
}

/* Where the list is a member. */
static bool
items_none(Request *req, Response *res, Error *err)
{
    (void) req;
    (void) err;
    response_json(res, STR("{\"items\":[]}"));
    return true;
}

static bool
page_none(Request *req, Response *res, Error *err)
{
    (void) req;
    (void) err;
    response_json(res, STR("{\"data\":[],\"total\":0,\"limit\":null,\"offset\":null}"));
    return true;
}

// clang-format off
const Route absent_routes[] = {
    ROUTE_ON(API,   GET, "/api/action",       list_none,  USER,  "Actions: there are none here"),
    ROUTE_ON(API,   GET, "/api/activity",     list_none,  USER,  "The stream of activity as it was before 2023: there is none here; see /api/activity/recents and /api/activity/audit"),
    ROUTE_ON(API,   GET, "/api/alert",        list_none,  USER,  "Alerts: there are none here"),
    ROUTE_ON(ADMIN, GET, "/api/async/running-jobs", list_none, ADMIN, "Tasks as they were before 2019: there are none here; see /api/vigie/job"),
    ROUTE_ON(ADMIN, GET, "/api/channel",      list_none,  ADMIN, "Channels of notifications: there are none here"),
    ROUTE_ON(API,   GET, "/api/document",     items_none, USER,  "Documents: there are none here"),
    ROUTE_ON(API,   GET, "/api/metric",       list_none,  USER,  "Metrics as they were before 2024: there are none here; those of today are cards"),
    ROUTE_ON(API,   GET, "/api/notification", list_none,  USER,  "Notifications: there are none here"),
    ROUTE_ON(ADMIN, GET, "/api/persist",      page_none,  ADMIN, "Models kept as tables: there are none here"),
    ROUTE_ON(API,   GET, "/api/pulse",        list_none,  USER,  "Subscriptions: there are none here"),
    ROUTE_ON(ADMIN, GET, "/api/setup/admin_checklist", list_none, ADMIN, "Steps that an administrator is reminded of: there are none here"),
    { 0 },
};
// clang-format on
