/* A name is tied to a filter by the mappings of its card; other names are words. */
#include "api/words.h"

#include "api/spoken.h"

#include <string.h>

enum
{
    MAX_WORDS = 1024 * 1024
};

static const Json *
member_of(const Json *list, const char *id, const char *key)
{
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (strcmp(json_text_or(json_get(item, "id"), ""), id) == 0)
            return json_get(item, key);
    return NULL;
}

/* NULL when it has no value, and its default is not asked for. */
static const char *
value_of_filter(Arena *arena, const char *id, const WordsOrder *order)
{
    const char *type = json_text_or(member_of(order->parameters, id, "type"), "");
    const Json *value = member_of(order->values, id, "value");

    if (value == NULL && !order->with_defaults)
        return NULL;
    if (value == NULL)
        value = member_of(order->parameters, id, "default");
    return value == NULL ? "" : spoken_value(arena, order->locale, type, value);
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
words_fill(Arena *arena, const Dashcard *dashcard, const WordsOrder *order)
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
            value = value_of_filter(arena, id, order);
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
