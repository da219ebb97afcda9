/* The second pass: parameters with a value become filters of the stage that they aim at, or
 * change the unit of a breakout. Parameters of SQL templates are read in native.c. */
#include "query/params.h"

#include "query/parse.h"
#include "query/type.h"

#include <string.h>

bool
param_is_empty(const Json *value)
{
    if (value == NULL || value->kind == JSON_NULL)
        return true;
    if (value->kind == JSON_TEXT)
        return value->len == 0;
    if (value->kind != JSON_ARRAY)
        return false;
    for (const Json *item = value->first; item != NULL; item = item->next)
        if (item->kind != JSON_NULL)
            return false;
    return true;
}

bool
param_is_of_column(const Compiler *c, const Json *parameter)
{
    const Json *target = member(c, parameter, "target");

    return strcmp(json_text_or(json_at(target, 0), ""), "dimension") == 0 &&
           strcmp(json_text_or(json_at(json_at(target, 1), 0), ""), "template-tag") != 0;
}

static void
add_values(Compiler *c, Node *call, const Json *value)
{
    const Json *item = value->kind == JSON_ARRAY ? value->first : value;
    size_t count = value->kind == JSON_ARRAY ? value->count : 1;
    Node **args = ARENA_ARRAY(c->arena, count + 1, Node *);

    args[0] = call->args[0];
    for (size_t i = 0; i < count; i++, item = item->next)
        args[i + 1] = node_value(c, call->path, value_of_scalar(item));
    call->args = args;
    call->count = count + 1;
}

/* The text of a number is a number. */
static bool
read_numbers(Compiler *c, Node *call, Error *err)
{
    for (size_t i = 1; i < call->count; i++)
    {
        Value *value = &call->args[i]->value;
        int64_t integer;
        double number;

        if (value->kind != VALUE_TEXT)
            continue;
        if (str_to_int(str_trim(value->text), INT64_MIN, INT64_MAX, &integer))
        {
            *value = VALUE_OF_INT(integer);
            continue;
        }
        number = value_to_double(value, -1e308);
        if (number == -1e308)
            return node_error(c, call->path, "%s is not a number", value->text.ptr);
        *value = VALUE_OF_DOUBLE(number);
    }
    return true;
}

static bool
between_filter(Compiler *c, const Json *value, const Node *target, Node **filter, Error *err)
{
    const Json *low = json_at(value, 0);
    const Json *high = json_at(value, 1);
    FunctionId fn = FN_BETWEEN;

    if (value->kind != JSON_ARRAY || value->count != 2)
        return node_error(c, target->path, "between takes two values");
    *filter = node_call(c, fn, target->path, 1, node_copy(c, target));
    add_values(c, *filter, value);
    if (low->kind == JSON_NULL)
    {
        (*filter)->fn = FN_LE;
        (*filter)->args[1] = (*filter)->args[2];
    }
    else if (high->kind == JSON_NULL)
        (*filter)->fn = FN_GE;
    (*filter)->count = (*filter)->fn == FN_BETWEEN ? 3 : 2;
    return read_numbers(c, *filter, err);
}

static bool
dates_filter(Compiler *c, const Json *value, const Node *target, Node **filter, Error *err)
{
    const Json *item = value->kind == JSON_ARRAY ? value->first : value;
    size_t count = value->kind == JSON_ARRAY ? value->count : 1;
    Node *any = node_call(c, FN_OR, target->path, 0);

    any->args = ARENA_ARRAY(c->arena, count, Node *);
    for (; any->count < count; item = item->next)
    {
        if (item->kind != JSON_TEXT)
            return node_error(c, target->path, "a date parameter is a text");
        if (!date_filter(c, item->text, target, &any->args[any->count], err))
            return false;
        any->count++;
    }
    *filter = any->count == 1 ? any->args[0] : any;
    return true;
}

/* "string/contains" and its kin; the plain types mean "=". */
static FunctionId
operator_of(const char *type)
{
    const char *slash = strchr(type, '/');
    FunctionId fn;

    if (slash == NULL || strncmp(type, "location/", 9) == 0)
        return FN_EQ;
    fn = function_from_name(slash + 1);
    return fn != FN_NONE && function_rows[fn].kind == KIND_CONDITION ? fn : FN_NONE;
}

bool
param_filter(Compiler *c, const char *type, const Json *value, const Json *options,
             const Node *target, Node **filter, Error *err)
{
    FunctionId fn;
    Node *call;

    *filter = NULL;
    if (param_is_empty(value))
        return true;
    if (strncmp(type, "date", 4) == 0)
        return dates_filter(c, value, target, filter, err);
    if (strcmp(type, "number/between") == 0)
        return between_filter(c, value, target, filter, err);
    fn = operator_of(type);
    if (fn == FN_NONE)
        return node_error(c, target->path, "there is no parameter of type %s", type);
    call = node_call(c, fn, target->path, 1, node_copy(c, target));
    add_values(c, call, value);
    if (function_rows[fn].most > 0 && (int) call->count > function_rows[fn].most)
        return node_error(c, target->path, "a parameter of type %s takes one value", type);
    call->ignore_case = !json_bool_or(member(c, options, "case-sensitive"), true);
    *filter = call;
    return strncmp(type, "number", 6) != 0 || read_numbers(c, call, err);
}

/* A filter on the results of a saved question: one stage more, the same for all of them. */
static Stage *
stage_after(Compiler *c)
{
    Stage *stage;

    if (c->stages.count > c->sent)
        return c->stage;
    stage = stage_new(c, c->stage->path);

    stage->source.stage = c->stage;
    c->stage = stage;
    list_add(&c->stages, stage);
    return stage;
}

static Stage *
stage_at(Compiler *c, int64_t number)
{
    int64_t count = (int64_t) c->sent;

    if (number == count && c->options.saved)
        return stage_after(c);
    if (number < 0)
        number += count;
    return number >= 0 && number < count ? c->stages.items[number] : NULL;
}

/* Nothing can be put into SQL: the stage that reads it is filtered. A model is what it gives. */
static Stage *
stage_filtered(Compiler *c, int64_t number)
{
    Stage *stage = stage_at(c, number);

    if (stage == NULL || !c->options.saved)
        return stage;
    if (c->options.of_model || (stage->native != NULL && stage == c->stage))
        return stage_after(c);
    for (size_t i = 0; stage->native != NULL && i + 1 < c->sent; i++)
        if (c->stages.items[i] == stage)
            return c->stages.items[i + 1];
    return stage;
}

static bool
same_target(const Node *a, const Node *b)
{
    if (a->kind != b->kind)
        return false;
    return a->name != NULL ? b->name != NULL && strcmp(a->name, b->name) == 0
                           : a->id == b->id && a->source_field == b->source_field;
}

static bool
set_unit(Compiler *c, Stage *stage, const Node *target, const Json *value, Error *err)
{
    Unit unit = unit_from_name(json_text_or(value, NULL));

    if (param_is_empty(value))
        return true;
    if (unit == UNIT_NONE)
        return node_error(c, target->path, "there is no temporal unit %s", json_text_or(value, ""));
    for (size_t list = 0; list < 2; list++)
    {
        List *nodes = list == 0 ? &stage->breakouts : &stage->orders;

        for (size_t i = 0; i < nodes->count; i++)
        {
            Node *node = nodes->items[i];

            if (!same_target(node, target))
                continue;
            if (node->unit != UNIT_NONE || list == 0)
                node->unit = unit;
            node->typed = false;
        }
    }
    return true;
}

static bool
apply(Compiler *c, const Json *parameter, const Path *path, Error *err)
{
    const Json *target = member(c, parameter, "target");
    const Json *reference = json_at(target, 1);
    const Json *value = member(c, parameter, "value");
    const char *type = json_text_or(member(c, parameter, "type"), "category");
    bool is_unit = strcmp(type, "temporal-unit") == 0;
    int64_t number = json_int_or(member(c, json_at(target, 2), "stage-number"), 0);
    Stage *stage;
    Node *node, *filter;

    if (!param_is_of_column(c, parameter))
        return true;
    if (value == NULL)
        value = member(c, parameter, "default");
    if (param_is_empty(value))
        return true;
    stage = is_unit ? stage_at(c, number) : stage_filtered(c, number);
    if (stage == NULL || stage->native != NULL)
        return true;
    if (!parse_node(c, reference, path, &node, err))
        return false;
    if (is_unit)
        return set_unit(c, stage, node, value, err);
    if (!param_filter(c, type, value, member(c, parameter, "options"), node, &filter, err))
        return false;
    if (filter != NULL)
        list_add(&stage->filters, filter);
    return true;
}

bool
pass_params(Compiler *c, Error *err)
{
    const Path *path = path_key(c, NULL, "parameters");
    size_t index = 0;

    c->sent = c->stages.count;
    if (c->parameters == NULL || c->parameters->kind != JSON_ARRAY)
        return true;
    for (const Json *item = c->parameters->first; item != NULL; item = item->next)
        if (!apply(c, item, path_index(c, path, index++), err))
            return false;
    return true;
}
