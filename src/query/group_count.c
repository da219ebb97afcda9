/* How many rows each group counts: asked for in the question itself, as an aggregation that nobody
 * is shown. What a group counts is not known when its rows are groups themselves. */
#include "query/group_count.h"

#include "query/expand.h"

#include <string.h>

/* Does a row of it stand for one row of a table? */
static bool
has_plain_rows(const Stage *stage)
{
    if (stage == NULL)
        return true;
    if (stage->native != NULL || stage->aggregations.count + stage->breakouts.count > 0)
        return false;
    for (size_t i = 0; i < stage->join_count; i++)
        if (!has_plain_rows(stage->joins[i]->source.stage))
            return false;
    return has_plain_rows(stage->source.stage);
}

static bool
is_of_plain_rows(const Stage *stage)
{
    for (size_t i = 0; i < stage->join_count; i++)
        if (!has_plain_rows(stage->joins[i]->source.stage))
            return false;
    return has_plain_rows(stage->source.stage);
}

static const Node *
expression_of(const Stage *stage, const Node *reference)
{
    for (size_t i = 0; i < stage->expressions.count; i++)
    {
        const Node *node = stage->expressions.items[i];

        if (reference->name != NULL && node->label != NULL &&
            strcmp(node->label, reference->name) == 0)
            return node;
    }
    return NULL;
}

/* A measure of some rows of a group, or of several groups. */
static bool
is_partial(const Stage *stage, const Node *node, int depth)
{
    enum
    {
        DEEPEST = 64
    };
    const Node *meant = node->kind == NODE_EXPRESSION ? expression_of(stage, node) : NULL;

    if (depth == DEEPEST || (meant != NULL && is_partial(stage, meant, depth + 1)))
        return true;
    if (node->kind == NODE_CALL &&
        (function_rows[node->fn].kind == KIND_WINDOW || node->fn == FN_COUNT_WHERE ||
         node->fn == FN_SUM_WHERE || node->fn == FN_DISTINCT_WHERE || node->fn == FN_SHARE ||
         node->fn == FN_CASE || node->fn == FN_IF))
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (is_partial(stage, node->args[i], depth + 1))
            return true;
    return false;
}

static GroupCount
count_of(const Stage *stage)
{
    if (stage->aggregations.count + stage->breakouts.count == 0)
        return GROUP_OF_ONE;
    if (!is_of_plain_rows(stage))
        return GROUP_OF_GROUPS;
    for (size_t i = 0; i < stage->aggregations.count; i++)
        if (is_partial(stage, stage->aggregations.items[i], 0))
            return GROUP_IN_PART;
    return GROUP_COUNTED;
}

void
group_count_apply(Compiler *c, Stage *stage)
{
    Node *count;

    c->group_count = count_of(stage);
    if (c->group_count != GROUP_COUNTED)
        return;
    count = node_call(c, FN_COUNT, stage->path, 0);
    count->name = "vigie_rows";
    list_add(&stage->aggregations, count);
}

static bool
is_of_breakout(const Stage *stage, const Node *order)
{
    for (size_t i = 0; i < stage->breakouts.count; i++)
        if (order->target == stage->breakouts.items[i])
            return true;
    return false;
}

bool
group_count_ranks(const Stage *stage)
{
    for (size_t i = 0; i < stage->explicit_orders; i++)
        if (!is_of_breakout(stage, stage->orders.items[i]))
            return true;
    return false;
}

bool
group_count_adds(const Node *node)
{
    return node != NULL && node->kind == NODE_CALL && (node->fn == FN_COUNT || node->fn == FN_SUM);
}
