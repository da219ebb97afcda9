/*
 * A tree of path segments. Each node knows its literal children by name, one child for a parameter
 * and one for the rest of the path; a pattern ends at a node with one row per method. Parameters of
 * different routes at one place share a node: their names belong to the pattern, not to the node.
 */
#include "http/router.h"

#include "base/map.h"
#include "http/url.h"

#include <string.h>

typedef struct RouteEnd
{
    const void *row;
    const char *pattern;
    const char *names[ROUTER_PARAMS_MAX];
    size_t name_count;
} RouteEnd;

typedef struct RouteNode RouteNode;
struct RouteNode
{
    Map *literals;
    RouteNode *param;
    RouteNode *rest;
    RouteEnd *ends[METHOD_COUNT];
};

struct Router
{
    Arena *arena;
    RouteNode *root;
};

/* One search: the segments of the path, and the values met on the way down. */
typedef struct Search
{
    const char *segments[ROUTER_SEGMENTS_MAX];
    const char *rests[ROUTER_SEGMENTS_MAX + 1]; /* escaped path from that segment on */
    size_t count;
    HttpMethod method;
    Arena *arena;
    const char *values[ROUTER_PARAMS_MAX];
    RouteMatch *match;
} Search;

Router *
router_new(Arena *arena)
{
    Router *router = ARENA_NEW(arena, Router);

    router->arena = arena;
    router->root = ARENA_NEW(arena, RouteNode);
    return router;
}

static bool
bad_pattern(const char *pattern, const char *why, Error *err)
{
    return error_set(err, ERR_CONFIG, "route %s: %s", pattern, why);
}

static RouteNode *
literal_child(Router *router, RouteNode *node, const char *name)
{
    RouteNode *child;

    if (node->literals == NULL)
        node->literals = map_new(router->arena);
    child = map_get(node->literals, name);
    if (child == NULL)
    {
        child = ARENA_NEW(router->arena, RouteNode);
        map_put(node->literals, name, child);
    }
    return child;
}

/* The node for one segment of a pattern; parameter names are noted in `end`. */
static RouteNode *
child_for(Router *router, RouteNode *node, Str segment, RouteEnd *end)
{
    RouteNode **place;

    if (segment.ptr[0] != ':' && segment.ptr[0] != '*')
        return literal_child(router, node, str_copy(router->arena, segment));
    if (segment.len == 1 || end->name_count == ROUTER_PARAMS_MAX)
        return NULL;
    place = segment.ptr[0] == ':' ? &node->param : &node->rest;
    if (*place == NULL)
        *place = ARENA_NEW(router->arena, RouteNode);
    end->names[end->name_count++] =
        str_copy(router->arena, (Str){ segment.ptr + 1, segment.len - 1 });
    return *place;
}

bool
router_add(Router *router, HttpMethod method, const char *pattern, const void *row, Error *err)
{
    RouteEnd *end = ARENA_NEW(router->arena, RouteEnd);
    RouteNode *node = router->root;
    Str rest = str_of(pattern);
    size_t depth = 0;
    bool last = false;
    Str segment;

    end->row = row;
    end->pattern = arena_text(router->arena, pattern);
    if (pattern[0] != '/' || method == METHOD_NONE || method >= METHOD_COUNT)
        return bad_pattern(pattern, "needs a method and a slash at the start", err);
    while (str_split(&rest, '/', &segment))
    {
        if (segment.len == 0)
            continue;
        if (last)
            return bad_pattern(pattern, "nothing may follow the rest of the path", err);
        if (++depth > ROUTER_SEGMENTS_MAX)
            return bad_pattern(pattern, "is too long", err);
        last = segment.ptr[0] == '*';
        node = child_for(router, node, segment, end);
        if (node == NULL)
            return bad_pattern(pattern, "has a parameter without a name, or too many", err);
    }
    if (node->ends[method] != NULL)
        return bad_pattern(pattern, "is there already", err);
    node->ends[method] = end;
    return true;
}

/* --- Matching ------------------------------------------------------------------------------- */

static bool
split_path(Search *search, const char *raw_path)
{
    const char *at = raw_path;

    for (;;)
    {
        size_t len;

        while (*at == '/')
            at++;
        search->rests[search->count] = at;
        if (*at == '\0')
            return true;
        if (search->count == ROUTER_SEGMENTS_MAX)
            return false;
        len = strcspn(at, "/");
        if (!url_decode(search->arena, (Str){ at, len }, false, &search->segments[search->count]))
            return false;
        search->count++;
        at += len;
    }
}

/* HEAD is answered by GET unless it has a row of its own. */
static const RouteEnd *
end_for(const RouteNode *node, HttpMethod method)
{
    if (node->ends[method] == NULL && method == HEAD)
        return node->ends[GET];
    return node->ends[method];
}

static bool
take_end(Search *search, const RouteNode *node)
{
    const RouteEnd *end = end_for(node, search->method);
    RouteMatch *match = search->match;

    for (int method = GET; method < METHOD_COUNT; method++)
        if (end_for(node, (HttpMethod) method) != NULL)
            match->allow |= 1U << method;
    if (end == NULL)
        return false;
    match->row = end->row;
    match->pattern = end->pattern;
    match->param_count = end->name_count;
    for (size_t i = 0; i < end->name_count; i++)
        match->params[i] = (TextPair){ .key = end->names[i], .value = search->values[i] };
    return true;
}

/* An escaped slash cannot be told from a real one in the rest of a path: it does not match. */
static bool
take_rest(Search *search, const RouteNode *node, size_t at, size_t values)
{
    const char *rest = search->rests[at];

    if (node->rest == NULL || strstr(rest, "%2f") != NULL || strstr(rest, "%2F") != NULL)
        return false;
    if (!url_decode(search->arena, str_of(rest), false, &search->values[values]))
        return false;
    return take_end(search, node->rest);
}

/*
 * Goes down the literal first and comes back when it leads nowhere, so the work is bounded by the
 * part of the tree that looks like the path. A method that is missing sends it back too:
 * PUT /card/public is PUT /card/:id when only GET knows /card/public.
 */
static bool
find(Search *search, const RouteNode *node, size_t at, size_t values)
{
    const RouteNode *literal;

    if (at == search->count)
        return take_end(search, node) || take_rest(search, node, at, values);
    literal = node->literals == NULL ? NULL : map_get(node->literals, search->segments[at]);
    if (literal != NULL && find(search, literal, at + 1, values))
        return true;
    if (node->param != NULL)
    {
        search->values[values] = search->segments[at];
        if (find(search, node->param, at + 1, values + 1))
            return true;
    }
    return take_rest(search, node, at, values);
}

static const char *
allow_text(Arena *arena, unsigned allow)
{
    Buf text = buf_new(arena, 100);

    for (int method = GET; method < METHOD_COUNT; method++)
        if ((allow & (1U << method)) != 0)
        {
            buf_text(&text, text.len == 0 ? "" : ", ");
            buf_text(&text, method_name((HttpMethod) method));
        }
    return buf_cstr(&text);
}

RouteResult
router_match(const Router *router, Arena *arena, HttpMethod method, const char *raw_path,
             RouteMatch *match)
{
    Search search = { .method = method, .arena = arena, .match = match };

    *match = (RouteMatch){ .allow_text = "" };
    if (raw_path[0] != '/' || !split_path(&search, raw_path))
        return ROUTE_NOT_FOUND;
    if (find(&search, router->root, 0, 0))
        return ROUTE_FOUND;
    if (match->allow == 0)
        return ROUTE_NOT_FOUND;
    match->allow_text = allow_text(arena, match->allow);
    return ROUTE_WRONG_METHOD;
}

const char *
route_param(const RouteMatch *match, const char *name)
{
    for (size_t i = 0; i < match->param_count; i++)
        if (strcmp(match->params[i].key, name) == 0)
            return match->params[i].value;
    return NULL;
}
