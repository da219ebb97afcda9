/* The fifth pass: literals take the type of what they are compared with, and the tables and fields
 * that a question touches are listed, for whoever decides who may see them. */
#include "query/params.h"
#include "query/type.h"

#include <assert.h>
#include <string.h>

static bool
read_number(Compiler *c, const Node *left, Node *node, Error *err)
{
    int64_t integer;
    double number;

    if (str_to_int(str_trim(node->value.text), INT64_MIN, INT64_MAX, &integer))
        node->value = VALUE_OF_INT(integer);
    else
    {
        number = value_to_double(&node->value, -1e308);
        if (number == -1e308)
            return node_error(c, left->path, "error filtering against %s: %s is not a number",
                              base_type_name(left->type), node->value.text.ptr);
        node->value = VALUE_OF_DOUBLE(number);
    }
    node->type = node->value.kind == VALUE_INT ? BASE_INTEGER : BASE_FLOAT;
    return true;
}

static bool
read_boolean(Compiler *c, const Node *left, Node *node, Error *err)
{
    bool yes = str_is_nocase(node->value.text, "true") || str_is(node->value.text, "1");

    if (!yes && !str_is_nocase(node->value.text, "false") && !str_is(node->value.text, "0"))
        return node_error(c, left->path, "error filtering against %s: %s is neither true nor false",
                          base_type_name(left->type), node->value.text.ptr);
    node->value = VALUE_OF_BOOL(yes);
    node->type = BASE_BOOLEAN;
    return true;
}

static bool
fit(Compiler *c, const Node *left, Node *node, Error *err)
{
    if (node->kind != NODE_VALUE || left->kind == NODE_VALUE)
        return true;
    if (node->value.kind == VALUE_TEXT && type_is_number(left->type))
        return read_number(c, left, node, err);
    if (node->value.kind == VALUE_TEXT && type_class(left->type) == CLASS_BOOLEAN)
        return read_boolean(c, left, node, err);
    if ((node->value.kind == VALUE_INT || node->value.kind == VALUE_DOUBLE) &&
        type_class(left->type) == CLASS_TEXT)
    {
        node->value = VALUE_OF_TEXT(value_to_text(c->arena, &node->value));
        node->type = BASE_TEXT;
    }
    return true;
}

static bool
is_comparison(FunctionId fn)
{
    return (fn >= FN_EQ && fn <= FN_BETWEEN);
}

bool
check_node(Compiler *c, Node *node, Error *err)
{
    if (node->kind != NODE_CALL)
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (!check_node(c, node->args[i], err))
            return false;
    for (size_t i = 1; is_comparison(node->fn) && i < node->count; i++)
        if (!fit(c, node->args[0], node->args[i], err))
            return false;
    return true;
}

/* -------------------------------------------------------------------------------------- touched */

static void
touch(Compiler *c, List *list, const int64_t *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (*(const int64_t *) list->items[i] == *id)
            return;
    list_add(list, (void *) id);
    (void) c;
}

static void
touch_node(Compiler *c, const Node *node)
{
    if (node == NULL)
        return;
    assert(node->kind != NODE_FIELD || node->column != NULL);
    if (node->kind == NODE_FIELD && node->column != NULL && node->column->physical)
    {
        touch(c, &c->fields, &node->column->field->id);
        touch(c, &c->tables, &node->column->field->table_id);
    }
    for (size_t i = 0; i < node->count; i++)
        touch_node(c, node->args[i]);
}

static bool
check_list(Compiler *c, const List *list, Error *err)
{
    for (size_t i = 0; i < list->count; i++)
    {
        if (!check_node(c, list->items[i], err))
            return false;
        touch_node(c, list->items[i]);
    }
    return true;
}

static bool check_stage(Compiler *c, Stage *stage, Error *err);

static bool
check_source(Compiler *c, const Source *source, Error *err)
{
    if (source->table != NULL)
        touch(c, &c->tables, &source->table->id);
    return source->stage == NULL || check_stage(c, source->stage, err);
}

static bool
check_native(Compiler *c, Stage *stage, Error *err)
{
    c->compiled->is_native = true;
    for (size_t i = 0; i < stage->native->count; i++)
    {
        const NativePart *part = &stage->native->parts[i];

        touch_node(c, part->node);
        if (part->table != NULL)
            touch(c, &c->tables, &part->table->id);
        if (part->stage != NULL && !check_stage(c, part->stage, err))
            return false;
    }
    return true;
}

static bool
check_stage(Compiler *c, Stage *stage, Error *err)
{
    if (stage->native != NULL)
        return check_native(c, stage, err);
    if (!check_source(c, &stage->source, err))
        return false;
    for (size_t i = 0; i < stage->join_count; i++)
    {
        if (!check_source(c, &stage->joins[i]->source, err) ||
            !check_node(c, stage->joins[i]->condition, err))
            return false;
        touch_node(c, stage->joins[i]->condition);
    }
    for (size_t i = 0; i < stage->column_count; i++)
        touch_node(c, stage->columns[i]->node);
    return check_list(c, &stage->expressions, err) && check_list(c, &stage->filters, err) &&
           check_list(c, &stage->aggregations, err) && check_list(c, &stage->breakouts, err) &&
           check_list(c, &stage->orders, err);
}

bool
pass_check(Compiler *c, Error *err)
{
    return check_stage(c, c->stage, err);
}
