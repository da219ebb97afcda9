/* Schedules: what is read, what is refused, and the next time in a zone, across changes of clocks.
 */
#include "job/cron.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

typedef struct Case
{
    const char *text;
    const char *zone;
    const char *after;
    const char *next; /* "" when there is none */
} Case;

static void
check_next(const Case *it)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char got[TIME_TEXT_SIZE] = "";
    const Zone *zone;
    Instant at;
    Error err;
    Cron cron;

    CHECK_OK(cron_parse(it->text, &cron, &err), &err);
    CHECK_OK(zone_load(arena, it->zone, &zone, &err), &err);
    CHECK(time_parse(str_of(it->after), &at));
    if (cron_next(&cron, zone, at, &at))
        zone_format(zone, at, got);
    if (strcmp(got, it->next) != 0)
        fail_msg("%s in %s after %s: %s instead of %s", it->text, it->zone, it->after, got,
                 it->next);
}

#define UTC    "UTC"
#define PARIS  "Europe/Paris"
#define Z(day) day ".000000Z"

TEST(cron_finds_the_next_time_of_five_parts)
{
    // clang-format off
    static const Case cases[] = {
        { "* * * * *",        UTC, "2026-01-01T00:00:00Z",   Z("2026-01-01T00:01:00") },
        { "* * * * *",        UTC, "2026-01-01T00:00:59.5Z", Z("2026-01-01T00:01:00") },
        { "0 0 * * *",        UTC, "2026-01-01T00:00:00Z",   Z("2026-01-02T00:00:00") },
        { "0 0 * * *",        UTC, "2025-12-31T23:59:59.999999Z", Z("2026-01-01T00:00:00") },
        { "*/15 * * * *",     UTC, "2026-01-01T00:45:00Z",   Z("2026-01-01T01:00:00") },
        { "5/20 * * * *",     UTC, "2026-01-01T00:26:00Z",   Z("2026-01-01T00:45:00") },
        { "10-20/5 3 * * *",  UTC, "2026-01-01T03:10:00Z",   Z("2026-01-01T03:15:00") },
        { "0 22-3 * * *",     UTC, "2026-01-01T03:00:00Z",   Z("2026-01-01T22:00:00") },
        { "0 22-3 * * *",     UTC, "2026-01-01T23:00:00Z",   Z("2026-01-02T00:00:00") },
        { "30 4 1,15 * *",    UTC, "2026-01-01T04:30:00Z",   Z("2026-01-15T04:30:00") },
        { "0 0 31 * *",       UTC, "2026-01-31T00:00:00Z",   Z("2026-03-31T00:00:00") },
        { "0 0 29 2 *",       UTC, "2026-01-01T00:00:00Z",   Z("2028-02-29T00:00:00") },
        { "0 0 29 feb *",     UTC, "2096-03-01T00:00:00Z",   "" },
        { "0 0 30 2 *",       UTC, "2026-01-01T00:00:00Z",   "" },
        { "0 0 1 jan-mar *",  UTC, "2026-03-01T00:00:00Z",   Z("2027-01-01T00:00:00") },
        { "0 9 * * 1-5",      UTC, "2026-11-20T09:00:00Z",   Z("2026-11-23T09:00:00") },
        { "0 9 * * MON-FRI",  UTC, "2026-11-20T09:00:00Z",   Z("2026-11-23T09:00:00") },
        { "0 9 * * fri-mon",  UTC, "2026-11-23T09:00:00Z",   Z("2026-11-27T09:00:00") },
        { "0 9 * * 0",        UTC, "2026-11-20T09:00:00Z",   Z("2026-11-22T09:00:00") },
        { "0 9 * * 7",        UTC, "2026-11-20T09:00:00Z",   Z("2026-11-22T09:00:00") },
        { "0 9 * * 6-7",      UTC, "2026-11-21T09:00:00Z",   Z("2026-11-22T09:00:00") },
        { "0 0 13 * 5",       UTC, "2026-11-14T00:00:00Z",   Z("2026-11-20T00:00:00") },
        { "0 0 13 * 5",       UTC, "2026-12-12T00:00:00Z",   Z("2026-12-13T00:00:00") },
        { "@hourly",          UTC, "2026-01-01T00:00:00Z",   Z("2026-01-01T01:00:00") },
        { "@weekly",          UTC, "2026-11-20T00:00:00Z",   Z("2026-11-22T00:00:00") },
        { "0 0 1 1 *",        UTC, "1969-12-30T00:00:00Z",   Z("1970-01-01T00:00:00") },
    };
    // clang-format on

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        check_next(&cases[i]);
}

TEST(cron_finds_the_next_time_of_quartz)
{
    // clang-format off
    static const Case cases[] = {
        { "0 50 * * * ? *",       UTC, "2026-01-01T00:50:00Z", Z("2026-01-01T01:50:00") },
        { "*/10 * * * * ?",       UTC, "2026-01-01T00:00:50Z", Z("2026-01-01T00:01:00") },
        { "15 30 4 ? * 2",        UTC, "2026-11-20T00:00:00Z", Z("2026-11-23T04:30:15") },
        { "0 0 8 ? * 2-6 *",      UTC, "2026-11-20T08:00:00Z", Z("2026-11-23T08:00:00") },
        { "0 0 8 ? * SUN *",      UTC, "2026-11-20T08:00:00Z", Z("2026-11-22T08:00:00") },
        { "0 0 8 L * ? *",        UTC, "2026-02-01T00:00:00Z", Z("2026-02-28T08:00:00") },
        { "0 0 8 L-2 * ?",        UTC, "2024-02-01T00:00:00Z", Z("2024-02-27T08:00:00") },
        { "0 0 8 LW * ?",         UTC, "2026-01-01T00:00:00Z", Z("2026-01-30T08:00:00") },
        { "0 0 8 15W * ?",        UTC, "2026-11-01T00:00:00Z", Z("2026-11-16T08:00:00") },
        { "0 0 8 1W * ?",         UTC, "2026-08-01T00:00:00Z", Z("2026-08-03T08:00:00") },
        { "0 0 8 31W * ?",        UTC, "2026-02-01T00:00:00Z", Z("2026-03-31T08:00:00") },
        { "0 0 8 ? * 6L",         UTC, "2026-11-01T00:00:00Z", Z("2026-11-27T08:00:00") },
        { "0 0 8 ? * FRIL",       UTC, "2026-11-01T00:00:00Z", Z("2026-11-27T08:00:00") },
        { "0 0 8 ? * 6#3",        UTC, "2026-11-01T00:00:00Z", Z("2026-11-20T08:00:00") },
        { "0 0 8 ? * MON#5",      UTC, "2026-11-24T00:00:00Z", Z("2026-11-30T08:00:00") },
        { "0 0 8 ? * MON#5",      UTC, "2026-12-01T00:00:00Z", Z("2027-03-29T08:00:00") },
        { "0 0 8 ? * L",          UTC, "2026-11-20T00:00:00Z", Z("2026-11-21T08:00:00") },
        { "0 0 8 13 * 6",         UTC, "2026-03-14T00:00:00Z", Z("2026-11-13T08:00:00") },
        { "0 0 0 1 1 ? 2030",     UTC, "2026-01-01T00:00:00Z", Z("2030-01-01T00:00:00") },
        { "0 0 0 1 1 ? 2028/2",   UTC, "2028-01-01T00:00:00Z", Z("2030-01-01T00:00:00") },
        { "0 0 0 1 1 ? 2020",     UTC, "2026-01-01T00:00:00Z", "" },
    };
    // clang-format on

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        check_next(&cases[i]);
}

TEST(cron_is_right_when_clocks_change)
{
    // clang-format off
    static const Case cases[] = {
        { "30 4 * * *",   PARIS, "2026-07-01T00:00:00Z", "2026-07-01T04:30:00.000000+02:00" },
        { "30 4 * * *",   PARIS, "2026-12-01T00:00:00Z", "2026-12-01T04:30:00.000000+01:00" },
        /* 29 March: 2:00 becomes 3:00, at 1:00 in UTC. */
        { "30 2 * * *",   PARIS, "2026-03-29T00:30:00Z", "2026-03-29T03:00:00.000000+02:00" },
        { "30 2 * * *",   PARIS, "2026-03-29T01:00:00Z", "2026-03-30T02:30:00.000000+02:00" },
        { "0 2,3 * * *",  PARIS, "2026-03-29T00:30:00Z", "2026-03-29T03:00:00.000000+02:00" },
        { "0 2,3 * * *",  PARIS, "2026-03-29T01:00:00Z", "2026-03-30T02:00:00.000000+02:00" },
        { "0 3 * * *",    PARIS, "2026-03-29T00:30:00Z", "2026-03-29T03:00:00.000000+02:00" },
        { "30 3 * * *",   PARIS, "2026-03-29T00:30:00Z", "2026-03-29T03:30:00.000000+02:00" },
        { "*/15 * * * *", PARIS, "2026-03-29T00:45:00Z", "2026-03-29T03:00:00.000000+02:00" },
        /* 25 October: 3:00 becomes 2:00, at 1:00 in UTC. */
        { "30 2 * * *",   PARIS, "2026-10-24T22:00:00Z", "2026-10-25T02:30:00.000000+02:00" },
        { "30 2 * * *",   PARIS, "2026-10-25T00:30:00Z", "2026-10-26T02:30:00.000000+01:00" },
        { "30 2 * * *",   PARIS, "2026-10-25T01:15:00Z", "2026-10-26T02:30:00.000000+01:00" },
        { "0 3 * * *",    PARIS, "2026-10-25T00:30:00Z", "2026-10-25T03:00:00.000000+01:00" },
        { "30 * * * *",   PARIS, "2026-10-25T00:30:00Z", "2026-10-25T02:30:00.000000+01:00" },
        { "*/15 * * * *", PARIS, "2026-10-25T00:45:00Z", "2026-10-25T02:00:00.000000+01:00" },
        { "0 0 1 7 *",    PARIS, "2026-10-25T00:45:00Z", "2027-07-01T00:00:00.000000+02:00" },
        /* Half an hour, and a day that begins at one o'clock. */
        { "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-04T02:30:00.000000+11:00" },
        { "0 0 * * *",  "America/Havana",      "2026-03-08T04:30:00Z", "2026-03-08T01:00:00.000000-04:00" },
        { "0 9 * * *",  "Asia/Kolkata",        "2026-03-08T03:30:00Z", "2026-03-09T09:00:00.000000+05:30" },
    };
    // clang-format on

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        check_next(&cases[i]);
}

TEST(cron_runs_each_quarter_of_the_longest_and_the_shortest_day)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const Zone *zone;
    Cron every, daily;
    Error err;

    CHECK_OK(zone_load(arena, PARIS, &zone, &err), &err);
    CHECK_OK(cron_parse("*/15 * * * *", &every, &err), &err);
    CHECK_OK(cron_parse("30 2 * * *", &daily, &err), &err);
    for (int year = 2020; year < 2060; year++)
    {
        Instant from = civil_to_instant(&(Civil){ .year = year, .month = 1, .day = 1 });
        Instant end = civil_to_instant(&(Civil){ .year = year + 1, .month = 1, .day = 1 });
        Instant at = from;
        int64_t days = 0;

        for (Instant last = from; at < from + 400 * HOUR_US; last = at)
        {
            CHECK(cron_next(&every, zone, at, &at));
            CHECK(at - last == 15 * MINUTE_US);
        }
        for (at = from; cron_next(&daily, zone, at, &at) && at < end;)
            days++;
        CHECK_INT(days, (end - from) / DAY_US);
    }
}

TEST(cron_refuses_what_is_not_a_schedule)
{
    static const struct
    {
        const char *text;
        const char *message;
    } cases[] = {
        { "", "the schedule has 0 parts instead of five to seven" },
        { "* * * *", "the schedule has 4 parts instead of five to seven" },
        { "* * * * * * * *", "the schedule has more than seven parts" },
        { "60 * * * *", "the schedule has a wrong minutes: 60" },
        { "* 24 * * *", "the schedule has a wrong hours: 24" },
        { "* * 0 * *", "the schedule has a wrong day of the month: 0" },
        { "* * * 13 *", "the schedule has a wrong month: 13" },
        { "* * * * 8", "the schedule has a wrong weekday: 8" },
        { "* * * * ?", "the schedule has a wrong weekday: ?" },
        { "* * L * *", "the schedule has a wrong day of the month: L" },
        { "*/0 * * * *", "the schedule has a wrong minutes: */0" },
        { "1,,2 * * * *", "the schedule has a wrong minutes: 1,,2" },
        { "1- * * * *", "the schedule has a wrong minutes: 1-" },
        { "-1 * * * *", "the schedule has a wrong minutes: -1" },
        { "+1 * * * *", "the schedule has a wrong minutes: +1" },
        { "1/x * * * *", "the schedule has a wrong minutes: 1/x" },
        { "* * * foo *", "the schedule has a wrong month: foo" },
        { "0 0 0 ? * 0", "the schedule has a wrong weekday: 0" },
        { "0 0 0 ? * 6#6", "the schedule has a wrong weekday: 6#6" },
        { "0 0 0 L-31 * ?", "the schedule has a wrong day of the month: L-31" },
        { "0 0 0 1 1 ? 2030-2020", "the schedule has a wrong year: 2030-2020" },
        { "0 0 0 1 1 ? 1969", "the schedule has a wrong year: 1969" },
        { "@never", "the schedule has 1 parts instead of five to seven" },
    };
    Error err;
    Cron cron;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CHECK_ERROR(cron_parse(cases[i].text, &cron, &err), &err, ERR_INVALID);
        CHECK_STR(err.message, cases[i].message);
    }
}
