/* Is the server there? Answered before the app database is touched. */
#include "api/assets.h"
#include "api/tables.h"

/* Reached only when the app is ready: until then, and in general, assets_quick answers. */
static bool
get_health(Request *req, Response *res, Error *err)
{
    (void) err;
    health_answer(req->app, res);
    return true;
}

// clang-format off
const Route health_routes[] = {
    ROUTE_ON(PUBLIC, GET, "/api/health", get_health, NOTHING, "Whether the server answers; 503 until the app database is ready"),
    { 0 },
};
// clang-format on
