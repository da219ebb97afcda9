/*
 * From a request to its handler: route, plane, identity, rights, body and query by their tables;
 * and from an Error to its answer. Handlers are in the files of their nouns.
 */
#include "api/api.h"

#include "api/answer.h"
#include "api/assets.h"
#include "api/metrics.h"
#include "api/pages.h"
#include "api/tables.h"
#include "api/visits.h"
#include "auth/audit.h"
#include "auth/sso.h"
#include "base/heap.h"
#include "base/log.h"
#include "run/run.h"

#include <string.h>

enum
{
    ENTITY_ID_LENGTH = 21
};

static const struct
{
    const char *name;
    Plane plane;
} planes[] = { { "public", PLANE_PUBLIC }, { "api", PLANE_API }, { "admin", PLANE_ADMIN } };

const char *
plane_name(Plane plane)
{
    for (size_t i = 0; i < COUNT_OF(planes); i++)
        if (planes[i].plane == plane)
            return planes[i].name;
    return "none";
}

const char *
need_name(Need need)
{
    static const char *const names[] = { "nothing", "user", "admin" };

    return names[need];
}

bool
planes_parse(const char *text, unsigned *bits, Error *err)
{
    Str rest = str_of(text), word;

    *bits = 0;
    while (str_split(&rest, strchr(text, '+') != NULL ? '+' : ',', &word))
    {
        unsigned found = 0;

        for (size_t i = 0; i < COUNT_OF(planes); i++)
            if (str_is(str_trim(word), planes[i].name))
                found = planes[i].plane;
        if (found == 0)
        {
            (void) error_set(err, ERR_CONFIG, "there is no plane %.*s", (int) word.len, word.ptr);
            return error_hint(err, "The planes are public, api and admin.");
        }
        *bits |= found;
    }
    return true;
}

bool
api_audit(Request *req, Store *store, const char *action, const char *model, int64_t model_id,
          const Json *details, Error *err)
{
    Act act = { action, model, model_id, details };

    return audit_note(store, req->arena, &req->who, req->http->client_address, &act, err);
}

Json *
api_detail(Request *req, const char *key, const char *text)
{
    Json *details = json_new(req->arena, JSON_OBJECT);

    (void) json_put(req->arena, details, key, json_new_text(req->arena, text));
    return details;
}

/* ---------------------------------------------------------------------------- one request */

static bool
is_card_table(const char *text, int64_t *id)
{
    return strncmp(text, "card__", 6) == 0 && str_to_int(str_of(text + 6), 1, INT64_MAX, id);
}

/* ":id" is a whole number from 1, or an entity id; anything else is nothing that exists. */
static bool
read_id(Request *req, const Route *route, Error *err)
{
    const char *text = route_param(req->match, "id");

    if (text == NULL || str_to_int(str_of(text), 1, INT64_MAX, &req->id))
        return true;
    if (route->entity != NULL && strlen(text) == ENTITY_ID_LENGTH)
        return route->entity(req, text, &req->id, err);
    if (route->saved != NULL && (strcmp(text, "-1337") == 0 || is_card_table(text, &req->id)))
    {
        req->is_saved = true;
        return true;
    }
    return error_set(err, ERR_NOT_FOUND, "there is no %s", text);
}

static bool
read_body(Request *req, const Route *route, Error *err)
{
    Json *tree = NULL;
    void *input;

    if (route->body == NULL)
        return true;
    if (!request_json(req->http, NULL, &tree, err))
        return false;
    input = arena_alloc(req->arena, bind_size(route->body) + 1);
    req->json = tree;
    req->input = input;
    return bind_read(req->arena, route->body, tree, input, err);
}

static bool
read_query(Request *req, const Route *route, Error *err)
{
    void *query;

    if (route->query == NULL)
        return true;
    query = arena_alloc(req->arena, bind_size(route->query) + 1);
    req->query = query;
    return bind_read_pairs(req->arena, route->query, req->http->query, req->http->query_count,
                           query, err);
}

static bool
require_ready(Request *req, Error *err)
{
    req->store = req->app->store;
    req->settings = req->app->settings;
    if (req->store != NULL && req->settings != NULL)
        return true;
    (void) error_set(err, ERR_UNAVAILABLE, "the server is starting");
    err->retry_seconds = 1;
    return error_hint(err, "Try again in a second.");
}

/* On the public plane nobody is anybody: sessions are not even looked at. */
static bool
identify(Request *req, const Route *route, Error *err)
{
    return route->plane == PLANE_PUBLIC ||
           access_identify(req->store, req->app->config, req->arena, req->http,
                           route->need != NEED_NOTHING, &req->who, err);
}

static bool
run_route(Request *req, const Route *route, Response *res, Error *err)
{
    return require_ready(req, err) && identify(req, route, err) &&
           access_need(&req->who, route->need, err) &&
           access_same_site(req->http, &req->who, err) && read_id(req, route, err) &&
           read_query(req, route, err) && read_body(req, route, err) &&
           (req->is_saved ? route->saved : route->run)(req, res, err);
}

/* Answers that depend on who asks are never kept by anybody. */
static void
put_headers(const HttpRequest *req, Response *res)
{
    (void) response_header(res, "X-Content-Type-Options", "nosniff");
    (void) response_header(res, "Referrer-Policy", "no-referrer");
    (void) response_header(res, "Cross-Origin-Opener-Policy", "same-origin");
    /* Published pages say themselves who may frame them. */
    if (strncmp(req->path, "/public/", 8) != 0 && strncmp(req->path, "/embed/", 7) != 0 &&
        strncmp(req->path, "/preview_embed/", 15) != 0)
        (void) response_header(res, "X-Frame-Options", "DENY");
    if (!response_has_header(res, "Content-Security-Policy"))
        (void) response_header(res, "Content-Security-Policy",
                               "default-src 'none'; frame-ancestors 'none'");
    if (!response_has_header(res, "Cache-Control"))
        (void) response_header(res, "Cache-Control",
                               "max-age=0, no-cache, must-revalidate, proxy-revalidate");
    if (req->is_https)
        (void) response_header(res, "Strict-Transport-Security", "max-age=31536000");
}

static void
fail(HttpRequest *http, Response *res, const Error *err)
{
    (void) response_restart(res);
    if (strncmp(http->path, "/api/", 5) != 0 && request_wants_html(http))
        assets_error_page(http, res, err);
    else
        answer_error(http->arena, res, err);
    put_headers(http, res);
}

/* Served elsewhere, or a way in that this site does not have. */
static bool
route_is_absent(const App *app, const HttpRequest *http, const Route *route)
{
    return (route->plane & http->plane_mask) == 0 || (route->password && sso_is_only(app->config));
}

static const Route *
find_route(App *app, HttpRequest *http, RouteMatch *match, Response *res, Error *err)
{
    RouteResult result =
        router_match(app->router, http->arena, http->method, http->raw_path, match);
    const Route *route = match->row;

    if (result == ROUTE_WRONG_METHOD && strncmp(http->path, "/api/", 5) != 0)
    {
        (void) response_header(res, "Allow", match->allow_text);
        (void) error_set(err, ERR_METHOD, "this address does not take %s",
                         method_name(http->method));
        (void) error_hint(err, "It takes %s.", match->allow_text);
        return NULL;
    }
    if (result != ROUTE_FOUND || route_is_absent(app, http, route))
    {
        (void) error_set(err, ERR_NO_ROUTE, "no such address");
        return NULL;
    }
    return route;
}

static void
handle(void *arg, HttpRequest *http, Response *res)
{
    App *app = arg;
    RouteMatch *match = ARENA_NEW(http->arena, RouteMatch);
    Request req = { .http = http, .arena = http->arena, .app = app, .match = match };
    Error err = { 0 };
    const Route *route = find_route(app, http, match, res, &err);

    http->context = (void *) route;
    if (route == NULL || !run_route(&req, route, res, &err))
    {
        answer_tell_hint(&req, &err);
        fail(http, res, &err);
        return;
    }
    /* What strangers are shown may have changed. */
    if (http->method != GET && http->method != HEAD && !route->reads &&
        route->plane != PLANE_PUBLIC)
        pages_forget(app->pages);
    if (!response_has_left(res))
        put_headers(http, res);
}

/* On the loop: what needs neither database nor person. */
static bool
quick(void *arg, HttpRequest *http, Response *res)
{
    App *app = arg;
    VisitOf visit = { 0 };

    if (http->method != GET && http->method != HEAD)
        return false;
    if (!assets_quick(app, http, res) &&
        !((http->plane_mask & PLANE_PUBLIC) != 0 && pages_quick(app->pages, http, res, &visit)))
        return false;
    visits_count(app->visits, visit, http);
    put_headers(http, res);
    return true;
}

/* The pattern instead of the path where the path holds a secret. */
static const char *
shown_path(const HttpRequest *http)
{
    const Route *route = http->context;

    if (route != NULL && strstr(route->path, ":token") != NULL)
        return route->path;
    return strncmp(http->path, "/auth/reset_password/", 21) == 0 ? "/auth/reset_password/:token"
                                                                 : http->path;
}

static void
observe(void *arg, const HttpOutcome *outcome)
{
    App *app = arg;
    const HttpRequest *http = outcome->req;
    bool routine;

    metrics_note(app->metrics, outcome->status, outcome->micros);
    if (http == NULL)
    {
        log_debug("request.refused", LOG_INT("status", outcome->status));
        return;
    }
    routine =
        outcome->status < 400 && (http->context == NULL || strcmp(http->path, "/api/health") == 0);
    log_write(routine ? LOG_LEVEL_DEBUG : LOG_LEVEL_INFO, "request",
              LOG_FIELDS(LOG_TEXT("method", method_name(http->method)),
                         LOG_TEXT("path", shown_path(http)), LOG_INT("status", outcome->status),
                         LOG_INT("bytes", (int64_t) outcome->bytes),
                         LOG_DOUBLE("ms", (double) outcome->micros / 1000.0),
                         LOG_TEXT("address", http->client_address)));
}

HttpApp
app_http(App *app)
{
    return (HttpApp){ .app = app, .quick = quick, .handle = handle, .observe = observe };
}

/* ------------------------------------------------------------------------------------- the app */

static bool
add_routes(App *app, Error *err)
{
    for (const Route *const *table = api_tables; *table != NULL; table++)
        for (const Route *route = *table; route->path != NULL; route++)
            if (!router_add(app->router, route->method, route->path, route, err))
                return false;
    return true;
}

bool
app_open(const Config *config, char *const *environment, WorkerPool *pool, App **app, Error *err)
{
    App *opened = heap_new(1, sizeof(*opened));

    opened->config = config;
    opened->environment = environment;
    opened->pool = pool;
    opened->arena = arena_new();
    opened->router = router_new(opened->arena);
    opened->metrics = metrics_new();
    opened->throttle = throttle_new();
    opened->started_us = time_monotonic();
    opened->pages = pages_new((size_t) config->cache_bytes / 2);
    opened->visits = visits_new();
    opened->runner =
        runner_new(&(RunnerOptions){ .data_folder = config->data,
                                     .cache_bytes = (size_t) config->cache_bytes,
                                     .answer_bytes = (size_t) config->answer_bytes,
                                     .connections = (unsigned) config->query_connections,
                                     .query_seconds = config->query_seconds });
    if (!add_routes(opened, err) || !assets_open(opened, err))
    {
        app_close(&opened);
        return false;
    }
    *app = opened;
    return true;
}

void
app_ready(App *app, Store *store, Settings *settings)
{
    /* What is left to write goes before the store does. */
    if (store == NULL)
    {
        runner_free(&app->runner);
        visits_free(&app->visits);
    }
    else
        visits_ready(app->visits, store, settings);
    app->settings = settings;
    app->store = store;
}

void
app_close(App **app)
{
    if (*app == NULL)
        return;
    runner_free(&(*app)->runner);
    visits_free(&(*app)->visits);
    pages_free(&(*app)->pages);
    metrics_free(&(*app)->metrics);
    throttle_free(&(*app)->throttle);
    arena_free(&(*app)->arena);
    heap_free(*app);
    *app = NULL;
}
