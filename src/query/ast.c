/* The tables of functions and units, and how nodes are made. */
#include "query/ast.h"

#include <stdarg.h>
#include <string.h>

const FunctionRow function_rows[] = {
#define FUNCTION(id, name, kind, least, most, result, slot)                                        \
    [id] = { name, KIND_##kind, least, most, RESULT_##result, slot },
#include "query/functions.def"
#undef FUNCTION
};

const UnitRow unit_rows[] = {
#define UNIT(id, name, kind, english, french, order)                                               \
    [id] = { name, UNIT_KIND_##kind, english, french, order },
#include "query/unit.def"
#undef UNIT
};

FunctionId
function_from_name(const char *name)
{
    for (int i = FN_NONE + 1; i < FN_COUNT_OF_ALL; i++)
        if (strcmp(function_rows[i].name, name) == 0)
            return (FunctionId) i;
    return FN_NONE;
}

Unit
unit_from_name(const char *name)
{
    for (int i = UNIT_NONE + 1; i < UNIT_COUNT; i++)
        if (name != NULL && strcmp(unit_rows[i].name, name) == 0)
            return (Unit) i;
    return UNIT_NONE;
}

static void
write_path(Buf *buf, const Path *path)
{
    if (path == NULL)
        return;
    write_path(buf, path->up);
    if (path->key == NULL)
        buf_format(buf, "[%zu]", path->index);
    else if (buf->len > 0)
        buf_format(buf, ".%s", path->key);
    else
        buf_text(buf, path->key);
}

const char *
path_text(Arena *arena, const Path *path)
{
    Buf buf = buf_new(arena, 200);

    write_path(&buf, path);
    return buf_cstr(&buf);
}

void
node_prefix(const Compiler *c, const Path *path, Error *err)
{
    const char *text = path_text(c->arena, path);

    if (text[0] != '\0')
        error_fill_prefix(err, "%s", text);
}

Node *
node_new(Compiler *c, NodeKind kind, const Path *path)
{
    Node *node = ARENA_NEW(c->arena, Node);

    node->kind = kind;
    node->path = path;
    return node;
}

Node *
node_call(Compiler *c, FunctionId fn, const Path *path, size_t count, ...)
{
    Node *node = node_new(c, NODE_CALL, path);
    va_list args;

    node->fn = fn;
    node->count = count;
    node->args = ARENA_ARRAY(c->arena, count, Node *);
    va_start(args, count);
    for (size_t i = 0; i < count; i++)
        node->args[i] = va_arg(args, Node *);
    va_end(args);
    return node;
}

Node *
node_value(Compiler *c, const Path *path, Value value)
{
    Node *node = node_new(c, NODE_VALUE, path);

    node->value = value;
    return node;
}

Node *
node_copy(Compiler *c, const Node *node)
{
    Node *copy = ARENA_NEW(c->arena, Node);

    *copy = *node;
    copy->args = ARENA_ARRAY(c->arena, node->count, Node *);
    for (size_t i = 0; i < node->count; i++)
        copy->args[i] = node_copy(c, node->args[i]);
    return copy;
}
