/* SQL templates: the first line is the value of every parameter, the rest the text. A value never
 * reaches the text of the statement. needs: sql query
 * files: src/driver/postgres_dialect.c src/driver/sqlite_dialect.c */
#include "catalog.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char tags[] =
    "{\"a\":{\"id\":\"1\",\"name\":\"a\",\"display-name\":\"A\",\"type\":\"text\"},"
    "\"n\":{\"id\":\"2\",\"name\":\"n\",\"display-name\":\"N\",\"type\":\"number\"},"
    "\"d\":{\"id\":\"3\",\"name\":\"d\",\"display-name\":\"D\",\"type\":\"date\"},"
    "\"f\":{\"id\":\"4\",\"name\":\"f\",\"display-name\":\"F\",\"type\":\"dimension\","
    "\"widget-type\":\"string/contains\",\"dimension\":[\"field\",14,null]},"
    "\"t\":{\"id\":\"5\",\"name\":\"t\",\"display-name\":\"T\",\"type\":\"dimension\","
    "\"widget-type\":\"date/all-options\",\"dimension\":[\"field\",12,null]}}";

static bool
has_lone_quote(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if (at[0] == '\'' && at > value && at[-1] != '\'' && at[1] != '\'' && at[1] != '\0')
            return true;
    return false;
}

static Json *
parameters(Arena *arena, const char *value)
{
    static const char *const ids[] = { "1", "2", "3", "4", "5" };
    Json *list = json_new(arena, JSON_ARRAY);

    for (size_t i = 0; i < COUNT_OF(ids); i++)
    {
        Json *one = json_add(list, json_new(arena, JSON_OBJECT));

        (void) json_put(arena, one, "id", json_new_text(arena, ids[i]));
        (void) json_put(arena, one, "type", json_new_text(arena, "category"));
        (void) json_put(arena, one, "value", json_new_text(arena, value));
    }
    return list;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str rest = { (const char *) data, size }, first;
    Json *question = json_new(arena, JSON_OBJECT), *native = json_new(arena, JSON_OBJECT), *tree;
    CompiledQuery compiled;
    const char *value;
    Error err;

    if (memchr(data, 0, size) != NULL || !str_is_utf8(rest) || !str_split(&rest, '\n', &first) ||
        rest.ptr == NULL || !json_parse(arena, str_of(tags), NULL, &tree, &err))
        return 0;
    value = str_copy(arena, first);
    (void) json_put(arena, native, "query", json_new_text(arena, str_copy(arena, rest)));
    (void) json_put(arena, native, "template-tags", tree);
    (void) json_put(arena, question, "type", json_new_text(arena, "native"));
    (void) json_put(arena, question, "database", json_new_int(arena, 1));
    (void) json_put(arena, question, "native", native);
    (void) json_put(arena, question, "parameters", parameters(arena, value));
    if (!query_compile(arena, question, &fuzz_catalog, &postgres_dialect, &fuzz_options, &compiled,
                       &err))
        return 0;
    /* One quote between other characters is written twice, so that the value as it came is nowhere,
     * unless the text holds it itself. */
    if (has_lone_quote(value) && strstr(str_copy(arena, rest), value) == NULL &&
        strstr(sql_cstr(&compiled.sql), value) != NULL)
        abort();
    return 0;
}
