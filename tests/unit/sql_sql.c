#include "sql/sql.h"

#include "test.h"

#include <string.h>

static const Dialect dollars = {
    .name = "dollars",
    .quote = '"',
    .placeholder = PLACEHOLDER_DOLLAR,
    .max_ident_bytes = 10,
    .max_values = 2,
    .max_text_bytes = 100,
};
static const Dialect marks = {
    .name = "marks",
    .quote = '`',
    .placeholder = PLACEHOLDER_QUESTION,
    .max_ident_bytes = 64,
    .max_values = 100,
    .max_text_bytes = 1000,
    .backslash_escapes = true,
};

TEST(sql_writes_names_and_placeholders_of_a_dialect)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = { .arena = arena, .dialect = &dollars };
    Sql other = { .arena = arena, .dialect = &marks };
    Error err;

    sql_words(&sql, "select ");
    sql_ident(&sql, "a\"b");
    sql_words(&sql, " from ");
    sql_table(&sql, "s", "t");
    sql_words(&sql, " where x = ");
    sql_bind(&sql, VALUE_OF_INT(1));
    sql_words(&sql, " or x = ");
    sql_bind(&sql, VALUE_OF_TEXT("two"));
    sql_words(&sql, " limit ");
    sql_int(&sql, 10);
    CHECK_OK(sql_done(&sql, &err), &err);
    CHECK_STR(sql_cstr(&sql), "select \"a\"\"b\" from \"s\".\"t\" where x = $1 or x = $2 limit 10");
    CHECK_INT(sql.value_count, 2);
    CHECK_INT(sql.values[0].integer, 1);

    sql_table(&other, "", "t`");
    sql_words(&other, " ");
    sql_bind(&other, VALUE_OF_NULL);
    sql_quoted(&other, "it's \\ ok");
    CHECK_OK(sql_done(&other, &err), &err);
    CHECK_STR(sql_cstr(&other), "`t``` ?'it''s \\\\ ok'");
}

TEST(sql_keeps_the_first_failure)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = { .arena = arena, .dialect = &dollars };
    Error err;

    sql_ident(&sql, "longer than ten");
    sql_ident(&sql, "");
    CHECK_ERROR(sql_done(&sql, &err), &err, ERR_INVALID);
    CHECK_STR(err.message, "the SQL statement cannot be written: a name is too long");

    sql = (Sql){ .arena = arena, .dialect = &dollars };
    sql_ident(&sql, "");
    CHECK_ERROR(sql_done(&sql, &err), &err, ERR_INVALID);

    sql = (Sql){ .arena = arena, .dialect = &dollars };
    sql_ident(&sql, "\xff");
    CHECK_ERROR(sql_done(&sql, &err), &err, ERR_INVALID);

    sql = (Sql){ .arena = arena, .dialect = &dollars };
    sql_quoted(&sql, "\xff");
    CHECK_ERROR(sql_done(&sql, &err), &err, ERR_INVALID);

    sql = (Sql){ .arena = arena, .dialect = &dollars };
    for (int i = 0; i < 3; i++)
        sql_bind(&sql, VALUE_OF_INT(i));
    CHECK_ERROR(sql_done(&sql, &err), &err, ERR_INVALID);
    CHECK_INT(sql.value_count, 2);
}

TEST(sql_refuses_a_statement_that_grows_too_long)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = { .arena = arena, .dialect = &dollars };
    Error err;

    for (int i = 0; i < 20; i++)
        sql_words(&sql, "ten bytes ");
    CHECK_ERROR(sql_done(&sql, &err), &err, ERR_TOO_LARGE);
}
