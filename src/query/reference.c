/* What a reference means: a column of the source, of a join, or of a table along a foreign key,
 * for which a join is then made. */
#include "query/expand.h"
#include "query/type.h"

#include <string.h>

static bool
same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool
column_has_name(const OutColumn *column, const char *name)
{
    return same_text(column->alias, name) || same_text(column->name, name);
}

/* How well a column that comes from the field answers the reference; 0: not at all. */
static int
score(const OutColumn *column, const Node *node)
{
    int points = 1;

    if (node->name != NULL ? !column_has_name(column, node->name)
                           : column->field == NULL || column->field->id != node->id)
        return 0;
    if (same_text(column->join_alias, node->join_alias))
        points += 8;
    else if (column->join_alias == NULL && node->join_alias == NULL)
        points += 8;
    if (column->source_field == node->source_field)
        points += 4;
    if (column->unit == node->unit)
        points += 2;
    if (column->binning.strategy == node->binning.strategy)
        points++;
    return points;
}

static const OutColumn *
best_column(const Source *source, const Node *node)
{
    const OutColumn *best = NULL;
    int most = 0;

    for (size_t i = 0; i < source->count; i++)
    {
        int points = score(source->columns[i], node);

        if (points > most)
        {
            most = points;
            best = source->columns[i];
        }
    }
    return best;
}

/* A last try for names: what the column was called before it was made unique, or its field. */
static const OutColumn *
loose_column(const Source *source, const Node *node)
{
    for (size_t i = 0; i < source->count; i++)
    {
        const OutColumn *column = source->columns[i];

        if (node->name != NULL &&
            (same_text(column->raw, node->name) ||
             (column->field != NULL && same_text(column->field->name, node->name))))
            return column;
    }
    return NULL;
}

static const OutColumn *
open_column(Compiler *c, Source *source, const Node *node)
{
    const CatalogField *field = node->name == NULL ? catalog_field(c->catalog, node->id) : NULL;
    OutColumn *column;

    if (!source->open || (node->name == NULL && field == NULL))
        return NULL;
    column = ARENA_NEW(c->arena, OutColumn);
    column->alias = field == NULL ? node->name : field->name;
    column->name = column->raw = column->alias;
    column->type = column->base_type = node->typed ? node->type : BASE_ANY;
    if (field != NULL)
        column->type = column->base_type = field->effective_type;
    column->display_name = column->name;
    return column;
}

static bool
take(Node *node, const Source *source, const OutColumn *column)
{
    if (column == NULL)
        return false;
    node->column = column;
    node->source = source;
    return true;
}

static Join *
join_named(const Stage *stage, const char *alias)
{
    for (size_t i = 0; i < stage->join_count; i++)
        if (!stage->joins[i]->implicit && same_text(stage->joins[i]->source.as, alias))
            return stage->joins[i];
    return NULL;
}

static bool
find_in_join(Compiler *c, Stage *stage, Node *node)
{
    Join *join = join_named(stage, node->join_alias);
    Node bare = *node;

    if (join == NULL)
        return false;
    bare.join_alias = NULL;
    if (take(node, &join->source, best_column(&join->source, &bare)))
        return true;
    return take(node, &join->source, loose_column(&join->source, node)) ||
           take(node, &join->source, open_column(c, &join->source, node));
}

/* "Alias__column" of an earlier stage, for a reference that still carries the alias. */
static bool
find_flattened(Compiler *c, Stage *stage, Node *node)
{
    const CatalogField *field = node->name == NULL ? catalog_field(c->catalog, node->id) : NULL;
    const char *name = field == NULL ? node->name : field->name;
    Node flat = *node;

    if (name == NULL)
        return false;
    flat.name = arena_format(c->arena, "%s__%s", node->join_alias, name);
    return take(node, &stage->source, best_column(&stage->source, &flat));
}

static bool
find_plain(Compiler *c, Stage *stage, Node *node)
{
    Join *only = NULL;

    if (take(node, &stage->source, best_column(&stage->source, node)) ||
        take(node, &stage->source, loose_column(&stage->source, node)))
        return true;
    for (size_t i = 0; i < stage->join_count; i++)
    {
        Join *join = stage->joins[i];

        if (join->implicit || best_column(&join->source, node) == NULL)
            continue;
        only = join;
        break;
    }
    if (only != NULL)
        return take(node, &only->source, best_column(&only->source, node));
    return take(node, &stage->source, open_column(c, &stage->source, node));
}

/* An expression of this stage, or one of an earlier stage that is a column by now. */
static Node *
expression_named(const Stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->expressions.count; i++)
    {
        Node *node = stage->expressions.items[i];

        if (same_text(node->label, name))
            return node;
    }
    return NULL;
}

/* ------------------------------------------------------------------------------ implicit joins */

static Join *
implicit_join(const Stage *stage, const Node *node, int64_t table_id)
{
    for (size_t i = 0; i < stage->join_count; i++)
    {
        Join *join = stage->joins[i];

        if (join->implicit && join->source.key_id == node->source_field &&
            join->source.table->id == table_id &&
            (join->source.key_name == node->source_field_name ||
             same_text(join->source.key_name, node->source_field_name)) &&
            (join->source.key_alias == node->source_field_alias ||
             same_text(join->source.key_alias, node->source_field_alias)))
            return join;
    }
    return NULL;
}

static void
add_join(Compiler *c, Stage *stage, Join *join)
{
    stage->joins = arena_grow(c->arena, stage->joins, stage->join_count * sizeof(Join *),
                              (stage->join_count + 1) * sizeof(Join *));
    stage->joins[stage->join_count++] = join;
}

static Node *
field_node(Compiler *c, const Path *path, int64_t id)
{
    Node *node = node_new(c, NODE_FIELD, path);

    node->id = id;
    return node;
}

/* "PRODUCTS__via__PRODUCT_ID" */
static bool
make_implicit_join(Compiler *c, Stage *stage, Node *node, const CatalogTable *table, Join **made,
                   Error *err)
{
    const CatalogField *key = catalog_field(c->catalog, node->source_field);
    Node *left = field_node(c, node->path, node->source_field);
    Node *right = field_node(c, node->path, key == NULL ? 0 : key->target_id);
    Join *join;

    if (key == NULL)
        return node_error(c, node->path, "there is no foreign key %lld",
                          (long long) node->source_field);
    left->join_alias = node->source_field_alias;
    left->name = node->source_field_name;
    if (!expand_node(c, stage, left, err))
        return false;
    join = ARENA_NEW(c->arena, Join);
    join->implicit = true;
    join->path = node->path;
    join->source.table = table;
    join->source.key_id = node->source_field;
    join->source.key_name = node->source_field_name;
    join->source.key_alias = node->source_field_alias;
    join->source.as =
        arena_format(c->arena, "%s__via__%s", table->name,
                     node->source_field_name == NULL ? key->name : node->source_field_name);
    if (node->source_field_alias != NULL)
        join->source.as =
            arena_format(c->arena, "%s__via__%s", join->source.as, node->source_field_alias);
    join->source.alias = unique_alias(c, &stage->aliases, join->source.as);
    if (!expand_source(c, &join->source, err))
        return false;
    if (right->id == 0 || !take(right, &join->source, best_column(&join->source, right)))
        return node_error(c, node->path, "%s is not a foreign key to %s", key->name, table->name);
    right->type = right->column->type;
    join->condition = node_call(c, FN_EQ, node->path, 2, left, right);
    join->condition->type = BASE_BOOLEAN;
    add_join(c, stage, join);
    *made = join;
    return true;
}

static bool
find_along_key(Compiler *c, Stage *stage, Node *node, Error *err)
{
    const CatalogField *key = catalog_field(c->catalog, node->source_field);
    const CatalogField *target = key == NULL ? NULL : catalog_field(c->catalog, key->target_id);
    const CatalogField *field = node->id == 0 ? NULL : catalog_field(c->catalog, node->id);
    const CatalogTable *table;
    Node plain = *node;
    Join *join;

    /* An earlier stage may have brought it along. */
    if (stage->source.stage != NULL)
    {
        const OutColumn *column = best_column(&stage->source, node);

        if (column != NULL && column->source_field == node->source_field)
            return take(node, &stage->source, column);
    }
    if (field == NULL && target == NULL)
        return node_error(c, node->path, "there is no such field along a foreign key");
    table = catalog_table(c->catalog, field == NULL ? target->table_id : field->table_id);
    join = implicit_join(stage, node, table->id);
    if (join == NULL && !make_implicit_join(c, stage, node, table, &join, err))
        return false;
    plain.join_alias = NULL;
    plain.source_field = 0;
    if (take(node, &join->source, best_column(&join->source, &plain)))
        return true;
    return node_error(c, node->path, "table %s has no such field", table->name);
}

/* --------------------------------------------------------------------------------------- nodes */

static bool
find_column(Compiler *c, Stage *stage, Node *node, Error *err)
{
    if (node->join_alias != NULL)
    {
        if (find_in_join(c, stage, node))
            return true;
        if (join_named(stage, node->join_alias) == NULL &&
            (find_flattened(c, stage, node) || find_plain(c, stage, node)))
            return true;
    }
    else if (node->source_field != 0)
        return find_along_key(c, stage, node, err);
    else if (find_plain(c, stage, node))
        return true;
    if (node->name != NULL)
        return node_error(c, node->path, "there is no column %s in the source", node->name);
    return node_error(c, node->path, "field %lld is not in the source", (long long) node->id);
}

static bool
check_unit(Compiler *c, Node *node, Error *err)
{
    if (unit_fits(node->unit, node->type))
    {
        if (unit_is_extraction(node->unit))
            node->type = BASE_INTEGER;
        return true;
    }
    if (node->typed)
    {
        node->unit = UNIT_NONE;
        return true;
    }
    return node_error(c, node->path, "%s is no unit for a column of %s", unit_rows[node->unit].name,
                      base_type_name(node->type));
}

static bool
expand_field(Compiler *c, Stage *stage, Node *node, Error *err)
{
    Node *expression = node->name == NULL ? NULL : expression_named(stage, node->name);

    if (!find_column(c, stage, node, err))
    {
        if (expression == NULL)
            return false;
        *err = (Error){ 0 };
        node->kind = NODE_EXPRESSION;
        return expand_node(c, stage, node, err);
    }
    if (!node->typed || node->column->type != BASE_ANY)
        node->type = node->column->type;
    node->timezone = node->column->timezone;
    return check_unit(c, node, err) && expand_binning(c, stage, node, err);
}

static bool
expand_expression(Compiler *c, Stage *stage, Node *node, Error *err)
{
    Node *target = node->name == NULL ? NULL : expression_named(stage, node->name);

    if (target == NULL)
    {
        node->kind = NODE_FIELD;
        if (node->name != NULL && find_plain(c, stage, node))
        {
            node->type = node->column->type;
            return check_unit(c, node, err);
        }
        return node_error(c, node->path, "there is no expression called %s",
                          node->name == NULL ? "" : node->name);
    }
    if (target->id == -1)
        return node_error(c, node->path, "the expression %s is defined by itself", node->name);
    node->target = target;
    if (!expand_node(c, stage, target, err))
        return false;
    node->type = target->type;
    node->timezone = target->timezone;
    return check_unit(c, node, err) && expand_binning(c, stage, node, err);
}

static bool
expand_aggregation(Compiler *c, Stage *stage, Node *node, Error *err)
{
    for (size_t i = 0; i < stage->aggregations.count; i++)
    {
        Node *target = stage->aggregations.items[i];

        if (node->uuid != NULL ? same_text(node->uuid, target->uuid) : (int64_t) i == node->id)
        {
            if (target->id == -1)
                return node_error(c, node->path, "the aggregation is defined by itself");
            node->id = (int64_t) i;
            node->target = target;
            if (!expand_node(c, stage, target, err))
                return false;
            node->type = target->type;
            return true;
        }
    }
    return node_error(c, node->path, "there is no such aggregation");
}

/* Days are meant when a time is compared with days. */
static bool
is_whole_day(const Node *value)
{
    Str text = value->value.text;

    if (value->kind == NODE_CALL)
        return value->fn == FN_RELATIVE;
    if (value->kind != NODE_VALUE || value->value.kind != VALUE_TEXT || text.len != 10)
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? text.ptr[i] != '-' : text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return true;
}

static void
imply_day(Node *call)
{
    Node *left;

    if (call->kind != NODE_CALL || call->fn < FN_EQ || call->fn > FN_BETWEEN)
        return;
    left = call->args[0];
    if ((left->kind != NODE_FIELD && left->kind != NODE_EXPRESSION) || left->unit != UNIT_NONE ||
        left->inherited || !type_is_temporal(left->type))
        return;
    for (size_t i = 1; i < call->count; i++)
        if (!is_whole_day(call->args[i]))
            return;
    left->unit = UNIT_DAY;
}

bool
expand_node(Compiler *c, Stage *stage, Node *node, Error *err)
{
    switch (node->kind)
    {
        case NODE_FIELD:
            return node->column != NULL || expand_field(c, stage, node, err);
        case NODE_EXPRESSION:
            return node->target != NULL || expand_expression(c, stage, node, err);
        case NODE_AGGREGATION:
            return node->target != NULL || expand_aggregation(c, stage, node, err);
        case NODE_VALUE:
            node->type = node_type(node);
            return true;
        case NODE_CALL:
            break;
    }
    if (node->id == 1)
        return true;
    node->id = -1; /* being worked on: meeting it again is a circle */
    for (size_t i = 0; i < node->count; i++)
        if (!expand_node(c, stage, node->args[i], err))
            return false;
    node->id = 1;
    node->type = node_type(node);
    if (node->fn == FN_CONVERT_ZONE && node->args[1]->value.kind == VALUE_TEXT)
        node->timezone = node->args[1]->value.text.ptr;
    else if (node->count > 0 && (function_rows[node->fn].result == RESULT_MOMENT ||
                                 function_rows[node->fn].result == RESULT_NUMBER))
        node->timezone = node->args[0]->timezone;
    imply_day(node);
    return true;
}
