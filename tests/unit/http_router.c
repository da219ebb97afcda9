#include "test.h"

#include "http/router.h"

#include <string.h>

static const char *const get_routes[] = {
    "/",
    "/api/card",
    "/api/card/:id",
    "/api/card/:id/query",
    "/api/card/public",
    "/api/card/:card_id/params/:key/values",
    "/api/database/:id/schema/:schema",
    "/app/*path",
    "/api/:noun/:id/other",
};

static Router *
make_router(Arena *arena)
{
    Router *router = router_new(arena);
    Error err;

    for (size_t i = 0; i < COUNT_OF(get_routes); i++)
        CHECK_OK(router_add(router, GET, get_routes[i], get_routes[i], &err), &err);
    CHECK_OK(router_add(router, PUT, "/api/card/:id", "put", &err), &err);
    CHECK_OK(router_add(router, DELETE, "/api/card/:id", "delete", &err), &err);
    CHECK_OK(router_add(router, POST, "/api/card/:id/query", "post", &err), &err);
    return router;
}

TEST(router_finds_the_row_of_a_path)
{
    static const struct
    {
        const char *path;
        const char *row; /* NULL: not found */
    } rows[] = {
        { "/", "/" },
        { "/api/card", "/api/card" },
        { "/api/card/", "/api/card" },
        { "/api/card/12", "/api/card/:id" },
        { "/api/card/12/", "/api/card/:id" },
        { "/api/card/public", "/api/card/public" },
        { "/api/card/public/query", "/api/card/:id/query" },
        { "/api/card/publi%63", "/api/card/public" },
        { "/api/card/12/params/a%2Fb/values", "/api/card/:card_id/params/:key/values" },
        { "/api/card/12/other", "/api/:noun/:id/other" },
        { "/app", "/app/*path" },
        { "/app/", "/app/*path" },
        { "/app/a/b.js", "/app/*path" },
        { "/app/a%2fb.js", NULL },
        { "/api", NULL },
        { "/api/card/12/query/more", NULL },
        { "/API/card", NULL },
        { "/api%2Fcard", NULL },
        { "/1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7/8/9/1/2/3/4/5/6/7/8/9", NULL },
        { "*", NULL },
        { "", NULL },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Router *router = make_router(arena);
    RouteMatch match;

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        RouteResult result = router_match(router, arena, GET, rows[i].path, &match);

        if (result != (rows[i].row == NULL ? ROUTE_NOT_FOUND : ROUTE_FOUND))
            fail_msg("%s: %d", rows[i].path, (int) result);
        if (rows[i].row != NULL)
            CHECK_STR(match.row, rows[i].row);
    }
}

TEST(router_gives_parameters_decoded_once)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Router *router = make_router(arena);
    RouteMatch match;

    CHECK_INT(router_match(router, arena, GET, "/api/card/1%252/params/caf%C3%A9%20a%2Fb+c/values",
                           &match),
              ROUTE_FOUND);
    CHECK_INT(match.param_count, 2);
    CHECK_STR(route_param(&match, "card_id"), "1%2");
    CHECK_STR(route_param(&match, "key"), "caf\xc3\xa9 a/b+c");
    CHECK(route_param(&match, "id") == NULL);
    CHECK_STR(match.pattern, "/api/card/:card_id/params/:key/values");
    CHECK_INT(router_match(router, arena, GET, "/app/a/b%20c.js", &match), ROUTE_FOUND);
    CHECK_STR(route_param(&match, "path"), "a/b c.js");
    CHECK_INT(router_match(router, arena, GET, "/app", &match), ROUTE_FOUND);
    CHECK_STR(route_param(&match, "path"), "");
    CHECK_INT(router_match(router, arena, GET, "/api/card/%ff", &match), ROUTE_NOT_FOUND);
}

TEST(router_tells_which_methods_there_are)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Router *router = make_router(arena);
    RouteMatch match;

    CHECK_INT(router_match(router, arena, PATCH, "/api/card/1", &match), ROUTE_WRONG_METHOD);
    CHECK_STR(match.allow_text, "GET, HEAD, PUT, DELETE");
    CHECK_INT(router_match(router, arena, HEAD, "/api/card/1", &match), ROUTE_FOUND);
    CHECK_STR(match.row, "/api/card/:id");
    CHECK_INT(router_match(router, arena, HEAD, "/api/card/1/query", &match), ROUTE_FOUND);
    CHECK_INT(router_match(router, arena, PUT, "/api/card/public", &match), ROUTE_FOUND);
    CHECK_STR(match.row, "put");
    CHECK_STR(route_param(&match, "id"), "public");
    CHECK_INT(router_match(router, arena, PUT, "/nothing", &match), ROUTE_NOT_FOUND);
}

TEST(router_refuses_patterns_that_are_wrong_or_there_already)
{
    static const char *const wrong[] = {
        "/api/card",  "/api/card/", "/api/card/:other",
        "api",        "/a/:",       "/a/*",
        "/a/*rest/b", "",           "/:1/:2/:3/:4/:5/:6/:7/:8/:9",
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Router *router = make_router(arena);
    Error err;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK_ERROR(router_add(router, GET, wrong[i], "x", &err), &err, ERR_CONFIG);
    CHECK_OK(router_add(router, POST, "/api/card", "x", &err), &err);
}

TEST(router_is_quick_with_many_alike_routes)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Router *router = router_new(arena);
    RouteMatch match;
    Error err;

    for (int i = 0; i < 5000; i++)
        CHECK_OK(
            router_add(router, GET, arena_format(arena, "/api/n%d/:id/x%d", i, i), "row", &err),
            &err);
    CHECK_INT(router_match(router, arena, GET, "/api/n4999/a/x4999", &match), ROUTE_FOUND);
    CHECK_INT(router_match(router, arena, GET, "/api/n4999/a/x4998", &match), ROUTE_NOT_FOUND);
}
