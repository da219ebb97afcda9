#include "sql/value.h"

#include "sql/row.h"
#include "test.h"

#include <math.h>
#include <string.h>

TEST(sql_values_have_a_text_form)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const struct
    {
        Value value;
        const char *text;
    } cases[] = {
        { VALUE_OF_INT(-42), "-42" },
        { VALUE_OF_INT(INT64_MIN), "-9223372036854775808" },
        { VALUE_OF_BOOL(true), "true" },
        { VALUE_OF_DOUBLE(0.1), "0.1" },
        { VALUE_OF_DOUBLE(1.0 / 3), "0.3333333333333333" },
        { VALUE_OF_DOUBLE(-INFINITY), "-Infinity" },
        { VALUE_OF_TEXT("été"), "été" },
        { VALUE_OF_INSTANT(0), "1970-01-01T00:00:00.000000Z" },
        { { .kind = VALUE_BYTES, .text = { "\0\xff", 2 } }, "00ff" },
        { { .kind = VALUE_DECIMAL, .text = { "12.3456", 5 } }, "12.34" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_STR(value_to_text(arena, &cases[i].value), cases[i].text);
    CHECK(value_to_text(arena, &VALUE_OF_NULL) == NULL);
    CHECK(VALUE_OF_TEXT(NULL).kind == VALUE_NULL);
    CHECK(value_of_id(0).kind == VALUE_NULL);
    CHECK_INT(value_of_id(7).integer, 7);
}

TEST(sql_values_are_read_leniently)
{
    const Value text_number = VALUE_OF_TEXT("12");
    const Value text_double = VALUE_OF_TEXT("1.5e3");
    const Value text_yes = VALUE_OF_TEXT("T");
    const Value text_no = VALUE_OF_TEXT("off");
    const Value huge = VALUE_OF_DOUBLE(1e300);
    const Value word = VALUE_OF_TEXT("word");

    CHECK_INT(value_to_int(&text_number, 0), 12);
    CHECK_INT(value_to_int(&text_double, 0), 1500);
    CHECK_INT(value_to_int(&VALUE_OF_BOOL(true), 0), 1);
    CHECK_INT(value_to_int(&huge, -1), -1);
    CHECK_INT(value_to_int(&word, -1), -1);
    CHECK_INT(value_to_int(&VALUE_OF_NULL, 9), 9);
    CHECK(value_to_double(&text_double, 0) == 1500);
    CHECK(value_to_double(&word, 2) == 2);
    CHECK(value_to_bool(&text_yes, false));
    CHECK(!value_to_bool(&text_no, true));
    CHECK(value_to_bool(&VALUE_OF_INT(1), false));
    CHECK(value_to_bool(&word, true));
}

TEST(sql_base_types_have_metabase_names_both_ways)
{
    BaseType type;

    for (size_t i = 0; i < BASE_TYPE_COUNT; i++)
    {
        CHECK(base_type_from_name(base_type_name((BaseType) i), &type));
        CHECK_INT(type, i);
    }
    CHECK_STR(base_type_name(BASE_DATE_TIME_WITH_LOCAL_TZ), "type/DateTimeWithLocalTZ");
    CHECK(!base_type_from_name("type/Nothing", &type));
    CHECK(!base_type_from_name(NULL, &type));
}

TEST(sql_value_kinds_have_names)
{
    for (ValueKind kind = VALUE_NULL; kind <= VALUE_JSON; kind++)
        CHECK(value_kind_name(kind) != NULL);
}

TEST(sql_rows_are_kept_and_read_in_order)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char shared[] = "text";
    const Column column = { "a", BASE_TEXT, "text" };
    const Columns columns = { (const Column[]){ column, column, column, column, column, column },
                              6 };
    const Value cells[] = {
        VALUE_OF_INT(5),     VALUE_OF_NULL, VALUE_OF_TEXT(shared),
        VALUE_OF_BOOL(true), VALUE_OF_NULL, VALUE_OF_TEXT("{\"a\":[1]}"),
    };
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 2);
    RowReader reader;
    Error err;

    CHECK(collector.sink.begin(&collector.sink, &columns, &err));
    CHECK(collector.sink.row(&collector.sink, cells, &err));
    memset(shared, 'x', 4);
    CHECK(collector.sink.row(&collector.sink, cells, &err));
    CHECK_ERROR(collector.sink.row(&collector.sink, cells, &err), &err, ERR_TOO_LARGE);
    CHECK(collector.sink.end(&collector.sink, &err));
    CHECK_INT(rows.count, 2);
    reader = (RowReader){ arena, rows.row[0] };
    CHECK_INT(row_int(&reader), 5);
    CHECK(!row_opt_int(&reader).set);
    CHECK_STR(row_text(&reader), "text");
    CHECK(row_bool(&reader));
    CHECK(!row_opt_bool(&reader).set);
    CHECK_INT(json_int_or(json_at(json_get(row_json(&reader), "a"), 0), 0), 1);
}

TEST(sql_rows_with_broken_json_give_none)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Value cells[] = { VALUE_OF_TEXT("{broken"), VALUE_OF_TEXT(""), VALUE_OF_INT(3) };
    RowReader reader = { arena, cells };

    CHECK(row_json(&reader) == NULL);
    CHECK(row_json(&reader) == NULL);
    CHECK(row_json(&reader) == NULL);
    CHECK(value_of_json(arena, NULL).kind == VALUE_NULL);
    CHECK(value_of_opt_bool((OptBool){ true, true }).boolean);
    CHECK_INT(value_of_opt_int((OptInt){ true, 4 }).integer, 4);
}
