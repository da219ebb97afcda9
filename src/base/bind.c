/*
 * Reads trees and text pairs into structs by a table, and writes structs back. The messages are in
 * the form that Metabase's clients know: "value must be ...".
 */
#include "base/bind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum
{
    DEFAULT_TEXT_BYTES = 4096,
    DEFAULT_ITEMS = 1000,
    PATH_BYTES = 96
};

static void *
member_of(const Field *field, void *object)
{
    return (char *) object + field->offset;
}

static const void *
member_in(const Field *field, const void *object)
{
    return (const char *) object + field->offset;
}

static bool
wrong(const Field *field, const char *path, const char *wanted, Error *err)
{
    return error_field(err, path, "value must be %s%s.", wanted,
                       field->nullable ? ", or null" : "");
}

static bool
is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* Is `text` one of "a|b|c"? */
static bool
is_choice(const char *choices, const char *text)
{
    Str rest = str_of(choices), choice;

    while (str_split(&rest, '|', &choice))
        if (str_is(choice, text))
            return true;
    return false;
}

static bool
check_text(const Field *field, const char *path, const char *text, Error *err)
{
    size_t max = field->max == 0 ? DEFAULT_TEXT_BYTES : (size_t) field->max;

    if (field->not_blank && is_blank(text))
        return error_field(err, path, "value must be a non-blank string.");
    if (strlen(text) > max)
        return error_field(err, path, "value must be a string of at most %zu bytes.", max);
    if (field->choices != NULL && !is_choice(field->choices, text))
        return error_field(err, path, "value must be one of: %s.", field->choices);
    return true;
}

static bool
check_range(const Field *field, const char *path, int64_t value, Error *err)
{
    if (field->min == 0 && field->max == 0)
        return true;
    if (value < field->min || (field->max != 0 && value > field->max))
    {
        if (field->max == 0)
            return error_field(err, path, "value must be an integer of at least %lld.",
                               (long long) field->min);
        return error_field(err, path, "value must be an integer from %lld to %lld.",
                           (long long) field->min, (long long) field->max);
    }
    return true;
}

static bool
read_int(const Field *field, const char *path, const Json *json, int64_t *value, Error *err)
{
    if (!json_to_int(json, value))
        return wrong(field, path, "an integer", err);
    return check_range(field, path, *value, err);
}

static bool
list_size(const Field *field, const char *path, const Json *json, Error *err)
{
    size_t max = field->max == 0 ? DEFAULT_ITEMS : (size_t) field->max;

    if (json->kind != JSON_ARRAY)
        return wrong(field, path, "an array", err);
    if (json->count > max)
        return error_field(err, path, "value must be an array of at most %zu items.", max);
    return true;
}

static bool
read_ints(Arena *arena, const Field *field, const char *path, const Json *json, IntList *list,
          Error *err)
{
    if (!list_size(field, path, json, err))
        return false;
    list->count = 0;
    list->items = ARENA_ARRAY(arena, json->count, int64_t);
    for (const Json *item = json->first; item != NULL; item = item->next)
        if (!json_to_int(item, &list->items[list->count++]))
            return wrong(field, path, "an array of integers", err);
    return true;
}

static bool
read_texts(Arena *arena, const Field *field, const char *path, const Json *json, TextList *list,
           Error *err)
{
    if (!list_size(field, path, json, err))
        return false;
    list->count = 0;
    list->items = ARENA_ARRAY(arena, json->count, const char *);
    for (const Json *item = json->first; item != NULL; item = item->next)
    {
        if (item->kind != JSON_TEXT || item->len > DEFAULT_TEXT_BYTES)
            return wrong(field, path, "an array of strings", err);
        if (field->choices != NULL && !is_choice(field->choices, item->text))
            return error_field(err, path, "value must be an array of: %s.", field->choices);
        list->items[list->count++] = item->text;
    }
    return true;
}

static size_t
member_size(const Field *field)
{
    static const size_t sizes[] = {
        [FIELD_BOOL] = sizeof(bool),         [FIELD_INT] = sizeof(int64_t),
        [FIELD_DOUBLE] = sizeof(double),     [FIELD_TEXT] = sizeof(char *),
        [FIELD_OPT_INT] = sizeof(OptInt),    [FIELD_OPT_BOOL] = sizeof(OptBool),
        [FIELD_INTS] = sizeof(IntList),      [FIELD_TEXTS] = sizeof(TextList),
        [FIELD_JSON] = sizeof(const Json *), [FIELD_IGNORED] = 0,
    };

    return field->kind == FIELD_OBJECT ? bind_size(field->fields) : sizes[field->kind];
}

static bool read_fields(Arena *arena, const Field *fields, const char *prefix, const Json *body,
                        void *object, Error *err);

static bool
shape_is_right(const Field *field, const char *path, const Json *json, Error *err)
{
    if (json->kind == JSON_TEXT && field->max != 0 && json->len > (size_t) field->max)
        return error_field(err, path, "value must have at most %lld bytes.",
                           (long long) field->max);
    if (field->shapes == 0 || (field->shapes & SHAPE(json->kind)) != 0)
        return true;
    for (JsonKind kind = JSON_BOOL; kind <= JSON_OBJECT; kind++)
        if ((field->shapes & SHAPE(kind)) != 0)
            return error_field(err, path, "value must be %s %s%s.", kind >= JSON_ARRAY ? "an" : "a",
                               json_kind_name(kind), field->nullable ? ", or null" : "");
    return false;
}

static bool
read_field(Arena *arena, const Field *field, const char *path, const Json *json, void *member,
           Error *err)
{
    switch (field->kind)
    {
        case FIELD_NONE:
        case FIELD_IGNORED:
            return true;
        case FIELD_BOOL:
            if (json->kind != JSON_BOOL)
                return wrong(field, path, "a boolean", err);
            *(bool *) member = json->boolean;
            return true;
        case FIELD_OPT_BOOL:
            if (json->kind != JSON_BOOL)
                return wrong(field, path, "a boolean", err);
            *(OptBool *) member = (OptBool){ true, json->boolean };
            return true;
        case FIELD_INT:
            return read_int(field, path, json, member, err);
        case FIELD_OPT_INT:
            ((OptInt *) member)->set = true;
            return read_int(field, path, json, &((OptInt *) member)->value, err);
        case FIELD_DOUBLE:
            if (json->kind != JSON_NUMBER)
                return wrong(field, path, "a number", err);
            *(double *) member = json_double_or(json, 0);
            return true;
        case FIELD_TEXT:
            if (json->kind != JSON_TEXT)
                return wrong(field, path, "a string", err);
            *(const char **) member = json->text;
            return check_text(field, path, json->text, err);
        case FIELD_INTS:
            return read_ints(arena, field, path, json, member, err);
        case FIELD_TEXTS:
            return read_texts(arena, field, path, json, member, err);
        case FIELD_JSON:
            *(const Json **) member = json;
            return shape_is_right(field, path, json, err);
        case FIELD_OBJECT:
            if (json->kind != JSON_OBJECT)
                return wrong(field, path, "an object", err);
            return read_fields(arena, field->fields, path, json, member, err);
    }
    return false;
}

static bool
read_fields(Arena *arena, const Field *fields, const char *prefix, const Json *body, void *object,
            Error *err)
{
    for (const Field *field = fields; field->key != NULL; field++)
    {
        const Json *json = json_get(body, field->key);
        char path[PATH_BYTES];

        (void) snprintf(path, sizeof(path), "%s%s%s", prefix, prefix[0] == '\0' ? "" : ".",
                        field->key);
        if (json == NULL && field->required)
            return error_field(err, path, "value is required.");
        if (json != NULL && json->kind == JSON_NULL && field->nullable)
            memset(member_of(field, object), 0, member_size(field));
        else if (json != NULL &&
                 !read_field(arena, field, path, json, member_of(field, object), err))
            return false;
    }
    return true;
}

size_t
bind_size(const Field *fields)
{
    size_t size = 0;

    for (; fields->key != NULL; fields++)
        if (fields->offset + member_size(fields) > size)
            size = fields->offset + member_size(fields);
    return size;
}

bool
bind_read(Arena *arena, const Field *fields, const Json *body, void *object, Error *err)
{
    memset(object, 0, bind_size(fields));
    if (body != NULL && body->kind != JSON_OBJECT)
        return error_set(err, ERR_INVALID, "the body must be a JSON object");
    return read_fields(arena, fields, "", body, object, err);
}

bool
bind_merge(Arena *arena, const Field *fields, const Json *body, void *object, Error *err)
{
    if (body != NULL && body->kind != JSON_OBJECT)
        return error_set(err, ERR_INVALID, "the body must be a JSON object");
    return read_fields(arena, fields, "", body, object, err);
}

/* A text value as the tree that the field's kind expects; NULL when it cannot be one. */
static Json *
json_of_text(Arena *arena, const Field *field, const char *text)
{
    Json *json;
    int64_t number;

    switch (field->kind)
    {
        case FIELD_BOOL:
        case FIELD_OPT_BOOL:
            /* Python's clients write "True". */
            if (strcasecmp(text, "true") != 0 && strcasecmp(text, "false") != 0)
                return NULL;
            return json_new_bool(arena, text[0] == 't' || text[0] == 'T');
        case FIELD_INT:
        case FIELD_OPT_INT:
            if (!str_to_int(str_of(text), INT64_MIN, INT64_MAX, &number))
                return NULL;
            return json_new_int(arena, number);
        case FIELD_JSON:
            json = NULL;
            (void) json_parse(arena, str_of(text), NULL, &json, &(Error){ 0 });
            return json;
        default:
            return json_new_text(arena, text);
    }
}

/* All pairs of one key as one value: a list for list fields, else the last one. */
static bool
gather(Arena *arena, const Field *field, const TextPair *pairs, size_t count, Json **found,
       Error *err)
{
    bool list = field->kind == FIELD_INTS || field->kind == FIELD_TEXTS;
    Field item = *field;

    if (list)
        item.kind = field->kind == FIELD_INTS ? FIELD_INT : FIELD_TEXT;
    for (size_t i = 0; i < count; i++)
    {
        Json *value;

        if (strcmp(pairs[i].key, field->key) != 0)
            continue;
        value = json_of_text(arena, &item, pairs[i].value);
        if (value == NULL)
            return wrong(field, field->key,
                         item.kind == FIELD_INT || item.kind == FIELD_OPT_INT ? "an integer"
                         : item.kind == FIELD_JSON                            ? "JSON"
                                                                              : "true or false",
                         err);
        if (!list)
            *found = value;
        else
        {
            if (*found == NULL)
                *found = json_new(arena, JSON_ARRAY);
            (void) json_add(*found, value);
        }
    }
    return true;
}

bool
bind_read_pairs(Arena *arena, const Field *fields, const TextPair *pairs, size_t count,
                void *object, Error *err)
{
    Json *body = json_new(arena, JSON_OBJECT);

    for (const Field *field = fields; field->key != NULL; field++)
    {
        Json *found = NULL;

        if (!gather(arena, field, pairs, count, &found, err))
            return false;
        if (found != NULL)
            (void) json_put(arena, body, field->key, found);
    }
    return bind_read(arena, fields, body, object, err);
}

static void
write_ints(JsonWriter *w, const IntList *list)
{
    json_begin_array(w);
    for (size_t i = 0; i < list->count; i++)
        json_int(w, list->items[i]);
    json_end_array(w);
}

static void
write_texts(JsonWriter *w, const TextList *list)
{
    json_begin_array(w);
    for (size_t i = 0; i < list->count; i++)
        json_text(w, list->items[i]);
    json_end_array(w);
}

static void
write_field(JsonWriter *w, const Field *field, const void *member)
{
    const OptInt *number = member;
    const OptBool *flag = member;

    json_key(w, field->key);
    switch (field->kind)
    {
        case FIELD_BOOL:
            json_bool(w, *(const bool *) member);
            return;
        case FIELD_INT:
            json_int(w, *(const int64_t *) member);
            return;
        case FIELD_DOUBLE:
            json_double(w, *(const double *) member);
            return;
        case FIELD_TEXT:
            json_text(w, *(const char *const *) member);
            return;
        case FIELD_OPT_INT:
            number->set ? json_int(w, number->value) : json_null(w);
            return;
        case FIELD_OPT_BOOL:
            flag->set ? json_bool(w, flag->value) : json_null(w);
            return;
        case FIELD_INTS:
            write_ints(w, member);
            return;
        case FIELD_TEXTS:
            write_texts(w, member);
            return;
        case FIELD_JSON:
            if (*(const Json *const *) member == NULL)
                json_null(w);
            else
                json_tree(w, *(const Json *const *) member);
            return;
        case FIELD_OBJECT:
            json_begin_object(w);
            bind_write(w, field->fields, member);
            json_end_object(w);
            return;
        case FIELD_NONE:
        case FIELD_IGNORED:
            json_null(w);
            return;
    }
}

void
bind_write(JsonWriter *w, const Field *fields, const void *object)
{
    for (; fields->key != NULL; fields++)
        if (!fields->secret && fields->kind != FIELD_IGNORED)
            write_field(w, fields, member_in(fields, object));
}

void
bind_put_opt(JsonWriter *w, const char *key, OptInt number)
{
    if (number.set)
        json_put_int(w, key, number.value);
    else
        json_put_null(w, key);
}
