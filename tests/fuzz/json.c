/* JSON from outside: what is read prints, and what was printed reads back to the same. */
#include "base/json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const JsonLimits limits = { 64 * 1024, 32, 5000 };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *tree, *again;
    char *printed;
    Error err;

    if (!json_parse(arena, (Str){ (const char *) data, size }, &limits, &tree, &err))
        return 0;
    printed = json_print(arena, tree);
    if (!json_parse(arena, str_of(printed), NULL, &again, &err) || !json_equal(tree, again))
        abort();
    return 0;
}
