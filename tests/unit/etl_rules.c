/* Masks: defaults by type, reading, refusals, and the bytes that each writes. */
#include "etl/rules.h"
#include "test.h"

#include <string.h>

static SourceColumn
column_of(const char *name, const char *type, Family family)
{
    return (
        SourceColumn){ .name = name, .shown = type, .type = { .name = type }, .family = family };
}

static Json *
parse(Arena *arena, const char *text)
{
    Json *tree;
    Error err;

    CHECK_OK(json_parse(arena, str_of(text), NULL, &tree, &err), &err);
    return tree;
}

static MaskUse
use_of(Arena *arena, const char *json)
{
    MaskUse use;
    Error err;

    CHECK_OK(mask_read(arena, parse(arena, json), &use, &err), &err);
    return use;
}

/* The field that a mask writes, without its length; NULL for null. */
static const char *
applied(Arena *arena, const char *json, const SourceColumn *column, Str value, const char *ident,
        size_t *len)
{
    MaskUse use = use_of(arena, json);
    Buf out = buf_new(arena, 1000);
    HashKey key;
    MaskCall call = {
        .use = &use, .key = &key, .column = column, .value = value, .ident = str_of(ident)
    };
    int32_t size;

    hash_key_from(STR("a key for tests only"), &key);
    use.mask->apply(&call, &out);
    memcpy(&size, out.ptr, sizeof(size));
    size = (int32_t) __builtin_bswap32((uint32_t) size);
    if (len != NULL)
        *len = size < 0 ? 0 : (size_t) size;
    CHECK_INT(out.len, 4 + (size < 0 ? 0 : (size_t) size));
    return size < 0 ? NULL : arena_text_n(arena, out.ptr + 4, (size_t) size);
}

TEST(etl_defaults_are_those_of_the_seed)
{
    static const struct
    {
        const char *column;
        const char *type;
        Family family;
        const char *default_sql;
        const char *mask;
        const char *value;
    } cases[] = {
        { "name", "text", FAMILY_TEXT, "'x'::text", "placeholder", NULL },
        { "user_email_2", "varchar", FAMILY_TEXT, NULL, "placeholder_email", NULL },
        { "tags", "_text", FAMILY_TEXT_ARRAY, NULL, "placeholder_list", NULL },
        { "doc", "jsonb", FAMILY_JSONB, "'[]'::jsonb", "empty_json", NULL },
        { "n", "int4", FAMILY_INTEGER, "7", "column_default", "7" },
        { "n", "int4", FAMILY_INTEGER, "'-1'::integer", "column_default", "-1" },
        { "n", "int8", FAMILY_INTEGER, "(-5)::bigint", "column_default", "-5" },
        { "n", "numeric", FAMILY_NUMERIC, "1.50", "column_default", "1.50" },
        { "b", "bool", FAMILY_OTHER, "false", "column_default", "false" },
        { "e", "text", FAMILY_OTHER, "'it''s'::public.kind", "column_default", "it's" },
        { "a", "_int4", FAMILY_OTHER, "'{}'::integer[]", "column_default", "{}" },
        { "b", "bit", FAMILY_OTHER, "B'101'::\"bit\"", "column_default", "101" },
        { "u", "uuid", FAMILY_UUID, "gen_random_uuid()", "null", NULL },
        { "d", "date", FAMILY_DATE, "CURRENT_DATE", "null", NULL },
        { "d", "date", FAMILY_DATE, "'now'::date", "null", NULL },
        { "d", "date", FAMILY_DATE, "('now'::text)::date", "null", NULL },
        { "n", "int4", FAMILY_INTEGER, "nextval('s'::regclass)", "null", NULL },
        { "n", "int4", FAMILY_INTEGER, "(1 + 2)", "null", NULL },
        { "e", "text", FAMILY_OTHER, "'a'::text || 'b'::text", "null", NULL },
        { "e", "text", FAMILY_OTHER, "NULL::character varying", "null", NULL },
        { "j", "json", FAMILY_OTHER, NULL, "null", NULL },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        SourceColumn column = column_of(cases[i].column, cases[i].type, cases[i].family);
        MaskUse use;

        column.default_sql = cases[i].default_sql;
        use = mask_default(arena, &column);
        CHECK_STR(use.mask->name, cases[i].mask);
        if (cases[i].value != NULL)
            CHECK_STR(use.args.value, cases[i].value);
    }
}

TEST(etl_placeholders_are_byte_for_byte_those_of_the_seed)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    SourceColumn text = column_of("t", "text", FAMILY_TEXT),
                 list = column_of("l", "_varchar", FAMILY_TEXT_ARRAY);
    const Str filled = { "\1", 1 }, blank = { "\0", 1 }, unasked = { NULL, 0 };
    const char *array;
    size_t len;

    CHECK_STR(applied(arena, "\"placeholder\"", &text, filled, "12", NULL),
              "[valeur unique anonymisée 12]");
    CHECK_STR(applied(arena, "\"placeholder\"", &text, unasked, "12", NULL),
              "[valeur unique anonymisée 12]");
    CHECK_STR(applied(arena, "\"placeholder_email\"", &text, filled, "12", NULL),
              "email_anonymise_12@exemple.fr");
    CHECK(applied(arena, "\"placeholder\"", &text, blank, "12", NULL) == NULL);
    CHECK(applied(arena, "\"placeholder_list\"", &list, blank, "", NULL) == NULL);
    array = applied(arena, "\"placeholder_list\"", &list, filled, "", &len);
    CHECK_INT(len, 42);
    CHECK(memcmp(array,
                 "\0\0\0\1\0\0\0\0\0\0\4\23\0\0\0\1\0\0\0\1\0\0\0\22valeur anonymis\303\251e",
                 42) == 0);
    CHECK_STR(applied(arena, "\"empty_json\"", &text, filled, "", NULL), "\1{}");
}

TEST(etl_keyed_masks_give_the_same_for_the_same)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    SourceColumn text = column_of("t", "text", FAMILY_TEXT),
                 number = column_of("n", "int4", FAMILY_INTEGER);
    const char *five = applied(arena, "\"hash\"", &number, (Str){ "\0\0\0\5", 4 }, "", NULL);
    size_t len;

    CHECK_STR(applied(arena, "\"hash\"", &text, STR("Zoé"), "1", NULL),
              applied(arena, "\"hash\"", &text, STR("Zoé"), "2", NULL));
    CHECK(strcmp(applied(arena, "\"hash\"", &text, STR("a"), "", NULL),
                 applied(arena, "\"hash\"", &text, STR("b"), "", NULL)) != 0);
    CHECK_INT(
        strlen(applied(arena, "{\"mask\": \"hash\", \"length\": 20}", &text, STR("a"), "", NULL)),
        20);
    CHECK(applied(arena, "\"hash\"", &number, (Str){ "\0\0\0\5", 4 }, "", &len) != NULL);
    CHECK_INT(len, 8);
    number.type.name = "int8";
    CHECK(memcmp(applied(arena, "\"hash\"", &number, (Str){ "\0\0\0\0\0\0\0\5", 8 }, "", NULL),
                 five, 8) == 0);
    CHECK_STR(applied(arena, "\"first_name\"", &text, STR("Zoé"), "1", NULL),
              applied(arena, "\"first_name\"", &text, STR("Zoé"), "9", NULL));
    CHECK(strncmp(applied(arena, "\"phone\"", &text, STR("x"), "", NULL), "063998", 6) == 0);
    CHECK(strstr(applied(arena, "\"email\"", &text, STR("x"), "", NULL), "@exemple.fr") != NULL);
}

TEST(etl_dates_and_numbers_move_within_their_bounds)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    SourceColumn date = column_of("d", "date", FAMILY_DATE),
                 small = column_of("n", "int2", FAMILY_INTEGER);
    SourceColumn exact = column_of("n", "numeric", FAMILY_NUMERIC);
    const char *shift = "{\"mask\": \"date_shift\", \"days\": 3}";
    const char *noise = "{\"mask\": \"noise\", \"percent\": 10}";
    size_t len;

    for (int i = 0; i < 200; i++)
    {
        const char *ident = arena_format(arena, "%d", i);
        const uint8_t *day =
            (const uint8_t *) applied(arena, shift, &date, (Str){ "\0\0\1\0", 4 }, ident, NULL);
        int moved = (day[2] << 8 | day[3]) - 256;

        CHECK(moved >= -3 && moved <= 3 && moved != 0);
        day = (const uint8_t *) applied(arena, noise, &small, (Str){ "\3\350", 2 }, ident, &len);
        CHECK_INT(len, 2);
        CHECK((day[0] << 8 | day[1]) >= 900 && (day[0] << 8 | day[1]) <= 1100);
    }
    CHECK(memcmp(applied(arena, shift, &date, (Str){ "\177\377\377\377", 4 }, "1", NULL),
                 "\177\377\377\377", 4) == 0);
    CHECK(applied(arena, noise, &small, (Str){ "\177\377", 2 }, "3", &len) != NULL);
    /* Double precision comes in, numeric with two decimals goes out. */
    CHECK(applied(arena, noise, &exact, (Str){ "\100\217\100\0\0\0\0\0", 8 }, "1", &len) != NULL);
    CHECK(len == 12 || len == 14);
}

TEST(etl_masks_refuse_what_they_cannot_do)
{
    static const struct
    {
        const char *json;
        const char *message;
    } cases[] = {
        { "\"nothing_like_this\"", "there is no mask" },
        { "{\"mask\": \"hash\", \"lenght\": 12}", "has no option lenght" },
        { "{\"mask\": \"hash\", \"length\": 2}", "length" },
        { "{\"mask\": \"date_trunc\"}", "unit" },
        { "{\"mask\": \"date_trunc\", \"unit\": \"hour\"}", "unit" },
        { "12", "a mask is a name" },
        { "[]", "a mask is a name" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    SourceColumn text = column_of("t", "text", FAMILY_TEXT),
                 number = column_of("n", "int4", FAMILY_INTEGER);
    MaskUse use;
    Error err;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CHECK_ERROR(mask_read(arena, parse(arena, cases[i].json), &use, &err), &err, ERR_CONFIG);
        CHECK(strstr(err.field, cases[i].message) != NULL ||
              strstr(err.message, cases[i].message) != NULL);
    }
    use = use_of(arena, "\"city\"");
    CHECK_ERROR(mask_fits(&use, &number, 1, &err), &err, ERR_CONFIG);
    CHECK(mask_fits(&use, &text, 1, &err));
    text.type = (SqlType){ .name = "varchar", .args = { 30 }, .arg_count = 1 };
    use = use_of(arena, "\"placeholder\"");
    CHECK(mask_fits(&use, &text, 3, &err));
    CHECK_ERROR(mask_fits(&use, &text, 4, &err), &err, ERR_CONFIG);
}

TEST(etl_each_mask_has_a_place_a_type_and_a_meaning)
{
    for (size_t i = 0; i < mask_count; i++)
    {
        CHECK(mask_find(masks[i].name) == &masks[i]);
        CHECK(masks[i].families != 0 && masks[i].help[0] != '\0' && masks[i].options != NULL);
        CHECK((masks[i].place == MASK_HERE) == (masks[i].apply != NULL));
    }
}
