/* Dates and times: reading them, cutting them to units, counting from now. */
#include "query/moment.h"

#include "query/type.h"

#include <string.h>

static bool
digits(Str *rest, size_t count, int *number)
{
    if (rest->len < count)
        return false;
    *number = 0;
    for (size_t i = 0; i < count; i++)
    {
        if (rest->ptr[i] < '0' || rest->ptr[i] > '9')
            return false;
        *number = *number * 10 + (rest->ptr[i] - '0');
    }
    rest->ptr += count;
    rest->len -= count;
    return true;
}

static bool
mark(Str *rest, char a, char b)
{
    if (rest->len == 0 || (rest->ptr[0] != a && rest->ptr[0] != b))
        return false;
    rest->ptr++;
    rest->len--;
    return true;
}

static bool
read_fraction(Str *rest, int *micro)
{
    int unit = 100000;

    *micro = 0;
    if (!mark(rest, '.', ','))
        return true;
    for (; rest->len > 0 && rest->ptr[0] >= '0' && rest->ptr[0] <= '9'; unit /= 10)
    {
        *micro += unit * (rest->ptr[0] - '0');
        rest->ptr++;
        rest->len--;
    }
    return true;
}

static bool
read_clock(Str *rest, Civil *civil)
{
    if (!digits(rest, 2, &civil->hour) || !mark(rest, ':', ':') || !digits(rest, 2, &civil->minute))
        return false;
    if (!mark(rest, ':', ':'))
        return true;
    return digits(rest, 2, &civil->second) && read_fraction(rest, &civil->micro);
}

/* "Z", "+02", "+0200", "+02:00" */
static bool
read_zone(Str *rest, bool *given, int *seconds)
{
    int hours = 0;
    int minutes = 0;
    int sign;

    *given = rest->len > 0;
    *seconds = 0;
    if (rest->len == 0 || (rest->len == 1 && mark(rest, 'Z', 'z')))
        return true;
    sign = rest->ptr[0] == '-' ? -1 : 1;
    if (!mark(rest, '+', '-') || !digits(rest, 2, &hours))
        return false;
    (void) mark(rest, ':', ':');
    if (rest->len > 0 && !digits(rest, 2, &minutes))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return rest->len == 0;
}

static bool
read_parts(const Compiler *c, Str text, Moment *moment)
{
    Civil *civil = &moment->civil;
    bool zoned;
    int offset;

    if (text.len >= 5 && text.ptr[2] == ':')
    {
        moment->is_time = moment->has_time = true;
        *civil = (Civil){ .year = 1970, .month = 1, .day = 1 };
        return read_clock(&text, civil) && read_zone(&text, &zoned, &offset);
    }
    if (!digits(&text, 4, &civil->year))
        return false;
    if (text.len == 0)
        return true;
    if (!mark(&text, '-', '-') || !digits(&text, 2, &civil->month))
        return false;
    if (text.len == 0)
        return true;
    if (!mark(&text, '-', '-') || !digits(&text, 2, &civil->day))
        return false;
    if (text.len == 0)
        return true;
    moment->has_time = true;
    if (!mark(&text, 'T', ' ') || !read_clock(&text, civil) || !read_zone(&text, &zoned, &offset))
        return false;
    if (zoned && civil_is_valid(civil))
        *civil = zone_from_instant(c->zone, civil_to_instant(civil) - offset * SECOND_US);
    return true;
}

bool
moment_read(const Compiler *c, Str text, Moment *moment)
{
    *moment = (Moment){ .civil = { .month = 1, .day = 1 } };
    return text.len <= 40 && read_parts(c, text, moment) && civil_is_valid(&moment->civil);
}

Civil
moment_now(const Compiler *c)
{
    return zone_from_instant(c->zone, c->options.now);
}

static Civil
on_day(int64_t days)
{
    Civil civil = { 0 };

    civil_from_days(days, &civil.year, &civil.month, &civil.day);
    return civil;
}

Civil
moment_trunc(const Compiler *c, Civil civil, Unit unit)
{
    int64_t days;

    if (unit == UNIT_NONE || unit == UNIT_DEFAULT)
        return civil;
    civil.micro = unit == UNIT_MILLISECOND ? civil.micro / 1000 * 1000 : 0;
    if (unit == UNIT_MILLISECOND || unit == UNIT_SECOND)
        return civil;
    civil.second = 0;
    if (unit == UNIT_MINUTE)
        return civil;
    civil.minute = 0;
    if (unit == UNIT_HOUR)
        return civil;
    civil.hour = 0;
    if (unit == UNIT_DAY)
        return civil;
    if (unit == UNIT_WEEK)
    {
        days = civil_to_days(civil.year, civil.month, civil.day);
        return on_day(days - (civil_weekday(days) + 7 - c->options.week_start) % 7);
    }
    civil.day = 1;
    if (unit == UNIT_QUARTER)
        civil.month -= (civil.month - 1) % 3;
    if (unit == UNIT_YEAR)
        civil.month = 1;
    return civil;
}

static int
month_length(int year, int month)
{
    int64_t first = civil_to_days(year, month, 1);

    return (int) (civil_to_days(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) -
                  first);
}

static Civil
add_months(Civil civil, int64_t months)
{
    int64_t total = (int64_t) civil.year * 12 + civil.month - 1 + months;

    if (total < 12 || total > 9999 * 12)
        total = total < 12 ? 12 : 9999 * 12;
    civil.year = (int) (total / 12);
    civil.month = (int) (total % 12) + 1;
    if (civil.day > month_length(civil.year, civil.month))
        civil.day = month_length(civil.year, civil.month);
    return civil;
}

Civil
moment_add(Civil civil, int64_t count, Unit unit)
{
    static const int64_t sizes[UNIT_COUNT] = {
        [UNIT_MILLISECOND] = 1000, [UNIT_SECOND] = SECOND_US, [UNIT_MINUTE] = MINUTE_US,
        [UNIT_HOUR] = HOUR_US,     [UNIT_DAY] = DAY_US,       [UNIT_WEEK] = 7 * DAY_US,
    };

    if (count > 1000000 || count < -1000000)
        count = count > 0 ? 1000000 : -1000000;
    if (unit == UNIT_MONTH)
        return add_months(civil, count);
    if (unit == UNIT_QUARTER)
        return add_months(civil, count * 3);
    if (unit == UNIT_YEAR)
        return add_months(civil, count * 12);
    return civil_from_instant(civil_to_instant(&civil) + count * sizes[unit]);
}

static bool
read_unit(Compiler *c, const Node *node, const Node *arg, Unit *unit, Error *err)
{
    *unit = arg->kind == NODE_VALUE && arg->value.kind == VALUE_TEXT
                ? unit_from_name(arg->value.text.ptr)
                : UNIT_NONE;
    if (unit_rows[*unit].kind != UNIT_KIND_TRUNC)
        return node_error(c, node->path, "%s takes a unit of time such as day",
                          function_rows[node->fn].name);
    return true;
}

bool
moment_relative(Compiler *c, const Node *node, Unit unit, Civil *civil, Error *err)
{
    const Value *first = &node->args[0]->value;
    Unit own;

    if (first->kind == VALUE_TEXT && str_is(first->text, "current"))
    {
        *civil = moment_trunc(c, moment_now(c), unit);
        return true;
    }
    if (first->kind != VALUE_INT || node->count != 2)
        return node_error(c, node->path, "relative-datetime takes a number and a unit");
    if (!read_unit(c, node, node->args[1], &own, err))
        return false;
    *civil = moment_add(moment_trunc(c, moment_now(c), own), first->integer, own);
    return true;
}

const char *
moment_text(const Compiler *c, const Civil *civil, BaseType type)
{
    char text[TIME_TEXT_SIZE];

    switch (type_class(type))
    {
        case CLASS_DATE:
            return arena_format(c->arena, "%04d-%02d-%02d", civil->year, civil->month, civil->day);
        case CLASS_INSTANT:
            zone_format(c->zone, zone_to_instant(c->zone, civil), text);
            return arena_text(c->arena, text);
        case CLASS_TIME:
            return arena_format(c->arena, "%02d:%02d:%02d.%06d", civil->hour, civil->minute,
                                civil->second, civil->micro);
        default:
            return arena_format(c->arena, "%04d-%02d-%02dT%02d:%02d:%02d.%06d", civil->year,
                                civil->month, civil->day, civil->hour, civil->minute, civil->second,
                                civil->micro);
    }
}

/* n, "current", "last" or "next". */
static bool
read_count(Compiler *c, const Node *node, int64_t *count, Error *err)
{
    const Value *value = &node->args[1]->value;

    if (value->kind == VALUE_INT)
        *count = value->integer;
    else if (value->kind == VALUE_TEXT && str_is(value->text, "current"))
        *count = 0;
    else if (value->kind == VALUE_TEXT && str_is(value->text, "last"))
        *count = -1;
    else if (value->kind == VALUE_TEXT && str_is(value->text, "next"))
        *count = 1;
    else
        return node_error(c, node->path, "%s takes a number, current, last or next",
                          function_rows[node->fn].name);
    return true;
}

static bool
during(Compiler *c, const Node *node, MomentRange *range, Error *err)
{
    Moment moment;
    Unit unit;

    if (!read_unit(c, node, node->args[2], &unit, err))
        return false;
    if (node->args[1]->value.kind != VALUE_TEXT ||
        !moment_read(c, node->args[1]->value.text, &moment))
        return node_error(c, node->path, "during takes a date");
    range->start = moment_trunc(c, moment.civil, unit);
    range->end = moment_add(range->start, 1, unit);
    return true;
}

bool
moment_interval(Compiler *c, const Node *node, MomentRange *range, Error *err)
{
    int64_t count, shift;
    Civil current;
    Unit unit, by;

    if (node->fn == FN_DURING)
        return during(c, node, range, err);
    if (!read_count(c, node, &count, err) || !read_unit(c, node, node->args[2], &unit, err))
        return false;
    current = moment_trunc(c, moment_now(c), unit);
    range->start = current;
    range->end = moment_add(current, 1, unit);
    if (count < 0)
    {
        range->start = moment_add(current, count, unit);
        if (!node->include_current)
            range->end = current;
    }
    else if (count > 0)
    {
        range->end = moment_add(current, count + 1, unit);
        if (!node->include_current)
            range->start = moment_add(current, 1, unit);
    }
    if (node->fn != FN_RELATIVE_INTERVAL)
        return true;
    if (node->args[3]->value.kind != VALUE_INT)
        return node_error(c, node->path, "the offset is not a number");
    shift = node->args[3]->value.integer;
    if (!read_unit(c, node, node->args[4], &by, err))
        return false;
    range->start = moment_add(range->start, shift, by);
    range->end = moment_add(range->end, shift, by);
    return true;
}
