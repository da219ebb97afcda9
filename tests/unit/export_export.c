#include "export/export.h"

#include "export/cell.h"
#include "export/format.h"
#include "export/stamp.h"
#include "export/zip.h"
#include "test.h"

#include <string.h>

/* Bytes into a text. */
typedef struct TextSink
{
    ByteSink bytes; /* first, so that a ByteSink * is a TextSink * */
    Buf text;
    size_t fails_after; /* 0: never */
} TextSink;

static bool
take(ByteSink *sink, const char *bytes, size_t len, Error *err)
{
    TextSink *text = (TextSink *) sink;

    if (text->fails_after > 0 && text->text.len + len > text->fails_after)
        return error_set(err, ERR_CANCELLED, "the reader left");
    buf_add(&text->text, bytes, len);
    return true;
}

static const Zone *
paris(Arena *arena)
{
    const Zone *zone = NULL;

    CHECK(zone_load(arena, "Europe/Paris", &zone, &(Error){ 0 }));
    return zone;
}

static const char *
stamped(Arena *arena, Value cell, const Zone *zone)
{
    char text[STAMP_TEXT_SIZE];
    Stamp stamp;

    if (!stamp_read(&cell, zone, &stamp))
        return "no";
    stamp_write(&stamp, text);
    return arena_text(arena, text);
}

TEST(export_stamps_carry_the_offset_of_their_zone)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Zone *zone = paris(arena);

    CHECK_STR(stamped(arena, VALUE_OF_TEXT("2024-07-01"), zone), "2024-07-01T00:00:00+02:00");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("2024-01-01"), zone), "2024-01-01T00:00:00+01:00");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("2024-07-01 08:30:00.50"), zone),
              "2024-07-01T08:30:00.5+02:00");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("2024-07-01T08:30:00Z"), zone),
              "2024-07-01T10:30:00+02:00");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("2024-07-01 08:30:00+05:30"), NULL),
              "2024-07-01T03:00:00Z");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("08:30"), zone), "08:30:00+01:00");
    CHECK_STR(stamped(arena, VALUE_OF_INSTANT(INT64_C(1719822600123456)), NULL),
              "2024-07-01T08:30:00.123456Z");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("2024-02-30"), NULL), "no");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT("yesterday"), NULL), "no");
    CHECK_STR(stamped(arena, VALUE_OF_TEXT(""), NULL), "no");
}

static const char *
formatted(Arena *arena, Value cell, BaseType type, const char *unit, const char *settings,
          const char *locale)
{
    Buf out = buf_new(arena, 1000);
    Json *tree = NULL;
    ExportColumn column = { .name = "x", .title = "X", .type = type, .unit = unit };

    if (settings != NULL)
        CHECK(json_parse(arena, str_of(settings), NULL, &tree, &(Error){ 0 }));
    column.settings = tree;
    format_cell(&out, &cell, &column, locale);
    return buf_cstr(&out);
}

TEST(export_numbers_are_written_as_people_read_them)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *euro = "{\"number_style\":\"currency\",\"currency\":\"EUR\"}";

    CHECK_STR(formatted(arena, VALUE_OF_INT(1234567), BASE_INTEGER, NULL, NULL, "en"), "1,234,567");
    CHECK_STR(formatted(arena, VALUE_OF_INT(-1234567), BASE_INTEGER, NULL, NULL, "fr"),
              "-1\u202f234\u202f567");
    CHECK_STR(formatted(arena, VALUE_OF_DOUBLE(0.125), BASE_FLOAT, NULL,
                        "{\"number_style\":\"percent\"}", "en"),
              "12.5%");
    CHECK_STR(formatted(arena, VALUE_OF_DOUBLE(1234.5), BASE_FLOAT, NULL, euro, "en"), "€1,234.50");
    CHECK_STR(formatted(arena, VALUE_OF_DOUBLE(1234.5), BASE_FLOAT, NULL, euro, "fr"),
              "1\u202f234,50\u00a0€");
    CHECK_STR(formatted(arena, VALUE_OF_DOUBLE(-5), BASE_FLOAT, NULL, euro, "en"), "-€5.00");
    CHECK_STR(formatted(arena, VALUE_OF_DOUBLE(12), BASE_FLOAT, NULL,
                        "{\"prefix\":\"~\",\"suffix\":\" km\",\"scale\":1.5,\"decimals\":1}", "en"),
              "~18.0 km");
    CHECK_STR(formatted(arena, VALUE_OF_DOUBLE(-0.0001), BASE_FLOAT, NULL, NULL, "en"), "0");
}

TEST(export_dates_are_written_as_people_read_them)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Value day = VALUE_OF_TEXT("2024-03-04"), moment = VALUE_OF_TEXT("2024-03-04T15:05:00");

    CHECK_STR(formatted(arena, day, BASE_DATE, NULL, NULL, "en"), "March 4, 2024");
    CHECK_STR(formatted(arena, day, BASE_DATE, NULL, NULL, "fr"), "4 mars 2024");
    CHECK_STR(formatted(arena, moment, BASE_DATE_TIME, NULL, NULL, "en"), "March 4, 2024, 3:05 PM");
    CHECK_STR(formatted(arena, moment, BASE_DATE_TIME, NULL, NULL, "fr"), "4 mars 2024 à 15:05");
    CHECK_STR(formatted(arena, moment, BASE_DATE_TIME, "month", NULL, "fr"), "mars 2024");
    CHECK_STR(formatted(arena, moment, BASE_DATE_TIME, "quarter", NULL, "fr"), "T1 2024");
    CHECK_STR(formatted(arena, moment, BASE_DATE_TIME, "week", NULL, "en"),
              "March 4, 2024 – March 10, 2024");
    CHECK_STR(formatted(arena, day, BASE_DATE, NULL,
                        "{\"date_style\":\"DD/MM/YYYY\",\"date_separator\":\"-\"}", "fr"),
              "04-03-2024");
    CHECK_STR(formatted(arena, VALUE_OF_INT(3), BASE_INTEGER, "month-of-year", NULL, "fr"), "mars");
    CHECK_STR(formatted(arena, VALUE_OF_INT(15), BASE_INTEGER, "hour-of-day", NULL, "en"), "3 PM");
}

static const ExportColumn columns[] = {
    { .at = 0, .name = "id", .title = "Id", .type = BASE_INTEGER },
    { .at = 1, .name = "note", .title = "Note, \"quoted\"", .type = BASE_TEXT },
    { .at = 2, .name = "secret", .title = "Secret", .type = BASE_TEXT, .is_hidden = true },
    { .at = 3, .name = "day", .title = "Day", .type = BASE_DATE_TIME, .unit = "day" },
};
static const ExportPlan plan = { .columns = columns, .count = COUNT_OF(columns) };

static bool
write_two_rows(RowSink *sink, Error *err)
{
    const Columns none = { NULL, 0 };
    const Value first[] = { VALUE_OF_INT(1), VALUE_OF_TEXT("a,\"b\"\nc"), VALUE_OF_TEXT("x"),
                            VALUE_OF_TEXT("2024-03-04 00:00:00") };
    const Value second[] = { VALUE_OF_NULL, VALUE_OF_NULL, VALUE_OF_NULL, VALUE_OF_NULL };

    return sink->begin(sink, &none, err) && sink->row(sink, first, err) &&
           sink->row(sink, second, err) && sink->end(sink, err);
}

TEST(export_csv_quotes_what_needs_it_and_leaves_out_hidden_columns)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TextSink out = { { take }, buf_new(arena, 10000), 0 };
    Error err;

    CHECK(write_two_rows(csv_open(arena, &plan, &out.bytes), &err));
    CHECK_STR(buf_cstr(&out.text),
              "Id,\"Note, \"\"quoted\"\"\",Day\n1,\"a,\"\"b\"\"\nc\",2024-03-04\n,,\n");
}

TEST(export_json_is_a_list_of_objects_by_title)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TextSink out = { { take }, buf_new(arena, 10000), 0 };
    Json *tree = NULL;
    Error err;

    CHECK(write_two_rows(json_open(arena, &plan, &out.bytes), &err));
    CHECK(json_parse(arena, buf_slice(&out.text), NULL, &tree, &err));
    CHECK_INT(tree->count, 2);
    CHECK_STR(json_text_or(json_get(tree->first, "Note, \"quoted\""), ""), "a,\"b\"\nc");
    CHECK_STR(json_text_or(json_get(tree->first, "Day"), ""), "2024-03-04");
    CHECK(json_get(tree->first, "Secret") == NULL);
    CHECK_INT(json_get(tree->first->next, "Id")->kind, JSON_NULL);
}

TEST(export_workbooks_begin_and_end_like_archives)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    TextSink out = { { take }, buf_new(arena, 100000), 0 };
    Error err;

    CHECK(write_two_rows(xlsx_open(arena, &plan, &out.bytes), &err));
    CHECK(memcmp(out.text.ptr, "PK\003\004", 4) == 0);
    CHECK(memcmp(out.text.ptr + out.text.len - 22, "PK\005\006", 4) == 0);
}

TEST(export_of_which_the_reader_leaves_fails_with_that)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Error err;

    for (const ExportFormat *format = export_formats; format->name != NULL; format++)
    {
        TextSink out = { { take }, buf_new(arena, 100000), 1 };

        CHECK(!write_two_rows(format->open(arena, &plan, &out.bytes), &err));
        CHECK_INT(err.code, ERR_CANCELLED);
    }
    CHECK(export_lookup("pdf") == NULL);
}
