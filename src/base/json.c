/*
 * The reader: one pass over the text, recursion bounded by the depth limit. The tree is nodes
 * linked in order; text is unescaped into the arena. The writer is in json_write.c.
 */
#include "base/json.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

const JsonLimits json_limits_default = { 4 * 1024 * 1024, 64, 200000 };

typedef struct Reader
{
    Arena *arena;
    const char *start;
    const char *at;
    const char *end;
    unsigned depth;
    size_t nodes;
    const JsonLimits *limits;
    Error *err;
} Reader;

static bool read_value(Reader *r, Json **value);

static bool
fail(Reader *r, const char *reason)
{
    size_t line = 1, column = 1;

    for (const char *p = r->start; p < r->at && p < r->end; p++)
    {
        column++;
        if (*p == '\n')
        {
            line++;
            column = 1;
        }
    }
    return error_set(r->err, ERR_INVALID, "the JSON is not valid at line %zu, column %zu: %s", line,
                     column, reason);
}

static void
skip_space(Reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool
node_new(Reader *r, JsonKind kind, Json **node)
{
    if (++r->nodes > r->limits->max_nodes)
        return error_set(r->err, ERR_TOO_LARGE, "the JSON has more than %zu values",
                         r->limits->max_nodes);
    *node = json_new(r->arena, kind);
    return true;
}

static bool
read_hex4(Reader *r, unsigned *code)
{
    *code = 0;
    if (r->end - r->at < 4)
        return fail(r, "an escape is cut");
    for (int i = 0; i < 4; i++)
    {
        char c = *r->at++;
        unsigned digit;

        if (c >= '0' && c <= '9')
            digit = (unsigned) (c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            digit = (unsigned) ((c | 32) - 'a') + 10;
        else
            return fail(r, "an escape needs four hexadecimal digits");
        *code = *code << 4 | digit;
    }
    return true;
}

/* After the backslash and the u. */
static bool
read_unicode(Reader *r, char **out)
{
    unsigned code, low;

    if (!read_hex4(r, &code))
        return false;
    if (code == 0)
        return fail(r, "text may not hold a NUL character");
    if (code >= 0xDC00 && code <= 0xDFFF)
        return fail(r, "half of a surrogate pair");
    if (code >= 0xD800 && code <= 0xDBFF)
    {
        if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
            return fail(r, "half of a surrogate pair");
        r->at += 2;
        if (!read_hex4(r, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail(r, "half of a surrogate pair");
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    *out = str_put_letter(*out, code);
    return true;
}

static bool
read_escape(Reader *r, char **out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (r->at == r->end)
        return fail(r, "an escape is cut");
    if (*r->at == 'u')
    {
        r->at++;
        return read_unicode(r, out);
    }
    found = *r->at == '\0' ? NULL : strchr(from, *r->at);
    if (found == NULL)
        return fail(r, "an unknown escape");
    *(*out)++ = to[found - from];
    r->at++;
    return true;
}

/* The position of the quote that ends the text begun at r->at, or NULL. */
static const char *
closing_quote(const Reader *r)
{
    for (const char *p = r->at; p < r->end; p++)
    {
        if (*p == '"')
            return p;
        if (*p == '\\')
            p++;
    }
    return NULL;
}

static bool
read_text(Reader *r, const char **text, size_t *len)
{
    const char *close;
    char *copy, *out;

    r->at++;
    close = closing_quote(r);
    if (close == NULL)
        return fail(r, "a text is not closed");
    copy = out = arena_alloc(r->arena, (size_t) (close - r->at) + 1);
    while (r->at < close)
    {
        unsigned char c = (unsigned char) *r->at;

        if (c < 0x20)
            return fail(r, "a control character inside a text");
        if (c == '\\')
        {
            r->at++;
            if (!read_escape(r, &out))
                return false;
            continue;
        }
        *out++ = *r->at++;
    }
    if (!str_is_utf8((Str){ copy, (size_t) (out - copy) }))
        return fail(r, "the text is not UTF-8");
    r->at = close + 1;
    *text = copy;
    *len = (size_t) (out - copy);
    return true;
}

static size_t
digits(Reader *r)
{
    const char *from = r->at;

    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        r->at++;
    return (size_t) (r->at - from);
}

static bool
read_number(Reader *r, Json **value)
{
    const char *from = r->at;
    const char *whole;

    if (*r->at == '-')
        r->at++;
    whole = r->at;
    if (digits(r) == 0 || (*whole == '0' && r->at - whole > 1))
        return fail(r, "a number is malformed");
    if (r->at < r->end && *r->at == '.')
    {
        r->at++;
        if (digits(r) == 0)
            return fail(r, "a number is malformed");
    }
    if (r->at < r->end && (*r->at | 32) == 'e')
    {
        r->at++;
        if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
            r->at++;
        if (digits(r) == 0)
            return fail(r, "a number is malformed");
    }
    if (r->at - from > 400)
        return fail(r, "a number has too many digits");
    if (!node_new(r, JSON_NUMBER, value))
        return false;
    (*value)->len = (size_t) (r->at - from);
    (*value)->text = arena_text_n(r->arena, from, (*value)->len);
    return true;
}

static bool
read_word(Reader *r, const char *word, JsonKind kind, Json **value)
{
    size_t len = strlen(word);

    if ((size_t) (r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return fail(r, "an unknown word");
    r->at += len;
    if (!node_new(r, kind, value))
        return false;
    (*value)->boolean = word[0] == 't';
    return true;
}

/* What follows a value inside an array or object: a comma, or the end. */
static bool
read_separator(Reader *r, char close, bool *more)
{
    skip_space(r);
    if (r->at == r->end)
        return fail(r, "the text ends too early");
    if (*r->at == ',')
        *more = true;
    else if (*r->at == close)
        *more = false;
    else
        return fail(r, close == ']' ? "expected a comma or ]" : "expected a comma or }");
    r->at++;
    return true;
}

static bool
is_next(Reader *r, char c)
{
    skip_space(r);
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool
read_array(Reader *r, Json **value)
{
    bool more = true;
    Json *last = NULL;

    r->at++;
    if (!node_new(r, JSON_ARRAY, value))
        return false;
    if (is_next(r, ']'))
        return true;
    while (more)
    {
        Json *item = NULL;

        if (!read_value(r, &item))
            return false;
        if (last == NULL)
            (*value)->first = item;
        else
            last->next = item;
        last = item;
        (*value)->count++;
        if (!read_separator(r, ']', &more))
            return false;
    }
    return true;
}

static bool
read_member(Reader *r, Map *seen, Json **item)
{
    const char *key;
    size_t len;

    skip_space(r);
    if (r->at == r->end || *r->at != '"')
        return fail(r, "expected a key in double quotes");
    if (!read_text(r, &key, &len))
        return false;
    if (map_has(seen, key))
        return fail(r, "a key stands twice in one object");
    map_put(seen, key, r);
    if (!is_next(r, ':'))
        return fail(r, "expected a colon");
    if (!read_value(r, item))
        return false;
    (*item)->key = key;
    return true;
}

static bool
read_object(Reader *r, Json **value)
{
    bool more = true;
    Json *last = NULL;
    Map *seen;

    r->at++;
    if (!node_new(r, JSON_OBJECT, value))
        return false;
    if (is_next(r, '}'))
        return true;
    seen = map_new(r->arena);
    while (more)
    {
        Json *item = NULL;

        if (!read_member(r, seen, &item))
            return false;
        if (last == NULL)
            (*value)->first = item;
        else
            last->next = item;
        last = item;
        (*value)->count++;
        if (!read_separator(r, '}', &more))
            return false;
    }
    return true;
}

static bool
read_nested(Reader *r, Json **value)
{
    bool ok;

    if (++r->depth > r->limits->max_depth)
        return error_set(r->err, ERR_TOO_LARGE, "the JSON is nested deeper than %u levels",
                         r->limits->max_depth);
    ok = *r->at == '{' ? read_object(r, value) : read_array(r, value);
    r->depth--;
    return ok;
}

static bool
read_value(Reader *r, Json **value)
{
    skip_space(r);
    if (r->at == r->end)
        return fail(r, "the text ends too early");
    switch (*r->at)
    {
        case '{':
        case '[':
            return read_nested(r, value);
        case '"':
            return node_new(r, JSON_TEXT, value) && read_text(r, &(*value)->text, &(*value)->len);
        case 't':
            return read_word(r, "true", JSON_BOOL, value);
        case 'f':
            return read_word(r, "false", JSON_BOOL, value);
        case 'n':
            return read_word(r, "null", JSON_NULL, value);
        default:
            if (*r->at == '-' || (*r->at >= '0' && *r->at <= '9'))
                return read_number(r, value);
            return fail(r, "expected a value");
    }
}

bool
json_parse(Arena *arena, Str text, const JsonLimits *limits, Json **tree, Error *err)
{
    Reader r = { .arena = arena,
                 .start = text.ptr,
                 .at = text.ptr,
                 .end = text.ptr + text.len,
                 .limits = limits == NULL ? &json_limits_default : limits,
                 .err = err };
    Json *value;

    if (text.len > r.limits->max_bytes)
        return error_set(err, ERR_TOO_LARGE, "the JSON is larger than %zu bytes",
                         r.limits->max_bytes);
    if (!read_value(&r, &value))
        return false;
    skip_space(&r);
    if (r.at != r.end)
        return fail(&r, "something follows the value");
    *tree = value;
    return true;
}

Json *
json_get(const Json *object, const char *key)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return NULL;
    for (Json *item = object->first; item != NULL; item = item->next)
        if (strcmp(item->key, key) == 0)
            return item;
    return NULL;
}

Json *
json_path(const Json *object, ...)
{
    va_list keys;
    const char *key;

    va_start(keys, object);
    while ((key = va_arg(keys, const char *)) != NULL)
        object = json_get(object, key);
    va_end(keys);
    return (Json *) object;
}

Json *
json_at(const Json *array, size_t index)
{
    Json *item = array == NULL || array->kind != JSON_ARRAY ? NULL : array->first;

    while (item != NULL && index-- > 0)
        item = item->next;
    return item;
}

const char *
json_text_or(const Json *json, const char *fallback)
{
    return json != NULL && json->kind == JSON_TEXT ? json->text : fallback;
}

bool
json_to_int(const Json *json, int64_t *value)
{
    double number;
    char *end;

    if (json == NULL || json->kind != JSON_NUMBER)
        return false;
    if (str_to_int((Str){ json->text, json->len }, INT64_MIN, INT64_MAX, value))
        return true;
    number = strtod(json->text, &end);
    if (*end != '\0' || number < -9e15 || number > 9e15 || number != (double) (int64_t) number)
        return false;
    *value = (int64_t) number;
    return true;
}

int64_t
json_int_or(const Json *json, int64_t fallback)
{
    int64_t value;

    return json_to_int(json, &value) ? value : fallback;
}

double
json_double_or(const Json *json, double fallback)
{
    return json != NULL && json->kind == JSON_NUMBER ? strtod(json->text, NULL) : fallback;
}

bool
json_bool_or(const Json *json, bool fallback)
{
    return json != NULL && json->kind == JSON_BOOL ? json->boolean : fallback;
}

static bool
members_equal(const Json *a, const Json *b)
{
    for (const Json *item = a->first; item != NULL; item = item->next)
    {
        const Json *other = json_get(b, item->key);

        if (other == NULL || !json_equal(item, other))
            return false;
    }
    return true;
}

bool
json_equal(const Json *a, const Json *b)
{
    const Json *x, *y;

    if (a->kind != b->kind || a->count != b->count)
        return false;
    switch (a->kind)
    {
        case JSON_NULL:
            return true;
        case JSON_BOOL:
            return a->boolean == b->boolean;
        case JSON_NUMBER:
        case JSON_TEXT:
            return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
        case JSON_OBJECT:
            return members_equal(a, b);
        case JSON_ARRAY:
            for (x = a->first, y = b->first; x != NULL; x = x->next, y = y->next)
                if (!json_equal(x, y))
                    return false;
            return true;
    }
    return false;
}

const char *
json_kind_name(JsonKind kind)
{
    static const char *const names[] = { "null", "boolean", "number", "text", "array", "object" };

    return names[kind];
}
