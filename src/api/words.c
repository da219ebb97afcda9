/* A name is tied to a filter by the mappings of its card; other names are words. */
#include "api/words.h"

#include <string.h>

enum
{
    MAX_WORDS = 1024 * 1024
};

/* One value, or several with commas. */
static const char *
text_of(Arena *arena, const Json *value)
{
    Buf text = buf_new(arena, MAX_WORDS);

    if (value->kind != JSON_ARRAY)
        return value->text == NULL ? "" : value->text;
    for (const Json *item = value->first; item != NULL; item = item->next)
    {
        buf_text(&text, item == value->first ? "" : ", ");
        buf_text(&text, item->text == NULL ? "" : item->text);
    }
    return buf_cstr(&text);
}

static const Json *
member_of(const Json *list, const char *id, const char *key)
{
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (strcmp(json_text_or(json_get(item, "id"), ""), id) == 0)
            return json_get(item, key);
    return NULL;
}

/* NULL when it has no value, and nothing is said of what it is by itself. */
static const char *
value_of_filter(Arena *arena, const char *id, const Json *values, const Json *parameters)
{
    const Json *value = member_of(values, id, "value");

    if (value == NULL && parameters == NULL)
        return NULL;
    if (value == NULL)
        value = member_of(parameters, id, "default");
    return value == NULL ? "" : text_of(arena, value);
}

/* The filter that is tied to the name; NULL: none is. */
static const char *
filter_of_name(const Dashcard *dashcard, Str name)
{
    const Json *mappings = dashcard->parameter_mappings;

    for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
         item = item->next)
    {
        const Json *target = json_get(item, "target");

        if (strcmp(json_text_or(json_at(target, 0), ""), "text-tag") == 0 &&
            str_is(name, json_text_or(json_at(target, 1), "")))
            return json_text_or(json_get(item, "parameter_id"), NULL);
    }
    return NULL;
}

const char *
words_fill(Arena *arena, const Dashcard *dashcard, const Json *values, const Json *parameters)
{
    const char *text = json_text_or(json_get(dashcard->visualization_settings, "text"), "");
    Buf out = buf_new(arena, MAX_WORDS);

    while (*text != '\0')
    {
        const char *end = strncmp(text, "{{", 2) == 0 ? strstr(text, "}}") : NULL;
        const char *id = NULL, *value = NULL;

        if (end != NULL)
            id = filter_of_name(dashcard, str_trim((Str){ text + 2, (size_t) (end - text) - 2 }));
        if (id != NULL)
            value = value_of_filter(arena, id, values, parameters);
        if (value == NULL)
            buf_char(&out, *text++);
        else
        {
            buf_text(&out, value);
            text = end + 2;
        }
    }
    return buf_cstr(&out);
}
