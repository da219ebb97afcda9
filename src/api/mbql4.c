/* Stages become a query inside a query; options move from the second place of a clause to the last;
 * names of the newer form (lib/...) go away. */
#include "api/mbql4.h"

#include <string.h>

enum
{
    MAX_STAGES = 12 /* each is one level deeper in the old form */
};

/* The stage that is being written: aggregations are named by it. */
typedef struct Writing
{
    Arena *arena;
    const Json *stage;
} Writing;

static Json *convert(const Writing *it, const Json *json);

static Json *
copy(Arena *arena, const Json *json)
{
    Json *made = ARENA_NEW(arena, Json);

    *made = *json;
    made->key = NULL;
    made->next = NULL;
    return made;
}

/* Options without what only the newer form knows. */
static Json *
options_of(const Writing *it, const Json *options)
{
    Json *made = json_new(it->arena, JSON_OBJECT);

    for (const Json *item = options->first; item != NULL; item = item->next)
        if (strncmp(item->key, "lib/", 4) != 0)
            (void) json_put(it->arena, made, item->key, copy(it->arena, item));
    return made;
}

static bool
is_clause(const Json *json)
{
    return json->kind == JSON_ARRAY && json->count >= 2 && json->first->kind == JSON_TEXT &&
           json->first->next->kind == JSON_OBJECT;
}

static bool
is_op(const Json *clause, const char *op)
{
    return strcmp(clause->first->text, op) == 0;
}

/* Which aggregation of the stage has that mark. */
static Json *
aggregation_index(const Writing *it, const Json *mark)
{
    const Json *list = json_get(it->stage, "aggregation");
    int64_t index = 0;

    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        const char *uuid = item->kind == JSON_ARRAY
                               ? json_text_or(json_get(json_at(item, 1), "lib/uuid"), "")
                               : "";

        if (strcmp(uuid, json_text_or(mark, "")) == 0)
            return json_new_int(it->arena, index);
        index++;
    }
    return copy(it->arena, mark);
}

/* ["field", {..}, 7] gives ["field", 7, {..} or null]. */
static Json *
reference(const Writing *it, const Json *clause)
{
    const Json *target = json_at(clause, 2);
    Json *options = options_of(it, clause->first->next);
    Json *made = json_new(it->arena, JSON_ARRAY);

    (void) json_add(made, copy(it->arena, clause->first));
    if (target != NULL)
        (void) json_add(made, is_op(clause, "aggregation") ? aggregation_index(it, target)
                                                           : copy(it->arena, target));
    if (is_op(clause, "field") || is_op(clause, "value"))
        (void) json_add(made, options->count == 0 ? json_new(it->arena, JSON_NULL) : options);
    return made;
}

/* ["case", {}, [[when, then]...], otherwise] gives ["case", [...], {"default": otherwise}]. */
static Json *
choice(const Writing *it, const Json *clause)
{
    const Json *pairs = json_at(clause, 2), *otherwise = json_at(clause, 3);
    Json *made = json_new(it->arena, JSON_ARRAY);
    Json *options;

    (void) json_add(made, copy(it->arena, clause->first));
    if (pairs != NULL)
        (void) json_add(made, convert(it, pairs));
    if (otherwise == NULL)
        return made;
    options = json_new(it->arena, JSON_OBJECT);
    (void) json_put(it->arena, options, "default", convert(it, otherwise));
    (void) json_add(made, options);
    return made;
}

static Json *
call(const Writing *it, const Json *clause)
{
    Json *options = options_of(it, clause->first->next);
    Json *made = json_new(it->arena, JSON_ARRAY);

    (void) json_add(made, copy(it->arena, clause->first));
    for (const Json *item = clause->first->next->next; item != NULL; item = item->next)
        (void) json_add(made, convert(it, item));
    for (Json *item = options->first; item != NULL; item = item->next)
        if (strcmp(item->key, "case-sensitive") == 0 || strcmp(item->key, "include-current") == 0)
        {
            (void) json_add(made, options);
            break;
        }
    return made;
}

static Json *
convert(const Writing *it, const Json *json)
{
    Json *made;

    if (json->kind != JSON_ARRAY)
        return copy(it->arena, json);
    if (is_clause(json))
    {
        if (is_op(json, "field") || is_op(json, "expression") || is_op(json, "aggregation") ||
            is_op(json, "value") || is_op(json, "segment") || is_op(json, "metric") ||
            is_op(json, "measure"))
            return reference(it, json);
        if (is_op(json, "case") || is_op(json, "if"))
            return choice(it, json);
        return call(it, json);
    }
    made = json_new(it->arena, JSON_ARRAY);
    for (const Json *item = json->first; item != NULL; item = item->next)
        (void) json_add(made, convert(it, item));
    return made;
}

/* An aggregation that was given a name keeps it. */
static Json *
aggregations(const Writing *it, const Json *list)
{
    Json *made = json_new(it->arena, JSON_ARRAY);

    for (const Json *item = list->first; item != NULL; item = item->next)
    {
        const Json *given = json_at(item, 1);
        Json *names, *named;

        if (!is_clause(item) ||
            (json_get(given, "name") == NULL && json_get(given, "display-name") == NULL))
        {
            (void) json_add(made, convert(it, item));
            continue;
        }
        names = json_new(it->arena, JSON_OBJECT);
        if (json_get(given, "name") != NULL)
            (void) json_put(it->arena, names, "name", copy(it->arena, json_get(given, "name")));
        if (json_get(given, "display-name") != NULL)
            (void) json_put(it->arena, names, "display-name",
                            copy(it->arena, json_get(given, "display-name")));
        named = json_new(it->arena, JSON_ARRAY);
        (void) json_add(named, json_new_text(it->arena, "aggregation-options"));
        (void) json_add(named, convert(it, item));
        (void) json_add(named, names);
        (void) json_add(made, named);
    }
    return made;
}

/* Several conditions are one. */
static Json *
conjunction(const Writing *it, const Json *list)
{
    Json *made;

    if (list->count == 1)
        return convert(it, list->first);
    made = json_new(it->arena, JSON_ARRAY);
    (void) json_add(made, json_new_text(it->arena, "and"));
    for (const Json *item = list->first; item != NULL; item = item->next)
        (void) json_add(made, convert(it, item));
    return made;
}

static Json *
expressions(const Writing *it, const Json *list)
{
    Json *made = json_new(it->arena, JSON_OBJECT);

    for (const Json *item = list->first; item != NULL; item = item->next)
    {
        const char *name =
            is_clause(item) ? json_text_or(json_get(item->first->next, "lib/expression-name"), NULL)
                            : NULL;

        if (name != NULL)
            (void) json_put(it->arena, made, name, convert(it, item));
    }
    return made;
}

static bool
is_stages(const Json *stages)
{
    if (stages == NULL || stages->kind != JSON_ARRAY || stages->count == 0 ||
        stages->count > MAX_STAGES)
        return false;
    for (const Json *stage = stages->first; stage != NULL; stage = stage->next)
        if (stage->kind != JSON_OBJECT)
            return false;
    return true;
}

static Json *fold(Arena *arena, const Json *stages);

/* Where the rows of a first stage come from, on a query or a join. */
static void
put_source(Arena *arena, Json *made, const Json *stage)
{
    const Json *table = json_get(stage, "source-table"), *card = json_get(stage, "source-card");

    if (table != NULL)
        (void) json_put(arena, made, "source-table", copy(arena, table));
    else if (card != NULL)
        (void) json_put(arena, made, "source-table",
                        json_new_text(arena, arena_format(arena, "card__%lld",
                                                          (long long) json_int_or(card, 0))));
}

/* A join of a bare table or card names it; one of a question holds it. */
static bool
is_bare(const Json *stages)
{
    const Json *stage = json_at(stages, 0);

    if (stages->count != 1 || json_get(stage, "native") != NULL)
        return false;
    for (const Json *item = stage->first; item != NULL; item = item->next)
        if (strncmp(item->key, "lib/", 4) != 0 && strcmp(item->key, "source-table") != 0 &&
            strcmp(item->key, "source-card") != 0)
            return false;
    return true;
}

static Json *
joins(const Writing *it, const Json *list)
{
    Json *made = json_new(it->arena, JSON_ARRAY);

    for (const Json *item = list->first; item != NULL; item = item->next)
    {
        Json *join = json_new(it->arena, JSON_OBJECT);
        const Json *stages = json_get(item, "stages");

        if (item->kind != JSON_OBJECT)
            continue;
        for (const Json *member = item->first; member != NULL; member = member->next)
            if (strcmp(member->key, "conditions") == 0 && member->kind == JSON_ARRAY)
                (void) json_put(it->arena, join, "condition", conjunction(it, member));
            else if (strncmp(member->key, "lib/", 4) != 0 && strcmp(member->key, "stages") != 0)
                (void) json_put(it->arena, join, member->key, convert(it, member));
        if (is_stages(stages) && is_bare(stages))
            put_source(it->arena, join, json_at(stages, 0));
        else if (is_stages(stages))
            (void) json_put(it->arena, join, "source-query", fold(it->arena, stages));
        (void) json_add(made, join);
    }
    return made;
}

static void
put_member(const Writing *it, Json *made, const Json *member)
{
    const char *key = member->key;

    if (strncmp(key, "lib/", 4) == 0 || strncmp(key, "source-", 7) == 0)
        return;
    if (member->kind != JSON_ARRAY)
        (void) json_put(it->arena, made, key, copy(it->arena, member));
    else if (strcmp(key, "filters") == 0 && member->count > 0)
        (void) json_put(it->arena, made, "filter", conjunction(it, member));
    else if (strcmp(key, "aggregation") == 0)
        (void) json_put(it->arena, made, key, aggregations(it, member));
    else if (strcmp(key, "expressions") == 0)
        (void) json_put(it->arena, made, key, expressions(it, member));
    else if (strcmp(key, "joins") == 0)
        (void) json_put(it->arena, made, key, joins(it, member));
    else if (strcmp(key, "filters") != 0)
        (void) json_put(it->arena, made, key, convert(it, member));
}

/* The last stage, around all before it. */
static Json *
fold(Arena *arena, const Json *stages)
{
    Json *inner = NULL;

    for (const Json *stage = stages->first; stage != NULL; stage = stage->next)
    {
        const Writing it = { arena, stage };
        Json *made = json_new(arena, JSON_OBJECT);

        if (inner != NULL)
            (void) json_put(arena, made, "source-query", inner);
        else
            put_source(arena, made, stage);
        for (const Json *member = stage->first; member != NULL; member = member->next)
            put_member(&it, made, member);
        inner = made;
    }
    return inner;
}

static Json *
native_of(Arena *arena, const Json *stage)
{
    Json *made = json_new(arena, JSON_OBJECT);

    for (const Json *item = stage->first; item != NULL; item = item->next)
        if (strcmp(item->key, "native") == 0)
            (void) json_put(arena, made, "query", copy(arena, item));
        else if (strncmp(item->key, "lib/", 4) != 0)
            (void) json_put(arena, made, item->key, copy(arena, item));
    return made;
}

const Json *
mbql4_of(Arena *arena, const Json *query)
{
    const Json *stages = json_get(query, "stages");
    const Json *first = json_at(stages, 0);
    bool native = stages != NULL && stages->count == 1 && json_get(first, "native") != NULL;
    Json *made;

    if (!is_stages(stages))
        return query;
    made = json_new(arena, JSON_OBJECT);
    for (const Json *member = query->first; member != NULL; member = member->next)
        if (strncmp(member->key, "lib/", 4) != 0 && strcmp(member->key, "stages") != 0)
            (void) json_put(arena, made, member->key, copy(arena, member));
    (void) json_put(arena, made, "type", json_new_text(arena, native ? "native" : "query"));
    (void) json_put(arena, made, native ? "native" : "query",
                    native ? native_of(arena, first) : fold(arena, stages));
    return made;
}
