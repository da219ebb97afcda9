#include "test.h"

#include "base/time.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

TEST(civil_days_and_back_over_many_centuries)
{
    for (int64_t days = -800000; days < 800000; days += 97)
    {
        int year, month, day;

        civil_from_days(days, &year, &month, &day);
        CHECK(civil_to_days(year, month, day) == days);
    }
    CHECK(civil_to_days(1970, 1, 1) == 0);
    CHECK(civil_to_days(2000, 3, 1) == 11017);
    CHECK_INT(civil_weekday(0), 4);
    CHECK_INT(civil_weekday(-4), 7);
}

TEST(time_text_reads_back)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const struct
    {
        const char *text, *utc;
    } cases[] = {
        { "2024-06-01T10:20:30.123456Z", "2024-06-01T10:20:30.123456Z" },
        { "2024-06-01T10:20:30+02:00", "2024-06-01T08:20:30.000000Z" },
        { "2024-06-01 10:20:30.5-0330", "2024-06-01T13:50:30.500000Z" },
        { "2024-06-01T10:20", "2024-06-01T10:20:00.000000Z" },
        { "2024-02-29", "2024-02-29T00:00:00.000000Z" },
        { "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
    };
    static const char *const wrong[] = { "",
                                         "2024",
                                         "2024-13-01",
                                         "2023-02-29",
                                         "2024-06-01T",
                                         "2024-06-01T25:00",
                                         "2024-06-01x",
                                         "2024-06-01T10:20:30+25:00",
                                         "24-06-01" };
    Instant at;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CHECK(time_parse(str_of(cases[i].text), &at));
        CHECK_STR(time_text(arena, at), cases[i].utc);
    }
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (time_parse(str_of(wrong[i]), &at))
            fail_msg("was read: %s", wrong[i]);
}

TEST(time_for_http_reads_back)
{
    char text[TIME_TEXT_SIZE];
    Instant at;

    time_format_http(INT64_C(784111777) * SECOND_US, text);
    CHECK_STR(text, "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(time_parse_http(str_of(text), &at));
    CHECK(at == INT64_C(784111777) * SECOND_US);
    CHECK(!time_parse_http(STR("Sunday, 06-Nov-94 08:49:37 GMT"), &at));
}

/* The oracle: the C library, which knows one zone at a time. */
TEST(zones_agree_with_the_c_library)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const names[] = { "Europe/Paris",    "America/New_York",
                                         "Asia/Kolkata",    "Australia/Sydney",
                                         "Africa/Cairo",    "Pacific/Apia",
                                         "America/Cayenne", "UTC" };

    for (size_t i = 0; i < COUNT_OF(names); i++)
    {
        const Zone *zone;
        Error err;

        CHECK_OK(zone_load(arena, names[i], &zone, &err), &err);
        (void) setenv("TZ", names[i], 1);
        tzset();
        for (time_t at = -1500000000; at < 4000000000; at += 1234567)
        {
            struct tm local;
            const char *name;

            (void) localtime_r(&at, &local);
            if (zone_offset(zone, at * SECOND_US, &name) != local.tm_gmtoff ||
                strcmp(name, local.tm_zone) != 0)
                fail_msg("%s at %lld", names[i], (long long) at);
        }
    }
    (void) unsetenv("TZ");
    tzset();
}

TEST(zones_handle_gaps_and_overlaps)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Civil gap = { 2024, 3, 31, 2, 30, 0, 0 };
    const Civil overlap = { 2024, 10, 27, 2, 30, 0, 0 };
    const Zone *paris;
    char text[TIME_TEXT_SIZE];
    Error err;

    CHECK_OK(zone_load(arena, "Europe/Paris", &paris, &err), &err);
    zone_format(paris, zone_to_instant(paris, &gap), text);
    CHECK_STR(text, "2024-03-31T03:30:00.000000+02:00");
    zone_format(paris, zone_to_instant(paris, &overlap), text);
    CHECK_STR(text, "2024-10-27T02:30:00.000000+02:00");
}

TEST(zone_names_cannot_lead_elsewhere)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const wrong[] = {
        "",       "../passwd",     "/etc/passwd", "Europe/../../passwd", "Nowhere/Nothing",
        "Europe", "Europe/Paris\n"
    };
    const Zone *zone;
    Error err;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK_ERROR(zone_load(arena, wrong[i], &zone, &err), &err, ERR_INVALID);
    CHECK_OK(zone_load(arena, "US/Pacific", &zone, &err), &err);
}
