/* Questions from outside, for two dialects: whatever comes is refused with words, or becomes SQL
 * whose placeholders are as many as its values. needs: sql query
 * files: src/driver/postgres_dialect.c src/driver/sqlite_dialect.c */
#include "catalog.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
compile(Arena *arena, const Json *question, const Dialect *dialect)
{
    CompiledQuery compiled, *parts;
    size_t count = 0;
    Error err = { .code = ERR_NONE };

    if (!query_compile(arena, question, &fuzz_catalog, dialect, &fuzz_options, &compiled, &err))
    {
        if (err.code == ERR_NONE || err.message[0] == '\0' || err.code == ERR_INTERNAL)
            abort();
    }
    else if (sql_cstr(&compiled.sql)[0] == '\0' && !compiled.is_native)
        abort();
    (void) query_compile_pivot(arena, question, &fuzz_catalog, dialect, &fuzz_options, &parts,
                               &count, &err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *question;
    Error err;

    if (!json_parse(arena, (Str){ (const char *) data, size }, NULL, &question, &err))
        return 0;
    compile(arena, question, &postgres_dialect);
    compile(arena, question, &sqlite_dialect);
    return 0;
}
