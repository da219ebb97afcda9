#include "query/quotes.h"

#include "driver/dialects.h"
#include "test.h"

static QuotePlace
place(const Dialect *dialect, const char *text)
{
    Quotes quotes = quotes_begin(dialect);

    quotes_read(&quotes, str_of(text));
    return quotes.place;
}

TEST(query_quotes_know_the_open_from_the_quoted)
{
    CHECK_INT(place(&postgres_dialect, "select 1 where a = "), PLACE_OPEN);
    CHECK_INT(place(&postgres_dialect, "select 'it''s', "), PLACE_OPEN);
    CHECK_INT(place(&postgres_dialect, "select 'it''s "), PLACE_TEXT);
    CHECK_INT(place(&postgres_dialect, "select 'a\\"), PLACE_TEXT);
    CHECK_INT(place(&postgres_dialect, "select 'a\\' "), PLACE_OPEN);
    CHECK_INT(place(&postgres_dialect, "select \"a "), PLACE_CLOSED);
    CHECK_INT(place(&postgres_dialect, "select \"a\"\"b\" "), PLACE_OPEN);
    CHECK_INT(place(&postgres_dialect, "select 1 -- it's "), PLACE_LINE);
    CHECK_INT(place(&postgres_dialect, "select 1 -- it's\n "), PLACE_OPEN);
    CHECK_INT(place(&postgres_dialect, "select 1 /* it's "), PLACE_CLOSED);
}

TEST(query_quotes_know_what_only_some_databases_have)
{
    CHECK_INT(place(&postgres_dialect, "select E'a\\' "), PLACE_CLOSED);
    CHECK_INT(place(&postgres_dialect, "select name'a "), PLACE_TEXT);
    CHECK_INT(place(&postgres_dialect, "select $$ it's "), PLACE_CLOSED);
    CHECK_INT(place(&postgres_dialect, "select $a$ $$ $a$, '"), PLACE_TEXT);
    CHECK_INT(place(&postgres_dialect, "select $1, '"), PLACE_TEXT);
    CHECK_INT(place(&postgres_dialect,
                    "$aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg$ x "
                    "$aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg$ "),
              PLACE_CLOSED);
    CHECK_INT(place(&postgres_dialect,
                    "$aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12$ x "
                    "$aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12$ "),
              PLACE_CLOSED);
    CHECK_INT(place(&postgres_dialect, "/* /* */ "), PLACE_CLOSED);
    CHECK_INT(place(&postgres_dialect, "/* /* */ */ "), PLACE_OPEN);
    CHECK_INT(place(&sqlite_dialect, "/* /* */ "), PLACE_OPEN);
    CHECK_INT(place(&sqlite_dialect, "select $$ it's "), PLACE_TEXT);
}

TEST(query_quotes_know_what_a_value_would_melt_with)
{
    static const struct
    {
        const char *text;
        bool touches;
    } cases[] = { { "select E", true }, { "a -", true },   { "select U&", true },
                  { "'x'", true },      { "a = ", false }, { "in (", false } };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        Quotes quotes = quotes_begin(&postgres_dialect);

        quotes_read(&quotes, str_of(cases[i].text));
        CHECK(quotes_touch(&quotes) == cases[i].touches);
    }
}
