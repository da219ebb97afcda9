/* Patterns, one per line, then an empty line and a path. */
#include "http/router.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str rest = { arena_text_n(arena, (const char *) data, size), size };
    Router *router = router_new(arena);
    HttpMethod method = GET;
    RouteMatch match;
    Error err;
    Str line;

    while (str_split(&rest, '\n', &line) && line.len > 0)
    {
        (void) router_add(router, method, str_copy(arena, line), "row", &err);
        method = method == OPTIONS ? GET : method + 1;
    }
    if (rest.ptr == NULL)
        return 0;
    if (router_match(router, arena, HEAD, str_copy(arena, rest), &match) == ROUTE_FOUND)
    {
        if (match.row == NULL || match.pattern == NULL)
            abort();
        for (size_t i = 0; i < match.param_count; i++)
            if (route_param(&match, match.params[i].key) == NULL)
                abort();
    }
    return 0;
}
