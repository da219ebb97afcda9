/* What columns of files hold, as French and English offices write it. */
#include "test.h"

#include "upload/guess.h"

#include <stdio.h>
#include <string.h>

static Writing
guessed(Arena *arena, const char *values, bool commas)
{
    Guess guess = guess_begin();
    Str rest = str_of(values), value;

    while (str_split(&rest, '|', &value))
        guess_value(&guess, arena, value);
    return guess_end(&guess, commas);
}

TEST(upload_guess_knows_what_a_column_holds)
{
    static const struct
    {
        const char *values; /* by | */
        bool commas;
        BaseType type;
        const char *last; /* as the database reads the last value */
    } rows[] = {
        { "1|-2|30", false, BASE_BIG_INTEGER, "30" },
        { "1 234|12 345 678", true, BASE_BIG_INTEGER, "12345678" },
        { "01|02", false, BASE_TEXT, "02" },
        { "0|10", false, BASE_BIG_INTEGER, "10" },
        { "04070|75056", true, BASE_TEXT, "75056" },
        { "0612345678", false, BASE_TEXT, "0612345678" },
        { "1,5|-0,25", true, BASE_FLOAT, "-0.25" },
        { "1,5|2", false, BASE_FLOAT, "2" },
        { "1.234,5|7", true, BASE_FLOAT, "7" },
        { "1,234.5|2", false, BASE_FLOAT, "2" },
        { "1,234", true, BASE_FLOAT, "1.234" },
        { "1,234", false, BASE_FLOAT, "1234" },
        { "1.5|1,5", true, BASE_TEXT, "1,5" },
        { "12 34", true, BASE_TEXT, "12 34" },
        { "1e3", false, BASE_FLOAT, "1000" },
        { "1.", false, BASE_TEXT, "1." },
        { "--1", false, BASE_TEXT, "--1" },
        { "99999999999999999999", false, BASE_FLOAT, "1e+20" },
        { "oui|NON|Oui", true, BASE_BOOLEAN, "true" },
        { "vrai|true|no", false, BASE_BOOLEAN, "false" },
        { "1|oui", false, BASE_TEXT, "oui" },
        { "2024-02-29|2023-01-01", false, BASE_DATE, "2023-01-01" },
        { "2023-02-29", false, BASE_TEXT, "2023-02-29" },
        { "31/01/2024|1/2/2024", true, BASE_DATE, "2024-02-01" },
        { "01/31/2024|02/01/2024", false, BASE_DATE, "2024-02-01" },
        { "01.02.2024", true, BASE_DATE, "2024-02-01" },
        { "2024-01-01|2024-01-02 10:20", false, BASE_DATE_TIME, "2024-01-02 10:20:00.000000" },
        { "31/12/2024 23:59:59", true, BASE_DATE_TIME, "2024-12-31 23:59:59.000000" },
        { "2024-01-01T10:20:30.5", false, BASE_DATE_TIME, "2024-01-01 10:20:30.500000" },
        { "2024-01-01T10:20:30+02:00", false, BASE_DATE_TIME_WITH_LOCAL_TZ,
          "2024-01-01T08:20:30.000000Z" },
        { "||", false, BASE_TEXT, "" },
        { " 12 |", false, BASE_BIG_INTEGER, "" },
        { "12 %", false, BASE_TEXT, "12 %" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        CLEANUP(arena_free) Arena *arena = arena_new();
        Writing writing = guessed(arena, rows[i].values, rows[i].commas);
        const char *bar = strrchr(rows[i].values, '|');
        Value value;

        if (writing.type != rows[i].type)
            fail_msg("%s is %s", rows[i].values, base_type_name(writing.type));
        CHECK(
            writing_read(&writing, arena, str_of(bar == NULL ? rows[i].values : bar + 1), &value));
        CHECK_STR(value.kind == VALUE_NULL ? "" : value_to_text(arena, &value), rows[i].last);
    }
}

TEST(upload_guess_fits_what_exists)
{
    static const struct
    {
        const char *values;
        BaseType column;
        BaseType fits; /* BASE_ANY: it does not */
    } rows[] = {
        { "12", BASE_FLOAT, BASE_BIG_INTEGER },
        { "1,5", BASE_FLOAT, BASE_FLOAT },
        { "x", BASE_FLOAT, BASE_ANY },
        { "1,5", BASE_BIG_INTEGER, BASE_ANY },
        { "2024-01-01", BASE_DATE_TIME, BASE_DATE },
        { "2024-01-01 10:00", BASE_DATE, BASE_ANY },
        { "12", BASE_TEXT, BASE_TEXT },
        { "", BASE_FLOAT, BASE_TEXT },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        CLEANUP(arena_free) Arena *arena = arena_new();
        Guess guess = guess_begin();

        guess_value(&guess, arena, str_of(rows[i].values));
        if (guess_end_as(&guess, rows[i].column, true).type != rows[i].fits)
            fail_msg("%s into %s", rows[i].values, base_type_name(rows[i].column));
    }
}
