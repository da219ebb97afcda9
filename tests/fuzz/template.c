/* SQL templates: the first line is the value of every parameter, the rest the text. A text
 * goes where any other text would go, its quotes doubled, and changes nothing else of the
 * statement. needs: sql query
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

/* What stands in for a value, to learn where values go. */
static const char stand_in[] = "vigie7stand7in";

/* Texts get `text`; numbers and dates `other`. */
static Json *
parameters(Arena *arena, const char *text, const char *other)
{
    static const struct
    {
        const char *id;
        bool is_text;
    } all[] = { { "1", true }, { "2", false }, { "3", false }, { "4", true }, { "5", false } };
    Json *list = json_new(arena, JSON_ARRAY);

    for (size_t i = 0; i < COUNT_OF(all); i++)
    {
        Json *one = json_add(list, json_new(arena, JSON_OBJECT));

        (void) json_put(arena, one, "id", json_new_text(arena, all[i].id));
        (void) json_put(arena, one, "type", json_new_text(arena, "category"));
        (void) json_put(arena, one, "value",
                        json_new_text(arena, all[i].is_text  ? text
                                             : other != NULL ? other
                                             : i == 1        ? "7"
                                                             : "2024-01-05"));
    }
    return list;
}

/* The statement, or NULL when the question is refused. */
static const char *
compile(Arena *arena, Str text, const Json *tree, Json *values)
{
    Json *question = json_new(arena, JSON_OBJECT), *native = json_new(arena, JSON_OBJECT);
    CompiledQuery compiled;
    Error err;

    (void) json_put(arena, native, "query", json_new_text(arena, str_copy(arena, text)));
    (void) json_put(arena, native, "template-tags", (Json *) tree);
    (void) json_put(arena, question, "type", json_new_text(arena, "native"));
    (void) json_put(arena, question, "database", json_new_int(arena, 1));
    (void) json_put(arena, question, "native", native);
    (void) json_put(arena, question, "parameters", values);
    return query_compile(arena, question, &fuzz_catalog, &postgres_dialect, &fuzz_options,
                         &compiled, &err)
               ? sql_cstr(&compiled.sql)
               : NULL;
}

/* The statement with the stand-in, the value put where it stood. */
static const char *
expected(Arena *arena, const char *sql, const char *value)
{
    Buf filled = buf_new(arena, 1 << 24);
    const char *at;

    for (; (at = strstr(sql, stand_in)) != NULL; sql = at + strlen(stand_in))
    {
        buf_str(&filled, (Str){ sql, (size_t) (at - sql) });
        for (const char *c = value; *c != '\0'; c++)
            buf_str(&filled, *c == '\'' ? STR("''") : (Str){ c, 1 });
    }
    buf_text(&filled, sql);
    return buf_cstr(&filled);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str rest = { (const char *) data, size }, first;
    const char *value, *plain, *filled;
    Json *tree;
    Error err;

    if (memchr(data, 0, size) != NULL || !str_is_utf8(rest) || !str_split(&rest, '\n', &first) ||
        rest.ptr == NULL || first.len == 0 ||
        memmem(rest.ptr, rest.len, stand_in, strlen(stand_in)) != NULL ||
        !json_parse(arena, str_of(tags), NULL, &tree, &err))
        return 0;
    value = str_copy(arena, first);
    (void) compile(arena, rest, tree, parameters(arena, value, value));
    plain = compile(arena, rest, tree, parameters(arena, stand_in, NULL));
    filled = compile(arena, rest, tree, parameters(arena, value, NULL));
    if ((plain == NULL) != (filled == NULL) ||
        (plain != NULL && strcmp(expected(arena, plain, value), filled) != 0))
        abort();
    return 0;
}
