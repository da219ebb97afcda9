/* Conditions: comparisons with their rules about nulls, searches in text, ranges of time. */
#include "query/emit.h"

#include "query/type.h"

#include <string.h>

static bool
is_null(const Node *node)
{
    return node->kind == NODE_VALUE && node->value.kind == VALUE_NULL;
}

static bool
is_time_like(BaseType type)
{
    return type_is_temporal(type) || type_class(type) == CLASS_TIME;
}

/* One side of a comparison; a bare text is read as the type of the other side. */
static bool
emit_side(Emitter *x, const Node *node, const Node *other, Error *err)
{
    TypeClass class = type_class(other->type);
    bool done;

    if (is_time_like(other->type) && is_time_like(node->type))
        return emit_slot(x, node->path,
                         class == CLASS_TIME ? SLOT_COMPARABLE_TIME : SLOT_COMPARABLE, UNIT_NONE,
                         piece_node(x, node), NULL, NULL, err);
    x->text_is_free = node->kind == NODE_VALUE && class == CLASS_OTHER && other->kind != NODE_VALUE;
    if (type_class(node->type) == CLASS_OTHER && node->type == BASE_UUID &&
        other->kind == NODE_VALUE)
        done = emit_slot(x, node->path, SLOT_CAST_TEXT, UNIT_NONE, piece_node(x, node), NULL, NULL,
                         err);
    else
        done = emit_operand(x, node, err);
    x->text_is_free = false;
    return done;
}

static const char *
operator_text(FunctionId fn)
{
    switch (fn)
    {
        case FN_EQ:
            return " = ";
        case FN_NE:
            return " <> ";
        case FN_LT:
            return " < ";
        case FN_LE:
            return " <= ";
        case FN_GT:
            return " > ";
        default:
            return " >= ";
    }
}

static bool
emit_plain(Emitter *x, FunctionId fn, const Node *left, const Node *right, Error *err)
{
    if (!emit_side(x, left, right, err))
        return false;
    sql_append_literal(x->sql, operator_text(fn));
    return emit_side(x, right, left, err);
}

/* ------------------------------------------------------------------------------ ranges of time */

/* A reference without its bucket against a moment. */
static bool
emit_bound(Emitter *x, const Node *left, const char *operator, const Civil * bound, Error *err)
{
    Node *raw = node_copy(x->c, left);
    DialectSlot slot =
        type_class(left->type) == CLASS_TIME ? SLOT_COMPARABLE_TIME : SLOT_COMPARABLE;
    Node *moment =
        node_value(x->c, left->path, VALUE_OF_TEXT(moment_text(x->c, bound, BASE_DATE_TIME)));

    moment->type = left->type;
    raw->unit = UNIT_NONE;
    if (!emit_slot(x, left->path, slot, UNIT_NONE, piece_node(x, raw), NULL, NULL, err))
        return false;
    sql_append_literal(x->sql, operator);
    return emit_slot(x, left->path, slot, UNIT_NONE, piece_node(x, moment), NULL, NULL, err);
}

static bool
emit_range(Emitter *x, const Node *left, const MomentRange *range, Error *err)
{
    if (!emit_bound(x, left, " >= ", &range->start, err))
        return false;
    sql_words(x->sql, " and ");
    return emit_bound(x, left, " < ", &range->end, err);
}

/* The moment that a literal means beside a reference of that unit; false when it is no literal. */
static bool
literal_range(Emitter *x, const Node *node, Unit unit, MomentRange *range, bool *is_literal,
              Error *err)
{
    Moment moment;

    *is_literal = true;
    if (node->kind == NODE_CALL && node->fn == FN_RELATIVE)
    {
        if (!moment_relative(x->c, node, unit, &moment.civil, err))
            return false;
    }
    else if (node->kind == NODE_CALL && (node->fn == FN_ABSOLUTE) &&
             node->args[0]->value.kind == VALUE_TEXT)
        return literal_range(x, node->args[0], unit, range, is_literal, err);
    else if (node->kind != NODE_VALUE || node->value.kind != VALUE_TEXT)
    {
        *is_literal = false;
        return true;
    }
    else if (!moment_read(x->c, node->value.text, &moment))
        return node_error(x->c, node->path, "%s is not a date", node->value.text.ptr);
    range->start = moment_trunc(x->c, moment.civil, unit);
    range->end = unit == UNIT_NONE || unit == UNIT_DEFAULT ? range->start
                                                           : moment_add(range->start, 1, unit);
    return true;
}

static bool
emit_time_compare(Emitter *x, FunctionId fn, const Node *left, const MomentRange *range, Error *err)
{
    bool exact = left->unit == UNIT_NONE || left->unit == UNIT_DEFAULT;

    switch (fn)
    {
        case FN_LT:
            return emit_bound(x, left, " < ", &range->start, err);
        case FN_GE:
            return emit_bound(x, left, " >= ", &range->start, err);
        case FN_LE:
            return emit_bound(x, left, exact ? " <= " : " < ", &range->end, err);
        case FN_GT:
            return emit_bound(x, left, exact ? " > " : " >= ", &range->end, err);
        case FN_EQ:
            return exact ? emit_bound(x, left, " = ", &range->start, err)
                         : emit_range(x, left, range, err);
        default:
            break;
    }
    if (exact)
        return emit_bound(x, left, " <> ", &range->start, err);
    if (!emit_bound(x, left, " < ", &range->start, err))
        return false;
    sql_words(x->sql, " or ");
    return emit_bound(x, left, " >= ", &range->end, err);
}

/* ---------------------------------------------------------------------------------- comparison */

static bool
takes_moments(const Node *left)
{
    return (left->kind == NODE_FIELD || left->kind == NODE_EXPRESSION || left->kind == NODE_CALL) &&
           is_time_like(left->type) && !unit_is_extraction(left->unit);
}

static bool
emit_compare(Emitter *x, FunctionId fn, const Node *left, const Node *right, Error *err)
{
    MomentRange range = { 0 };
    bool is_literal = false;

    if (is_null(right))
    {
        if (!emit_operand(x, left, err))
            return false;
        sql_append_literal(x->sql, fn == FN_NE ? " is not null" : " is null");
        return true;
    }
    if (takes_moments(left))
    {
        if (!literal_range(x, right, left->unit, &range, &is_literal, err))
            return false;
        if (is_literal)
            return emit_time_compare(x, fn, left, &range, err);
    }
    return emit_plain(x, fn, left, right, err);
}

static bool
emit_or_null(Emitter *x, const Node *left, Error *err)
{
    sql_words(x->sql, " or ");
    if (!emit_operand(x, left, err))
        return false;
    sql_words(x->sql, " is null");
    return true;
}

/* x in (1, 2, 3) when all are plain values. */
static bool
emit_list(Emitter *x, const Node *node, bool negative, bool *written, Error *err)
{
    const Node *left = node->args[0];

    *written = false;
    if (node->count < 3 || takes_moments(left) || left->type == BASE_UUID)
        return true;
    for (size_t i = 1; i < node->count; i++)
        if (node->args[i]->kind != NODE_VALUE || is_null(node->args[i]))
            return true;
    *written = true;
    if (!emit_operand(x, left, err))
        return false;
    sql_append_literal(x->sql, negative ? " not in (" : " in (");
    for (size_t i = 1; i < node->count; i++)
    {
        if (i > 1)
            sql_words(x->sql, ", ");
        if (!emit_side(x, node->args[i], left, err))
            return false;
    }
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_equal(Emitter *x, const Node *node, bool negative, Error *err)
{
    const Node *left = node->args[0];
    bool any_null = false;
    bool written;

    for (size_t i = 1; i < node->count; i++)
        any_null = any_null || is_null(node->args[i]);
    sql_words(x->sql, "(");
    if (!emit_list(x, node, negative, &written, err))
        return false;
    for (size_t i = 1; !written && i < node->count; i++)
    {
        if (i > 1)
            sql_append_literal(x->sql, negative ? " and " : " or ");
        sql_words(x->sql, "(");
        if (!emit_compare(x, negative ? FN_NE : FN_EQ, left, node->args[i], err))
            return false;
        sql_words(x->sql, ")");
    }
    if (negative && !any_null && left->kind != NODE_VALUE &&
        (!takes_moments(left) || left->unit == UNIT_NONE) && !emit_or_null(x, left, err))
        return false;
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_between(Emitter *x, const Node *left, const Node *low, const Node *high, Error *err)
{
    if (!emit_compare(x, FN_GE, left, low, err))
        return false;
    sql_words(x->sql, " and ");
    return emit_compare(x, FN_LE, left, high, err);
}

/* latitude, longitude, north, west, south, east */
static bool
emit_inside(Emitter *x, const Node *node, Error *err)
{
    if (!emit_between(x, node->args[0], node->args[4], node->args[2], err))
        return false;
    sql_words(x->sql, " and ");
    return emit_between(x, node->args[1], node->args[3], node->args[5], err);
}

static bool
emit_empty(Emitter *x, const Node *node, bool negative, Error *err)
{
    const Node *left = node->args[0];
    bool text = type_class(left->type) == CLASS_TEXT;

    if (!emit_operand(x, left, err))
        return false;
    sql_append_literal(x->sql, negative ? " is not null" : " is null");
    if (!text || (node->fn != FN_IS_EMPTY && node->fn != FN_NOT_EMPTY))
        return true;
    sql_append_literal(x->sql, negative ? " and " : " or ");
    if (!emit_operand(x, left, err))
        return false;
    sql_append_literal(x->sql, negative ? " <> ''" : " = ''");
    return true;
}

static const Piece *
folded(Emitter *x, const Node *call, const Node *node)
{
    const Piece *piece = piece_node(x, node);

    if (type_class(node->type) != CLASS_TEXT)
        piece = piece_slot(x, SLOT_CAST_TEXT, UNIT_NONE, piece, NULL, NULL);
    return call->ignore_case ? piece_slot(x, SLOT_LOWER, UNIT_NONE, piece, NULL, NULL) : piece;
}

/* Any of the texts; `negative`: none of them, and nulls too. */
static bool
emit_search(Emitter *x, const Node *node, bool negative, Error *err)
{
    sql_append_literal(x->sql, negative ? "(not (" : "(");
    for (size_t i = 1; i < node->count; i++)
    {
        if (i > 1)
            sql_words(x->sql, " or ");
        if (!emit_slot(x, node->path, function_rows[node->fn].slot, UNIT_NONE,
                       folded(x, node, node->args[0]), folded(x, node, node->args[i]), NULL, err))
            return false;
    }
    sql_words(x->sql, ")");
    if (!negative)
        return true;
    if (!emit_or_null(x, node->args[0], err))
        return false;
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_all(Emitter *x, const Node *node, bool any, Error *err)
{
    size_t written = 0;

    for (size_t i = 0; i < node->count; i++)
    {
        const Node *arg = node->args[i];

        if (arg->kind == NODE_CALL && (arg->fn == FN_AND || arg->fn == FN_OR) && arg->count == 0)
            continue;
        if (written++ > 0)
            sql_append_literal(x->sql, any ? " or " : " and ");
        sql_words(x->sql, "(");
        if (!emit_condition(x, arg, err))
            return false;
        sql_words(x->sql, ")");
    }
    if (written == 0)
        sql_words(x->sql, "1 = 1");
    return true;
}

static bool
emit_not(Emitter *x, const Node *node, Error *err)
{
    const Node *arg = node->args[0];

    if (arg->kind == NODE_CALL && arg->fn >= FN_STARTS_WITH && arg->fn <= FN_CONTAINS)
        return emit_search(x, arg, true, err);
    if (arg->kind == NODE_CALL && arg->fn == FN_CONTAINS_NOT)
        return emit_search(x, arg, false, err);
    if (arg->kind == NODE_CALL && (arg->fn == FN_NE || arg->fn == FN_NOT_IN))
        return emit_equal(x, arg, false, err);
    sql_words(x->sql, "not (");
    if (!emit_condition(x, arg, err))
        return false;
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_interval(Emitter *x, const Node *node, Error *err)
{
    MomentRange range;

    if (!is_time_like(node->args[0]->type) && type_class(node->args[0]->type) != CLASS_OTHER)
        return node_error(x->c, node->path, "%s needs a date or a time",
                          function_rows[node->fn].name);
    return moment_interval(x->c, node, &range, err) && emit_range(x, node->args[0], &range, err);
}

bool
emit_condition(Emitter *x, const Node *node, Error *err)
{
    if (node->kind != NODE_CALL || function_rows[node->fn].kind != KIND_CONDITION)
        return emit_node(x, node, err);
    switch (node->fn)
    {
        case FN_SEGMENT:
            return node_error(x->c, node->path, "a segment cannot stand here");
        case FN_AND:
        case FN_OR:
            return emit_all(x, node, node->fn == FN_OR, err);
        case FN_NOT:
            return emit_not(x, node, err);
        case FN_EQ:
        case FN_IN:
            return emit_equal(x, node, false, err);
        case FN_NE:
        case FN_NOT_IN:
            return emit_equal(x, node, true, err);
        case FN_BETWEEN:
            return emit_between(x, node->args[0], node->args[1], node->args[2], err);
        case FN_INSIDE:
            return emit_inside(x, node, err);
        case FN_IS_NULL:
        case FN_IS_EMPTY:
            return emit_empty(x, node, false, err);
        case FN_NOT_NULL:
        case FN_NOT_EMPTY:
            return emit_empty(x, node, true, err);
        case FN_STARTS_WITH:
        case FN_ENDS_WITH:
        case FN_CONTAINS:
            return emit_search(x, node, false, err);
        case FN_CONTAINS_NOT:
            return emit_search(x, node, true, err);
        case FN_TIME_INTERVAL:
        case FN_RELATIVE_INTERVAL:
        case FN_DURING:
            return emit_interval(x, node, err);
        default:
            return emit_compare(x, node->fn, node->args[0], node->args[1], err);
    }
}
