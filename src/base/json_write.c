/* JSON out: builders of trees, and the writer that streams into a Buf. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Json *
json_new(Arena *arena, JsonKind kind)
{
    Json *json = ARENA_NEW(arena, Json);

    json->kind = kind;
    return json;
}

Json *
json_new_text(Arena *arena, const char *text)
{
    Json *json = json_new(arena, text == NULL ? JSON_NULL : JSON_TEXT);

    if (text != NULL)
    {
        json->len = strlen(text);
        json->text = arena_text_n(arena, text, json->len);
    }
    return json;
}

Json *
json_new_int(Arena *arena, int64_t value)
{
    Json *json = json_new(arena, JSON_NUMBER);
    Buf text = buf_new(arena, 24);

    buf_int(&text, value);
    json->text = buf_cstr(&text);
    json->len = text.len;
    return json;
}

Json *
json_new_bool(Arena *arena, bool value)
{
    Json *json = json_new(arena, JSON_BOOL);

    json->boolean = value;
    return json;
}

Json *
json_share(Arena *arena, const Json *json)
{
    Json *copy = json_new(arena, JSON_NULL);

    if (json != NULL)
        *copy = *json;
    copy->key = NULL;
    copy->next = NULL;
    return copy;
}

Json *
json_put(Arena *arena, Json *object, const char *key, Json *value)
{
    Json **link = &object->first;

    value->key = arena_text(arena, key);
    while (*link != NULL && strcmp((*link)->key, key) != 0)
        link = &(*link)->next;
    if (*link == NULL)
        object->count++;
    else
        value->next = (*link)->next;
    *link = value;
    return value;
}

Json *
json_add(Json *array, Json *value)
{
    Json **link = &array->first;

    while (*link != NULL)
        link = &(*link)->next;
    *link = value;
    array->count++;
    return value;
}

JsonWriter
json_writer(Buf *out)
{
    return (JsonWriter){ .out = out };
}

/* The comma between values of one level. */
static void
before_value(JsonWriter *w)
{
    if (w->after_key)
        w->after_key = false;
    else if (w->depth > 0)
    {
        if (w->comma[w->depth])
            buf_char(w->out, ',');
        w->comma[w->depth] = true;
    }
}

static void
open_level(JsonWriter *w, char bracket)
{
    before_value(w);
    buf_char(w->out, bracket);
    if (w->depth + 1 >= COUNT_OF(w->comma))
        abort();
    w->comma[++w->depth] = false;
}

static void
close_level(JsonWriter *w, char bracket)
{
    w->depth--;
    buf_char(w->out, bracket);
}

void
json_begin_object(JsonWriter *w)
{
    open_level(w, '{');
}

void
json_end_object(JsonWriter *w)
{
    close_level(w, '}');
}

void
json_begin_array(JsonWriter *w)
{
    open_level(w, '[');
}

void
json_end_array(JsonWriter *w)
{
    close_level(w, ']');
}

static void
put_quoted(Buf *out, Str text)
{
    static const char plain[] = "btn.fr"; /* after 8: \b \t \n . \f \r */
    size_t done = 0;

    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++)
    {
        unsigned char c = (unsigned char) text.ptr[i];

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, text.ptr + done, i - done);
        done = i + 1;
        buf_char(out, '\\');
        if (c >= 0x20)
            buf_char(out, (char) c);
        else if (c >= 8 && c <= 13 && c != 11)
            buf_char(out, plain[c - 8]);
        else
            buf_format(out, "u%04x", c);
    }
    buf_add(out, text.ptr + done, text.len - done);
    buf_char(out, '"');
}

void
json_key(JsonWriter *w, const char *key)
{
    before_value(w);
    put_quoted(w->out, str_of(key));
    buf_char(w->out, ':');
    w->after_key = true;
}

void
json_null(JsonWriter *w)
{
    before_value(w);
    buf_text(w->out, "null");
}

void
json_bool(JsonWriter *w, bool value)
{
    before_value(w);
    buf_text(w->out, value ? "true" : "false");
}

void
json_int(JsonWriter *w, int64_t value)
{
    before_value(w);
    buf_int(w->out, value);
}

void
json_double(JsonWriter *w, double value)
{
    char text[40];

    before_value(w);
    if (!isfinite(value))
    {
        buf_text(w->out, "null");
        return;
    }
    if (fabs(value) < 1e15 && value == (double) (int64_t) value)
    {
        buf_int(w->out, (int64_t) value);
        buf_text(w->out, ".0");
        return;
    }
    for (int precision = 15; precision <= 17; precision++)
    {
        (void) snprintf(text, sizeof(text), "%.*g", precision, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_text(w->out, text);
}

void
json_str(JsonWriter *w, Str text)
{
    before_value(w);
    put_quoted(w->out, text);
}

void
json_text(JsonWriter *w, const char *text)
{
    if (text == NULL)
        json_null(w);
    else
        json_str(w, str_of(text));
}

void
json_raw(JsonWriter *w, Str json)
{
    before_value(w);
    buf_str(w->out, json);
}

void
json_tree(JsonWriter *w, const Json *tree)
{
    switch (tree->kind)
    {
        case JSON_NULL:
            json_null(w);
            return;
        case JSON_BOOL:
            json_bool(w, tree->boolean);
            return;
        case JSON_NUMBER:
            json_raw(w, (Str){ tree->text, tree->len });
            return;
        case JSON_TEXT:
            json_str(w, (Str){ tree->text, tree->len });
            return;
        case JSON_ARRAY:
            json_begin_array(w);
            for (const Json *item = tree->first; item != NULL; item = item->next)
                json_tree(w, item);
            json_end_array(w);
            return;
        case JSON_OBJECT:
            json_begin_object(w);
            for (const Json *item = tree->first; item != NULL; item = item->next)
                json_put_tree(w, item->key, item);
            json_end_object(w);
            return;
    }
}

void
json_put_text(JsonWriter *w, const char *key, const char *text)
{
    json_key(w, key);
    json_text(w, text);
}

void
json_put_int(JsonWriter *w, const char *key, int64_t value)
{
    json_key(w, key);
    json_int(w, value);
}

void
json_put_bool(JsonWriter *w, const char *key, bool value)
{
    json_key(w, key);
    json_bool(w, value);
}

void
json_put_null(JsonWriter *w, const char *key)
{
    json_key(w, key);
    json_null(w);
}

void
json_put_tree(JsonWriter *w, const char *key, const Json *tree)
{
    json_key(w, key);
    if (tree == NULL)
        json_null(w);
    else
        json_tree(w, tree);
}

void
json_put_empty(JsonWriter *w, const char *key)
{
    json_key(w, key);
    json_begin_array(w);
    json_end_array(w);
}

char *
json_print(Arena *arena, const Json *tree)
{
    Buf out = buf_new(arena, SIZE_MAX / 4);
    JsonWriter w = json_writer(&out);

    json_tree(&w, tree);
    return out.ptr;
}
