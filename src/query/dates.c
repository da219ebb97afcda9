/* Date strings of parameters: "2024-06-01", "A~B", "Q1-2024", "past3days~", "exclude-days-Mon". */
#include "query/moment.h"
#include "query/params.h"

#include "query/type.h"

#include <string.h>

typedef struct DateString
{
    Compiler *c;
    const Node *target;
    const char *text;
} DateString;

static Node *
at_unit(const DateString *d, Unit unit)
{
    Node *node = node_copy(d->c, d->target);

    node->unit = unit;
    node->inherited = unit == UNIT_DEFAULT;
    return node;
}

static Node *
text_node(const DateString *d, const char *text)
{
    return node_value(d->c, d->target->path, VALUE_OF_TEXT(arena_text(d->c->arena, text)));
}

static Node *
int_node(const DateString *d, int64_t number)
{
    return node_value(d->c, d->target->path, VALUE_OF_INT(number));
}

static bool
is_moment(const DateString *d, Str text, bool *has_time)
{
    Moment moment;

    if (text.len < 10 || !moment_read(d->c, text, &moment) || moment.is_time)
        return false;
    *has_time = moment.has_time;
    return true;
}

/* ---------------------------------------------------------------------------------- fixed days */

static bool
single(const DateString *d, Node **filter)
{
    bool has_time;

    if (!is_moment(d, str_of(d->text), &has_time))
        return false;
    *filter = node_call(d->c, FN_EQ, d->target->path, 2,
                        at_unit(d, has_time ? UNIT_MINUTE : UNIT_DAY), text_node(d, d->text));
    return true;
}

static bool
range(const DateString *d, Node **filter)
{
    Str rest = str_of(d->text);
    Str a, b;
    bool a_time = false;
    bool b_time = false;
    const char *start, *end;
    Unit unit;

    if (strchr(d->text, '~') == NULL || !str_split(&rest, '~', &a))
        return false;
    b = rest.ptr == NULL ? STR("") : rest;
    if ((a.len > 0 && !is_moment(d, a, &a_time)) || (b.len > 0 && !is_moment(d, b, &b_time)) ||
        a.len + b.len == 0)
        return false;
    start = str_copy(d->c->arena, a);
    end = str_copy(d->c->arena, b);
    unit = a_time || b_time ? UNIT_DEFAULT : UNIT_DAY;
    /* Field filters of SQL templates take whole minutes. */
    if (unit == UNIT_DEFAULT && d->target->column != NULL)
        unit = UNIT_MINUTE;
    if (a.len == 0)
        *filter = node_call(d->c, FN_LT, d->target->path, 2, at_unit(d, unit), text_node(d, end));
    else if (b.len == 0)
        *filter = node_call(d->c, FN_GT, d->target->path, 2, at_unit(d, unit), text_node(d, start));
    else
        *filter = node_call(d->c, FN_BETWEEN, d->target->path, 3, at_unit(d, unit),
                            text_node(d, start), text_node(d, end));
    return true;
}

/* "2024-06" and "Q2-2024": one bucket. */
static bool
month_or_quarter(const DateString *d, Node **filter)
{
    Str text = str_of(d->text);
    const char *day;
    int64_t year, part;
    Unit unit = UNIT_MONTH;

    if (text.len != 7)
        return false;
    if (text.ptr[0] == 'Q' && text.ptr[2] == '-')
    {
        unit = UNIT_QUARTER;
        if (!str_to_int((Str){ text.ptr + 3, 4 }, 1000, 9999, &year) ||
            !str_to_int((Str){ text.ptr + 1, 1 }, 1, 4, &part))
            return false;
        part = part * 3 - 2;
    }
    else if (text.ptr[4] != '-' || !str_to_int((Str){ text.ptr, 4 }, 1000, 9999, &year) ||
             !str_to_int((Str){ text.ptr + 5, 2 }, 1, 12, &part))
        return false;
    day = arena_format(d->c->arena, "%04d-%02d-01", (int) year, (int) part);
    *filter = node_call(d->c, FN_EQ, d->target->path, 2, at_unit(d, unit), text_node(d, day));
    return true;
}

/* ------------------------------------------------------------------------------------ relative */

/* "day" or "days" at the front; the rest follows. */
static bool
read_unit(const char **at, bool plural, Unit *unit)
{
    for (int i = UNIT_SECOND; i <= UNIT_YEAR; i++)
    {
        const char *name = unit_rows[i].name;
        size_t len = strlen(name);

        if (strncmp(*at, name, len) != 0)
            continue;
        *at += len;
        *unit = (Unit) i;
        if (plural && **at == 's')
            (*at)++;
        return true;
    }
    return false;
}

static bool
read_count(const char **at, int64_t *count)
{
    size_t len = strspn(*at, "0123456789");

    if (len == 0 || !str_to_int((Str){ *at, len }, 0, 100000, count))
        return false;
    *at += len;
    return true;
}

static Node *
interval(const DateString *d, Node *count, Unit unit)
{
    return node_call(d->c, FN_TIME_INTERVAL, d->target->path, 3, at_unit(d, UNIT_NONE), count,
                     text_node(d, unit_rows[unit].name));
}

/* "past3days", "next2months~", "past1weeks-from-2weeks" */
static bool
past_or_next(const DateString *d, Node **filter)
{
    const char *at = d->text + 4;
    int sign = d->text[0] == 'p' ? -1 : 1;
    int64_t count, shift;
    Unit unit, by;

    if ((strncmp(d->text, "past", 4) != 0 && strncmp(d->text, "next", 4) != 0) ||
        !read_count(&at, &count) || !read_unit(&at, true, &unit))
        return false;
    *filter = interval(d, int_node(d, sign * count), unit);
    if (strcmp(at, "~") == 0)
    {
        (*filter)->include_current = true;
        at++;
    }
    if (strncmp(at, "-from-", 6) == 0)
    {
        at += 6;
        if (!read_count(&at, &shift) || !read_unit(&at, true, &by))
            return false;
        *filter = node_call(d->c, FN_RELATIVE_INTERVAL, d->target->path, 5, at_unit(d, UNIT_NONE),
                            int_node(d, sign * count), text_node(d, unit_rows[unit].name),
                            int_node(d, sign * shift), text_node(d, unit_rows[by].name));
    }
    return *at == '\0';
}

static bool
last_or_this(const DateString *d, Node **filter)
{
    const char *at = d->text + 4;
    bool last = strncmp(d->text, "last", 4) == 0;
    Unit unit;

    if (strcmp(d->text, "today") == 0 || strcmp(d->text, "yesterday") == 0)
    {
        *filter = interval(d, int_node(d, d->text[0] == 't' ? 0 : -1), UNIT_DAY);
        return true;
    }
    if ((!last && strncmp(d->text, "this", 4) != 0) || !read_unit(&at, false, &unit) || *at != '\0')
        return false;
    *filter = interval(d, int_node(d, last ? -1 : 0), unit);
    return true;
}

/* ------------------------------------------------------------------------------------- exclude */

static int
index_of(Str word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (str_is(word, names[i]))
            return i;
    return -1;
}

static bool
excluded_number(const DateString *d, Unit unit, Str word, int64_t *number)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    switch (unit)
    {
        case UNIT_HOUR_OF_DAY:
            return str_to_int(word, 0, 23, number);
        case UNIT_QUARTER_OF_YEAR:
            return str_to_int(word, 1, 4, number);
        case UNIT_MONTH_OF_YEAR:
            *number = index_of(word, months, 12) + 1;
            return *number > 0;
        default:
            *number = index_of(word, days, 7);
            if (*number < 0)
                return false;
            *number = (*number + 8 - d->c->options.week_start) % 7 + 1;
            return true;
    }
}

static bool
exclude(const DateString *d, Node **filter)
{
    static const struct
    {
        const char *prefix;
        Unit unit;
    } kinds[] = {
        { "exclude-hours-", UNIT_HOUR_OF_DAY },
        { "exclude-days-", UNIT_DAY_OF_WEEK },
        { "exclude-months-", UNIT_MONTH_OF_YEAR },
        { "exclude-quarters-", UNIT_QUARTER_OF_YEAR },
    };

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
    {
        Str rest = str_of(d->text), word;
        Node *call;

        if (!str_has_prefix(rest, kinds[i].prefix))
            continue;
        rest = str_of(d->text + strlen(kinds[i].prefix));
        call = node_call(d->c, FN_NE, d->target->path, 1, at_unit(d, kinds[i].unit));
        call->args = arena_grow(d->c->arena, call->args, sizeof(Node *), 32 * sizeof(Node *));
        while (str_split(&rest, '-', &word))
        {
            int64_t number;

            if (call->count == 32 || !excluded_number(d, kinds[i].unit, word, &number))
                return false;
            call->args[call->count++] = int_node(d, number);
        }
        *filter = call;
        return call->count > 1;
    }
    return false;
}

bool
date_filter(Compiler *c, const char *text, const Node *target, Node **filter, Error *err)
{
    DateString d = { .c = c, .target = target, .text = text };

    if (single(&d, filter) || range(&d, filter) || month_or_quarter(&d, filter) ||
        past_or_next(&d, filter) || last_or_this(&d, filter) || exclude(&d, filter))
        return true;
    return node_error(c, target->path, "%s is not a date that is understood", text);
}
