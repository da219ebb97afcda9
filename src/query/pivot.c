/* Pivot tables: one question is grouped in several ways, each by some of its breakouts. The column
 * pivot-grouping says which: bit i is set when breakout i is left out. */
#include "query/pivot.h"

#include "query/expand.h"
#include "query/parse.h"

#include <string.h>

enum
{
    MAX_BREAKOUTS = 10,
    MAX_PARTS = 1 << MAX_BREAKOUTS
};

typedef struct Pivot
{
    unsigned rows[MAX_BREAKOUTS], columns[MAX_BREAKOUTS];
    size_t row_count, column_count;
    size_t breakouts;
    bool wanted[MAX_PARTS]; /* by the breakouts that are left out */
} Pivot;

static bool
read_indexes(Compiler *c, const char *key, size_t breakouts, unsigned *list, size_t *count,
             Error *err)
{
    const Json *json = member(c, c->question, key);
    int64_t index;

    for (const Json *item = json == NULL ? NULL : json->first; item != NULL; item = item->next)
    {
        if (!json_to_int(item, &index) || index < 0 || index >= (int64_t) breakouts ||
            *count == MAX_BREAKOUTS)
            return error_set(err, ERR_INVALID, "%s: there is no breakout %s", key,
                             item->text == NULL ? "" : item->text);
        list[(*count)++] = (unsigned) index;
    }
    return true;
}

static void
want(Pivot *pivot, size_t rows, bool columns)
{
    unsigned kept = 0;

    for (size_t i = 0; i < rows; i++)
        kept |= 1U << pivot->rows[i];
    for (size_t i = 0; columns && i < pivot->column_count; i++)
        kept |= 1U << pivot->columns[i];
    pivot->wanted[((1U << pivot->breakouts) - 1) & ~kept] = true;
}

static void
choose(Compiler *c, Pivot *pivot)
{
    bool row_totals = json_bool_or(member(c, c->question, "show-row-totals"), true);
    bool column_totals = json_bool_or(member(c, c->question, "show-column-totals"), true);

    want(pivot, pivot->row_count, true);
    pivot->wanted[0] = true;
    for (size_t i = 1; column_totals && i < pivot->row_count; i++)
    {
        want(pivot, i, true);
        if (row_totals)
            want(pivot, i, false);
    }
    if (row_totals)
        want(pivot, pivot->row_count, false);
    if (column_totals)
        want(pivot, 0, true);
    if (column_totals && row_totals)
        want(pivot, 0, false);
}

bool
pivot_parts(Compiler *c, unsigned *groupings, size_t *count, Error *err)
{
    Pivot *pivot = ARENA_NEW(c->arena, Pivot);

    pivot->breakouts = c->stage->breakouts.count;
    if (pivot->breakouts > MAX_BREAKOUTS)
        return error_set(err, ERR_TOO_LARGE, "a pivot table has at most %d breakouts",
                         MAX_BREAKOUTS);
    if (!read_indexes(c, "pivot-rows", pivot->breakouts, pivot->rows, &pivot->row_count, err) ||
        !read_indexes(c, "pivot-cols", pivot->breakouts, pivot->columns, &pivot->column_count, err))
        return false;
    if (pivot->row_count + pivot->column_count > 0)
        choose(c, pivot);
    else
        memset(pivot->wanted, true, 1U << pivot->breakouts);
    for (unsigned i = 0; i < 1U << pivot->breakouts; i++)
        if (pivot->wanted[i])
            groupings[(*count)++] = i;
    return true;
}

static Node *
constant(Compiler *c, const Stage *stage, const Node *breakout, Value value, const char *name)
{
    Node *node = node_value(c, breakout->path, value);

    node->name = name != NULL                   ? name
                 : breakout->kind == NODE_FIELD ? breakout->column->name
                                                : breakout->name;
    node->display_name = name != NULL ? name : column_title(c, stage, breakout);
    node->type = name != NULL ? BASE_INTEGER : breakout->type;
    return node;
}

/* All groupings in one statement: the number of its own is each row's. */
static void
apply_sets(Compiler *c, Stage *stage)
{
    const Node *last = stage->breakouts.items[stage->breakouts.count - 1];
    Node *grouping =
        constant(c, stage, &(Node){ .path = last->path }, VALUE_OF_INT(0), "pivot-grouping");
    Node *order = node_new(c, NODE_EXPRESSION, last->path);
    List orders = list_new(c->arena);

    order->target = grouping;
    order->type = grouping->type;
    list_add(&orders, order);
    for (size_t i = 0; i < stage->orders.count; i++)
        list_add(&orders, stage->orders.items[i]);
    stage->orders = orders;
    list_add(&stage->breakouts, grouping);
    c->pivot_node = grouping;
}

/* One grouping of several statements. */
static void
apply_part(Compiler *c, Stage *stage)
{
    List breakouts = list_new(c->arena);
    List orders = list_new(c->arena);
    const Path *path = stage->path;
    unsigned index = 0;

    for (size_t i = 0; i < stage->breakouts.count; i++)
    {
        Node *node = stage->breakouts.items[i];
        bool left_out = (c->pivot_grouping >> index & 1) != 0;

        list_add(&breakouts, left_out ? constant(c, stage, node, VALUE_OF_NULL, NULL) : node);
        path = node->path;
        /* A display column goes with the key that follows it. */
        index += node->is_display ? 0 : 1;
    }
    list_add(&breakouts, constant(c, stage, &(Node){ .path = path },
                                  VALUE_OF_INT(c->pivot_grouping), "pivot-grouping"));
    for (size_t i = 0; i < stage->orders.count; i++)
    {
        Node *order = stage->orders.items[i];

        if (order->kind == NODE_AGGREGATION)
            list_add(&orders, order);
    }
    stage->breakouts = breakouts;
    stage->orders = orders;
}

void
pivot_apply(Compiler *c, Stage *stage)
{
    if (c->pivot_sets != NULL)
        apply_sets(c, stage);
    else
        apply_part(c, stage);
}
