/* Functions of time through the dialect: literals, arithmetic, differences, zones, extraction,
 * names of months and days. */
#include "query/emit.h"

#include "query/type.h"

#include <string.h>

bool
emit_moment(Emitter *x, const Civil *moment, BaseType type, Error *err)
{
    TypeClass class = type_class(type);
    DialectSlot slot = class == CLASS_DATE      ? SLOT_DATE_VALUE
                       : class == CLASS_INSTANT ? SLOT_INSTANT_VALUE
                       : class == CLASS_TIME    ? SLOT_TIME_VALUE
                                                : SLOT_DATETIME_VALUE;

    return emit_slot(x, NULL, slot, UNIT_NONE,
                     piece_value(x, VALUE_OF_TEXT(moment_text(x->c, moment, type))), NULL, NULL,
                     err);
}

static bool
text_of(const Node *node, Str *text)
{
    if (node->kind != NODE_VALUE || node->value.kind != VALUE_TEXT)
        return false;
    *text = node->value.text;
    return true;
}

/* An argument that must be a moment: text is read as one. */
static const Piece *
piece_moment(Emitter *x, const Node *node, BaseType *type)
{
    Moment moment;
    Str text;

    *type = node->type;
    if (text_of(node, &text) && moment_read(x->c, text, &moment))
    {
        Node *value = node_copy(x->c, node);

        value->type = *type = moment.is_time    ? BASE_TIME
                              : moment.has_time ? BASE_DATE_TIME
                                                : BASE_DATE;
        return piece_node(x, value);
    }
    if (type_class(node->type) != CLASS_TEXT)
        return piece_node(x, node);
    *type = BASE_DATE_TIME;
    return piece_slot(x, SLOT_TEXT_TO_DATETIME, UNIT_NONE, piece_node(x, node), NULL, NULL);
}

static bool
unit_of(Emitter *x, const Node *node, const Node *arg, Unit *unit, Error *err)
{
    Str text = { 0 };

    *unit = text_of(arg, &text) ? unit_from_name(text.ptr) : UNIT_NONE;
    if (*unit == UNIT_NONE)
        return node_error(x->c, node->path, "%s takes a unit of time",
                          function_rows[node->fn].name);
    return true;
}

/* ---------------------------------------------------------------------------------- arithmetic */

/* Hours are added to a moment, not to a date. */
static const Piece *
piece_add(Emitter *x, const Piece *moment, BaseType type, const Piece *count, Unit unit)
{
    DialectSlot slot = unit == UNIT_QUARTER       ? SLOT_ADD_QUARTER
                       : unit == UNIT_MILLISECOND ? SLOT_ADD_MILLISECOND
                                                  : SLOT_ADD;

    if (type_class(type) == CLASS_DATE && unit <= UNIT_HOUR)
        moment = piece_slot(x, SLOT_DATE_TO_DATETIME, UNIT_NONE, moment, NULL, NULL);
    if (type_class(type) == CLASS_INSTANT)
        moment = piece_slot(x, SLOT_ZONED, UNIT_NONE, moment, NULL, NULL);
    return piece_slot(x, slot, unit, moment, count, NULL);
}

static bool
emit_add(Emitter *x, const Node *node, Error *err)
{
    BaseType type;
    const Piece *moment = piece_moment(x, node->args[0], &type);
    const Piece *count = piece_node(x, node->args[1]);
    Unit unit;

    if (!unit_of(x, node, node->args[2], &unit, err))
        return false;
    if (node->fn == FN_SUBTRACT_TIME)
        count = piece_slot(x, SLOT_NEGATIVE, UNIT_NONE, count, NULL, NULL);
    return emit_piece(x, piece_add(x, moment, type, count, unit), err);
}

/* ["+", time, ["interval", 1, "day"], ...] */
static bool
emit_plus_interval(Emitter *x, const Node *node, Error *err)
{
    const Piece *moment = NULL;
    BaseType type;

    for (size_t i = 0; i < node->count; i++)
        if (node->args[i]->fn != FN_INTERVAL && moment == NULL)
            moment = piece_moment(x, node->args[i], &type);
    if (moment == NULL)
        return node_error(x->c, node->path, "an interval is added to a date or a time");
    for (size_t i = 0; i < node->count; i++)
    {
        const Node *term = node->args[i];
        const Piece *count;
        Unit unit;

        if (term->kind != NODE_CALL || term->fn != FN_INTERVAL)
            continue;
        if (!unit_of(x, term, term->args[1], &unit, err))
            return false;
        count = piece_node(x, term->args[0]);
        if (node->fn == FN_MINUS)
            count = piece_slot(x, SLOT_NEGATIVE, UNIT_NONE, count, NULL, NULL);
        moment = piece_add(x, moment, type, count, unit);
    }
    return emit_piece(x, moment, err);
}

static const Piece *
to_report_zone(Emitter *x, const Piece *piece, BaseType type)
{
    return type_class(type) == CLASS_INSTANT
               ? piece_slot(x, SLOT_LOCAL, UNIT_NONE, piece, NULL, NULL)
               : piece;
}

static bool
emit_diff(Emitter *x, const Node *node, Error *err)
{
    static const struct
    {
        Unit unit;
        DialectSlot slot;
        int64_t divide;
    } rows[] = {
        { UNIT_SECOND, SLOT_DIFF_SECOND, 1 },  { UNIT_MINUTE, SLOT_DIFF_SECOND, 60 },
        { UNIT_HOUR, SLOT_DIFF_SECOND, 3600 }, { UNIT_DAY, SLOT_DIFF_DAY, 1 },
        { UNIT_WEEK, SLOT_DIFF_DAY, 7 },       { UNIT_MONTH, SLOT_DIFF_MONTH, 1 },
        { UNIT_QUARTER, SLOT_DIFF_MONTH, 3 },  { UNIT_YEAR, SLOT_DIFF_MONTH, 12 },
    };
    BaseType ta, tb;
    const Piece *a = piece_moment(x, node->args[0], &ta);
    const Piece *b = piece_moment(x, node->args[1], &tb);
    Unit unit;

    if (type_class(ta) == CLASS_TIME || type_class(tb) == CLASS_TIME)
        return node_error(x->c, node->path,
                          "datetime-diff only allows datetime, timestamp, or date types");
    if (!unit_of(x, node, node->args[2], &unit, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
    {
        const Piece *diff;

        if (rows[i].unit != unit)
            continue;
        if (unit <= UNIT_HOUR)
        {
            a = piece_slot(x, SLOT_DIFFABLE, UNIT_NONE, a, NULL, NULL);
            b = piece_slot(x, SLOT_DIFFABLE, UNIT_NONE, b, NULL, NULL);
        }
        else
        {
            a = to_report_zone(x, a, ta);
            b = to_report_zone(x, b, tb);
        }
        diff = piece_slot(x, rows[i].slot, unit, a, b, NULL);
        if (rows[i].divide > 1)
            diff = piece_slot(x, SLOT_DIVIDE_WHOLE, UNIT_NONE, diff, piece_int(x, rows[i].divide),
                              NULL);
        return emit_piece(x, diff, err);
    }
    return node_error(x->c, node->path, "datetime-diff does not count in %s", unit_rows[unit].name);
}

static bool
emit_convert(Emitter *x, const Node *node, Error *err)
{
    BaseType type;
    const Piece *moment = piece_moment(x, node->args[0], &type);
    const Zone *zone;
    Str target, source;

    if (!text_of(node->args[1], &target) || !zone_load(x->c->arena, target.ptr, &zone, err))
        return node_error(x->c, node->path, "there is no such time zone");
    if (type_class(type) == CLASS_INSTANT)
    {
        if (node->count > 2)
            return node_error(x->c, node->path,
                              "a column with a time zone takes no source time zone");
        return emit_slot(x, node->path, SLOT_CONVERT_ZONE, UNIT_NONE, moment,
                         piece_value(x, VALUE_OF_TEXT(zone_name(zone))), NULL, err);
    }
    if (node->count < 3)
        return node_error(x->c, node->path,
                          "a column without a time zone needs a source time zone");
    if (!text_of(node->args[2], &source) || !zone_load(x->c->arena, source.ptr, &zone, err))
        return node_error(x->c, node->path, "there is no such time zone");
    return emit_slot(x, node->path, SLOT_CONVERT_ZONE_FROM, UNIT_NONE, moment,
                     piece_value(x, value_of_str(target)), piece_value(x, value_of_str(source)),
                     err);
}

/* ---------------------------------------------------------------------------------- extraction */

static Unit
week_unit(const Node *node, size_t at)
{
    Str mode;

    if (node->count <= at || !text_of(node->args[at], &mode))
        return UNIT_WEEK_ISO;
    if (str_is_nocase(mode, "us"))
        return UNIT_WEEK_US;
    return str_is_nocase(mode, "instance") ? UNIT_WEEK_INSTANCE : UNIT_WEEK_ISO;
}

static bool
extract_unit(Emitter *x, const Node *node, Unit *unit, Error *err)
{
    static const Unit short_forms[FN_COUNT_OF_ALL] = {
        [FN_GET_YEAR] = UNIT_YEAR_OF_ERA,        [FN_GET_QUARTER] = UNIT_QUARTER_OF_YEAR,
        [FN_GET_MONTH] = UNIT_MONTH_OF_YEAR,     [FN_GET_DAY] = UNIT_DAY_OF_MONTH,
        [FN_GET_HOUR] = UNIT_HOUR_OF_DAY,        [FN_GET_MINUTE] = UNIT_MINUTE_OF_HOUR,
        [FN_GET_SECOND] = UNIT_SECOND_OF_MINUTE,
    };
    Str mode;

    if (node->fn == FN_GET_WEEK)
        *unit = week_unit(node, 1);
    else if (node->fn == FN_GET_WEEKDAY)
        *unit = node->count > 1 && text_of(node->args[1], &mode) && str_is_nocase(mode, "iso")
                    ? UNIT_DAY_OF_WEEK_ISO
                    : UNIT_DAY_OF_WEEK;
    else if (node->fn == FN_EXTRACT)
    {
        if (!unit_of(x, node, node->args[1], unit, err))
            return false;
        if (*unit == UNIT_DAY_OF_WEEK && node->count > 2 && text_of(node->args[2], &mode) &&
            str_is_nocase(mode, "iso"))
            *unit = UNIT_DAY_OF_WEEK_ISO;
        if (*unit == UNIT_WEEK_OF_YEAR)
            *unit = week_unit(node, 2);
    }
    else
        *unit = short_forms[node->fn];
    return true;
}

static bool
emit_extract(Emitter *x, const Node *node, Error *err)
{
    BaseType type;
    const Piece *moment = piece_moment(x, node->args[0], &type);
    Unit unit;

    if (!extract_unit(x, node, &unit, err))
        return false;
    if (type == BASE_ANY)
        type = BASE_DATE_TIME;
    if (!unit_fits(unit, type) && type_class(type) != CLASS_DATE)
        return node_error(x->c, node->path, "%s cannot be taken of this type",
                          unit_rows[unit].name);
    if (type_class(type) == CLASS_DATE && unit <= UNIT_HOUR_OF_DAY)
        moment = piece_slot(x, SLOT_DATE_TO_DATETIME, UNIT_NONE, moment, NULL, NULL);
    return emit_piece(x, piece_unit(x, moment, type, unit), err);
}

/* --------------------------------------------------------------------------------------- casts */

static bool
emit_date(Emitter *x, const Node *node, Error *err)
{
    const Node *arg = node->args[0];
    const Piece *piece = piece_node(x, arg);

    if (type_class(arg->type) == CLASS_TEXT)
        return emit_slot(x, node->path, SLOT_TEXT_TO_DATE, UNIT_NONE, piece, NULL, NULL, err);
    piece = to_report_zone(x, piece, arg->type);
    return emit_slot(x, node->path, SLOT_MOMENT_TO_DATE, UNIT_NONE, piece, NULL, NULL, err);
}

static bool
same_mode(const char *mode, const char *name)
{
    for (; *mode != '\0'; mode++)
    {
        if (*mode == '-' || *mode == '_')
            continue;
        if ((*mode | 0x20) != *name)
            return false;
        name++;
    }
    return *name == '\0';
}

static bool
emit_datetime(Emitter *x, const Node *node, Error *err)
{
    static const struct
    {
        const char *mode;
        DialectSlot slot;
        double scale;
    } modes[] = {
        { "iso", SLOT_TEXT_TO_DATETIME, 0 },
        { "simple", SLOT_COMPACT_TO_DATETIME, 0 },
        { "unixseconds", SLOT_FROM_UNIX, 1 },
        { "unixmilliseconds", SLOT_FROM_UNIX, 1e3 },
        { "unixmicroseconds", SLOT_FROM_UNIX, 1e6 },
        { "unixnanoseconds", SLOT_FROM_UNIX, 1e9 },
        { "isobytes", SLOT_BYTES_TO_DATETIME, 0 },
        { "simplebytes", SLOT_COMPACT_BYTES_TO_DATETIME, 0 },
    };
    const Node *arg = node->args[0];
    const char *mode = node->mode == NULL ? "iso" : node->mode;

    if (node->mode == NULL && type_is_number(arg->type))
        mode = "unixseconds";
    if (type_is_temporal(arg->type))
        return emit_operand(x, arg, err);
    for (size_t i = 0; i < COUNT_OF(modes); i++)
        if (same_mode(mode, modes[i].mode))
            return emit_slot(x, node->path, modes[i].slot, UNIT_NONE, piece_node(x, arg),
                             piece_value(x, VALUE_OF_DOUBLE(modes[i].scale)), NULL, err);
    return node_error(x->c, node->path, "datetime has no mode %s", mode);
}

static bool
emit_literal(Emitter *x, const Node *node, Error *err)
{
    Moment moment = { .civil = moment_now(x->c) };
    Str text = { 0 };

    if (node->fn == FN_RELATIVE)
    {
        if (!moment_relative(x->c, node, UNIT_NONE, &moment.civil, err))
            return false;
    }
    else if (node->fn == FN_TODAY)
        moment.civil = moment_trunc(x->c, moment.civil, UNIT_DAY);
    else if (node->fn != FN_NOW &&
             (!text_of(node->args[0], &text) || !moment_read(x->c, text, &moment)))
        return node_error(x->c, node->path, "%s takes a date or a time as text",
                          function_rows[node->fn].name);
    return emit_moment(x, &moment.civil, node->type, err);
}

/* --------------------------------------------------------------------------------------- names */

static const char *const english_months[] = { "January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December" };
static const char *const french_months[] = { "janvier",   "février", "mars",     "avril",
                                             "mai",       "juin",    "juillet",  "août",
                                             "septembre", "octobre", "novembre", "décembre" };
static const char *const quarters[] = { "Q1", "Q2", "Q3", "Q4" };
static const char *const french_quarters[] = { "T1", "T2", "T3", "T4" };
static const char *const english_days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday" };
static const char *const french_days[] = { "lundi",    "mardi",  "mercredi", "jeudi",
                                           "vendredi", "samedi", "dimanche" };

static bool
emit_names(Emitter *x, const Node *node, const char *const *names, int count, int first, Error *err)
{
    sql_words(x->sql, "case ");
    if (!emit_operand(x, node->args[0], err))
        return false;
    for (int i = 0; i < count; i++)
    {
        sql_words(x->sql, " when ");
        sql_int(x->sql, i + 1);
        sql_words(x->sql, " then ");
        sql_quoted(x->sql, names[(i + first) % count]);
    }
    sql_words(x->sql, " else '' end");
    return true;
}

static bool
emit_name(Emitter *x, const Node *node, Error *err)
{
    bool french = strncmp(x->c->options.locale, "fr", 2) == 0;

    if (node->fn == FN_MONTH_NAME)
        return emit_names(x, node, french ? french_months : english_months, 12, 0, err);
    if (node->fn == FN_QUARTER_NAME)
        return emit_names(x, node, french ? french_quarters : quarters, 4, 0, err);
    return emit_names(x, node, french ? french_days : english_days, 7, x->c->options.week_start - 1,
                      err);
}

bool
emit_time_function(Emitter *x, const Node *node, Error *err)
{
    switch (node->fn)
    {
        case FN_PLUS:
        case FN_MINUS:
            return emit_plus_interval(x, node, err);
        case FN_ADD_TIME:
        case FN_SUBTRACT_TIME:
            return emit_add(x, node, err);
        case FN_DIFF_TIME:
            return emit_diff(x, node, err);
        case FN_CONVERT_ZONE:
            return emit_convert(x, node, err);
        case FN_DATE:
            return emit_date(x, node, err);
        case FN_DATETIME:
            return emit_datetime(x, node, err);
        case FN_TODAY:
        case FN_NOW:
        case FN_TIME:
        case FN_ABSOLUTE:
        case FN_RELATIVE:
            return emit_literal(x, node, err);
        case FN_MONTH_NAME:
        case FN_QUARTER_NAME:
        case FN_DAY_NAME:
            return emit_name(x, node, err);
        case FN_INTERVAL:
        case FN_COLLATE:
            return node_error(x->c, node->path, "%s cannot stand here",
                              function_rows[node->fn].name);
        default:
            return emit_extract(x, node, err);
    }
}
