/* Bins of numbers: their width and bounds, from what is known of a column and from filters. */
#include "query/expand.h"
#include "query/type.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef struct Range
{
    double min, max;
} Range;

/* Bounds that the filters of the stage put on the same column. */
static void
narrow(const Node *filter, const Node *node, Range *range)
{
    double low, high;

    if (filter->kind != NODE_CALL)
        return;
    if (filter->fn == FN_AND)
    {
        for (size_t i = 0; i < filter->count; i++)
            narrow(filter->args[i], node, range);
        return;
    }
    if (filter->fn < FN_LT || filter->fn > FN_BETWEEN || !same_reference(filter->args[0], node) ||
        filter->args[1]->kind != NODE_VALUE)
        return;
    low = value_to_double(&filter->args[1]->value, NAN);
    high = filter->fn == FN_BETWEEN ? value_to_double(&filter->args[2]->value, NAN) : low;
    if ((filter->fn == FN_GT || filter->fn == FN_GE || filter->fn == FN_BETWEEN) &&
        !(low < range->min))
        range->min = low;
    if ((filter->fn == FN_LT || filter->fn == FN_LE || filter->fn == FN_BETWEEN) &&
        !(high > range->max))
        range->max = high;
}

/* The smallest of 1, 1.25, 2, 2.5, 3, 5, 7.5, 10 times a power of ten that is not less. */
static double
nice_width(double width)
{
    static const double steps[] = { 1, 1.25, 2, 2.5, 3, 5, 7.5, 10 };
    double scale = pow(10, floor(log10(width)));

    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (steps[i] * scale >= width)
            return steps[i] * scale;
    return 10 * scale;
}

static void
resolve_count(Binning *bin)
{
    for (int tries = 0; tries < 10; tries++)
    {
        Range before = { bin->min, bin->max };
        double width = round((bin->max - bin->min) / bin->count * 1e5) / 1e5;

        bin->width = nice_width(width <= 0 ? 1 : width);
        bin->min = floor(bin->min / bin->width) * bin->width;
        bin->max = ceil(bin->max / bin->width) * bin->width;
        if (before.min == bin->min && before.max == bin->max)
            break;
    }
}

static void
resolve_width(Binning *bin)
{
    bin->min = floor(bin->min / bin->width) * bin->width;
    bin->max = ceil(bin->max / bin->width) * bin->width;
    bin->count = round((bin->max - bin->min) / bin->width);
}

static bool
is_coordinate(const char *semantic)
{
    return semantic != NULL &&
           (strcmp(semantic, "type/Latitude") == 0 || strcmp(semantic, "type/Longitude") == 0 ||
            strcmp(semantic, "type/Coordinate") == 0);
}

/* The nearest saved question below, whose answer would tell the range. */
static void
tell_unseen(const Compiler *c, const Stage *stage, const Node *node)
{
    const Source *source = node->source != NULL ? node->source : &stage->source;

    while (source->stage != NULL && source->stage->saved_id == 0)
        source = &source->stage->source;
    if (source->stage != NULL && c->options.unseen_card != NULL)
        *c->options.unseen_card = source->stage->saved_id;
}

bool
expand_binning(Compiler *c, Stage *stage, Node *node, Error *err)
{
    const OutColumn *column = node->column;
    bool known = column != NULL && column->has_range;
    Range range = { known ? column->min : -DBL_MAX, known ? column->max : DBL_MAX };
    Binning *bin = &node->binning;
    Range wide;

    if (bin->strategy == BIN_NONE)
        return true;
    wide = (Range){ -DBL_MAX, DBL_MAX };
    for (size_t i = 0; i < stage->filters.count; i++)
    {
        if (!expand_node(c, stage, stage->filters.items[i], err))
            return false;
        narrow(stage->filters.items[i], node, &wide);
    }
    if (wide.min > -DBL_MAX)
        range.min = wide.min;
    if (wide.max < DBL_MAX)
        range.max = wide.max;
    if (range.min == -DBL_MAX || range.max == DBL_MAX)
    {
        tell_unseen(c, stage, node);
        return node_error(c, node->path, "unable to bin a field without a min/max value");
    }
    if (bin->strategy == BIN_DEFAULT)
    {
        bool place = is_coordinate(node->column == NULL ? NULL : node->column->semantic_type);

        bin->strategy = place ? BIN_WIDTH : BIN_COUNT;
        bin->width = c->options.bin_width;
        bin->count = c->options.bin_count;
    }
    bin->min = range.min;
    bin->max = range.max;
    if (bin->strategy == BIN_WIDTH ? !(bin->width > 0) : !(bin->count >= 1))
        return node_error(c, node->path, "bins need a number or a width above zero");
    if (bin->strategy == BIN_COUNT)
        resolve_count(bin);
    else
        resolve_width(bin);
    return true;
}
