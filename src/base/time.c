/*
 * Instants and civil dates: arithmetic and text. Zones are in time_zone.c. The calendar is the
 * proleptic Gregorian one, counted in days since 1970-01-01.
 */
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const day_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

Instant
time_now(void)
{
    struct timespec now;

    (void) clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

int64_t
time_monotonic(void)
{
    struct timespec now;

    (void) clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
    int64_t quotient = a / b;

    return a % b < 0 ? quotient - 1 : quotient;
}

/* Years begin in March, so that the leap day is the last; eras are 400 years. */
int64_t
civil_to_days(int year, int month, int day)
{
    int64_t y = (int64_t) year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468;
    int64_t era = floor_div(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;

    *day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = (int) (year_of_era + era * 400 + (*month <= 2));
}

int
civil_weekday(int64_t days)
{
    return (int) (((days + 3) % 7 + 7) % 7) + 1;
}

Instant
civil_to_instant(const Civil *civil)
{
    int64_t days = civil_to_days(civil->year, civil->month, civil->day);

    return days * DAY_US + civil->hour * HOUR_US + civil->minute * MINUTE_US +
           civil->second * SECOND_US + civil->micro;
}

Civil
civil_from_instant(Instant at)
{
    int64_t days = floor_div(at, DAY_US);
    int64_t left = at - days * DAY_US;
    Civil civil;

    civil_from_days(days, &civil.year, &civil.month, &civil.day);
    civil.hour = (int) (left / HOUR_US);
    civil.minute = (int) (left % HOUR_US / MINUTE_US);
    civil.second = (int) (left % MINUTE_US / SECOND_US);
    civil.micro = (int) (left % SECOND_US);
    return civil;
}

bool
civil_is_valid(const Civil *civil)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (civil->year % 4 == 0 && civil->year % 100 != 0) || civil->year % 400 == 0;

    if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
        civil->day > lengths[civil->month - 1] + (leap && civil->month == 2))
        return false;
    return civil->hour >= 0 && civil->hour < 24 && civil->minute >= 0 && civil->minute < 60 &&
           civil->second >= 0 && civil->second < 60 && civil->micro >= 0 &&
           civil->micro < SECOND_US;
}

void
time_format(Instant at, char text[TIME_TEXT_SIZE])
{
    Civil c = civil_from_instant(at);

    (void) snprintf(text, TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", c.year, c.month,
                    c.day, c.hour, c.minute, c.second, c.micro);
}

char *
time_text(Arena *arena, Instant at)
{
    char text[TIME_TEXT_SIZE];

    time_format(at, text);
    return arena_text(arena, text);
}

void
time_format_http(Instant at, char text[TIME_TEXT_SIZE])
{
    Civil c = civil_from_instant(at);
    int weekday = civil_weekday(floor_div(at, DAY_US));

    (void) snprintf(text, TIME_TEXT_SIZE, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                    day_names[weekday - 1], c.day, month_names[c.month - 1], c.year, c.hour,
                    c.minute, c.second);
}

/* Exactly `count` digits at the start of *text, which moves past them. */
static bool
take_digits(Str *text, size_t count, int *value)
{
    *value = 0;
    if (text->len < count)
        return false;
    for (size_t i = 0; i < count; i++)
    {
        if (text->ptr[i] < '0' || text->ptr[i] > '9')
            return false;
        *value = *value * 10 + (text->ptr[i] - '0');
    }
    *text = (Str){ text->ptr + count, text->len - count };
    return true;
}

static bool
take_char(Str *text, const char *accepted)
{
    if (text->len == 0 || text->ptr[0] == '\0' || strchr(accepted, text->ptr[0]) == NULL)
        return false;
    *text = (Str){ text->ptr + 1, text->len - 1 };
    return true;
}

bool
time_parse_http(Str text, Instant *at)
{
    Civil c = { 0 };

    if (text.len != 29 || memcmp(text.ptr + 25, " GMT", 4) != 0)
        return false;
    text = (Str){ text.ptr + 5, 20 };
    if (!take_digits(&text, 2, &c.day) || !take_char(&text, " "))
        return false;
    for (int month = 0; month < 12; month++)
        if (memcmp(text.ptr, month_names[month], 3) == 0)
            c.month = month + 1;
    text = (Str){ text.ptr + 3, text.len - 3 };
    if (!take_char(&text, " ") || !take_digits(&text, 4, &c.year) || !take_char(&text, " ") ||
        !take_digits(&text, 2, &c.hour) || !take_char(&text, ":") ||
        !take_digits(&text, 2, &c.minute) || !take_char(&text, ":") ||
        !take_digits(&text, 2, &c.second) || !civil_is_valid(&c))
        return false;
    *at = civil_to_instant(&c);
    return true;
}

static void
take_fraction(Str *text, Civil *c)
{
    int scale = 100000;

    while (text->len > 0 && text->ptr[0] >= '0' && text->ptr[0] <= '9')
    {
        c->micro += (text->ptr[0] - '0') * scale;
        scale /= 10;
        *text = (Str){ text->ptr + 1, text->len - 1 };
    }
}

/* hh:mm[:ss[.fraction]] */
static bool
take_clock(Str *text, Civil *c)
{
    if (!take_digits(text, 2, &c->hour) || !take_char(text, ":") ||
        !take_digits(text, 2, &c->minute))
        return false;
    if (!take_char(text, ":"))
        return true;
    if (!take_digits(text, 2, &c->second))
        return false;
    if (take_char(text, ".,"))
        take_fraction(text, c);
    return true;
}

/* Nothing, Z, +hh, +hhmm or +hh:mm; seconds east of UTC. */
static bool
take_offset(Str *text, int *seconds)
{
    int hours, minutes = 0;
    bool west;

    *seconds = 0;
    if (text->len == 0 || take_char(text, "Zz"))
        return true;
    west = text->ptr[0] == '-';
    if (!take_char(text, "+-") || !take_digits(text, 2, &hours))
        return false;
    if (take_char(text, ":") || text->len > 0)
        if (!take_digits(text, 2, &minutes))
            return false;
    if (hours > 18 || minutes > 59)
        return false;
    *seconds = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
    return true;
}

bool
time_parse(Str text, Instant *at)
{
    Civil c = { 0 };
    int offset = 0;

    if (!take_digits(&text, 4, &c.year) || !take_char(&text, "-") ||
        !take_digits(&text, 2, &c.month) || !take_char(&text, "-") ||
        !take_digits(&text, 2, &c.day))
        return false;
    if (text.len > 0 && (!take_char(&text, "Tt ") || !take_clock(&text, &c)))
        return false;
    if (!take_offset(&text, &offset) || text.len > 0 || !civil_is_valid(&c))
        return false;
    *at = civil_to_instant(&c) - offset * SECOND_US;
    return true;
}
