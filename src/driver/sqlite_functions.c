/* What SQLite has not: dates and time zones, percentiles, parts of addresses. Functions of the
 * connection, pure and without side effects; their names begin with vigie_. */
#include "driver/sqlite_functions.h"

#include "base/arena.h"
#include "base/regex.h"
#include "base/time.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A moment as SQLite keeps it: text, or a number of seconds or milliseconds. */
typedef struct Moment
{
    Civil civil;
    bool has_date, has_time, has_offset;
    int offset; /* seconds */
} Moment;

static bool
digits(const char **at, int count, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++, (*at)++)
    {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

static bool
read_clock(const char **at, Civil *civil)
{
    int unit = 100000;

    if (!digits(at, 2, &civil->hour) || *(*at)++ != ':' || !digits(at, 2, &civil->minute))
        return false;
    if (**at != ':')
        return true;
    (*at)++;
    if (!digits(at, 2, &civil->second))
        return false;
    if (**at != '.')
        return true;
    for ((*at)++; **at >= '0' && **at <= '9'; (*at)++, unit /= 10)
        civil->micro += unit * (**at - '0');
    return true;
}

static bool
read_offset(const char *at, Moment *moment)
{
    int hours = 0;
    int minutes = 0;
    int sign;

    while (*at == ' ')
        at++;
    if (*at == '\0')
        return true;
    moment->has_offset = true;
    if ((*at == 'Z' || *at == 'z') && at[1] == '\0')
        return true;
    if (*at != '+' && *at != '-')
        return false;
    sign = *at++ == '-' ? -1 : 1;
    if (!digits(&at, 2, &hours))
        return false;
    if (*at == ':')
        at++;
    if (*at != '\0' && !digits(&at, 2, &minutes))
        return false;
    moment->offset = sign * (hours * 3600 + minutes * 60);
    return *at == '\0';
}

static bool
read_compact(const char *at, Moment *moment)
{
    Civil *civil = &moment->civil;

    moment->has_date = moment->has_time = true;
    return digits(&at, 4, &civil->year) && digits(&at, 2, &civil->month) &&
           digits(&at, 2, &civil->day) && digits(&at, 2, &civil->hour) &&
           digits(&at, 2, &civil->minute) && digits(&at, 2, &civil->second) && *at == '\0';
}

static bool
read_text(const char *at, Moment *moment)
{
    Civil *civil = &moment->civil;

    if (strlen(at) == 14 && strspn(at, "0123456789") == 14)
        return read_compact(at, moment);
    if (strlen(at) > 2 && at[2] == ':')
    {
        *civil = (Civil){ .year = 1970, .month = 1, .day = 1 };
        moment->has_time = true;
        return read_clock(&at, civil) && read_offset(at, moment);
    }
    moment->has_date = true;
    if (!digits(&at, 4, &civil->year) || *at++ != '-' || !digits(&at, 2, &civil->month) ||
        *at++ != '-' || !digits(&at, 2, &civil->day))
        return false;
    if (*at == '\0')
        return true;
    moment->has_time = true;
    if (*at != 'T' && *at != ' ')
        return false;
    at++;
    return read_clock(&at, civil) && read_offset(at, moment);
}

static bool
read_moment(sqlite3_value *value, Moment *moment)
{
    const char *text;
    int64_t number;

    *moment = (Moment){ 0 };
    switch (sqlite3_value_type(value))
    {
        case SQLITE_INTEGER:
            number = sqlite3_value_int64(value);
            if (number > 100000000000LL || number < -100000000000LL)
                number /= 1000;
            moment->civil = civil_from_instant(number * SECOND_US);
            moment->has_date = moment->has_time = moment->has_offset = true;
            return true;
        case SQLITE_TEXT:
        case SQLITE_BLOB:
            text = (const char *) sqlite3_value_text(value);
            return text != NULL && read_text(text, moment) && civil_is_valid(&moment->civil);
        default:
            return false;
    }
}

/* Once for each row: without formats, without memory of its own. */
static char *
put_digits(char *at, int number, int count)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        at[i] = (char) ('0' + number % 10);
    return at + count;
}

static char *
put_part(char *at, char before, int number)
{
    *at = before;
    return put_digits(at + 1, number, 2);
}

static char *
put_date(char *at, const Civil *civil)
{
    bool is_usual = civil->year >= 0 && civil->year <= 9999;

    /* A number of seconds may lie outside the years of four digits. */
    at = is_usual ? put_digits(at, civil->year, 4) : at + snprintf(at, 16, "%04d", civil->year);
    at = put_part(at, '-', civil->month);
    return put_part(at, '-', civil->day);
}

static void
give_date(sqlite3_context *context, const Civil *civil)
{
    char text[32];
    char *end = put_date(text, civil);

    sqlite3_result_text(context, text, (int) (end - text), SQLITE_TRANSIENT);
}

static void
give_moment(sqlite3_context *context, const Civil *civil, const char *zone)
{
    char text[64];
    char *end = put_date(text, civil);

    end = put_part(end, 'T', civil->hour);
    end = put_part(end, ':', civil->minute);
    end = put_part(end, ':', civil->second);
    if (civil->micro != 0)
    {
        *end++ = '.';
        end = put_digits(end, civil->micro, 6);
    }
    end = stpcpy(end, zone);
    sqlite3_result_text(context, text, (int) (end - text), SQLITE_TRANSIENT);
}

/* --------------------------------------------------------------------------------------- zones */

/* Zones are loaded once for each statement: auxiliary data of the argument. */
typedef struct LoadedZone
{
    Arena *arena;
    const Zone *zone;
} LoadedZone;

static void
zone_free(void *data)
{
    LoadedZone *loaded = data;
    Arena *arena = loaded->arena;

    arena_free(&arena);
}

static const Zone *
zone_of(sqlite3_context *context, sqlite3_value **args, int at)
{
    LoadedZone *loaded = sqlite3_get_auxdata(context, at);
    const char *name = (const char *) sqlite3_value_text(args[at]);
    Arena *arena;
    const Zone *zone;

    if (loaded != NULL)
        return loaded->zone;
    arena = arena_new();
    if (!zone_load(arena, name == NULL ? "" : name, &zone, &(Error){ 0 }))
    {
        arena_free(&arena);
        sqlite3_result_error(context, "there is no such time zone", -1);
        return NULL;
    }
    loaded = ARENA_NEW(arena, LoadedZone);
    *loaded = (LoadedZone){ arena, zone };
    sqlite3_set_auxdata(context, at, loaded, zone_free);
    loaded = sqlite3_get_auxdata(context, at);
    return loaded == NULL ? NULL : loaded->zone;
}

static Instant
to_instant(const Moment *moment, const Zone *zone)
{
    if (moment->has_offset)
        return civil_to_instant(&moment->civil) - moment->offset * SECOND_US;
    return zone_to_instant(zone, &moment->civil);
}

/* As the clocks of the zone show it. */
static Civil
clock_of(const Moment *moment, const Zone *zone)
{
    return moment->has_offset ? zone_from_instant(zone, to_instant(moment, zone)) : moment->civil;
}

/* vigie_local(moment, zone): an instant as the clocks of the zone show it. */
static void
local(sqlite3_context *context, int count, sqlite3_value **args)
{
    const Zone *zone = zone_of(context, args, 1);
    Moment moment;
    Civil civil;

    (void) count;
    if (zone == NULL || !read_moment(args[0], &moment))
        return;
    civil = clock_of(&moment, zone);
    give_moment(context, &civil, "");
}

/* vigie_micros(moment, zone): a number to compare with. */
static void
micros(sqlite3_context *context, int count, sqlite3_value **args)
{
    const Zone *zone = zone_of(context, args, 1);
    Moment moment;

    (void) count;
    if (zone != NULL && read_moment(args[0], &moment))
        sqlite3_result_int64(context, to_instant(&moment, zone));
}

/* vigie_convert(moment, target, source) */
static void
convert(sqlite3_context *context, int count, sqlite3_value **args)
{
    const Zone *target = zone_of(context, args, 1);
    const Zone *source = zone_of(context, args, 2);
    Moment moment;
    Civil civil;

    (void) count;
    if (target == NULL || source == NULL || !read_moment(args[0], &moment))
        return;
    civil = zone_from_instant(target, to_instant(&moment, source));
    give_moment(context, &civil, "");
}

/* --------------------------------------------------------------------------------------- units */

static int
month_length(int year, int month)
{
    return (int) (civil_to_days(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) -
                  civil_to_days(year, month, 1));
}

static void
trunc_date(Civil *civil, const char *unit, int week_start)
{
    int64_t days = civil_to_days(civil->year, civil->month, civil->day);

    if (strcmp(unit, "week") == 0)
        civil_from_days(days - (civil_weekday(days) + 7 - week_start) % 7, &civil->year,
                        &civil->month, &civil->day);
    else if (strcmp(unit, "day") != 0)
        civil->day = 1;
    if (strcmp(unit, "quarter") == 0)
        civil->month -= (civil->month - 1) % 3;
    if (strcmp(unit, "year") == 0)
        civil->month = 1;
}

/* vigie_trunc(moment, unit, first day of the week): a date for days and more. */
static void
truncate_moment(sqlite3_context *context, int count, sqlite3_value **args)
{
    static const char *const small[] = { "millisecond", "second", "minute", "hour" };
    const char *unit = (const char *) sqlite3_value_text(args[1]);
    const char *zone = "";
    Moment moment;
    int rank = 0;

    (void) count;
    if (unit == NULL || !read_moment(args[0], &moment))
        return;
    while (rank < 4 && strcmp(unit, small[rank]) != 0)
        rank++;
    moment.civil.micro = rank == 0 ? moment.civil.micro / 1000 * 1000 : 0;
    if (rank >= 2)
        moment.civil.second = 0;
    if (rank >= 3)
        moment.civil.minute = 0;
    if (rank >= 4)
        moment.civil.hour = 0;
    if (rank == 4)
    {
        trunc_date(&moment.civil, unit, sqlite3_value_int(args[2]));
        give_date(context, &moment.civil);
        return;
    }
    if (moment.has_offset && moment.offset == 0)
        zone = "Z";
    if (moment.has_date)
        give_moment(context, &moment.civil, zone);
    else
        sqlite3_result_text(context,
                            sqlite3_mprintf("%02d:%02d:%02d", moment.civil.hour,
                                            moment.civil.minute, moment.civil.second),
                            -1, sqlite3_free);
}

static int
year_day(const Civil *civil)
{
    return (int) (civil_to_days(civil->year, civil->month, civil->day) -
                  civil_to_days(civil->year, 1, 1)) +
           1;
}

/* The week that contains January 1 is the first. */
static int
week_of(const Civil *civil, int week_start)
{
    int64_t first = civil_to_days(civil->year, 1, 1);

    return (year_day(civil) - 1 + (civil_weekday(first) + 7 - week_start) % 7) / 7 + 1;
}

static int
week_iso(const Civil *civil)
{
    int64_t days = civil_to_days(civil->year, civil->month, civil->day);
    int64_t thursday = days - civil_weekday(days) + 4;
    int year, month, day;

    civil_from_days(thursday, &year, &month, &day);
    return (int) ((thursday - civil_to_days(year, 1, 1)) / 7) + 1;
}

static int
week_truncated(const Civil *civil, int week_start)
{
    Civil first = *civil;

    trunc_date(&first, "week", week_start);
    return (year_day(&first) + 6) / 7;
}

static int
extracted(const Civil *civil, const char *unit, int week_start)
{
    int64_t days = civil_to_days(civil->year, civil->month, civil->day);
    const struct
    {
        const char *unit;
        int value;
    } parts[] = {
        { "second-of-minute", civil->second },
        { "minute-of-hour", civil->minute },
        { "hour-of-day", civil->hour },
        { "day-of-week", (civil_weekday(days) + 7 - week_start) % 7 + 1 },
        { "day-of-week-iso", civil_weekday(days) },
        { "day-of-month", civil->day },
        { "day-of-year", year_day(civil) },
        { "week-of-year", week_truncated(civil, week_start) },
        { "week-of-year-iso", week_iso(civil) },
        { "week-of-year-us", week_of(civil, 7) },
        { "week-of-year-instance", week_of(civil, week_start) },
        { "month-of-year", civil->month },
        { "quarter-of-year", (civil->month + 2) / 3 },
        { "year-of-era", civil->year },
    };

    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (strcmp(parts[i].unit, unit) == 0)
            return parts[i].value;
    return -1;
}

/* vigie_extract(moment, unit, first day of the week) */
static void
extract(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *unit = (const char *) sqlite3_value_text(args[1]);
    Moment moment;

    (void) count;
    if (unit != NULL && read_moment(args[0], &moment))
        sqlite3_result_int(context, extracted(&moment.civil, unit, sqlite3_value_int(args[2])));
}

static void
add_months(Civil *civil, int64_t months)
{
    int64_t total = (int64_t) civil->year * 12 + civil->month - 1 + months;

    if (total < 12 || total >= 10000 * 12)
        return;
    civil->year = (int) (total / 12);
    civil->month = (int) (total % 12) + 1;
    if (civil->day > month_length(civil->year, civil->month))
        civil->day = month_length(civil->year, civil->month);
}

/* vigie_add(moment, number, unit) */
static void
add(sqlite3_context *context, int count, sqlite3_value **args)
{
    static const struct
    {
        const char *unit;
        int64_t micros, months;
    } units[] = {
        { "millisecond", 1000, 0 }, { "second", SECOND_US, 0 }, { "minute", MINUTE_US, 0 },
        { "hour", HOUR_US, 0 },     { "day", DAY_US, 0 },       { "week", 7 * DAY_US, 0 },
        { "month", 0, 1 },          { "quarter", 0, 3 },        { "year", 0, 12 },
    };
    const char *unit = (const char *) sqlite3_value_text(args[2]);
    int64_t number = sqlite3_value_int64(args[1]);
    Moment moment;

    (void) count;
    if (unit == NULL || sqlite3_value_type(args[1]) == SQLITE_NULL || number > 1000000000 ||
        number < -1000000000 || !read_moment(args[0], &moment))
        return;
    for (size_t i = 0; i < COUNT_OF(units); i++)
    {
        if (strcmp(units[i].unit, unit) != 0)
            continue;
        if (units[i].months != 0)
            add_months(&moment.civil, number * units[i].months);
        else
            moment.civil =
                civil_from_instant(civil_to_instant(&moment.civil) + number * units[i].micros);
    }
    if (moment.has_offset)
        moment.civil =
            civil_from_instant(civil_to_instant(&moment.civil) - moment.offset * SECOND_US);
    give_moment(context, &moment.civil, moment.has_offset ? "Z" : "");
}

/* vigie_diff(a, b, unit, zone): seconds between instants; days and months between dates of the
 * zone. */
static void
diff(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *unit = (const char *) sqlite3_value_text(args[2]);
    const Zone *zone = zone_of(context, args, 3);
    Moment a, b;
    Civil from, to;
    int64_t months;

    (void) count;
    if (unit == NULL || zone == NULL || !read_moment(args[0], &a) || !read_moment(args[1], &b))
        return;
    if (strcmp(unit, "second") == 0)
    {
        sqlite3_result_int64(context, (to_instant(&b, zone) - to_instant(&a, zone)) / SECOND_US);
        return;
    }
    from = clock_of(&a, zone);
    to = clock_of(&b, zone);
    if (strcmp(unit, "day") == 0)
    {
        sqlite3_result_int64(context, civil_to_days(to.year, to.month, to.day) -
                                          civil_to_days(from.year, from.month, from.day));
        return;
    }
    months = (int64_t) (to.year - from.year) * 12 + to.month - from.month;
    if (months > 0 && to.day < from.day)
        months--;
    else if (months < 0 && to.day > from.day)
        months++;
    sqlite3_result_int64(context, months);
}

/* vigie_unix(number, units in a second) */
static void
from_unix(sqlite3_context *context, int count, sqlite3_value **args)
{
    double scale = sqlite3_value_double(args[1]);
    Civil civil;

    (void) count;
    if (sqlite3_value_type(args[0]) == SQLITE_NULL || !(scale >= 1))
        return;
    civil = civil_from_instant((Instant) (sqlite3_value_double(args[0]) / scale * 1e6));
    give_moment(context, &civil, "Z");
}

/* vigie_date(moment) and vigie_datetime(moment): the usual text of it. */
static void
date(sqlite3_context *context, int count, sqlite3_value **args)
{
    Moment moment;

    (void) count;
    if (read_moment(args[0], &moment))
        give_date(context, &moment.civil);
}

static void
datetime(sqlite3_context *context, int count, sqlite3_value **args)
{
    Moment moment;

    (void) count;
    if (read_moment(args[0], &moment))
        give_moment(context, &moment.civil, moment.has_offset && moment.offset == 0 ? "Z" : "");
}

/* ---------------------------------------------------------------------------------------- text */

/* vigie_split_part(text, delimiter, n): counted from 1; "" beyond the end. */
static void
split_part(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *text = (const char *) sqlite3_value_text(args[0]);
    const char *delimiter = (const char *) sqlite3_value_text(args[1]);
    int64_t wanted = sqlite3_value_int64(args[2]);
    const char *end;

    (void) count;
    if (text == NULL || delimiter == NULL)
        return;
    while (wanted > 1 && delimiter[0] != '\0' && (end = strstr(text, delimiter)) != NULL)
    {
        text = end + strlen(delimiter);
        wanted--;
    }
    if (wanted != 1)
    {
        sqlite3_result_text(context, "", 0, SQLITE_STATIC);
        return;
    }
    end = delimiter[0] == '\0' ? NULL : strstr(text, delimiter);
    sqlite3_result_text(context, text, end == NULL ? -1 : (int) (end - text), SQLITE_TRANSIENT);
}

/* ---------------------------------------------------------------------------------- aggregates */

typedef struct Numbers
{
    double *items;
    size_t count, size;
    double rank;
} Numbers;

static void
collect(sqlite3_context *context, int count, sqlite3_value **args)
{
    Numbers *numbers = sqlite3_aggregate_context(context, sizeof(*numbers));

    if (numbers == NULL || sqlite3_value_type(args[0]) == SQLITE_NULL)
        return;
    if (numbers->count == numbers->size)
    {
        size_t size = numbers->size == 0 ? 64 : numbers->size * 2;
        double *items = sqlite3_realloc64(numbers->items, size * sizeof(double));

        if (items == NULL)
        {
            sqlite3_result_error_nomem(context);
            return;
        }
        numbers->items = items;
        numbers->size = size;
    }
    numbers->rank = count > 1 ? sqlite3_value_double(args[1]) : 0.5;
    numbers->items[numbers->count++] = sqlite3_value_double(args[0]);
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *) a;
    double y = *(const double *) b;

    return (x > y) - (x < y);
}

static void
percentile(sqlite3_context *context)
{
    Numbers *numbers = sqlite3_aggregate_context(context, 0);
    double at;
    size_t low;

    if (numbers == NULL)
        return;
    if (numbers->count > 0 && numbers->rank >= 0 && numbers->rank <= 1)
    {
        qsort(numbers->items, numbers->count, sizeof(double), by_size);
        at = numbers->rank * (double) (numbers->count - 1);
        low = (size_t) at;
        if (low + 1 < numbers->count)
            sqlite3_result_double(context, numbers->items[low] +
                                               (at - (double) low) *
                                                   (numbers->items[low + 1] - numbers->items[low]));
        else
            sqlite3_result_double(context, numbers->items[low]);
    }
    sqlite3_free(numbers->items);
}

static void
variance(sqlite3_context *context)
{
    Numbers *numbers = sqlite3_aggregate_context(context, 0);
    double mean = 0;
    double sum = 0;

    if (numbers == NULL)
        return;
    for (size_t i = 0; i < numbers->count; i++)
        mean += numbers->items[i] / (double) numbers->count;
    for (size_t i = 0; i < numbers->count; i++)
        sum += (numbers->items[i] - mean) * (numbers->items[i] - mean);
    if (numbers->count > 0)
        sqlite3_result_double(context, sum / (double) numbers->count);
    sqlite3_free(numbers->items);
}

/* --------------------------------------------------------------------------- regular expressions
 */

/* A pattern is read once for a statement. */
typedef struct Pattern
{
    Arena *arena;
    const Regex *regex;
} Pattern;

static void
pattern_free(void *arg)
{
    Pattern *pattern = arg;
    Arena *arena = pattern->arena; /* it is in there itself */

    arena_free(&arena);
}

static const Regex *
pattern_of(sqlite3_context *context, sqlite3_value *value)
{
    Pattern *pattern = sqlite3_get_auxdata(context, 1);
    Arena *arena;
    Error err;

    if (pattern != NULL)
        return pattern->regex;
    arena = arena_new();
    pattern = ARENA_NEW(arena, Pattern);
    pattern->arena = arena;
    if (!regex_compile(arena, str_of((const char *) sqlite3_value_text(value)), &pattern->regex,
                       &err))
    {
        sqlite3_result_error(context, err.message, -1);
        pattern_free(pattern);
        return NULL;
    }
    sqlite3_set_auxdata(context, 1, pattern, pattern_free);
    /* Kept until the statement ends, or dropped at once when there was no room for it. */
    pattern = sqlite3_get_auxdata(context, 1);
    return pattern == NULL ? NULL : pattern->regex;
}

/* The first group of the first match, or the whole; null when there is none. */
static void
find_pattern(sqlite3_context *context, int count, sqlite3_value **values)
{
    Str groups[REGEX_GROUPS];
    const Regex *regex;
    Str text;

    (void) count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL ||
        sqlite3_value_type(values[1]) == SQLITE_NULL)
        return;
    regex = pattern_of(context, values[1]);
    if (regex == NULL)
        return;
    text.ptr = (const char *) sqlite3_value_text(values[0]);
    text.len = (size_t) sqlite3_value_bytes(values[0]);
    if (!regex_find(regex, text, groups))
        return;
    text = groups[regex_groups(regex) > 0 ? 1 : 0];
    if (text.ptr != NULL)
        sqlite3_result_text(context, text.ptr, (int) text.len, SQLITE_TRANSIENT);
}

bool
sqlite_functions_add(sqlite3 *db)
{
    static const struct
    {
        const char *name;
        int args;
        void (*run)(sqlite3_context *, int, sqlite3_value **);
        void (*final)(sqlite3_context *);
    } functions[] = {
        { "vigie_local", 2, local, NULL },
        { "vigie_micros", 2, micros, NULL },
        { "vigie_convert", 3, convert, NULL },
        { "vigie_trunc", 3, truncate_moment, NULL },
        { "vigie_extract", 3, extract, NULL },
        { "vigie_add", 3, add, NULL },
        { "vigie_diff", 4, diff, NULL },
        { "vigie_unix", 2, from_unix, NULL },
        { "vigie_date", 1, date, NULL },
        { "vigie_datetime", 1, datetime, NULL },
        { "vigie_split_part", 3, split_part, NULL },
        { "vigie_regex", 2, find_pattern, NULL },
        { "vigie_percentile", 2, collect, percentile },
        { "vigie_variance", 1, collect, variance },
    };

    for (size_t i = 0; i < COUNT_OF(functions); i++)
    {
        bool aggregate = functions[i].final != NULL;

        if (sqlite3_create_function_v2(db, functions[i].name, functions[i].args,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                       aggregate ? NULL : functions[i].run,
                                       aggregate ? functions[i].run : NULL, functions[i].final,
                                       NULL) != SQLITE_OK)
            return false;
    }
    return sqlite_letters_add(db);
}
