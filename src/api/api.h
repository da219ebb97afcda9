/*
 * The doors of the server: routes as tables, what each needs, on which plane it is served. A
 * handler gets a request whose body and query are decoded, bounded and allowed; it fills the
 * answer, or an Error that is turned into one here.
 */
#ifndef API_API_H
#define API_API_H

#include "auth/access.h"
#include "auth/throttle.h"
#include "base/bind.h"
#include "config/config.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "http/server.h"
#include "store/settings.h"
#include "store/store.h"

/* Which Metabase these answers are compatible with. */
#define API_VERSION_TAG "v0.58.0"

typedef enum Plane
{
    PLANE_PUBLIC = 1, /* strangers: published pages, frames, health, assets */
    PLANE_API = 2,    /* people and programs that log in */
    PLANE_ADMIN = 4   /* settings, people, databases, metrics */
} Plane;

enum
{
    PLANE_ALL = PLANE_PUBLIC | PLANE_API | PLANE_ADMIN
};

typedef struct App App;
typedef struct Metrics Metrics;

typedef struct Request
{
    HttpRequest *http;
    Arena *arena;
    App *app;
    Store *store;
    Settings *settings;
    Identity who;
    DataSight *sight; /* what they may see of data; read when it is asked for */
    const RouteMatch *match;
    int64_t id;        /* of ":id" in the path */
    bool is_saved;     /* it was "card__7", or the virtual database of saved questions */
    const Json *json;  /* the body; NULL when empty */
    const void *input; /* the body, decoded by Route.body */
    const void *query; /* the query string, decoded by Route.query */
} Request;

typedef bool Handler(Request *req, Response *res, Error *err);
/* The id of what has this entity id; ERR_NOT_FOUND. */
typedef bool EntityLookup(Request *req, const char *entity_id, int64_t *id, Error *err);

typedef struct Route
{
    Plane plane;
    HttpMethod method;
    const char *path;
    Handler *run;
    Need need;
    const char *help;
    bool reads;           /* a POST that changes nothing */
    const Field *body;    /* what the body may hold; NULL: it is not read */
    const Field *query;   /* what the query string may hold; NULL: it is not read */
    EntityLookup *entity; /* ":id" may be an entity id; NULL: it may not */
    Handler *saved;       /* runs instead when ":id" is card__7 or -1337; NULL: that is nothing */
    bool password;        /* is not there when a provider of log-ins is the only way in */
} Route;

/* The only ways to write a row: a route that belongs to no plane does not compile. */
#define ROUTE_ON(on, verb, pattern, handler, needs, words, ...)                                    \
    {                                                                                              \
        .plane = PLANE_##on, .method = verb, .path = pattern, .run = handler,                      \
        .need = NEED_##needs, .help = words __VA_OPT__(, ) __VA_ARGS__                             \
    }

struct App
{
    const Config *config;
    char *const *environment;
    Arena *arena; /* of the app itself */
    Router *router;
    Metrics *metrics;
    Throttle *throttle;
    WorkerPool *pool;
    HttpServer *server;
    int64_t started_us; /* monotonic */
    struct Assets *assets;
    struct Runner *runner;               /* of questions */
    struct Pages *pages;                 /* answers to strangers that are kept */
    struct Visits *visits;               /* how often strangers looked at what */
    struct Scheduler *_Atomic scheduler; /* of periodic work; NULL until it runs */
    _Atomic bool has_user;               /* there is somebody: the set-up is over */
    Store *_Atomic store;                /* NULL until the app database is ready */
    Settings *_Atomic settings;
};

/* Builds the router; the app database may come later. */
bool app_open(const Config *config, char *const *environment, WorkerPool *pool, App **app,
              Error *err);
/* From here on requests that need the app database are answered. */
void app_ready(App *app, Store *store, Settings *settings);
void app_close(App **app);
/* The functions that the server calls. */
HttpApp app_http(App *app);

/* "public,api" to bits. */
bool planes_parse(const char *text, unsigned *planes, Error *err);
const char *plane_name(Plane plane);
const char *need_name(Need need);

/* All tables, ended by NULL; each table is ended by a zero path. */
extern const Route *const api_tables[];

/* {key: text}: what an act was about, as people know it. */
Json *api_detail(Request *req, const char *key, const char *text);
/* An act of the person who asks. */
bool api_audit(Request *req, Store *store, const char *action, const char *model, int64_t model_id,
               const Json *details, Error *err);

#endif
