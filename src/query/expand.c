/* The fourth pass: references point at columns, and what a question leaves out is written down:
 * joins along keys, days, bins, default columns, the order of groups. Stages go from inner to
 * outer, each knowing what the one below returns. */
#include "query/expand.h"

#include "query/group_count.h"
#include "query/pivot.h"
#include "query/type.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

enum
{
    ALIAS_BYTES = 60,
    ALIAS_KEPT = 51
};

/* The longest beginning of at most `len` bytes that does not cut a letter. */
static size_t
whole_letters(const char *text, size_t len)
{
    while (len > 0 && ((unsigned char) text[len] & 0xC0) == 0x80)
        len--;
    return len;
}

static const char *
short_alias(Compiler *c, const char *alias)
{
    size_t len = strlen(alias);

    if (len <= ALIAS_BYTES)
        return len == 0 ? "_" : alias;
    return arena_format(c->arena, "%.*s_%08lx", (int) whole_letters(alias, ALIAS_KEPT), alias,
                        crc32(0, (const Bytef *) alias, (uInt) len));
}

const char *
unique_alias(Compiler *c, Map **taken, const char *wanted)
{
    const char *alias = short_alias(c, wanted);
    const char *tried = alias;

    if (*taken == NULL)
        *taken = map_new(c->arena);
    for (int n = 2;; n++)
    {
        const char *key = c->dialect->folds_names ? str_fold(c->arena, str_of(tried)) : tried;

        if (!map_has(*taken, key))
        {
            map_put(*taken, key, (void *) tried);
            return tried;
        }
        tried = short_alias(c, arena_format(c->arena, "%s_%d", alias, n));
    }
}

static void
source_from_table(Compiler *c, Source *source)
{
    const CatalogTable *table = source->table;

    source->columns = ARENA_ARRAY(c->arena, table->field_count, OutColumn *);
    for (size_t i = 0; i < table->field_count; i++)
    {
        const CatalogField *field = &table->fields[i];
        OutColumn *column = ARENA_NEW(c->arena, OutColumn);

        *column = (OutColumn){
            .alias = field->name,
            .name = field->name,
            .raw = field->name,
            .display_name = field_title(c, field),
            .base_type = field->base_type,
            .type = field->effective_type,
            .semantic_type = field->semantic_type,
            .field = field,
            .has_range = field->has_range,
            .min = field->min,
            .max = field->max,
            .physical = true,
            .remap_pairs = field->remap_pairs,
        };
        source->columns[source->count++] = column;
    }
}

bool
expand_source(Compiler *c, Source *source, Error *err)
{
    if (source->table != NULL)
    {
        source_from_table(c, source);
        source->title = source->table->display_name != NULL ? source->table->display_name
                                                            : words_of_name(c, source->table->name);
        return true;
    }
    if (source->stage == NULL)
        return true;
    if (!expand_stage(c, source->stage, err))
        return false;
    source->columns = source->stage->columns;
    source->count = source->stage->column_count;
    source->open = source->stage->native != NULL && source->count == 0;
    return true;
}

static bool
expand_list(Compiler *c, Stage *stage, const List *list, Error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (!expand_node(c, stage, list->items[i], err))
            return false;
    return true;
}

/* Joins made for the condition of a join come before it. */
static void
move_before(Stage *stage, const Join *join, size_t made)
{
    size_t at = 0;

    while (stage->joins[at] != join)
        at++;
    for (; made < stage->join_count; made++, at++)
    {
        Join *moved = stage->joins[made];

        memmove(&stage->joins[at + 1], &stage->joins[at], (made - at) * sizeof(Join *));
        stage->joins[at] = moved;
    }
}

static bool
expand_joins(Compiler *c, Stage *stage, Error *err)
{
    size_t explicit = stage->join_count;
    Join **joins = ARENA_ARRAY(c->arena, explicit, Join *);

    for (size_t i = 0; i < explicit; i++)
    {
        Join *join = stage->joins[i];

        join->source.alias = unique_alias(c, &stage->aliases, join->source.as);
        if (!expand_source(c, &join->source, err))
            return false;
        joins[i] = join;
    }
    for (size_t i = 0; i < explicit; i++)
    {
        Join *join = joins[i];
        size_t made = stage->join_count;

        if (!expand_node(c, stage, join->condition, err))
            return false;
        move_before(stage, join, made);
        for (size_t f = 0; f < join->field_count; f++)
        {
            if (join->fields[f]->join_alias == NULL)
                join->fields[f]->join_alias = join->source.as;
            if (!expand_node(c, stage, join->fields[f], err))
                return false;
        }
    }
    return true;
}

bool
same_reference(const Node *a, const Node *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == NODE_FIELD)
        return a->column == b->column && a->source == b->source;
    return a->kind == NODE_EXPRESSION && a->target != NULL && a->target == b->target;
}

static bool
same_bucket(const Node *a, const Node *b)
{
    return same_reference(a, b) && a->unit == b->unit &&
           a->binning.strategy == b->binning.strategy && a->binning.width == b->binning.width;
}

/* Breakouts of days unless something else was asked for. */
static void
imply_day_of_breakout(Node *node)
{
    bool earlier = node->column != NULL && node->column->unit != UNIT_NONE;

    /* A computed time stays as it is unless the question says that it is one. */
    if (node->kind != NODE_FIELD && !node->typed)
        return;
    if (node->unit == UNIT_NONE && !node->inherited && !earlier &&
        node->binning.strategy == BIN_NONE && type_is_temporal(node->type))
        node->unit = UNIT_DAY;
}

/* An order that names an output column becomes its number. */
static void
tie_order(const Stage *stage, Node *order)
{
    for (size_t pass = 0; pass < 2; pass++)
    {
        for (size_t i = 0; i < stage->breakouts.count; i++)
        {
            Node *breakout = stage->breakouts.items[i];
            bool same = pass == 0 ? same_bucket(order, breakout)
                                  : same_reference(order, breakout) && order->unit == UNIT_NONE &&
                                        order->binning.strategy == BIN_NONE;

            if (same)
            {
                order->target = breakout;
                return;
            }
        }
    }
}

/* Window functions run along the finest time, so that one sorts last. */
static size_t
window_breakout(const Stage *stage)
{
    size_t found = stage->breakouts.count - 1;
    int finest = 1000;

    for (size_t i = 0; i < stage->breakouts.count; i++)
    {
        const Node *node = stage->breakouts.items[i];
        bool bucketed = node->unit != UNIT_NONE && node->unit != UNIT_DEFAULT;
        BaseType type = node->column != NULL ? node->column->type : node->type;
        int order = bucketed ? unit_rows[node->unit].order : 0;

        if (!bucketed && !type_is_temporal(type))
            continue;
        if (!bucketed && type_class(type) == CLASS_DATE)
            order = unit_rows[UNIT_DAY].order;
        if (order < finest)
        {
            finest = order;
            found = i;
        }
    }
    return found;
}

bool
node_has_window(const Node *node)
{
    if (node->kind == NODE_CALL && function_rows[node->fn].kind == KIND_WINDOW)
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (node_has_window(node->args[i]))
            return true;
    return node->kind == NODE_AGGREGATION && node->target != NULL && node_has_window(node->target);
}

static void
add_order(Compiler *c, Stage *stage, Node *breakout)
{
    Node *order;

    for (size_t i = 0; i < stage->orders.count; i++)
        if (((Node *) stage->orders.items[i])->target == breakout)
            return;
    order = node_new(c, NODE_EXPRESSION, breakout->path);
    order->target = breakout;
    order->type = breakout->type;
    list_add(&stage->orders, order);
}

static bool
expand_orders(Compiler *c, Stage *stage, Error *err)
{
    List once = list_new(c->arena);
    bool window = false;

    for (size_t i = 0; i < stage->orders.count; i++)
    {
        Node *order = stage->orders.items[i];
        bool seen = false;

        if (!expand_node(c, stage, order, err))
            return false;
        tie_order(stage, order);
        for (size_t k = 0; k < once.count; k++)
        {
            const Node *other = once.items[k];

            seen = seen || same_bucket(order, other) ||
                   (order->target != NULL && order->target == other->target &&
                    order->unit == other->unit);
        }
        if (!seen)
            list_add(&once, order);
    }
    stage->orders = once;
    stage->explicit_orders = once.count;
    for (size_t i = 0; i < stage->aggregations.count; i++)
        window = window || node_has_window(stage->aggregations.items[i]);
    if (stage->breakouts.count == 0)
        return true;
    for (size_t i = 0; i < stage->breakouts.count; i++)
        if (!window || i != stage->window_breakout)
            add_order(c, stage, stage->breakouts.items[i]);
    add_order(c, stage, stage->breakouts.items[stage->window_breakout]);
    return true;
}

static bool
expand_clauses(Compiler *c, Stage *stage, Error *err)
{
    if (!expand_list(c, stage, &stage->expressions, err) ||
        !expand_list(c, stage, &stage->filters, err) ||
        !expand_list(c, stage, &stage->breakouts, err))
        return false;
    for (size_t i = 0; i < stage->breakouts.count; i++)
        imply_day_of_breakout(stage->breakouts.items[i]);
    if (stage->breakouts.count > 0)
        stage->window_breakout = window_breakout(stage);
    if (stage == c->stage && !expand_remaps(c, stage, err))
        return false;
    if (stage == c->stage && c->is_pivot)
        pivot_apply(c, stage);
    if (stage == c->stage && c->options.counts_groups)
        group_count_apply(c, stage);
    return expand_list(c, stage, &stage->aggregations, err) &&
           (stage->aggregations.count + stage->breakouts.count > 0 ||
            expand_list(c, stage, &stage->fields, err)) &&
           expand_orders(c, stage, err);
}

bool
expand_stage(Compiler *c, Stage *stage, Error *err)
{
    if (stage->columns != NULL)
        return true;
    if (stage->native != NULL)
        return expand_outputs(c, stage, err);
    assert(stage->source.table != NULL || stage->source.stage != NULL);
    stage->source.alias = unique_alias(c, &stage->aliases, "source");
    return expand_source(c, &stage->source, err) && expand_joins(c, stage, err) &&
           expand_clauses(c, stage, err) && expand_outputs(c, stage, err);
}

bool
pass_expand(Compiler *c, Error *err)
{
    if (c->options.counts_groups && c->stage->native != NULL)
        c->group_count = GROUP_OF_SQL;
    return expand_stage(c, c->stage, err);
}
