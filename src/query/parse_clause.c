/* One clause of a question: MBQL 4 ([op, args, options]), MBQL 5 ([op, options, args]) and the
 * references of older releases. */
#include "query/parse.h"

#include "query/parse_private.h"

#include <string.h>

enum
{
    MAX_NESTING = 60
};

Value
value_of_scalar(const Json *json)
{
    int64_t integer;

    switch (json->kind)
    {
        case JSON_BOOL:
            return VALUE_OF_BOOL(json->boolean);
        case JSON_TEXT:
            return value_of_str((Str){ json->text, json->len });
        case JSON_NUMBER:
            if (str_to_int(str_of(json->text), INT64_MIN, INT64_MAX, &integer))
                return VALUE_OF_INT(integer);
            return VALUE_OF_DOUBLE(json_double_or(json, 0));
        default:
            return VALUE_OF_NULL;
    }
}

static void
read_word(const char *text, char *word, size_t size)
{
    size_t len = 0;

    for (; text[len] != '\0' && len + 1 < size; len++)
        word[len] = word_letter(text[len]);
    word[len] = '\0';
}

static Unit
read_unit(const Json *json)
{
    char word[32];

    read_word(json_text_or(json, ""), word, sizeof(word));
    return unit_from_name(word);
}

static void
read_binning(const Compiler *c, const Json *json, Binning *binning)
{
    char word[32];

    if (json == NULL)
        return;
    read_word(json_text_or(member(c, json, "strategy"), ""), word, sizeof(word));
    binning->strategy = strcmp(word, "num-bins") == 0    ? BIN_COUNT
                        : strcmp(word, "bin-width") == 0 ? BIN_WIDTH
                                                         : BIN_DEFAULT;
    binning->count = json_double_or(member(c, json, "num-bins"), 0);
    binning->width = json_double_or(member(c, json, "bin-width"), 0);
}

static void
read_type(const Compiler *c, const Json *options, Node *node)
{
    const Json *type = member(c, options, "effective-type");

    if (type == NULL)
        type = member(c, options, "base-type");
    node->typed = base_type_from_name(json_text_or(type, NULL), &node->type);
}

/* The options of a reference, and those that any clause may carry. */
static bool
read_options(Compiler *c, const Json *options, Node *node, Error *err)
{
    const Json *unit = member(c, options, "temporal-unit");
    const Json *case_sensitive = member(c, options, "case-sensitive");
    const Json *source = member(c, options, "source-field");

    if (options == NULL)
        return true;
    node->ignore_case = !json_bool_or(case_sensitive, true);
    node->include_current = json_bool_or(member(c, options, "include-current"), false);
    node->display_name = json_text_or(member(c, options, "display-name"), NULL);
    node->uuid = json_text_or(json_get(options, "lib/uuid"), NULL);
    node->mode = json_text_or(member(c, options, "mode"), NULL);
    if (node->kind == NODE_CALL || node->kind == NODE_VALUE)
    {
        node->name = json_text_or(member(c, options, "name"), NULL);
        if (node->kind == NODE_VALUE)
            read_type(c, options, node);
        return true;
    }
    read_type(c, options, node);
    node->join_alias = json_text_or(member(c, options, "join-alias"), NULL);
    if (source != NULL && !json_to_int(source, &node->source_field))
        return node_error(c, node->path, "source-field is not the number of a field");
    node->source_field_name = json_text_or(member(c, options, "source-field-name"), NULL);
    node->source_field_alias = json_text_or(member(c, options, "source-field-join-alias"), NULL);
    node->inherited = member(c, options, "inherited-temporal-unit") != NULL;
    read_binning(c, member(c, options, "binning"), &node->binning);
    node->unit = read_unit(unit);
    if (unit != NULL && node->unit == UNIT_NONE)
        return node_error(c, node->path, "there is no temporal unit %s", json_text_or(unit, ""));
    return true;
}

static bool
read_field_id(Compiler *c, const Json *json, Node *node, Error *err)
{
    if (json != NULL && json->kind == JSON_TEXT)
        node->name = json->text;
    else if (json == NULL || !json_to_int(json, &node->id))
        return node_error(c, node->path, "a field is named by its number or its name");
    return true;
}

/* ["fk->", a, b], ["joined-field", alias, f], ["datetime-field", f, unit]...: before 2020. */
static bool
parse_old_reference(Compiler *c, const char *op, const Json *json, const Path *path, Node **node,
                    Error *err)
{
    const Json *a = json_at(json, 1);
    const Json *b = json_at(json, 2);
    Node *key;

    if (strcmp(op, "field-id") == 0)
        return parse_reference(c, a, path, node, err);
    if (strcmp(op, "field-literal") == 0)
    {
        *node = node_new(c, NODE_FIELD, path);
        (*node)->typed = base_type_from_name(json_text_or(b, NULL), &(*node)->type);
        return read_field_id(c, a, *node, err);
    }
    if (strcmp(op, "fk->") == 0)
    {
        if (!parse_reference(c, a, path, &key, err) || !parse_reference(c, b, path, node, err))
            return false;
        (*node)->source_field = key->id;
        return true;
    }
    if (strcmp(op, "joined-field") == 0)
    {
        if (!parse_reference(c, b, path, node, err))
            return false;
        (*node)->join_alias = json_text_or(a, NULL);
        return true;
    }
    if (!parse_reference(c, a, path, node, err))
        return false;
    if (strcmp(op, "datetime-field") == 0)
        (*node)->unit = read_unit(json_at(json, json->count - 1));
    else
        (*node)->binning =
            (Binning){ .strategy = strcmp(json_text_or(b, ""), "num-bins") == 0    ? BIN_COUNT
                                   : strcmp(json_text_or(b, ""), "bin-width") == 0 ? BIN_WIDTH
                                                                                   : BIN_DEFAULT,
                       .count = json_double_or(json_at(json, 3), 0),
                       .width = json_double_or(json_at(json, 3), 0) };
    return true;
}

static bool
is_old_reference(const char *op)
{
    static const char *const names[] = { "field-id",     "field-literal",  "fk->",
                                         "joined-field", "datetime-field", "binning-strategy" };

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(op, names[i]) == 0)
            return true;
    return false;
}

/* The arguments of a clause without its name and options. */
typedef struct Parts
{
    const Json *options;
    const Json *first;
    size_t count;
} Parts;

static Parts
parts_of(const Json *json)
{
    Parts parts = { .first = json->first->next, .count = json->count - 1 };
    const Json *last = parts.first;

    if (parts.count == 0)
        return parts;
    if (parts.first->kind == JSON_OBJECT)
    {
        parts.options = parts.first;
        parts.first = parts.first->next;
        parts.count--;
        return parts;
    }
    while (last->next != NULL)
        last = last->next;
    if (last->kind == JSON_OBJECT)
    {
        parts.options = last;
        parts.count--;
    }
    return parts;
}

static bool
parse_plain_reference(Compiler *c, NodeKind kind, const Parts *parts, const Path *path,
                      Node **result, Error *err)
{
    Node *node = node_new(c, kind, path);

    if (!read_options(c, parts->options, node, err))
        return false;
    if (kind == NODE_AGGREGATION && parts->count > 0 && parts->first->kind == JSON_TEXT)
        node->uuid = parts->first->text;
    else
    {
        if (kind == NODE_AGGREGATION)
            node->uuid = NULL;
        if (!read_field_id(c, parts->count > 0 ? parts->first : NULL, node, err))
            return false;
    }
    *result = node;
    return true;
}

/* [[condition, value], ...] and a default, as one flat list. */
static bool
parse_case(Compiler *c, const Parts *parts, Node *node, Error *err)
{
    const Json *branches = parts->first;
    const Json *otherwise = member(c, parts->options, "default");
    size_t count = 0;

    if (branches == NULL || branches->kind != JSON_ARRAY)
        return node_error(c, node->path, "case has no branches");
    if (parts->count > 1)
        otherwise = branches->next;
    node->args = ARENA_ARRAY(c->arena, branches->count * 2 + 1, Node *);
    for (const Json *branch = branches->first; branch != NULL; branch = branch->next)
    {
        if (branch->kind != JSON_ARRAY || branch->count != 2)
            return node_error(c, node->path, "a branch of case is a condition and a value");
        for (size_t i = 0; i < 2; i++, count++)
            if (!parse_node(c, json_at(branch, i), path_index(c, node->path, count),
                            &node->args[count], err))
                return false;
    }
    if (otherwise != NULL &&
        !parse_node(c, otherwise, path_key(c, node->path, "default"), &node->args[count++], err))
        return false;
    node->count = count;
    node->has_default = otherwise != NULL;
    return true;
}

static bool
parse_arguments(Compiler *c, const Parts *parts, Node *node, Error *err)
{
    const FunctionRow *row = &function_rows[node->fn];
    const Json *item = parts->first;

    if ((int) parts->count < row->least || (row->most >= 0 && (int) parts->count > row->most))
        return node_error(c, node->path, "%s takes another number of arguments", row->name);
    node->args = ARENA_ARRAY(c->arena, parts->count, Node *);
    for (size_t i = 0; i < parts->count; i++, item = item->next)
        if (!parse_node(c, item, path_index(c, node->path, i + 1), &node->args[i], err))
            return false;
    node->count = parts->count;
    return true;
}

static bool
parse_call(Compiler *c, const char *op, const Parts *given, const Path *path, Node **result,
           Error *err)
{
    Parts parts = *given;
    Node *node = node_new(c, NODE_CALL, path);

    node->fn = function_from_name(op);
    if (node->fn == FN_NONE)
        return node_error(c, path, "there is no clause called %s", op);
    /* MBQL 4 writes the mode of `datetime` and of the searches last, as a map. */
    if (!read_options(c, parts.options, node, err))
        return false;
    *result = node;
    if (node->fn == FN_CASE || node->fn == FN_IF)
        return parse_case(c, &parts, node, err);
    if ((node->fn == FN_COUNT || node->fn == FN_CUM_COUNT) && parts.count == 1 &&
        parts.first->kind == JSON_NULL)
        parts.count = 0;
    return parse_arguments(c, &parts, node, err);
}

/* ["aggregation-options", clause, {"name", "display-name"}]. */
static bool
parse_named(Compiler *c, const Parts *parts, const Path *path, Node **node, Error *err)
{
    const char *name = json_text_or(member(c, parts->options, "name"), NULL);
    const char *title = json_text_or(member(c, parts->options, "display-name"), NULL);

    if (parts->count != 1 || !parse_node(c, parts->first, path, node, err))
        return parts->count == 1 ? false : node_error(c, path, "aggregation-options is empty");
    if (name != NULL)
        (*node)->name = name;
    if (title != NULL)
        (*node)->display_name = title;
    return true;
}

static bool
parse_clause(Compiler *c, const Json *json, const Path *path, Node **node, Error *err)
{
    Parts parts = parts_of(json);
    char op[40];

    read_word(json->first->text, op, sizeof(op));
    if (strcmp(op, "field") == 0)
        return parse_plain_reference(c, NODE_FIELD, &parts, path, node, err);
    if (strcmp(op, "expression") == 0)
        return parse_plain_reference(c, NODE_EXPRESSION, &parts, path, node, err);
    if (strcmp(op, "aggregation") == 0)
        return parse_plain_reference(c, NODE_AGGREGATION, &parts, path, node, err);
    if (strcmp(op, "value") == 0)
    {
        *node =
            node_value(c, path, parts.first == NULL ? VALUE_OF_NULL : value_of_scalar(parts.first));
        return read_options(c, parts.options, *node, err);
    }
    if (strcmp(op, "aggregation-options") == 0)
        return parse_named(c, &parts, path, node, err);
    if (is_old_reference(op))
        return parse_old_reference(c, op, json, path, node, err);
    return parse_call(c, op, &parts, path, node, err);
}

bool
parse_node(Compiler *c, const Json *json, const Path *path, Node **node, Error *err)
{
    bool done;

    if (json == NULL || json->kind == JSON_OBJECT)
        return node_error(c, path, "a clause is missing");
    if (json->kind != JSON_ARRAY)
    {
        *node = node_value(c, path, value_of_scalar(json));
        return true;
    }
    if (json->count == 0 || json->first->kind != JSON_TEXT)
        return node_error(c, path, "a clause begins with its name");
    if (++c->depth > MAX_NESTING)
        return node_error(c, path, "clauses are nested too deeply");
    done = parse_clause(c, json, path, node, err);
    c->depth--;
    return done;
}

bool
parse_reference(Compiler *c, const Json *json, const Path *path, Node **node, Error *err)
{
    if (json == NULL || json->kind != JSON_NUMBER)
        return parse_node(c, json, path, node, err);
    *node = node_new(c, NODE_FIELD, path);
    return read_field_id(c, json, *node, err);
}

static bool
parse_list(Compiler *c, const Json *json, const Path *path, List *nodes, bool references,
           Error *err)
{
    const Json *single = json;
    size_t index = 0;

    if (json == NULL || (json->kind == JSON_ARRAY && json->count == 0))
        return true;
    if (json->kind == JSON_ARRAY && json->first->kind != JSON_TEXT)
        single = NULL;
    for (const Json *item = single == NULL ? json->first : single; item != NULL; item = item->next)
    {
        const Path *at = single == NULL ? path_index(c, path, index++) : path;
        Node *node;

        if (!(references ? parse_reference(c, item, at, &node, err)
                         : parse_node(c, item, at, &node, err)))
            return false;
        list_add(nodes, node);
        if (single != NULL)
            break;
    }
    return true;
}

bool
parse_nodes(Compiler *c, const Json *json, const Path *path, List *nodes, Error *err)
{
    return parse_list(c, json, path, nodes, false, err);
}

bool
parse_references(Compiler *c, const Json *json, const Path *path, List *nodes, Error *err)
{
    return parse_list(c, json, path, nodes, true, err);
}
