/* The events of libyaml become a tree of Json nodes. Recursion is bounded by the depth limit. */
#include "base/yaml.h"

#include "base/map.h"

#include <string.h>
#include <yaml.h>

enum
{
    MAX_BYTES = 1024 * 1024,
    MAX_DEPTH = 64,
    MAX_NODES = 100000
};

typedef struct Reader
{
    Arena *arena;
    yaml_parser_t parser;
    Map *anchors;
    unsigned depth;
    size_t nodes;
    Error *err;
} Reader;

static bool read_node(Reader *r, const yaml_event_t *event, Json **node);

static bool
fail(Reader *r, size_t line, const char *reason)
{
    return error_set(r->err, ERR_INVALID, "the YAML is not valid at line %zu: %s", line + 1,
                     reason);
}

static bool
next_event(Reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return true;
    return fail(r, r->parser.problem_mark.line,
                r->parser.problem == NULL ? "it cannot be read" : r->parser.problem);
}

static bool
new_node(Reader *r, JsonKind kind, size_t line, Json **node)
{
    if (++r->nodes > MAX_NODES)
        return fail(r, line, "there are too many values");
    *node = json_new(r->arena, kind);
    (*node)->line = (unsigned) line + 1;
    return true;
}

/* ------------------------------------------------------------------------------------- scalars */

static const char *
skip_digits(const char *c)
{
    while (*c >= '0' && *c <= '9')
        c++;
    return c;
}

static bool
is_number(const char *text)
{
    const char *c = text + (*text == '-');
    const char *whole = c;

    c = skip_digits(c);
    if (c == whole || (*whole == '0' && c - whole > 1))
        return false;
    if (*c == '.')
    {
        const char *fraction = c + 1;

        c = skip_digits(fraction);
        if (c == fraction)
            return false;
    }
    if (*c == 'e' || *c == 'E')
    {
        const char *power = c + 1 + (c[1] == '-' || c[1] == '+');

        c = skip_digits(power);
        if (c == power)
            return false;
    }
    return *c == '\0';
}

/* A plain word without tag: null, true and false in three spellings each, numbers, else text. */
static JsonKind
kind_of(const char *text)
{
    static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };
    static const char *const booleans[] = { "true", "True", "TRUE", "false", "False", "FALSE" };

    for (size_t i = 0; i < COUNT_OF(nulls); i++)
        if (strcmp(text, nulls[i]) == 0)
            return JSON_NULL;
    for (size_t i = 0; i < COUNT_OF(booleans); i++)
        if (strcmp(text, booleans[i]) == 0)
            return JSON_BOOL;
    return is_number(text) ? JSON_NUMBER : JSON_TEXT;
}

static bool
scalar_text(Reader *r, const yaml_event_t *event, const char **text)
{
    const char *bytes = (const char *) event->data.scalar.value;

    if (memchr(bytes, '\0', event->data.scalar.length) != NULL)
        return fail(r, event->start_mark.line, "a text holds a zero byte");
    *text = arena_text_n(r->arena, bytes, event->data.scalar.length);
    return true;
}

static bool
read_scalar(Reader *r, const yaml_event_t *event, Json **node)
{
    JsonKind kind = JSON_TEXT;
    const char *text = NULL;

    if (!scalar_text(r, event, &text))
        return false;
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.tag == NULL)
        kind = kind_of(text);
    if (!new_node(r, kind, event->start_mark.line, node))
        return false;
    (*node)->boolean = kind == JSON_BOOL && (*text == 't' || *text == 'T');
    if (kind == JSON_TEXT || kind == JSON_NUMBER)
    {
        (*node)->text = text;
        (*node)->len = strlen(text);
    }
    return true;
}

/* -------------------------------------------------------------------------------- collections */

static bool
read_sequence(Reader *r, const yaml_event_t *start, Json **node)
{
    Json **last = NULL;

    if (!new_node(r, JSON_ARRAY, start->start_mark.line, node))
        return false;
    last = &(*node)->first;
    for (;;)
    {
        CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };

        if (!next_event(r, &event))
            return false;
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return true;
        if (!read_node(r, &event, last))
            return false;
        last = &(*last)->next;
        (*node)->count++;
    }
}

static bool
read_key(Reader *r, const yaml_event_t *event, Map *seen, const char **key)
{
    if (event->type != YAML_SCALAR_EVENT)
        return fail(r, event->start_mark.line, "a key is not a word");
    if (!scalar_text(r, event, key))
        return false;
    if (strcmp(*key, "<<") == 0 && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        return fail(r, event->start_mark.line, "merge keys (<<) are not read here");
    if (map_has(seen, *key))
        return fail(r, event->start_mark.line, "a key stands twice");
    map_put(seen, *key, r);
    return true;
}

static bool
read_mapping(Reader *r, const yaml_event_t *start, Json **node)
{
    Map *seen = map_new(r->arena);
    Json **last = NULL;

    if (!new_node(r, JSON_OBJECT, start->start_mark.line, node))
        return false;
    last = &(*node)->first;
    for (;;)
    {
        CLEANUP(yaml_event_delete) yaml_event_t name = { 0 };
        CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };
        const char *key = NULL;

        if (!next_event(r, &name))
            return false;
        if (name.type == YAML_MAPPING_END_EVENT)
            return true;
        if (!read_key(r, &name, seen, &key) || !next_event(r, &event) ||
            !read_node(r, &event, last))
            return false;
        (*last)->key = key;
        last = &(*last)->next;
        (*node)->count++;
    }
}

/* ------------------------------------------------------------------------------------- aliases */

/* Copies count as nodes: a small file cannot become a large tree. */
static bool
copy_node(Reader *r, const Json *from, size_t line, Json **node)
{
    Json **last = NULL;

    if (!new_node(r, from->kind, line, node))
        return false;
    (*node)->boolean = from->boolean;
    (*node)->text = from->text;
    (*node)->len = from->len;
    (*node)->count = from->count;
    last = &(*node)->first;
    for (const Json *child = from->first; child != NULL; child = child->next)
    {
        if (!copy_node(r, child, line, last))
            return false;
        (*last)->key = child->key;
        last = &(*last)->next;
    }
    return true;
}

static bool
read_alias(Reader *r, const yaml_event_t *event, Json **node)
{
    const Json *from = map_get(r->anchors, (const char *) event->data.alias.anchor);

    if (from == NULL)
        return fail(r, event->start_mark.line,
                    "an alias names an anchor that does not stand above");
    return copy_node(r, from, event->start_mark.line, node);
}

/* ----------------------------------------------------------------------------------- documents */

static bool
is_known_tag(const yaml_char_t *tag)
{
    static const char *const known[] = { YAML_STR_TAG, YAML_SEQ_TAG, YAML_MAP_TAG };

    if (tag == NULL)
        return true;
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strcmp((const char *) tag, known[i]) == 0)
            return true;
    return false;
}

static bool
read_tagged(Reader *r, const yaml_event_t *event, Json **node, const yaml_char_t **anchor)
{
    const yaml_char_t *tag = NULL;

    if (event->type == YAML_SCALAR_EVENT)
    {
        tag = event->data.scalar.tag;
        *anchor = event->data.scalar.anchor;
    }
    else if (event->type == YAML_SEQUENCE_START_EVENT)
    {
        tag = event->data.sequence_start.tag;
        *anchor = event->data.sequence_start.anchor;
    }
    else
    {
        tag = event->data.mapping_start.tag;
        *anchor = event->data.mapping_start.anchor;
    }
    if (!is_known_tag(tag))
        return fail(r, event->start_mark.line, "tags (!) are not read here");
    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(r, event, node);
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return read_sequence(r, event, node);
    return read_mapping(r, event, node);
}

static bool
read_node(Reader *r, const yaml_event_t *event, Json **node)
{
    const yaml_char_t *anchor = NULL;

    if (event->type == YAML_ALIAS_EVENT)
        return read_alias(r, event, node);
    if (++r->depth > MAX_DEPTH)
        return fail(r, event->start_mark.line, "it is nested too deeply");
    if (!read_tagged(r, event, node, &anchor))
        return false;
    r->depth--;
    if (anchor != NULL)
        map_put(r->anchors, (const char *) anchor, *node);
    return true;
}

/* Skips the events before the root; an empty file is null. */
static bool
read_root(Reader *r, Json **tree)
{
    for (;;)
    {
        CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };

        if (!next_event(r, &event))
            return false;
        if (event.type == YAML_STREAM_END_EVENT)
            return new_node(r, JSON_NULL, 0, tree);
        if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT)
            return read_node(r, &event, tree);
    }
}

static bool
read_end(Reader *r)
{
    for (;;)
    {
        CLEANUP(yaml_event_delete) yaml_event_t event = { 0 };

        if (!next_event(r, &event))
            return false;
        if (event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT)
            return true;
        if (event.type == YAML_DOCUMENT_START_EVENT)
            return fail(r, event.start_mark.line, "there is more than one document");
    }
}

bool
yaml_parse(Arena *arena, Str text, Json **tree, Error *err)
{
    Reader r = { .arena = arena, .anchors = map_new(arena), .err = err };
    Json *made = NULL;
    bool done;

    if (text.len > MAX_BYTES)
        return error_set(err, ERR_TOO_LARGE, "the YAML is larger than %d bytes", MAX_BYTES);
    if (!yaml_parser_initialize(&r.parser))
        return error_set(err, ERR_INTERNAL, "the YAML reader does not start");
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *) text.ptr, text.len);
    done = read_root(&r, &made) && read_end(&r);
    yaml_parser_delete(&r.parser);
    if (done)
        *tree = made;
    return done;
}
