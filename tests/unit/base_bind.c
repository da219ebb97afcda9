#include "test.h"

#include "base/bind.h"

#include <string.h>

typedef struct Inner
{
    const char *email;
} Inner;

typedef struct Input
{
    const char *name;
    int64_t count;
    bool on;
    double ratio;
    OptInt limit;
    OptBool maybe;
    IntList ids;
    TextList tags;
    const Json *map;
    Inner inner;
} Input;

static const Field inner_fields[] = {
    FIELD(Inner, email, .required = true, .not_blank = true, .max = 20),
    { 0 },
};

static const Field fields[] = {
    FIELD(Input, name, .required = true, .not_blank = true, .max = 10),
    FIELD(Input, count, .min = 1, .max = 100),
    FIELD(Input, on, .nullable = true),
    FIELD(Input, ratio),
    FIELD(Input, limit, .nullable = true),
    FIELD(Input, maybe),
    FIELD(Input, ids, .max = 3),
    FIELD(Input, tags),
    FIELD(Input, map, .shapes = SHAPE(JSON_OBJECT)),
    FIELD_STRUCT(Input, inner, inner_fields),
    FIELD_SKIP("extra"),
    { 0 },
};

static bool
reads(Arena *arena, const char *text, Input *input, Error *err)
{
    Json *tree;

    return json_parse(arena, str_of(text), NULL, &tree, err) &&
           bind_read(arena, fields, tree, input, err);
}

TEST(bind_reads_every_kind_of_member)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Input input;
    Error err;

    CHECK_OK(
        reads(
            arena,
            "{\"name\":\"x\",\"count\":7,\"on\":true,\"ratio\":0.5,\"limit\":null,\"maybe\":false,"
            "\"ids\":[1,2],\"tags\":[\"a\"],\"map\":{},\"inner\":{\"email\":\"e\"},\"extra\":[1],"
            "\"unknown\":{}}",
            &input, &err),
        &err);
    CHECK_STR(input.name, "x");
    CHECK(input.count == 7 && input.on && input.ratio == 0.5 && !input.limit.set);
    CHECK(input.maybe.set && !input.maybe.value);
    CHECK(input.ids.count == 2 && input.ids.items[1] == 2);
    CHECK_STR(input.tags.items[0], "a");
    CHECK_STR(input.inner.email, "e");
}

TEST(bind_names_the_field_that_is_wrong)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const struct
    {
        const char *text, *field;
    } cases[] = {
        { "{}", "name" },
        { "{\"name\":null}", "name" },
        { "{\"name\":{\"a\":1}}", "name" },
        { "{\"name\":[\"x\"]}", "name" },
        { "{\"name\":1}", "name" },
        { "{\"name\":\"   \"}", "name" },
        { "{\"name\":\"12345678901\"}", "name" },
        { "{\"name\":\"x\",\"count\":0}", "count" },
        { "{\"name\":\"x\",\"count\":101}", "count" },
        { "{\"name\":\"x\",\"count\":\"1\"}", "count" },
        { "{\"name\":\"x\",\"count\":1.5}", "count" },
        { "{\"name\":\"x\",\"on\":\"true\"}", "on" },
        { "{\"name\":\"x\",\"on\":{}}", "on" },
        { "{\"name\":\"x\",\"ratio\":\"0.5\"}", "ratio" },
        { "{\"name\":\"x\",\"ids\":[1,\"2\"]}", "ids" },
        { "{\"name\":\"x\",\"ids\":[1,2,3,4]}", "ids" },
        { "{\"name\":\"x\",\"ids\":{}}", "ids" },
        { "{\"name\":\"x\",\"tags\":[{}]}", "tags" },
        { "{\"name\":\"x\",\"map\":[]}", "map" },
        { "{\"name\":\"x\",\"inner\":[]}", "inner" },
        { "{\"name\":\"x\",\"inner\":{}}", "inner.email" },
        { "{\"name\":\"x\",\"inner\":{\"email\":{}}}", "inner.email" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        Input input;
        Error err = { 0 };

        CHECK_ERROR(reads(arena, cases[i].text, &input, &err), &err, ERR_INVALID);
        CHECK_STR(err.field, cases[i].field);
    }
}

TEST(bind_reads_query_strings_by_the_same_table)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const TextPair pairs[] = { { "name", "x" }, { "count", "7" },  { "on", "true" }, { "ids", "1" },
                               { "ids", "2" },  { "tags", "a b" }, { "map", "{}" } };
    const TextPair wrong[] = { { "name", "x" }, { "count", "7x" } };
    Input input;
    Error err;

    CHECK_OK(bind_read_pairs(arena, fields, pairs, COUNT_OF(pairs), &input, &err), &err);
    CHECK(input.count == 7 && input.on && input.ids.count == 2);
    CHECK_ERROR(bind_read_pairs(arena, fields, wrong, COUNT_OF(wrong), &input, &err), &err,
                ERR_INVALID);
    CHECK_STR(err.field, "count");
}

TEST(bind_writes_members_but_no_secret)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const Field shown[] = {
        FIELD(Input, name, .secret = true),
        FIELD(Input, count),
        FIELD(Input, limit),
        FIELD_AS(Input, on, "is-on"),
        { 0 },
    };
    Input input = { .name = "hidden", .count = 3, .on = true };
    Buf out = buf_new(arena, 1000);
    JsonWriter w = json_writer(&out);

    json_begin_object(&w);
    bind_write(&w, shown, &input);
    json_end_object(&w);
    CHECK_STR(buf_cstr(&out), "{\"count\":3,\"limit\":null,\"is-on\":true}");
}

TEST(bind_merge_changes_what_was_sent_and_null_clears)
{
    static const Field some[] = {
        FIELD(Input, name, .nullable = true, .max = 10),
        FIELD(Input, limit, .nullable = true),
        FIELD(Input, on),
        FIELD(Input, tags, .choices = "a|b"),
        { 0 },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Input input = { .name = "old", .limit = { true, 7 }, .on = true };
    Json *body = NULL;
    Error err;

    CHECK_OK(json_parse(arena, STR("{\"limit\":null,\"tags\":[\"b\"]}"), NULL, &body, &err), &err);
    CHECK_OK(bind_merge(arena, some, body, &input, &err), &err);
    CHECK_STR(input.name, "old");
    CHECK(!input.limit.set && input.on);
    CHECK(input.tags.count == 1);
    CHECK_OK(json_parse(arena, STR("{\"name\":null,\"tags\":[\"c\"]}"), NULL, &body, &err), &err);
    CHECK(!bind_merge(arena, some, body, &input, &err));
    CHECK(input.name == NULL);
    CHECK_STR(err.field, "tags");
}
