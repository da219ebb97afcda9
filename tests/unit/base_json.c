#include "test.h"

#include "base/json.h"
#include "json_oracle.h"

#include <string.h>

static bool
parses(Arena *arena, const char *text, Json **tree)
{
    Error err;

    return json_parse(arena, str_of(text), NULL, tree, &err);
}

TEST(json_reads_every_kind_of_value_and_prints_it_back)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char text[] =
        "{\"a\":[1,-2.50,1e3,true,false,null],\"b\":{\"é\":\"\\u00e9 \\ud83d\\ude00\"},\"c\":\"\"}";
    Json *tree;

    CHECK(parses(arena, text, &tree));
    CHECK_STR(json_print(arena, tree),
              "{\"a\":[1,-2.50,1e3,true,false,null],\"b\":{\"é\":\"é 😀\"},\"c\":\"\"}");
    CHECK_STR(json_at(json_get(tree, "a"), 1)->text, "-2.50");
    CHECK_STR(json_text_or(json_path(tree, "b", "é", NULL), ""), "é 😀");
    CHECK(json_path(tree, "b", "none", "deeper", NULL) == NULL);
}

TEST(json_keeps_whole_numbers_beyond_doubles)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *tree;

    CHECK(parses(arena, "[9007199254740993, 9223372036854775807, 2.0, 1e3, 1.5]", &tree));
    CHECK(json_int_or(json_at(tree, 0), 0) == INT64_C(9007199254740993));
    CHECK(json_int_or(json_at(tree, 1), 0) == INT64_MAX);
    CHECK(json_int_or(json_at(tree, 2), 0) == 2);
    CHECK(json_int_or(json_at(tree, 3), 0) == 1000);
    CHECK(json_int_or(json_at(tree, 4), -1) == -1);
}

TEST(json_refuses_what_the_standard_refuses)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const wrong[] = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "nul",
        "truex",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\n\"",
        "[1] 2",
        "{\"a\":1,\"a\":2}",
        "\"\\u0000\"",
        "\"\xff\"",
        "\"\xc0\x80\"",
        "NaN",
        "Infinity",
        "[,1]",
        "{\"a\"}",
    };
    Json *tree;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (parses(arena, wrong[i], &tree))
            fail_msg("was read: %s", wrong[i]);
}

TEST(json_limits_bytes_depth_and_values)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const JsonLimits limits = { 20, 3, 5 };
    Json *tree;
    Error err;

    CHECK(json_parse(arena, STR("[[[1]]]"), &limits, &tree, &err));
    CHECK_ERROR(json_parse(arena, STR("[[[[1]]]]"), &limits, &tree, &err), &err, ERR_TOO_LARGE);
    CHECK_ERROR(json_parse(arena, STR("[1,2,3,4,5]"), &limits, &tree, &err), &err, ERR_TOO_LARGE);
    CHECK_ERROR(json_parse(arena, STR("[                    ]"), &limits, &tree, &err), &err,
                ERR_TOO_LARGE);
}

TEST(json_errors_say_where_and_not_what)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *tree;
    Error err;

    CHECK_ERROR(json_parse(arena, STR("{\n  \"secret\": tru\n}"), NULL, &tree, &err), &err,
                ERR_INVALID);
    CHECK(strstr(err.message, "line 2") != NULL);
    CHECK(strstr(err.message, "secret") == NULL);
}

/* The oracle: another reader agrees on what is JSON, for texts cut and changed at every place. */
TEST(json_agrees_with_another_reader)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char seed[] =
        "{\"a\":[1,-2.5e+3,{\"b\":\"x\\n\\u00e9\"}],\"c\":[true,false,null,\"\"]}";
    static const char changes[] = "{}[]\",:\\0e-.x ";
    char text[sizeof(seed)];

    for (size_t at = 0; at < sizeof(seed) - 1; at++)
        for (size_t change = 0; change < sizeof(changes) - 1; change++)
        {
            Json *tree;
            bool ours;

            memcpy(text, seed, sizeof(seed));
            text[at] = changes[change];
            ours = parses(arena, text, &tree);
            if (ours != oracle_parses(text))
                fail_msg("they differ on %s", text);
        }
}

TEST(json_writer_escapes_and_finds_short_doubles)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf out = buf_new(arena, 1000);
    JsonWriter w = json_writer(&out);

    json_begin_array(&w);
    json_text(&w, "a\"b\\c\n\t\x01é");
    json_double(&w, 0.1);
    json_double(&w, 3);
    json_double(&w, 1.0 / 3);
    json_double(&w, 1e300);
    json_double(&w, 0.0 / 0.0);
    json_text(&w, NULL);
    json_end_array(&w);
    CHECK_STR(buf_cstr(&out),
              "[\"a\\\"b\\\\c\\n\\t\\u0001é\",0.1,3.0,0.3333333333333333,1e+300,null,null]");
}

TEST(json_builders_replace_members_in_place)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *object = json_new(arena, JSON_OBJECT);

    (void) json_put(arena, object, "a", json_new_int(arena, 1));
    (void) json_put(arena, object, "b", json_new_int(arena, 2));
    (void) json_put(arena, object, "a", json_new_text(arena, "x"));
    CHECK_STR(json_print(arena, object), "{\"a\":\"x\",\"b\":2}");
    CHECK_INT(object->count, 2);
}
