/* YAML: the tree, typing of plain words, limits, refusals with their line. */
#include "base/yaml.h"
#include "test.h"

#include <string.h>

static Json *
read_yaml(Arena *arena, const char *text)
{
    Json *tree = NULL;
    Error err;

    CHECK_OK(yaml_parse(arena, str_of(text), &tree, &err), &err);
    return tree;
}

TEST(yaml_maps_and_lists_become_a_tree)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *tree = read_yaml(arena, "tables:\n  - table_name: users\n    truncated: true\n"
                                  "  - {table_name: rdvs, list: [a, \"b\"]}\nnothing:\n");

    CHECK_STR(json_print(arena, tree),
              "{\"tables\":[{\"table_name\":\"users\",\"truncated\":true},"
              "{\"table_name\":\"rdvs\",\"list\":[\"a\",\"b\"]}],\"nothing\":null}");
    CHECK_INT(json_at(json_get(tree, "tables"), 1)->line, 4);
}

TEST(yaml_plain_words_are_typed_as_in_json)
{
    static const struct
    {
        const char *text;
        const char *json;
    } cases[] = {
        { "yes", "\"yes\"" },
        { "no", "\"no\"" },
        { "on", "\"on\"" },
        { "0o17", "\"0o17\"" },
        { "0x1f", "\"0x1f\"" },
        { "12:30:45", "\"12:30:45\"" },
        { "01000", "\"01000\"" },
        { "+5", "\"+5\"" },
        { "1_000", "\"1_000\"" },
        { ".5", "\".5\"" },
        { "2024-01-01", "\"2024-01-01\"" },
        { "12", "12" },
        { "-3", "-3" },
        { "1.50", "1.50" },
        { "1e3", "1e3" },
        { "0", "0" },
        { "true", "true" },
        { "FALSE", "false" },
        { "~", "null" },
        { "Null", "null" },
        { "'12'", "\"12\"" },
        { "!!str 12", "\"12\"" },
        { "|\n  a\n  b\n", "\"a\\nb\\n\"" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_STR(json_print(arena, read_yaml(arena, cases[i].text)), cases[i].json);
    CHECK_STR(json_print(arena, read_yaml(arena, "")), "null");
    CHECK_STR(json_print(arena, read_yaml(arena, "# only words\n")), "null");
}

TEST(yaml_aliases_are_copies_within_a_budget)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Json *tree = NULL;
    Error err;
    Buf bomb = buf_new(arena, 10000);

    CHECK_STR(json_print(arena, read_yaml(arena, "a: &x [1, 2]\nb: *x\nc: *x\n")),
              "{\"a\":[1,2],\"b\":[1,2],\"c\":[1,2]}");
    buf_text(&bomb, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 8; i++)
        buf_format(&bomb, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i,
                   i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    CHECK_ERROR(yaml_parse(arena, buf_slice(&bomb), &tree, &err), &err, ERR_INVALID);
    CHECK(strstr(err.message, "too many values") != NULL);
    CHECK(tree == NULL);
}

TEST(yaml_refusals_name_the_line)
{
    static const struct
    {
        const char *text;
        const char *message;
    } cases[] = {
        { "a: 1\nb: 2\na: 3\n", "line 3: a key stands twice" },
        { "a: !ruby/object:Gem {}\n", "line 1: tags (!) are not read here" },
        { "a: *x\n", "line 1: an alias names an anchor that does not stand above" },
        { "a: 1\n---\nb: 2\n", "line 2: there is more than one document" },
        { "x: &x {a: 1}\ny:\n  <<: *x\n", "line 3: merge keys (<<) are not read here" },
        { "? [a, b]\n: 1\n", "line 1: a key is not a word" },
        { "a: \"\\0\"\n", "line 1: a text holds a zero byte" },
        { "a: [1\n", "line 2: " },
        { "<!DOCTYPE html>\n<p>\n  a: b: c\n", "line " },
        { "a: &x [*x]\n", "line 1: an alias names an anchor that does not stand above" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        Json *tree = NULL;
        Error err;

        CHECK_ERROR(yaml_parse(arena, str_of(cases[i].text), &tree, &err), &err, ERR_INVALID);
        CHECK(strstr(err.message, cases[i].message) != NULL);
    }
}

TEST(yaml_depth_and_size_are_bounded)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf deep = buf_new(arena, 3 * 1024 * 1024);
    Json *tree = NULL;
    Error err;

    for (int i = 0; i < 60; i++)
        buf_char(&deep, '[');
    for (int i = 0; i < 60; i++)
        buf_char(&deep, ']');
    CHECK_OK(yaml_parse(arena, buf_slice(&deep), &tree, &err), &err);
    buf_clear(&deep);
    for (int i = 0; i < 100; i++)
        buf_char(&deep, '[');
    CHECK_ERROR(yaml_parse(arena, buf_slice(&deep), &tree, &err), &err, ERR_INVALID);
    CHECK(strstr(err.message, "nested") != NULL);
    buf_clear(&deep);
    for (int i = 0; i < 1100000; i++)
        buf_char(&deep, '#');
    CHECK_ERROR(yaml_parse(arena, buf_slice(&deep), &tree, &err), &err, ERR_TOO_LARGE);
}

/* Written, as expected, and read back. */
static void
check_written(const char *json, const char *yaml)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Buf text = buf_new(arena, 65536);
    Json *tree, *again;
    Error err;

    CHECK_OK(json_parse(arena, str_of(json), NULL, &tree, &err), &err);
    yaml_write(&text, tree);
    if (yaml != NULL)
        CHECK_STR(buf_cstr(&text), yaml);
    CHECK_OK(yaml_parse(arena, buf_slice(&text), &again, &err), &err);
    CHECK_STR(json_print(arena, again), json_print(arena, tree));
}

TEST(yaml_is_written_in_lines_that_can_be_compared)
{
    check_written(
        "{\"name\":\"Orders: all\",\"x\":1.50,\"on\":true,\"none\":null,\"o\":{},\"l\":[]}",
        "name: \"Orders: all\"\nx: 1.50\n\"on\": true\nnone: null\no: {}\nl: []\n");
    check_written("{\"q\":[\"=\",[\"field\",[\"db\",null,\"t\"],{\"unit\":\"month\"}],\"yes\"]}",
                  "q: [\"=\", [field, [db, null, t], {unit: month}], \"yes\"]\n");
    check_written("{\"cards\":[{\"id\":1,\"at\":{\"row\":2}},{\"id\":2}]}",
                  "cards:\n- id: 1\n  at:\n    row: 2\n- id: 2\n");
    check_written("{\"sql\":\"select 1\\n  from t\\n\",\"text\":\"a\\n\\nb\"}",
                  "sql: |\n  select 1\n    from t\ntext: |-\n  a\n\n  b\n");
}

TEST(yaml_that_is_written_reads_back_whatever_the_text)
{
    static const char *const texts[] = {
        "",
        " ",
        "a ",
        " a",
        "~",
        "null",
        "No",
        "12",
        "-3",
        "1e3",
        "01",
        "0x1f",
        "12:30",
        "2024-01-01",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "{{#7-x}}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "it's",
        "\\\"",
        "a\\\\b",
        "é",
        "\\u00a0x",
        "«x»",
        "\\u0085",
        "a\\u2028b",
        "\\ufeff",
        "😀",
        "a\\nb",
        "\\n",
        "\\n\\na",
        "a\\n\\n",
        " a\\n  b\\n",
        "a \\n b  \\n",
        "\\ta\\nb",
        "a\\r\\nb",
        "a\\n\\u0085",
        "a\\n\\u2028b",
        "a:\\n",
        "a\\n ",
        "\\u0001",
        "\\u007f",
        "[\\\"ref\\\",[\\\"field\\\",1,null]]",
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(texts); i++)
    {
        const char *text = texts[i];

        check_written(arena_format(arena, "{\"k\":\"%s\",\"l\":[\"%s\"],\"m\":[{\"n\":\"%s\"}]}",
                                   text, text, text),
                      NULL);
        check_written(arena_format(arena, "{\"%s\":[[\"%s\"],{\"%s\":1}]}", text, text, text),
                      NULL);
    }
}
