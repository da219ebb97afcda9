/* Reading of schedules, and the search for the next time that fits one. */
#include "job/cron.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum
{
    MAX_FIELDS = 7,
    MAX_TEXT = 200,
    LAST_YEAR = CRON_FIRST_YEAR + CRON_YEARS - 1,
    DAY_SECONDS = 86400
};

/* One field: its limits and the names that stand for numbers. */
typedef struct Part
{
    const char *label;
    int min;
    int max;
    const char *names; /* of three letters each, from `first` on */
    int first;
} Part;

static const Part part_second = { "seconds", 0, 59, "", 0 };
static const Part part_minute = { "minutes", 0, 59, "", 0 };
static const Part part_hour = { "hours", 0, 23, "", 0 };
static const Part part_day = { "day of the month", 1, 31, "", 0 };
static const Part part_month = { "month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC", 1 };
/* 0 is Sunday, and so is 7. */
static const Part part_weekday = { "weekday", 0, 7, "SUNMONTUEWEDTHUFRISAT", 0 };
static const Part part_quartz_weekday = { "weekday", 1, 7, "SUNMONTUEWEDTHUFRISAT", 1 };
static const Part part_year = { "year", CRON_FIRST_YEAR, LAST_YEAR, "", 0 };

static const struct
{
    const char *name;
    const char *text;
} shorthands[] = {
    { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },   { "@midnight", "0 0 * * *" },
    { "@weekly", "0 0 * * 0" },   { "@monthly", "0 0 1 * *" }, { "@yearly", "0 0 1 1 *" },
    { "@annually", "0 0 1 1 *" },
};

/* --------------------------------------------------------------------------------------- reading
 */

static bool
wrong(const Part *part, Str text, Error *err)
{
    return error_set(err, ERR_INVALID, "the schedule has a wrong %s: %.*s", part->label,
                     (int) text.len, text.ptr);
}

static bool
read_number(const Part *part, Str text, int *number)
{
    int64_t value;

    for (int i = 0; text.len == 3 && part->names[i] != '\0'; i += 3)
        if (strncasecmp(part->names + i, text.ptr, 3) == 0)
        {
            *number = part->first + i / 3;
            return true;
        }
    if (text.len == 0 || !isdigit((unsigned char) text.ptr[0]) ||
        !str_to_int(text, part->min, part->max, &value))
        return false;
    *number = (int) value;
    return true;
}

/* "*", "5", "5-9", each perhaps with "/2". Marks the numbers in `set`, counted from part->min. */
static bool
read_range(const Part *part, Str item, bool *set)
{
    Str rest = item, range, ends, low, high;
    int from = part->min, to = part->max;
    int64_t by = 1;

    (void) str_split(&rest, '/', &range);
    if (rest.ptr != NULL && !str_to_int(rest, 1, 1000, &by))
        return false;
    if (!str_is(range, "*"))
    {
        ends = range;
        (void) str_split(&ends, '-', &low);
        high = ends.ptr == NULL ? low : ends;
        if (!read_number(part, low, &from) || !read_number(part, high, &to))
            return false;
        /* "5/15" goes on to the end. */
        if (ends.ptr == NULL && rest.ptr != NULL)
            to = part->max;
    }
    else if (part == &part_weekday)
        to = 6;
    /* FRI-MON and 22-3 go around; years do not. */
    if (to < from && part == &part_year)
        return false;
    if (to < from)
        to += part->max - part->min + 1 - (part == &part_weekday);
    for (int64_t n = from; n <= to; n += by)
        set[(n > part->max ? n - (part->max - part->min + 1 - (part == &part_weekday)) : n) -
            part->min] = true;
    return true;
}

static bool
read_set(const Part *part, Str text, bool *set, Error *err)
{
    Str rest = text, item;

    if (text.len == 0)
        return wrong(part, text, err);
    while (str_split(&rest, ',', &item))
        if (!read_range(part, item, set))
            return wrong(part, text, err);
    return true;
}

static bool
read_bits(const Part *part, Str text, uint64_t *bits, Error *err)
{
    bool set[64] = { false };

    if (!read_set(part, text, set, err))
        return false;
    *bits = 0;
    for (int n = part->min; n <= part->max; n++)
        if (set[n - part->min])
            *bits |= UINT64_C(1) << n;
    return true;
}

/* L, L-3, LW, 15W: what Quartz has for days. */
static bool
read_quartz_day(Str text, Cron *cron, bool *special, Error *err)
{
    int64_t number;

    *special = true;
    if (str_is_nocase(text, "L"))
        cron->last_day = true;
    else if (str_is_nocase(text, "LW"))
        cron->nearest_end = true;
    else if (text.len > 2 && toupper((unsigned char) text.ptr[0]) == 'L' && text.ptr[1] == '-')
    {
        if (!str_to_int((Str){ text.ptr + 2, text.len - 2 }, 1, 30, &number))
            return wrong(&part_day, text, err);
        cron->last_day = true;
        cron->last_minus = (int) number;
    }
    else if (text.len > 1 && toupper((unsigned char) text.ptr[text.len - 1]) == 'W')
    {
        if (!str_to_int((Str){ text.ptr, text.len - 1 }, 1, 31, &number))
            return wrong(&part_day, text, err);
        cron->nearest_to = (int) number;
    }
    else
        *special = false;
    return true;
}

/* Sunday first becomes Monday first. */
static int
weekday_of(int sunday_is_zero)
{
    return sunday_is_zero % 7 == 0 ? 7 : sunday_is_zero % 7;
}

/* 6L, FRIL, 6#3: what Quartz has for weekdays. L alone is Saturday. */
static bool
read_quartz_weekday(Str text, Cron *cron, bool *special, Error *err)
{
    const char *sharp = memchr(text.ptr, '#', text.len);
    Str day = text;
    int number;
    int64_t nth = -1;

    *special = true;
    if (sharp != NULL)
    {
        day.len = (size_t) (sharp - text.ptr);
        if (!str_to_int((Str){ sharp + 1, text.len - day.len - 1 }, 1, 5, &nth))
            return wrong(&part_quartz_weekday, text, err);
    }
    else if (text.len > 1 && toupper((unsigned char) text.ptr[text.len - 1]) == 'L')
        day.len--;
    else
    {
        *special = str_is_nocase(text, "L");
        cron->weekdays = *special ? UINT64_C(1) << 6 : 0;
        return true;
    }
    if (!read_number(&part_quartz_weekday, day, &number))
        return wrong(&part_quartz_weekday, text, err);
    cron->nth_weekday = weekday_of(number - 1);
    cron->nth = (int) nth;
    return true;
}

static bool
is_any(Str text, bool quartz)
{
    return str_is(text, "*") || (quartz && str_is(text, "?"));
}

static bool
read_days(Str day, Str weekday, bool quartz, Cron *cron, Error *err)
{
    const Part *part = quartz ? &part_quartz_weekday : &part_weekday;
    bool special = false;
    uint64_t bits;

    cron->any_day = is_any(day, quartz);
    cron->any_weekday = is_any(weekday, quartz);
    if (quartz && !read_quartz_day(day, cron, &special, err))
        return false;
    if (!special && !read_bits(&part_day, cron->any_day ? STR("*") : day, &cron->days, err))
        return false;
    special = false;
    if (quartz && !read_quartz_weekday(weekday, cron, &special, err))
        return false;
    if (special)
        return true;
    if (!read_bits(part, cron->any_weekday ? STR("*") : weekday, &bits, err))
        return false;
    for (int n = part->min; n <= part->max; n++)
        if (bits >> n & 1)
            cron->weekdays |= UINT64_C(1) << weekday_of(n - part->min);
    return true;
}

static bool
split_fields(const char *text, Str fields[MAX_FIELDS], size_t *count, Error *err)
{
    const char *c = text;

    *count = 0;
    for (;;)
    {
        size_t len;

        c += strspn(c, " \t");
        if (*c == '\0')
            break;
        if (*count == MAX_FIELDS)
            return error_set(err, ERR_INVALID, "the schedule has more than seven parts");
        len = strcspn(c, " \t");
        fields[(*count)++] = (Str){ c, len };
        c += len;
    }
    if (*count >= 5)
        return true;
    (void) error_set(err, ERR_INVALID, "the schedule has %zu parts instead of five to seven",
                     *count);
    return error_hint(err, "Every day at 4:30 is: 30 4 * * *");
}

bool
cron_parse(const char *text, Cron *cron, Error *err)
{
    Cron made = { .seconds = 1 };
    Str fields[MAX_FIELDS];
    const Str *field = fields;
    size_t count;
    bool quartz;

    for (size_t i = 0; i < COUNT_OF(shorthands); i++)
        if (strcmp(text, shorthands[i].name) == 0)
            text = shorthands[i].text;
    if (strlen(text) > MAX_TEXT)
        return error_set(err, ERR_INVALID, "the schedule is too long");
    if (!split_fields(text, fields, &count, err))
        return false;
    quartz = count > 5;
    if (quartz && !read_bits(&part_second, *field++, &made.seconds, err))
        return false;
    if (!read_bits(&part_minute, field[0], &made.minutes, err) ||
        !read_bits(&part_hour, field[1], &made.hours, err) ||
        !read_bits(&part_month, field[3], &made.months, err) ||
        !read_days(field[2], field[4], quartz, &made, err) ||
        !read_set(&part_year, count == 7 ? field[5] : STR("*"), made.years, err))
        return false;
    made.either_day = !quartz && !made.any_day && !made.any_weekday;
    *cron = made;
    return true;
}

/* ------------------------------------------------------------------------------------- searching
 */

static int
days_in_month(int year, int month)
{
    return (int) (civil_to_days(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) -
                  civil_to_days(year, month, 1));
}

/* The working day nearest to `day`, in the same month. */
static int
nearest_working_day(int64_t first, int day, int last)
{
    int weekday;

    if (day > last)
        return 0;
    weekday = civil_weekday(first + day - 1);
    if (weekday == 6)
        return day > 1 ? day - 1 : 3;
    if (weekday == 7)
        return day < last ? day + 1 : day - 2;
    return day;
}

static bool
day_fits(const Cron *cron, int64_t first, int day, int last)
{
    if (cron->last_day)
        return day == last - cron->last_minus;
    if (cron->nearest_end)
        return day == nearest_working_day(first, last, last);
    if (cron->nearest_to > 0)
        return day == nearest_working_day(first, cron->nearest_to, last);
    return cron->days >> day & 1;
}

static bool
weekday_fits(const Cron *cron, int64_t first, int day, int last)
{
    int weekday = civil_weekday(first + day - 1);

    if (cron->nth_weekday == 0)
        return cron->weekdays >> weekday & 1;
    if (weekday != cron->nth_weekday)
        return false;
    return cron->nth < 0 ? day + 7 > last : (day - 1) / 7 + 1 == cron->nth;
}

static bool
date_fits(const Cron *cron, int64_t days)
{
    int year, month, day, last;
    int64_t first;
    bool by_day, by_weekday;

    civil_from_days(days, &year, &month, &day);
    if (year < CRON_FIRST_YEAR || year > LAST_YEAR || !cron->years[year - CRON_FIRST_YEAR] ||
        !(cron->months >> month & 1))
        return false;
    first = civil_to_days(year, month, 1);
    last = days_in_month(year, month);
    by_day = day_fits(cron, first, day, last);
    by_weekday = weekday_fits(cron, first, day, last);
    return cron->either_day ? by_day || by_weekday : by_day && by_weekday;
}

/* The lowest number of the set that is at least `from`; -1 when there is none. */
static int
next_bit(uint64_t set, int from)
{
    uint64_t rest = from > 63 ? 0 : set >> from << from;

    return rest == 0 ? -1 : __builtin_ctzll(rest);
}

/* The first second of the day, from `from` on, that fits; -1 when there is none. */
static int
time_from(const Cron *cron, int from)
{
    int hour = from / 3600, minute = from / 60 % 60, second = from % 60;
    int h = next_bit(cron->hours, hour);

    if (h == hour)
    {
        int m = next_bit(cron->minutes, minute);

        if (m == minute)
        {
            int s = next_bit(cron->seconds, second);

            if (s >= 0)
                return h * 3600 + m * 60 + s;
            m = next_bit(cron->minutes, minute + 1);
        }
        if (m >= 0)
            return h * 3600 + m * 60 + next_bit(cron->seconds, 0);
        h = next_bit(cron->hours, hour + 1);
    }
    if (h < 0)
        return -1;
    return h * 3600 + next_bit(cron->minutes, 0) * 60 + next_bit(cron->seconds, 0);
}

/* The first local second from `from` on that fits. Local seconds are those of a clock without any
 * change. */
static bool
next_local(const Cron *cron, int64_t from, int64_t *local)
{
    int64_t days = from / DAY_SECONDS - (from % DAY_SECONDS < 0);
    int64_t end = civil_to_days(LAST_YEAR + 1, 1, 1);
    int second = (int) (from - days * DAY_SECONDS);

    for (; days < end; days++, second = 0)
    {
        int found = date_fits(cron, days) ? time_from(cron, second) : -1;

        if (found >= 0)
        {
            *local = days * DAY_SECONDS + found;
            return true;
        }
    }
    return false;
}

static int
offset_at(const Zone *zone, int64_t second)
{
    return zone_offset(zone, second * SECOND_US, NULL);
}

/* The first second after `from`, up to `to`, whose offset is another; false when there is none. */
static bool
next_change(const Zone *zone, int64_t from, int64_t to, int64_t *at)
{
    int offset = offset_at(zone, from);

    for (int64_t low = from; low < to; low += DAY_SECONDS)
    {
        int64_t high = low + DAY_SECONDS < to ? low + DAY_SECONDS : to;

        if (offset_at(zone, high) == offset)
            continue;
        while (high - low > 1)
        {
            int64_t middle = low + (high - low) / 2;

            if (offset_at(zone, middle) == offset)
                low = middle;
            else
                high = middle;
        }
        *at = high;
        return true;
    }
    return false;
}

/* In the second of two equal hours, the clock goes on after them. */
static int64_t
past_repeat(const Zone *zone, int64_t second, int64_t clock)
{
    int64_t before = second - 3 * 3600, change, end;

    if (!next_change(zone, before, second, &change))
        return clock;
    end = change + offset_at(zone, before);
    return end > clock ? end : clock;
}

/*
 * From one change of the clocks to the next the offset is fixed, and the search is that of a plain
 * clock. `clock` is the local second that comes next: what it has passed is not done again, unless
 * the work is of every hour.
 */
bool
cron_next(const Cron *cron, const Zone *zone, Instant after, Instant *next)
{
    bool every_hour = cron->hours == (UINT64_C(1) << 24) - 1;
    int64_t second = after / SECOND_US - (after % SECOND_US < 0) + 1;
    int64_t clock = second + offset_at(zone, second - 1);
    int64_t local, change;

    second--;
    if (!every_hour)
        clock = past_repeat(zone, second, clock);
    while (next_local(cron, clock, &local))
    {
        int offset = offset_at(zone, second);

        if (!next_change(zone, second, local - offset, &change))
        {
            *next = (local - offset) * SECOND_US;
            return true;
        }
        second = change;
        if (every_hour)
            clock = change + offset_at(zone, change);
        else if (local < change + offset_at(zone, change))
        {
            /* In the gap: at its end. */
            *next = change * SECOND_US;
            return true;
        }
        else
            clock = change + offset;
    }
    return false;
}
