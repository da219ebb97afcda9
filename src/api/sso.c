/* Log-in with an OpenID Connect provider: there and back. */
#include "auth/sso.h"
#include "api/answer.h"
#include "api/session.h"
#include "api/tables.h"
#include "auth/audit.h"
#include "base/crypto.h"
#include "base/log.h"

#include <string.h>

#define TRIP_COOKIE "vigie.SSO"

enum
{
    TRIP_SECONDS = 600
};

static void
put_trip(const Request *req, Response *res, const char *value, int64_t max_age)
{
    HttpCookie cookie = {
        .name = TRIP_COOKIE,
        .value = value,
        .path = arena_format(req->arena, "%s/auth/sso", req->app->config->base_path),
        .max_age = max_age,
        .http_only = true,
        .secure = req->http->is_https,
        .same_site = SAME_SITE_LAX,
    };

    response_cookie(res, &cookie);
}

static const char *
redirect_uri(const Request *req)
{
    return arena_format(req->arena, "%s/auth/sso/callback", site_address(req));
}

static bool
require_on(const Request *req, Error *err)
{
    return sso_is_on(req->app->config) || error_set(err, ERR_NO_ROUTE, "no such address");
}

typedef struct StartQuery
{
    const char *redirect;
} StartQuery;

static const Field start_query[] = {
    FIELD(StartQuery, redirect, .max = 1000),
    { 0 },
};

static bool
get_start(Request *req, Response *res, Error *err)
{
    const StartQuery *query = req->query;
    const char *url;
    SsoTrip trip;

    if (!require_on(req, err) || !sso_start(req->app->config, req->arena, redirect_uri(req),
                                            query->redirect, &trip, &url, err))
        return false;
    put_trip(req, res, sso_pack(req->arena, &trip), TRIP_SECONDS);
    response_redirect(res, 302, url);
    return true;
}

typedef struct BackQuery
{
    const char *code;
    const char *state;
    const char *error;
} BackQuery;

static const Field back_query[] = {
    FIELD(BackQuery, code, .max = 4096),
    FIELD(BackQuery, state, .max = 254),
    FIELD(BackQuery, error, .max = 254),
    { 0 },
};

/* The browser must be the one that left. */
static bool
check_trip(Request *req, const BackQuery *query, SsoTrip *trip, Error *err)
{
    if (!sso_unpack(req->arena, request_cookie(req->http, TRIP_COOKIE), trip, err))
        return false;
    if (query->error != NULL || query->code == NULL || query->state == NULL ||
        !crypto_equal(str_of(query->state), str_of(trip->state)))
    {
        (void) error_set(err, ERR_UNAUTHENTICATED, "the log-in was not accepted");
        return error_hint(err, "Begin again on the log-in page.");
    }
    return true;
}

static bool
get_back(Request *req, Response *res, Error *err)
{
    const BackQuery *query = req->query;
    const Config *config = req->app->config;
    Device device = session_device(req, res);
    const char *token;
    const Json *claims;
    SsoTrip trip;
    User user;

    if (!require_on(req, err) || !check_trip(req, query, &trip, err) ||
        !sso_finish(config, req->arena, redirect_uri(req), query->code, &trip, &claims, err) ||
        !sso_account(req->store, config, req->arena, claims, &user, err) ||
        !login_without_password(req->store, req->arena, user.id, true, &device, &token, err))
    {
        log_warn("login.sso_refused", LOG_TEXT("address", req->http->client_address),
                 LOG_TEXT("message", err->message));
        return false;
    }
    req->who.user = user;
    if (!api_audit(req, req->store, "sso-login", "User", user.id, NULL, err))
        return false;
    put_trip(req, res, "", -1);
    session_cookies_put(req, res, token, true);
    response_redirect(res, 302, arena_format(req->arena, "%s%s", config->base_path, trip.back));
    return true;
}

// clang-format off
const Route sso_routes[] = {
    ROUTE_ON(API, GET, "/auth/sso",          get_start, NOTHING, "Log in with the provider of log-ins", .query = start_query),
    ROUTE_ON(API, GET, "/auth/sso/callback", get_back,  NOTHING, "Come back from it", .query = back_query),
    { 0 },
};
// clang-format on
