/* Date strings of filters: "past30days~", "2024-01-01~2024-02-01", "Q1-2024", "exclude-days-Mon"...
 * needs: sql query
 * files: src/driver/postgres_dialect.c src/driver/sqlite_dialect.c */
#include "catalog.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] =
        "{\"database\":1,\"type\":\"query\",\"query\":{\"source-table\":1},\"parameters\":[{\"id\":"
        "\"1\","
        "\"type\":\"date/all-options\",\"target\":[\"dimension\",[\"field\",12,null]]}]}";
    CLEANUP(arena_free) Arena *arena = arena_new();
    CompiledQuery compiled;
    Json *question;
    Error err;

    if (memchr(data, 0, size) != NULL || !str_is_utf8((Str){ (const char *) data, size }) ||
        !json_parse(arena, str_of(text), NULL, &question, &err))
        return 0;
    (void) json_put(arena, json_at(json_get(question, "parameters"), 0), "value",
                    json_new_text(arena, arena_text_n(arena, (const char *) data, size)));
    (void) query_compile(arena, question, &fuzz_catalog, &postgres_dialect, &fuzz_options,
                         &compiled, &err);
    (void) query_compile(arena, question, &fuzz_catalog, &sqlite_dialect, &fuzz_options, &compiled,
                         &err);
    return 0;
}
