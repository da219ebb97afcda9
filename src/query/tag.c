/* Which parameters may drive a tag of an SQL template: an exact match must not become a "not". */
#include "query/params.h"
#include "query/parse.h"

#include <string.h>

/* Widget or tag type, then the parameter types that it accepts besides itself. */
static const struct
{
    const char *type, *accepts;
} rules[] = {
    // clang-format off
    { "text",              " string/= category " },
    { "number",            " number/= category " },
    { "date",              " date/single category " },
    { "boolean",           " boolean/= category " },
    { "category",          " text number date date/single boolean string/= number/= " },
    { "id",                " text number date date/single boolean string/= number/= " },
    { "location/city",     " text string/= " },
    { "location/state",    " text string/= " },
    { "location/country",  " text string/= " },
    { "location/zip_code", " text string/= number number/= " },
    { "date/all-options",  " date date/single date/range date/relative date/month-year date/quarter-year " },
    { "date/single",       " date " },
    { "string/=",          " text " },
    { "number/=",          " number " },
    { "number/between",    " number/>= number/<= " },
    { "boolean/=",         " boolean " },
    // clang-format on
};

bool
parameter_is_for(const Compiler *c, const Json *parameter, const Json *tag, const char *name)
{
    const Json *target = member(c, parameter, "target");
    const Json *reference = json_at(target, 1);
    const char *id = json_text_or(member(c, tag, "id"), NULL);

    if (target != NULL)
        return strcmp(json_text_or(json_at(reference, 0), ""), "template-tag") == 0 &&
               strcmp(json_text_or(
                          json_at(reference, json_at(reference, 1) != NULL &&
                                                     json_at(reference, 1)->kind == JSON_OBJECT
                                                 ? 2
                                                 : 1),
                          ""),
                      name) == 0;
    return id != NULL && strcmp(json_text_or(member(c, parameter, "id"), ""), id) == 0;
}

bool
query_type_accepts(const char *widget, const char *type)
{
    char word[64] = " ";

    if (strcmp(widget, type) == 0)
        return true;
    if (strlen(type) > 50)
        return false;
    (void) strncat(word, type, 50);
    (void) strncat(word, " ", 2);
    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if (strcmp(rules[i].type, widget) == 0)
            return strstr(rules[i].accepts, word) != NULL;
    return false;
}

static const char *
widget_of(const Json *tag)
{
    const char *type = json_text_or(json_get(tag, "type"), "text");
    const Json *widget = json_get(tag, "widget-type");

    if (widget == NULL)
        widget = json_get(tag, "widget_type");
    return strcmp(type, "dimension") == 0 ? json_text_or(widget, "category") : type;
}

bool
query_tag_accepts(const Json *tag, const char *type)
{
    return query_type_accepts(widget_of(tag), type);
}

static bool
check_one(Compiler *c, const Json *tags, const Json *parameter, Error *err)
{
    const char *type = json_text_or(member(c, parameter, "type"), NULL);
    const Json *named = member(c, parameter, "name");

    if (param_is_of_column(c, parameter))
        return true; /* it acts on what the SQL gives */
    for (const Json *tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next)
    {
        if (!parameter_is_for(c, parameter, tag, tag->key))
            continue;
        if (type == NULL || query_tag_accepts(tag, type))
            return true;
        return error_set(err, ERR_INVALID, "invalid parameter type %s for %s", type, tag->key);
    }
    return error_set(err, ERR_INVALID, "the question has no parameter %s",
                     json_text_or(named, json_text_or(member(c, parameter, "id"), "")));
}

bool
check_tag_parameters(Compiler *c, const Json *tags, const Json *parameters, Error *err)
{
    if (parameters->kind != JSON_ARRAY)
        return true;
    for (const Json *item = parameters->first; item != NULL; item = item->next)
        if (!check_one(c, tags, item, err))
            return false;
    return true;
}
