/* Reads what drivers give (typed text, instants, and the plain text of SQLite) without `sscanf`:
 * this runs for each cell. */
#include "export/stamp.h"

#include <stdio.h>
#include <string.h>

bool
stamp_is_type(BaseType type)
{
    return type >= BASE_DATE && type <= BASE_INSTANT;
}

/* `count` digits; -1 when there are not as many. */
static int
digits(const char **at, const char *end, int count)
{
    int number = 0;

    if (end - *at < count)
        return -1;
    for (int i = 0; i < count; i++)
    {
        char c = (*at)[i];

        if (c < '0' || c > '9')
            return -1;
        number = number * 10 + (c - '0');
    }
    *at += count;
    return number;
}

static bool
skip(const char **at, const char *end, char c)
{
    if (*at >= end || **at != c)
        return false;
    (*at)++;
    return true;
}

static bool
read_date(const char **at, const char *end, Civil *civil)
{
    civil->year = digits(at, end, 4);
    if (civil->year < 0 || !skip(at, end, '-'))
        return false;
    civil->month = digits(at, end, 2);
    if (!skip(at, end, '-'))
        return false;
    civil->day = digits(at, end, 2);
    return civil->month > 0 && civil->day > 0;
}

static void
read_fraction(const char **at, const char *end, Civil *civil)
{
    int weight = 100000;

    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++, weight /= 10)
        civil->micro += weight * (**at - '0');
}

static bool
read_clock(const char **at, const char *end, Civil *civil)
{
    civil->hour = digits(at, end, 2);
    if (civil->hour < 0 || !skip(at, end, ':'))
        return false;
    civil->minute = digits(at, end, 2);
    if (civil->minute < 0)
        return false;
    if (skip(at, end, ':'))
        civil->second = digits(at, end, 2);
    if (skip(at, end, '.'))
        read_fraction(at, end, civil);
    return civil->second >= 0;
}

/* "Z", "+02", "+02:00", "-0330"; *has says whether there was one. */
static bool
read_offset(const char **at, const char *end, int *offset, bool *has)
{
    int sign = 0, hours, minutes = 0;

    while (*at < end && **at == ' ')
        (*at)++;
    *has = *at < end;
    if (!*has || skip(at, end, 'Z'))
        return *at == end;
    if (skip(at, end, '+'))
        sign = 1;
    else if (skip(at, end, '-'))
        sign = -1;
    hours = digits(at, end, 2);
    if (sign == 0 || hours < 0)
        return false;
    if (*at < end)
    {
        (void) skip(at, end, ':');
        minutes = digits(at, end, 2);
    }
    *offset = sign * (hours * 3600 + minutes * 60);
    return minutes >= 0 && *at == end;
}

/* The offset without summer time: what a time of day is shown with. */
static int
standard_offset(const Zone *zone)
{
    int winter, summer;

    if (zone == NULL)
        return 0;
    winter = zone_offset(zone, civil_to_days(2024, 1, 1) * DAY_US, NULL);
    summer = zone_offset(zone, civil_to_days(2024, 7, 1) * DAY_US, NULL);
    return winter < summer ? winter : summer;
}

static int
local_offset(const Zone *zone, const Civil *local)
{
    return zone == NULL ? 0 : zone_offset(zone, zone_to_instant(zone, local), NULL);
}

static void
from_instant(Instant at, const Zone *zone, Stamp *stamp)
{
    stamp->kind = STAMP_ZONED;
    stamp->offset = zone == NULL ? 0 : zone_offset(zone, at, NULL);
    stamp->at = civil_from_instant(at + stamp->offset * SECOND_US);
}

static bool
read_time_of_day(const char *at, const char *end, const Zone *zone, Stamp *stamp)
{
    bool has_offset = false;

    *stamp = (Stamp){ .kind = STAMP_TIME, .at = { .year = 1970, .month = 1, .day = 1 } };
    if (!read_clock(&at, end, &stamp->at) || !read_offset(&at, end, &stamp->offset, &has_offset) ||
        !civil_is_valid(&stamp->at))
        return false;
    if (!has_offset)
        stamp->offset = standard_offset(zone);
    return true;
}

static bool
read_text(Str text, const Zone *zone, Stamp *stamp)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    bool has_offset = false;
    int offset = 0;

    if (text.len > 2 && at[2] == ':')
        return read_time_of_day(at, end, zone, stamp);
    *stamp = (Stamp){ .kind = STAMP_DATE };
    if (!read_date(&at, end, &stamp->at))
        return false;
    if (skip(&at, end, 'T') || skip(&at, end, ' '))
    {
        stamp->kind = STAMP_LOCAL;
        if (!read_clock(&at, end, &stamp->at))
            return false;
    }
    if (!read_offset(&at, end, &offset, &has_offset) || !civil_is_valid(&stamp->at))
        return false;
    if (has_offset)
        from_instant(civil_to_instant(&stamp->at) - offset * SECOND_US, zone, stamp);
    else
        stamp->zone = zone;
    return true;
}

bool
stamp_read(const Value *cell, const Zone *zone, Stamp *stamp)
{
    if (cell->kind == VALUE_INSTANT)
    {
        from_instant(cell->integer, zone, stamp);
        return true;
    }
    return value_has_text(cell) && read_text(cell->text, zone, stamp);
}

/* Without printf: this runs for each cell. */
static char *
put_digits(char *at, int number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        at[i] = (char) ('0' + number % 10);
    return at + count;
}

/* Fractions of seconds only as far as they say something: "10:20:30.5". */
static size_t
write_clock(const Civil *at, char *text)
{
    char *end = text;

    end = put_digits(end, at->hour, 2);
    *end++ = ':';
    end = put_digits(end, at->minute, 2);
    *end++ = ':';
    end = put_digits(end, at->second, 2);
    if (at->micro != 0)
    {
        *end++ = '.';
        end = put_digits(end, at->micro, 6);
        while (end[-1] == '0')
            end--;
    }
    *end = '\0';
    return (size_t) (end - text);
}

static size_t
write_date(const Civil *at, char *text)
{
    char *end = put_digits(text, at->year, 4);

    *end++ = '-';
    end = put_digits(end, at->month, 2);
    *end++ = '-';
    end = put_digits(end, at->day, 2);
    *end = '\0';
    return (size_t) (end - text);
}

static void
write_offset(int offset, char *text, size_t size)
{
    int minutes = (offset < 0 ? -offset : offset) / 60;

    if (offset == 0)
        memcpy(text, "Z", 2);
    else
        (void) snprintf(text, size, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60,
                        minutes % 60);
}

void
stamp_write(const Stamp *stamp, char text[STAMP_TEXT_SIZE])
{
    bool is_local = stamp->kind == STAMP_DATE || stamp->kind == STAMP_LOCAL;
    size_t len = 0;

    if (stamp->kind != STAMP_TIME)
    {
        len = write_date(&stamp->at, text);
        text[len++] = 'T';
    }
    len += write_clock(&stamp->at, text + len);
    write_offset(is_local ? local_offset(stamp->zone, &stamp->at) : stamp->offset, text + len,
                 STAMP_TEXT_SIZE - len);
}

void
stamp_write_plain(const Stamp *stamp, bool date_only, char text[STAMP_TEXT_SIZE])
{
    size_t len = 0;

    if (stamp->kind != STAMP_TIME)
        len = write_date(&stamp->at, text);
    if (stamp->kind == STAMP_DATE || (date_only && stamp->kind != STAMP_TIME))
        return;
    if (stamp->kind != STAMP_TIME)
        text[len++] = 'T';
    len += write_clock(&stamp->at, text + len);
    if (stamp->kind == STAMP_ZONED)
        write_offset(stamp->offset, text + len, STAMP_TEXT_SIZE - len);
}
