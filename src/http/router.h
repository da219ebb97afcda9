/*
 * Method and path to a row of a route table. Patterns: "/api/card/:id/query", ":name" stands for
 * one segment, a last "*name" for the rest of the path (maybe empty). A literal beats a parameter,
 * a parameter beats the rest; a slash at the end makes no difference; HEAD is answered by GET.
 * The time to match depends on the path, not on the number of routes.
 */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/error.h"
#include "http/parser.h"

#define ROUTER_PARAMS_MAX   8
#define ROUTER_SEGMENTS_MAX 32

typedef struct Router Router;

/* Lives in the arena. Read-only once it is filled: any number of threads may match. */
Router *router_new(Arena *arena);
/* ERR_CONFIG for a pattern that is malformed, too long or there already. */
bool router_add(Router *router, HttpMethod method, const char *pattern, const void *row,
                Error *err);

typedef enum RouteResult
{
    ROUTE_FOUND,
    ROUTE_NOT_FOUND,
    ROUTE_WRONG_METHOD /* `allow` says which there are */
} RouteResult;

typedef struct RouteMatch
{
    const void *row;
    const char *pattern;
    TextPair params[ROUTER_PARAMS_MAX]; /* key without ':' or '*'; value decoded once */
    size_t param_count;
    unsigned allow;         /* bits 1 << HttpMethod */
    const char *allow_text; /* "GET, HEAD, PUT", for the Allow header, when the method is wrong */
} RouteMatch;

/* `raw_path` is HttpRequest.raw_path. Decoded parameters live in the arena. */
RouteResult router_match(const Router *router, Arena *arena, HttpMethod method,
                         const char *raw_path, RouteMatch *match);
/* NULL when the pattern has no such parameter. */
const char *route_param(const RouteMatch *match, const char *name);

#endif
