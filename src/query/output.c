/* The columns that a stage returns: which, in what order, under which names and titles. */
#include "query/expand.h"
#include "query/parse.h"
#include "query/type.h"

#include <string.h>

typedef struct Outputs
{
    List columns;
    List nodes;
    Map *aliases, *names;
} Outputs;

/* --------------------------------------------------------------------------------------- names */

const char *
node_name(Compiler *c, const Node *node)
{
    if (node->kind == NODE_AGGREGATION && node->target != NULL)
        return node_name(c, node->target);
    if (node->kind != NODE_CALL)
        return node->name != NULL ? node->name : "expression";
    if (node->name != NULL)
        return node->name;
    switch (node->fn)
    {
        case FN_DISTINCT:
        case FN_CUM_COUNT:
            return "count";
        case FN_CUM_SUM:
            return "sum";
        case FN_COUNT_WHERE:
            return "count_where";
        case FN_SUM_WHERE:
            return node->args[0]->column == NULL
                       ? "sum_where"
                       : arena_format(c->arena, "sum_where_%s", node->args[0]->column->name);
        case FN_DISTINCT_WHERE:
            return "distinct_where";
        case FN_CASE:
            return "case";
        case FN_IF:
            return "if";
        case FN_OFFSET:
            return node_name(c, node->args[0]);
        default:
            return function_rows[node->fn].kind == KIND_AGGREGATE ? function_rows[node->fn].name
                                                                  : "expression";
    }
}

static const char *
unique_name(Compiler *c, Map *taken, const char *wanted)
{
    const char *name = wanted;

    for (int n = 2; map_has(taken, name); n++)
        name = arena_format(c->arena, "%s_%d", wanted, n);
    map_put(taken, name, (void *) name);
    return name;
}

/* What the column is called in SQL: with the alias of its join in front. */
static const char *
wanted_alias(Compiler *c, const Stage *stage, const Node *node, const char *name)
{
    if (node->kind == NODE_FIELD && node->source != NULL && node->source != &stage->source)
        return arena_format(c->arena, "%s__%s", node->source->as, node->column->alias);
    return node->kind == NODE_FIELD && node->column != NULL ? node->column->alias : name;
}

static const Node *
plain_target(const Node *node)
{
    while ((node->kind == NODE_EXPRESSION || node->kind == NODE_AGGREGATION) &&
           node->target != NULL)
        node = node->target;
    return node;
}

/* a / offset(a, n) - 1: how much a figure grew. */
static bool
is_growth(const Node *node)
{
    const Node *ratio = node->count == 2 ? plain_target(node->args[0]) : NULL;
    const Node *one = ratio == NULL ? NULL : node->args[1];

    return ratio != NULL && ratio->kind == NODE_CALL && ratio->fn == FN_DIVIDE &&
           ratio->count == 2 && ratio->args[1]->kind == NODE_CALL &&
           ratio->args[1]->fn == FN_OFFSET && one->kind == NODE_VALUE &&
           one->value.kind == VALUE_INT && one->value.integer == 1;
}

static const char *
aggregation_semantic(const Node *node)
{
    switch (node->kind == NODE_CALL ? node->fn : FN_NONE)
    {
        case FN_COUNT:
        case FN_DISTINCT:
        case FN_COUNT_WHERE:
        case FN_DISTINCT_WHERE:
        case FN_CUM_COUNT:
            return "type/Quantity";
        case FN_SHARE:
            return "type/Percentage";
        case FN_MINUS:
            return is_growth(node) ? "type/Percentage" : NULL;
        case FN_SUM:
        case FN_SUM_WHERE:
        case FN_AVG:
        case FN_MEDIAN:
        case FN_MIN:
        case FN_MAX:
        case FN_STDDEV:
        case FN_CUM_SUM:
        case FN_OFFSET:
            if (node->count == 0)
                return NULL;
            node = plain_target(node->args[0]);
            return node->column == NULL ? aggregation_semantic(node) : node->column->semantic_type;
        default:
            return NULL;
    }
}

static void
fill_from_column(OutColumn *out, const Stage *stage, const Node *node)
{
    const OutColumn *from = node->column;

    out->semantic_type = from->semantic_type;
    out->field = from->field;
    out->base_type = from->base_type;
    out->source_field = from->source_field;
    out->join_alias = from->join_alias;
    out->remap_pairs = from->remap_pairs;
    out->has_range = from->has_range && node->binning.strategy == BIN_NONE;
    out->min = from->min;
    out->max = from->max;
    out->unit = node->unit != UNIT_NONE ? node->unit : from->unit;
    if (node->source != NULL && node->source != &stage->source)
    {
        out->join_alias = node->source->as;
        out->source_field = node->source->key_id;
    }
}

static void
add_output(Compiler *c, Stage *stage, Outputs *outputs, Node *node, const char *source_kind)
{
    OutColumn *out = ARENA_NEW(c->arena, OutColumn);
    const char *name = node->kind == NODE_FIELD ? node->column->name : node_name(c, node);

    *out = (OutColumn){
        .alias = unique_alias(c, &outputs->aliases, wanted_alias(c, stage, node, name)),
        .name = unique_name(c, outputs->names, name),
        .raw = node->kind == NODE_FIELD ? node->column->raw : name,
        .display_name = column_title(c, stage, node),
        .base_type = node->type,
        .type = node->type,
        .unit = node->unit,
        .binning = node->binning,
        .source_kind = source_kind,
        .timezone = node->timezone,
        .node = node,
    };
    if (node->kind == NODE_FIELD)
        fill_from_column(out, stage, node);
    else if (source_kind[0] == 'a')
        out->semantic_type = aggregation_semantic(node);
    if (out->base_type == BASE_ANY)
        out->base_type = node->type;
    list_add(&outputs->columns, out);
    list_add(&outputs->nodes, node);
}

/* ------------------------------------------------------------------------------------- columns */

static bool
is_there(const Outputs *outputs, const Node *node)
{
    for (size_t i = 0; i < outputs->nodes.count; i++)
    {
        const Node *other = outputs->nodes.items[i];

        if (same_reference(node, other) && node->unit == other->unit &&
            node->binning.strategy == other->binning.strategy)
            return true;
    }
    return false;
}

static void
add_source_columns(Compiler *c, Stage *stage, Outputs *outputs, const Source *source)
{
    for (size_t i = 0; i < source->count; i++)
    {
        Node *node = node_new(c, NODE_FIELD, stage->path);

        node->column = source->columns[i];
        node->source = source;
        node->type = node->column->type;
        node->timezone = node->column->timezone;
        if (!(node->column->physical && node->column->field->is_hidden) && !is_there(outputs, node))
            add_output(c, stage, outputs, node, "fields");
    }
}

static Node *
expression_reference(Compiler *c, Node *target)
{
    Node *node = node_new(c, NODE_EXPRESSION, target->path);

    node->name = target->label;
    node->target = target;
    node->type = target->type;
    node->timezone = target->timezone;
    return node;
}

static void
add_default_columns(Compiler *c, Stage *stage, Outputs *outputs)
{
    if (stage->has_fields)
    {
        for (size_t i = 0; i < stage->fields.count; i++)
            if (!is_there(outputs, stage->fields.items[i]))
                add_output(c, stage, outputs, stage->fields.items[i], "fields");
    }
    else
    {
        add_source_columns(c, stage, outputs, &stage->source);
        for (size_t i = 0; i < stage->expressions.count; i++)
            add_output(c, stage, outputs, expression_reference(c, stage->expressions.items[i]),
                       "fields");
    }
    for (size_t i = 0; i < stage->join_count; i++)
    {
        Join *join = stage->joins[i];

        if (join->all_fields)
            add_source_columns(c, stage, outputs, &join->source);
        for (size_t f = 0; f < join->field_count; f++)
            if (!is_there(outputs, join->fields[f]))
                add_output(c, stage, outputs, join->fields[f], "fields");
    }
}

/* What a model says about its columns, or what is known of the columns of SQL text. */
static void
apply_metadata(Compiler *c, OutColumn *out, const Json *item)
{
    const Json *title = member(c, item, "display-name");
    const Json *semantic = member(c, item, "semantic-type");
    const Json *type = member(c, item, "effective-type");
    const Json *id = member(c, item, "id");

    if (type == NULL)
        type = member(c, item, "base-type");
    if (title != NULL)
        out->display_name = json_text_or(title, out->display_name);
    if (semantic != NULL)
        out->semantic_type = json_text_or(semantic, NULL);
    if (out->type == BASE_ANY)
        (void) base_type_from_name(json_text_or(type, NULL), &out->type);
    if (out->base_type == BASE_ANY)
        out->base_type = out->type;
    if (id != NULL && out->field == NULL)
        out->field = catalog_field(c->catalog, json_int_or(id, 0));
}

/* What was seen of the values of a saved question. */
static void
apply_range(OutColumn *out, const Json *item)
{
    const Json *seen = json_path(item, "fingerprint", "type", "type/Number", NULL);

    if (out->has_range || json_get(seen, "min") == NULL || json_get(seen, "max") == NULL)
        return;
    out->has_range = true;
    out->min = json_double_or(json_get(seen, "min"), 0);
    out->max = json_double_or(json_get(seen, "max"), 0);
}

static void
native_outputs(Compiler *c, Stage *stage, Outputs *outputs)
{
    if (stage->metadata == NULL || stage->metadata->kind != JSON_ARRAY)
        return;
    for (const Json *item = stage->metadata->first; item != NULL; item = item->next)
    {
        const char *name = json_text_or(member(c, item, "name"), "");
        OutColumn *out = ARENA_NEW(c->arena, OutColumn);

        out->alias = name;
        out->name = out->raw = out->display_name = name;
        out->source_kind = "native";
        apply_metadata(c, out, item);
        apply_range(out, item);
        list_add(&outputs->columns, out);
    }
}

static void
known_columns(Compiler *c, Stage *stage, Outputs *outputs)
{
    if (stage->metadata == NULL || stage->native != NULL || stage->metadata->kind != JSON_ARRAY)
        return;
    for (const Json *item = stage->metadata->first; item != NULL; item = item->next)
    {
        const char *name = json_text_or(member(c, item, "name"), "");

        for (size_t i = 0; i < outputs->columns.count; i++)
        {
            OutColumn *out = outputs->columns.items[i];

            if (strcmp(out->name, name) != 0)
                continue;
            apply_range(out, item);
            if (stage->is_model)
                apply_metadata(c, out, item);
        }
    }
}

static OutColumn *
output_of_key(Outputs *outputs, const CatalogField *field, const OutColumn *display)
{
    for (size_t i = 0; i < outputs->columns.count; i++)
    {
        OutColumn *out = outputs->columns.items[i];

        if (out != display && out->field == field && out->remapped_to == NULL)
            return out;
    }
    return NULL;
}

static void
tie_display(Outputs *outputs, OutColumn *display, const CatalogField *field)
{
    OutColumn *key = output_of_key(outputs, field, display);

    if (key == NULL)
        return;
    key->remapped_to = display->name;
    display->remapped_from = key->name;
    if (field->remap_name != NULL)
        display->display_name = field->remap_name;
}

/* Display columns of keys: at the end of rows, tied to the breakout that they stand for. */
static bool
add_displays(Compiler *c, Stage *stage, Outputs *outputs, Error *err)
{
    size_t count = outputs->columns.count;

    for (size_t i = 0; i < count; i++)
    {
        Node *node = outputs->nodes.items[i];
        const CatalogField *field = remapped_key(c, node);
        OutColumn *column = outputs->columns.items[i];
        Node *display;

        if (stage->breakouts.count > 0)
        {
            field = column->source_field == 0 || node->source == NULL || node->source_field == 0
                        ? NULL
                        : catalog_field(c->catalog, column->source_field);
            if (field != NULL && column->field != NULL && field->remap_id == column->field->id)
                tie_display(outputs, column, field);
            continue;
        }
        if (field == NULL || stage->aggregations.count > 0)
            continue;
        if (!remap_display(c, stage, node, &display, err))
            return false;
        add_output(c, stage, outputs, display, "fields");
        tie_display(outputs, outputs->columns.items[outputs->columns.count - 1], field);
    }
    return true;
}

bool
expand_outputs(Compiler *c, Stage *stage, Error *err)
{
    Outputs outputs = { .columns = list_new(c->arena),
                        .nodes = list_new(c->arena),
                        .names = map_new(c->arena) };

    if (stage->native != NULL)
        native_outputs(c, stage, &outputs);
    else if (stage->breakouts.count + stage->aggregations.count > 0)
    {
        for (size_t i = 0; i < stage->breakouts.count; i++)
            add_output(c, stage, &outputs, stage->breakouts.items[i], "breakout");
        for (size_t i = 0; i < stage->aggregations.count; i++)
            add_output(c, stage, &outputs, stage->aggregations.items[i], "aggregation");
    }
    else
        add_default_columns(c, stage, &outputs);
    if (stage == c->stage && stage->native == NULL && !add_displays(c, stage, &outputs, err))
        return false;
    known_columns(c, stage, &outputs);
    if (stage->native == NULL && outputs.columns.count == 0 && !stage->source.open)
        return node_error(c, stage->path, "there is no column to return");
    stage->columns = (OutColumn **) outputs.columns.items;
    stage->column_count = outputs.columns.count;
    return true;
}
