/* YAML from outside: what is read is a tree that prints as JSON, and as YAML, and reads back to the
 * same. */
#include "base/yaml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const JsonLimits limits = { 64 * 1024 * 1024, 70, 1000000 };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf written = buf_new(arena, 512 * 1024);
    Json *tree, *again;
    char *printed;
    Error err;

    if (!yaml_parse(arena, (Str){ (const char *) data, size }, &tree, &err))
        return 0;
    printed = json_print(arena, tree);
    if (!json_parse(arena, str_of(printed), &limits, &again, &err) || !json_equal(tree, again))
        abort();
    /* What is written as YAML is read as the same, when it is not too large to be read at all. */
    yaml_write(&written, tree);
    if (!written.failed && yaml_parse(arena, buf_slice(&written), &again, &err) &&
        !json_equal(tree, again))
        abort();
    return 0;
}
