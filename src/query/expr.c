/* Expressions and aggregates through the dialect. Comparisons are in compare.c, times in
 * expr_time.c. */
#include "query/emit.h"

#include "query/coercion.h"
#include "query/type.h"

#include <assert.h>
#include <string.h>

/* ---------------------------------------------------------------------------------- references */

static const Piece *
piece_column(Emitter *x, const Node *node)
{
    const CatalogField *field = node->column->field;
    const Coercion *coercion;
    Piece *column = ARENA_NEW(x->c->arena, Piece);

    column->kind = PIECE_COLUMN;
    column->node = node;
    if (!node->column->physical || field == NULL || field->coercion == NULL)
        return column;
    coercion = coercion_find(field->coercion);
    if (coercion == NULL)
        return column;
    return piece_slot(x, coercion->slot, UNIT_NONE, column,
                      piece_value(x, VALUE_OF_DOUBLE((double) coercion->scale)), NULL);
}

bool
emit_raw(Emitter *x, const Node *node, Error *err)
{
    if (node->kind == NODE_FIELD)
        return emit_piece(x, piece_column(x, node), err);
    if (node->kind == NODE_EXPRESSION && node->target != NULL)
        return emit_operand(x, node->target, err);
    return emit_operand(x, node, err);
}

/* The type before the unit was applied. */
static BaseType
raw_type(const Node *node)
{
    if (node->kind == NODE_FIELD)
        return node->column->type != BASE_ANY ? node->column->type : node->type;
    return node->target == NULL ? node->type : node->target->type;
}

static bool
emit_bin(Emitter *x, const Node *node, Error *err)
{
    const Binning *bin = &node->binning;

    return emit_slot(x, node->path, SLOT_BIN, UNIT_NONE, piece_raw(x, node),
                     piece_value(x, VALUE_OF_DOUBLE(bin->min)),
                     piece_value(x, VALUE_OF_DOUBLE(bin->width)), err);
}

static bool
emit_reference(Emitter *x, const Node *node, Error *err)
{
    const Piece *piece;

    if (node->kind == NODE_EXPRESSION && emit_inner_name(x, node->target))
        return true;
    if (node->binning.strategy != BIN_NONE)
        return emit_bin(x, node, err);
    /* An order written for an output column stands for the whole of it. */
    if (node->kind == NODE_EXPRESSION && node->name == NULL && node->unit == UNIT_NONE)
        return emit_node(x, node->target, err);
    if (node->unit == UNIT_NONE || node->unit == UNIT_DEFAULT)
        return emit_raw(x, node, err);
    piece = piece_unit(x, piece_raw(x, node), raw_type(node), node->unit);
    return emit_piece(x, piece, err);
}

/* -------------------------------------------------------------------------------------- values */

bool
emit_text(Emitter *x, Value text, Error *err)
{
    if (x->text_is_free)
    {
        sql_bind(x->sql, text);
        return true;
    }
    return emit_slot(x, NULL, SLOT_TEXT_VALUE, UNIT_NONE, piece_value(x, text), NULL, NULL, err);
}

static bool
emit_value(Emitter *x, const Node *node, Error *err)
{
    Moment moment;

    switch (node->value.kind)
    {
        case VALUE_NULL:
            sql_words(x->sql, "null");
            return true;
        case VALUE_BOOL:
            return emit_slot(x, node->path, node->value.boolean ? SLOT_TRUE : SLOT_FALSE, UNIT_NONE,
                             NULL, NULL, NULL, err);
        case VALUE_INT:
            sql_int(x->sql, node->value.integer);
            return true;
        case VALUE_DOUBLE:
            sql_double(x->sql, node->value.number);
            return true;
        default:
            break;
    }
    if ((type_is_temporal(node->type) || type_class(node->type) == CLASS_TIME) &&
        moment_read(x->c, node->value.text, &moment))
        return emit_moment(x, &moment.civil, node->type, err);
    return emit_text(x, node->value, err);
}

/* ----------------------------------------------------------------------------------- functions */

static bool
emit_chain(Emitter *x, const Node *node, const char *operator, Error * err)
{
    for (size_t i = 0; i < node->count; i++)
    {
        if (i > 0)
            sql_append_literal(x->sql, operator);
        if (!emit_operand(x, node->args[i], err))
            return false;
    }
    return true;
}

static bool
emit_minus(Emitter *x, const Node *node, Error *err)
{
    if (node->count == 1)
        sql_words(x->sql, "- ");
    return emit_chain(x, node, " - ", err);
}

static bool
emit_divide(Emitter *x, const Node *node, Error *err)
{
    const Piece *piece = piece_node(x, node->args[0]);

    for (size_t i = 1; i < node->count; i++)
        piece = piece_slot(x, SLOT_DIVIDE, UNIT_NONE, piece, piece_node(x, node->args[i]), NULL);
    return emit_piece(x, piece, err);
}

static bool
emit_coalesce(Emitter *x, const Node *node, Error *err)
{
    sql_words(x->sql, "coalesce(");
    if (!emit_chain(x, node, ", ", err))
        return false;
    sql_words(x->sql, ")");
    return true;
}

static bool
is_whole(const Node *node)
{
    return type_class(node->type) == CLASS_INTEGER;
}

/* The values of a case: those with a condition before them, and the last when it is the default. */
static bool
is_branch(const Node *node, size_t at)
{
    return at % 2 == 1 || (node->has_default && at + 1 == node->count);
}

/* Whole numbers beside others, in a database that wants branches of one type. */
static bool
mixes_numbers(const Emitter *x, const Node *node)
{
    bool whole = false, other = false;

    for (size_t i = 0; x->c->dialect->strict_branches && i < node->count; i++)
        if (is_branch(node, i) && type_is_number(node->args[i]->type))
        {
            whole = whole || is_whole(node->args[i]);
            other = other || !is_whole(node->args[i]);
        }
    return whole && other;
}

static bool
emit_branch(Emitter *x, const Node *branch, bool as_float, Error *err)
{
    if (as_float && type_is_number(branch->type))
        return emit_slot(x, branch->path, SLOT_CAST_FLOAT, UNIT_NONE, piece_node(x, branch), NULL,
                         NULL, err);
    return emit_operand(x, branch, err);
}

static bool
emit_case(Emitter *x, const Node *node, Error *err)
{
    size_t branches = node->count - (node->has_default ? 1 : 0);
    bool as_float = mixes_numbers(x, node);

    sql_words(x->sql, "case");
    for (size_t i = 0; i + 1 < branches; i += 2)
    {
        sql_words(x->sql, " when ");
        if (!emit_condition(x, node->args[i], err))
            return false;
        sql_words(x->sql, " then ");
        if (!emit_branch(x, node->args[i + 1], as_float, err))
            return false;
    }
    if (node->has_default)
    {
        sql_words(x->sql, " else ");
        if (!emit_branch(x, node->args[branches], as_float, err))
            return false;
    }
    sql_words(x->sql, " end");
    return true;
}

static bool
emit_concat(Emitter *x, const Node *node, Error *err)
{
    const Piece *all = NULL;

    for (size_t i = 0; i < node->count; i++)
    {
        const Piece *text =
            piece_slot(x, SLOT_CAST_TEXT, UNIT_NONE, piece_node(x, node->args[i]), NULL, NULL);

        all = all == NULL ? text : piece_slot(x, SLOT_CONCAT, UNIT_NONE, all, text, NULL);
    }
    return emit_piece(x, all, err);
}

static bool
emit_substring(Emitter *x, const Node *node, Error *err)
{
    const Node *start = node->args[1];
    const Piece *from = piece_node(x, start);

    if (start->kind == NODE_VALUE && start->value.kind == VALUE_INT && start->value.integer < 1)
        from = piece_int(x, 1);
    if (node->count == 2)
        return emit_slot(x, node->path, SLOT_SUBSTRING, UNIT_NONE, piece_node(x, node->args[0]),
                         from, NULL, err);
    return emit_slot(x, node->path, SLOT_SUBSTRING_LENGTH, UNIT_NONE, piece_node(x, node->args[0]),
                     from, piece_node(x, node->args[2]), err);
}

static bool
emit_integer(Emitter *x, const Node *node, Error *err)
{
    return emit_slot(x, node->path, SLOT_CAST_INTEGER, UNIT_NONE, piece_node(x, node->args[0]),
                     NULL, NULL, err);
}

static bool
emit_split_part(Emitter *x, const Node *node, Error *err)
{
    const Node *delimiter = node->args[1];
    const Node *part = node->args[2];

    if (delimiter->kind == NODE_VALUE && delimiter->value.kind == VALUE_TEXT &&
        delimiter->value.text.len == 0)
        return node_error(x->c, node->path, "split-part needs a delimiter");
    if (part->kind == NODE_VALUE && value_to_int(&part->value, 0) < 1)
        return node_error(x->c, node->path, "split-part counts from 1");
    return emit_slot(x, node->path, SLOT_SPLIT_PART, UNIT_NONE, piece_node(x, node->args[0]),
                     piece_node(x, delimiter), piece_node(x, part), err);
}

/* ---------------------------------------------------------------------------------- aggregates */

/* "agg(case when condition then value else otherwise end)" */
static bool
emit_where(Emitter *x, const Node *node, const Node *condition, const char *before,
           const char *after, Error *err)
{
    sql_append_literal(x->sql, before);
    sql_words(x->sql, "case when ");
    if (!emit_condition(x, condition, err))
        return false;
    sql_words(x->sql, " then ");
    if (node != NULL && !emit_operand(x, node, err))
        return false;
    sql_append_literal(x->sql, after);
    return true;
}

bool
emit_aggregate(Emitter *x, const Node *node, Error *err)
{
    switch (node->fn)
    {
        case FN_COUNT:
            if (node->count == 0)
            {
                sql_words(x->sql, "count(*)");
                return true;
            }
            sql_words(x->sql, "count(");
            if (!emit_node(x, node->args[0], err))
                return false;
            sql_words(x->sql, ")");
            return true;
        case FN_COUNT_WHERE:
            return emit_where(x, NULL, node->args[0], "sum(", "1 else 0 end)", err);
        case FN_SUM_WHERE:
            return emit_where(x, node->args[0], node->args[1], "sum(", " else 0 end)", err);
        case FN_DISTINCT_WHERE:
            return emit_where(x, node->args[0], node->args[1], "count(distinct ", " end)", err);
        case FN_SHARE:
            return emit_where(x, NULL, node->args[0], "sum(", "1e0 else 0e0 end) / count(*)", err);
        default:
            return emit_slot(x, node->path, function_rows[node->fn].slot, UNIT_NONE,
                             piece_node(x, node->args[0]),
                             node->count > 1 ? piece_node(x, node->args[1]) : NULL, NULL, err);
    }
}

bool
emit_function(Emitter *x, const Node *node, Error *err)
{
    const FunctionRow *row = &function_rows[node->fn];

    switch (node->fn)
    {
        case FN_PLUS:
            return emit_chain(x, node, " + ", err);
        case FN_MINUS:
            return emit_minus(x, node, err);
        case FN_TIMES:
            return emit_chain(x, node, " * ", err);
        case FN_DIVIDE:
            return emit_divide(x, node, err);
        case FN_COALESCE:
            return emit_coalesce(x, node, err);
        case FN_CASE:
        case FN_IF:
            return emit_case(x, node, err);
        case FN_CONCAT:
            return emit_concat(x, node, err);
        case FN_SUBSTRING:
            return emit_substring(x, node, err);
        case FN_INTEGER:
            return emit_integer(x, node, err);
        case FN_SPLIT_PART:
            return emit_split_part(x, node, err);
        default:
            break;
    }
    if (row->slot == SLOT_NONE)
        return emit_time_function(x, node, err);
    return emit_slot(x, node->path, row->slot, UNIT_NONE,
                     node->count > 0 ? piece_node(x, node->args[0]) : NULL,
                     node->count > 1 ? piece_node(x, node->args[1]) : NULL,
                     node->count > 2 ? piece_node(x, node->args[2]) : NULL, err);
}

static bool
has_interval(const Node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->args[i]->kind == NODE_CALL && node->args[i]->fn == FN_INTERVAL)
            return true;
    return false;
}

bool
emit_node(Emitter *x, const Node *node, Error *err)
{
    assert(node != NULL);
    if (emit_inner_name(x, node))
        return true;
    switch (node->kind)
    {
        case NODE_VALUE:
            return emit_value(x, node, err);
        case NODE_FIELD:
        case NODE_EXPRESSION:
            return emit_reference(x, node, err);
        case NODE_AGGREGATION:
            return emit_operand(x, node->target, err);
        case NODE_CALL:
            break;
    }
    switch (function_rows[node->fn].kind)
    {
        case KIND_CONDITION:
            return emit_condition(x, node, err);
        case KIND_AGGREGATE:
            return emit_aggregate(x, node, err);
        case KIND_WINDOW:
            return emit_window(x, node, err);
        default:
            break;
    }
    if ((node->fn == FN_PLUS || node->fn == FN_MINUS) && has_interval(node))
        return emit_time_function(x, node, err);
    return emit_function(x, node, err);
}

bool
emit_operand(Emitter *x, const Node *node, Error *err)
{
    bool simple = node->kind != NODE_CALL || function_rows[node->fn].kind == KIND_AGGREGATE;
    bool free = x->text_is_free;
    bool done;

    /* Once the text has grown too large, nothing more is worth writing. */
    if (x->sql->failure != NULL)
        return sql_done(x->sql, err);
    if (node->kind == NODE_VALUE &&
        (value_to_double(&node->value, 0) < 0 && node->value.kind != VALUE_TEXT))
        simple = false;
    if (node->kind == NODE_CALL)
        x->text_is_free = false;
    if (!simple)
        sql_words(x->sql, "(");
    done = emit_node(x, node, err);
    if (!simple)
        sql_words(x->sql, ")");
    x->text_is_free = free;
    return done;
}
