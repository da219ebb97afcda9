/* The last pass: the shape of statements. Select, from, join, where, group, order, limit; one level
 * more where window functions run over groups. Clauses are in expr.c and its neighbours. */
#include "query/emit.h"

#include "query/expand.h"
#include "query/guard.h"
#include "query/type.h"

#include <string.h>

bool
emit_source(Compiler *c, const Source *source, Error *err)
{
    Sql *sql = c->sql;

    if (source->table != NULL)
        guard_table(sql, source->table);
    else
    {
        sql_words(sql, "(");
        if (!emit_stage(c, source->stage, err))
            return false;
        sql_words(sql, ")");
    }
    sql_words(sql, " as ");
    sql_ident(sql, source->alias);
    return true;
}

/* A join whose condition is nothing is a join with every row. */
static bool
emit_joins(Emitter *x, const Stage *stage, Error *err)
{
    for (size_t i = 0; i < stage->join_count; i++)
    {
        const Join *join = stage->joins[i];

        switch (join->strategy)
        {
            case JOIN_LEFT:
                sql_words(x->sql, " left join ");
                break;
            case JOIN_RIGHT:
                sql_words(x->sql, " right join ");
                break;
            case JOIN_INNER:
                sql_words(x->sql, " inner join ");
                break;
            case JOIN_FULL:
                if (!x->c->dialect->has_full_join)
                    return (error_fill(err, ERR_INVALID, "this database has no full join"),
                            node_prefix(x->c, join->path, err), false);
                sql_words(x->sql, " full join ");
                break;
        }
        if (!emit_source(x->c, &join->source, err))
            return false;
        sql_words(x->sql, " on ");
        if (!emit_condition(x, join->condition, err))
            return false;
    }
    return true;
}

static bool
emit_from(Emitter *x, const Stage *stage, Error *err)
{
    sql_words(x->sql, " from ");
    if (!emit_source(x->c, &stage->source, err) || !emit_joins(x, stage, err))
        return false;
    for (size_t i = 0, written = 0; i < stage->filters.count; i++)
    {
        const Node *filter = stage->filters.items[i];

        if (filter->kind == NODE_CALL && filter->fn == FN_AND && filter->count == 0)
            continue;
        if (written++ == 0)
            sql_words(x->sql, " where ");
        else
            sql_words(x->sql, " and ");
        sql_words(x->sql, "(");
        if (!emit_condition(x, filter, err))
            return false;
        sql_words(x->sql, ")");
    }
    return true;
}

/* The number of the output column that an order names, or 0. */
static size_t
position_of(const Stage *stage, const Node *order)
{
    if (order->kind == NODE_AGGREGATION)
        return stage->breakouts.count + (size_t) order->id + 1;
    for (size_t i = 0; i < stage->breakouts.count; i++)
        if (order->target == stage->breakouts.items[i])
            return i + 1;
    return 0;
}

static bool
is_constant(const Node *node)
{
    while (node->kind == NODE_EXPRESSION && node->target != NULL)
        node = node->target;
    return node->kind == NODE_VALUE;
}

static bool
emit_order(Emitter *x, const Stage *stage, Error *err)
{
    size_t written = 0;

    for (size_t i = 0; i < stage->orders.count; i++)
    {
        const Node *order = stage->orders.items[i];
        size_t position = position_of(stage, order);

        if (position == 0 && is_constant(order))
            continue;
        if (written++ == 0)
            sql_words(x->sql, " order by ");
        else
            sql_words(x->sql, ", ");
        if (position > 0)
            sql_int(x->sql, (int64_t) position);
        else if (!emit_node(x, order, err))
            return false;
        if (order->descending)
            sql_words(x->sql, " desc");
        else
            sql_words(x->sql, " asc");
    }
    return true;
}

static void
emit_offset(Emitter *x, const Stage *stage)
{
    if (stage->offset <= 0)
        return;
    sql_words(x->sql, " offset ");
    sql_int(x->sql, stage->offset);
}

static void
emit_limit(Emitter *x, const Stage *stage)
{
    bool offset_first = x->c->dialect->offset_before_limit;

    if (stage->limit < 0)
        return;
    if (offset_first)
        emit_offset(x, stage);
    sql_words(x->sql, " limit ");
    sql_int(x->sql, stage->limit);
    if (!offset_first)
        emit_offset(x, stage);
}

/* ------------------------------------------------------------------------- several groupings at
 * once
 */

static bool
has_sets(const Emitter *x, const Stage *stage)
{
    return stage == x->c->stage && x->c->pivot_sets != NULL;
}

/* A breakout once more. The database must see that it is the same: a value that is bound a second
 * time is another one. */
static bool
emit_again(Emitter *x, const Node *breakout, Error *err)
{
    size_t bound = x->sql->value_count;
    bool ok = emit_node(x, breakout, err);

    x->c->pivot_sets_refused = x->c->pivot_sets_refused || x->sql->value_count != bound;
    return ok;
}

/* Bit i is set when breakout i is left out: the last argument is the lowest bit. */
static bool
emit_grouping(Emitter *x, const Stage *stage, Error *err)
{
    size_t written = 0;

    sql_words(x->sql, "grouping(");
    for (size_t i = stage->breakouts.count; i-- > 0;)
    {
        const Node *breakout = stage->breakouts.items[i];

        if (breakout == x->c->pivot_node || breakout->is_display)
            continue;
        if (written++ > 0)
            sql_words(x->sql, ", ");
        if (!emit_again(x, breakout, err))
            return false;
    }
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_set(Emitter *x, const Stage *stage, unsigned left_out, Error *err)
{
    unsigned index = 0;
    size_t written = 0;

    sql_words(x->sql, "(");
    for (size_t i = 0; i < stage->breakouts.count; i++)
    {
        const Node *breakout = stage->breakouts.items[i];

        if (breakout == x->c->pivot_node)
            continue;
        if ((left_out >> index & 1) == 0)
        {
            if (written++ > 0)
                sql_words(x->sql, ", ");
            if (!emit_again(x, breakout, err))
                return false;
        }
        index += breakout->is_display ? 0 : 1;
    }
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_sets(Emitter *x, const Stage *stage, Error *err)
{
    sql_words(x->sql, " group by grouping sets (");
    for (size_t i = 0; i < x->c->pivot_set_count; i++)
    {
        if (i > 0)
            sql_words(x->sql, ", ");
        if (!emit_set(x, stage, x->c->pivot_sets[i], err))
            return false;
    }
    sql_words(x->sql, ")");
    return true;
}

static bool
emit_columns(Emitter *x, const Stage *stage, Error *err)
{
    for (size_t i = 0; i < stage->column_count; i++)
    {
        const OutColumn *column = stage->columns[i];
        bool is_grouping = has_sets(x, stage) && column->node == x->c->pivot_node;

        if (i > 0)
            sql_words(x->sql, ", ");
        if (is_grouping ? !emit_grouping(x, stage, err) : !emit_node(x, column->node, err))
            return false;
        sql_words(x->sql, " as ");
        sql_ident(x->sql, column->alias);
    }
    if (stage->column_count == 0)
        sql_words(x->sql, "*");
    return true;
}

static bool
emit_group(Emitter *x, const Stage *stage, Error *err)
{
    if (has_sets(x, stage))
        return emit_sets(x, stage, err);
    for (size_t i = 0; i < stage->breakouts.count; i++)
    {
        if (i == 0)
            sql_words(x->sql, " group by ");
        else
            sql_words(x->sql, ", ");
        sql_int(x->sql, (int64_t) i + 1);
    }
    return true;
}

/* ------------------------------------------------------------------- window functions over groups
 */

/* Every plain aggregate inside the aggregations, each once; those of cumulative ones are made. */
static void
collect_inner(Compiler *c, Node *node, List *inner)
{
    if (node->kind == NODE_AGGREGATION && node->target != NULL)
    {
        collect_inner(c, node->target, inner);
        return;
    }
    if (node->kind == NODE_CALL && (node->fn == FN_CUM_SUM || node->fn == FN_CUM_COUNT))
    {
        if (node->target == NULL)
        {
            node->target = node_call(c, node->fn == FN_CUM_SUM ? FN_SUM : FN_COUNT, node->path, 0);
            node->target->args = node->args;
            node->target->count = node->count;
            node->target->type = node->type;
        }
        list_add(inner, node->target);
        return;
    }
    if (node->kind == NODE_CALL && function_rows[node->fn].kind == KIND_AGGREGATE)
    {
        list_add(inner, node);
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        collect_inner(c, node->args[i], inner);
}

static void
emit_number_name(Sql *sql, size_t number)
{
    char name[24] = "b";
    Value value = VALUE_OF_INT((int64_t) number);

    (void) strncat(name, value_to_text(sql->arena, &value), 20);
    sql_ident(sql, name);
}

static bool
emit_inner_select(Emitter *x, const Stage *stage, const List *inner, Error *err)
{
    size_t total = stage->breakouts.count + inner->count;

    sql_words(x->sql, "select ");
    for (size_t i = 0; i < total; i++)
    {
        const Node *node = i < stage->breakouts.count ? stage->breakouts.items[i]
                                                      : inner->items[i - stage->breakouts.count];

        if (i > 0)
            sql_words(x->sql, ", ");
        if (!emit_node(x, node, err))
            return false;
        sql_words(x->sql, " as ");
        emit_number_name(x->sql, i);
    }
    if (!emit_from(x, stage, err))
        return false;
    return emit_group(x, stage, err);
}

static bool
emit_windows(Compiler *c, const Stage *stage, Error *err)
{
    List inner = list_new(c->arena);
    Emitter below = { .c = c, .sql = c->sql, .stage = stage };
    Emitter x = { .c = c, .sql = c->sql, .stage = stage, .inner = &inner };

    for (size_t i = 0; i < stage->aggregations.count; i++)
        collect_inner(c, stage->aggregations.items[i], &inner);
    sql_words(c->sql, "select ");
    if (!emit_columns(&x, stage, err))
        return false;
    sql_words(c->sql, " from (");
    if (!emit_inner_select(&below, stage, &inner, err))
        return false;
    sql_words(c->sql, ") as ");
    sql_ident(c->sql, "grouped");
    if (!emit_order(&x, stage, err))
        return false;
    emit_limit(&x, stage);
    return true;
}

/* The window: all breakouts but the last of the implied order are the partition. */
static const Node *
running_breakout(const Stage *stage)
{
    return stage->breakouts.count == 0 ? NULL : stage->breakouts.items[stage->window_breakout];
}

/* An order that cannot drive a window: by part of its partition, or by a window itself. */
static bool
is_idle(const Stage *stage, const Node *order)
{
    if (node_has_window(order))
        return true;
    for (size_t i = 0; i < stage->breakouts.count; i++)
        if (stage->breakouts.items[i] == order->target)
            return order->target != running_breakout(stage);
    return false;
}

static bool
emit_window_orders(Emitter *x, const Stage *stage, Error *err)
{
    const Node *running = running_breakout(stage);
    size_t written = 0;

    for (size_t i = 0; i < stage->explicit_orders; i++)
    {
        const Node *order = stage->orders.items[i];

        if (is_idle(stage, order))
            continue;
        if (written++ > 0)
            sql_words(x->sql, ", ");
        if (!emit_node(x, order->target != NULL ? order->target : order, err))
            return false;
        if (order->descending)
            sql_words(x->sql, " desc");
    }
    if (written == 0 && running != NULL)
        return emit_node(x, running, err);
    return true;
}

static bool
emit_over(Emitter *x, bool running_total, Error *err)
{
    const Stage *stage = x->stage;
    size_t written = 0;
    bool ordered = stage->breakouts.count > 0;

    for (size_t i = 0; i < stage->explicit_orders; i++)
        ordered = ordered || !is_idle(stage, stage->orders.items[i]);

    sql_words(x->sql, " over (");
    for (size_t i = 0; i < stage->breakouts.count; i++)
    {
        if (stage->breakouts.items[i] == running_breakout(stage))
            continue;
        if (written++ == 0)
            sql_words(x->sql, "partition by ");
        else
            sql_words(x->sql, ", ");
        if (!emit_node(x, stage->breakouts.items[i], err))
            return false;
    }
    if (ordered)
    {
        sql_words(x->sql, " order by ");
        if (!emit_window_orders(x, stage, err))
            return false;
        if (running_total)
            sql_words(x->sql, " rows unbounded preceding");
    }
    sql_words(x->sql, ")");
    return true;
}

bool
emit_window(Emitter *x, const Node *node, Error *err)
{
    const Node *rows = node->count > 1 ? node->args[1] : NULL;
    int64_t count;

    if (x->inner == NULL)
        return node_error(x->c, node->path, "%s can only be an aggregation",
                          function_rows[node->fn].name);
    if (node->fn != FN_OFFSET)
    {
        sql_words(x->sql, "sum(");
        if (!emit_node(x, node->target, err))
            return false;
        sql_words(x->sql, ")");
        return emit_over(x, true, err);
    }
    if (rows == NULL || rows->kind != NODE_VALUE || rows->value.kind != VALUE_INT ||
        rows->value.integer == 0)
        return node_error(x->c, node->path, "offset takes a number of rows other than zero");
    count = rows->value.integer;
    if (count < 0)
        sql_words(x->sql, "lag(");
    else
        sql_words(x->sql, "lead(");
    if (!emit_slot(x, node->path, SLOT_SHIFTED, UNIT_NONE, piece_node(x, node->args[0]), NULL, NULL,
                   err))
        return false;
    sql_words(x->sql, ", ");
    sql_int(x->sql, count < 0 ? -count : count);
    sql_words(x->sql, ")");
    return emit_over(x, false, err);
}

bool
emit_inner_name(Emitter *x, const Node *node)
{
    if (x->inner == NULL)
        return false;
    for (size_t i = 0; i < x->stage->breakouts.count; i++)
    {
        if (x->stage->breakouts.items[i] == node)
        {
            emit_number_name(x->sql, i);
            return true;
        }
    }
    for (size_t i = 0; i < x->inner->count; i++)
    {
        if (x->inner->items[i] == node)
        {
            emit_number_name(x->sql, x->stage->breakouts.count + i);
            return true;
        }
    }
    return false;
}

/* --------------------------------------------------------------------------------------- stage */

bool
emit_stage(Compiler *c, const Stage *stage, Error *err)
{
    Emitter x = { .c = c, .sql = c->sql, .stage = stage };

    if (stage->native != NULL)
        return emit_native(c, stage, err);
    for (size_t i = 0; i < stage->aggregations.count; i++)
        if (node_has_window(stage->aggregations.items[i]))
        {
            c->pivot_sets_refused = true;
            return emit_windows(c, stage, err);
        }
    sql_words(c->sql, "select ");
    if (!emit_columns(&x, stage, err) || !emit_from(&x, stage, err) ||
        !emit_group(&x, stage, err) || !emit_order(&x, stage, err))
        return false;
    emit_limit(&x, stage);
    return true;
}

bool
pass_emit(Compiler *c, Error *err)
{
    c->sql = &c->compiled->sql;
    *c->sql = (Sql){ .arena = c->arena, .dialect = c->dialect };
    return emit_stage(c, c->stage, err) && sql_done(c->sql, err);
}
