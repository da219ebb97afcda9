/* Tables of keys, and the one way to write a file. */
#include "content/kind.h"

#include <string.h>

enum
{
    SLUG_BYTES = 60,
    MOST_KEYS = 2000,
    DEPTH = 60
};

/* Metabase writes these into every file; here they are of the instance, not of the content. */
#define OF_THE_INSTANCE                                                                            \
    { .key = "serdes/meta", .ignored = true }, { .key = "creator_id", .ignored = true },           \
        { .key = "created_at", .ignored = true }, { .key = "updated_at", .ignored = true },        \
        { .key = "archived", .ignored = true },                                                    \
    {                                                                                              \
        .key = "archived_directly", .ignored = true                                                \
    }

#define OF_PUBLISHING                                                                              \
    { .key = "enable_embedding", .ignored = true },                                                \
        { .key = "embedding_params", .ignored = true },                                            \
        { .key = "embedding_type", .ignored = true }, { .key = "public_uuid", .ignored = true },   \
        { .key = "made_public_by_id", .ignored = true },                                           \
    {                                                                                              \
        .key = "initially_published_at", .ignored = true                                           \
    }

// clang-format off
static const KeyRule collection_keys[] = {
    { .key = "name" },
    { .key = "entity_id" },
    { .key = "description", .absent = "null" },
    { .key = "parent_id", .absent = "null" },
    { .key = "authority_level", .absent = "null" },
    OF_THE_INSTANCE,
    { .key = "slug", .ignored = true },
    { .key = "type", .ignored = true },
    { .key = "namespace", .ignored = true },
    { .key = "is_sample", .ignored = true },
    { .key = "is_remote_synced", .ignored = true },
    { .key = "archive_operation_id", .ignored = true },
    { .key = "personal_owner_id", .ignored = true },
    { 0 },
};

static const KeyRule snippet_keys[] = {
    { .key = "name" },
    { .key = "entity_id" },
    { .key = "description", .absent = "null" },
    { .key = "content" },
    { .key = "template_tags", .absent = "{}" },
    OF_THE_INSTANCE,
    { .key = "collection_id", .ignored = true },
    { 0 },
};

static const KeyRule segment_keys[] = {
    { .key = "name" },
    { .key = "entity_id" },
    { .key = "description", .absent = "null" },
    { .key = "table_id" },
    { .key = "definition" },
    { .key = "points_of_interest", .absent = "null" },
    { .key = "caveats", .absent = "null" },
    { .key = "show_in_getting_started", .absent = "false" },
    OF_THE_INSTANCE,
    { 0 },
};

static const KeyRule measure_keys[] = {
    { .key = "name" },
    { .key = "entity_id" },
    { .key = "description", .absent = "null" },
    { .key = "table_id" },
    { .key = "definition" },
    OF_THE_INSTANCE,
    { 0 },
};

/* Of a model, as people changed them; what a run measured is left out. */
static const KeyRule column_keys[] = {
    { .key = "name" },
    { .key = "display_name", .absent = "null" },
    { .key = "description", .absent = "null" },
    { .key = "base_type", .absent = "null" },
    { .key = "effective_type", .absent = "null" },
    { .key = "semantic_type", .absent = "null" },
    { .key = "coercion_strategy", .absent = "null" },
    { .key = "visibility_type", .absent = "null" },
    { .key = "settings", .absent = "null" },
    { .key = "id", .absent = "null" },
    { .key = "fk_target_field_id", .absent = "null" },
    { .key = "field_ref", .absent = "null" },
    { 0 },
};

static const KeyRule card_keys[] = {
    { .key = "name" },
    { .key = "entity_id" },
    { .key = "type", .absent = "\"question\"" },
    { .key = "description", .absent = "null" },
    { .key = "collection_id", .absent = "null" },
    { .key = "dashboard_id", .absent = "null" },
    { .key = "collection_position", .absent = "null" },
    { .key = "collection_preview", .absent = "true" },
    { .key = "cache_ttl", .absent = "null" },
    { .key = "display", .absent = "\"table\"" },
    { .key = "dataset_query" },
    { .key = "parameters", .absent = "[]" },
    { .key = "parameter_mappings", .absent = "[]" },
    { .key = "visualization_settings", .absent = "{}" },
    { .key = "result_metadata", .absent = "null", .items = column_keys, .is_open = true },
    OF_THE_INSTANCE,
    OF_PUBLISHING,
    { .key = "database_id", .ignored = true },
    { .key = "table_id", .ignored = true },
    { .key = "source_card_id", .ignored = true },
    { .key = "query_type", .ignored = true },
    { .key = "metabase_version", .ignored = true },
    { .key = "card_schema", .ignored = true },
    { .key = "document_id", .ignored = true },
    { 0 },
};

static const KeyRule tab_keys[] = {
    { .key = "entity_id" },
    { .key = "name" },
    { .key = "position", .ignored = true },
    OF_THE_INSTANCE,
    { 0 },
};

static const KeyRule series_keys[] = {
    { .key = "card_id" },
    { .key = "position", .ignored = true },
    { 0 },
};

static const KeyRule dashcard_keys[] = {
    { .key = "entity_id" },
    { .key = "dashboard_tab_id", .absent = "null" },
    { .key = "row" },
    { .key = "col" },
    { .key = "size_x" },
    { .key = "size_y" },
    { .key = "card_id", .absent = "null" },
    { .key = "series", .absent = "[]", .items = series_keys },
    { .key = "parameter_mappings", .absent = "[]" },
    { .key = "inline_parameters", .absent = "[]" },
    { .key = "visualization_settings", .absent = "{}" },
    { .key = "action_id", .ignored = true },
    OF_THE_INSTANCE,
    { 0 },
};

static const KeyRule dashboard_keys[] = {
    { .key = "name" },
    { .key = "entity_id" },
    { .key = "description", .absent = "null" },
    { .key = "collection_id", .absent = "null" },
    { .key = "collection_position", .absent = "null" },
    { .key = "cache_ttl", .absent = "null" },
    { .key = "width", .absent = "\"fixed\"" },
    { .key = "auto_apply_filters", .absent = "true" },
    { .key = "points_of_interest", .absent = "null" },
    { .key = "caveats", .absent = "null" },
    { .key = "parameters", .absent = "[]" },
    { .key = "tabs", .absent = "[]", .items = tab_keys },
    { .key = "dashcards", .absent = "[]", .items = dashcard_keys },
    OF_THE_INSTANCE,
    OF_PUBLISHING,
    { .key = "position", .ignored = true },
    { .key = "show_in_getting_started", .ignored = true },
    { 0 },
};

const KindInfo kind_infos[KIND_TAB] = {
    [KIND_COLLECTION] = { "Collection",         "collection", collection_keys },
    [KIND_SNIPPET]    = { "NativeQuerySnippet", "snippet",    snippet_keys },
    [KIND_SEGMENT]    = { "Segment",            "segment",    segment_keys },
    [KIND_MEASURE]    = { "Measure",            "measure",    measure_keys },
    [KIND_DASHBOARD]  = { "Dashboard",          "dashboard",  dashboard_keys },
    [KIND_CARD]       = { "Card",               "card",       card_keys },
};
// clang-format on

Piece *
piece_add(Arena *arena, PieceList *list)
{
    if (list->count == list->size)
    {
        size_t size = list->size == 0 ? 64 : list->size * 2;

        list->items =
            arena_grow(arena, list->items, list->size * sizeof(Piece), size * sizeof(Piece));
        list->size = size;
    }
    list->items[list->count] = (Piece){ 0 };
    return &list->items[list->count++];
}

/* -------------------------------------------------------------------------------------- one way */

/* Columns that are made, and the filters of SQL, are shown in their order. */
static bool
keeps_order(const char *key)
{
    return key != NULL && (strcmp(key, "expressions") == 0 || strcmp(key, "template-tags") == 0 ||
                           strcmp(key, "template_tags") == 0);
}

static void
put_sorted(Json *object, Json *member)
{
    Json **link = &object->first;

    while (*link != NULL && strcmp((*link)->key, member->key) <= 0)
        link = &(*link)->next;
    member->next = *link;
    *link = member;
    object->count++;
}

static Json *
sorted(Arena *arena, const Json *json, unsigned depth)
{
    Json *made = json_share(arena, json);
    Json **last = &made->first;

    if ((json->kind != JSON_ARRAY && json->kind != JSON_OBJECT) || depth > DEPTH)
        return made;
    made->first = NULL;
    made->count = 0;
    for (const Json *item = json->first; item != NULL; item = item->next)
    {
        Json *copy = sorted(arena, item, depth + 1);

        copy->key = item->key;
        if (json->kind == JSON_OBJECT && !keeps_order(json->key))
        {
            put_sorted(made, copy);
            continue;
        }
        *last = copy;
        last = &copy->next;
        made->count++;
    }
    return made;
}

static Json *by_rules(Arena *arena, const KeyRule *rules, const Json *tree);

static Json *
by_rule(Arena *arena, const KeyRule *rule, const Json *value)
{
    Json *made;

    if (rule->items == NULL || value->kind != JSON_ARRAY)
        return sorted(arena, value, 0);
    made = json_new(arena, JSON_ARRAY);
    for (const Json *item = value->first; item != NULL; item = item->next)
        (void) json_add(made, by_rules(arena, rule->items, item));
    made->line = value->line;
    return made;
}

static Json *
by_rules(Arena *arena, const KeyRule *rules, const Json *tree)
{
    Json *made = json_new(arena, JSON_OBJECT);

    made->line = tree->line;
    for (; rules->key != NULL; rules++)
    {
        const Json *value = rules->ignored ? NULL : json_get(tree, rules->key);

        if (value == NULL ||
            (rules->absent != NULL &&
             (value->kind == JSON_NULL || strcmp(json_print(arena, value), rules->absent) == 0)))
            continue;
        (void) json_put(arena, made, rules->key, by_rule(arena, rules, value));
    }
    return made;
}

/* ------------------------------------------------------------------------- cards of a dashboard */

static int64_t
place_of_tab(const Json *dashboard, const Json *dashcard)
{
    const char *tab = json_text_or(json_get(dashcard, "dashboard_tab_id"), "");
    const Json *tabs = json_get(dashboard, "tabs");
    int64_t at = 0;

    for (const Json *it = tabs == NULL ? NULL : tabs->first; it != NULL; it = it->next, at++)
        if (strcmp(json_text_or(json_get(it, "entity_id"), ""), tab) == 0)
            return at;
    return 0;
}

/* Tab by tab, then as one reads: from the top, from the left. */
static bool
comes_before(const Json *dashboard, const Json *a, const Json *b)
{
    const int64_t left[] = { place_of_tab(dashboard, a), json_int_or(json_get(a, "row"), 0),
                             json_int_or(json_get(a, "col"), 0) };
    const int64_t right[] = { place_of_tab(dashboard, b), json_int_or(json_get(b, "row"), 0),
                              json_int_or(json_get(b, "col"), 0) };

    for (size_t i = 0; i < COUNT_OF(left); i++)
        if (left[i] != right[i])
            return left[i] < right[i];
    return strcmp(json_text_or(json_get(a, "entity_id"), ""),
                  json_text_or(json_get(b, "entity_id"), "")) < 0;
}

static void
sort_dashcards(const Json *dashboard)
{
    Json *list = json_get(dashboard, "dashcards");
    Json *rest = list == NULL || list->kind != JSON_ARRAY ? NULL : list->first;

    if (rest == NULL)
        return;
    list->first = NULL;
    while (rest != NULL)
    {
        Json *item = rest;
        Json **link = &list->first;

        rest = rest->next;
        while (*link != NULL && !comes_before(dashboard, item, *link))
            link = &(*link)->next;
        item->next = *link;
        *link = item;
    }
}

Json *
kind_canonical(Arena *arena, ContentKind kind, const Json *tree)
{
    Json *copy = json_new(arena, JSON_OBJECT);
    Json *made;

    /* What is inside a dashboard lies where that lies; columns are kept of models alone. */
    for (const Json *item = tree->first; item != NULL; item = item->next)
        if (!(kind == KIND_CARD && strcmp(item->key, "collection_id") == 0 &&
              json_text_or(json_get(tree, "dashboard_id"), NULL) != NULL) &&
            !(kind == KIND_CARD && strcmp(item->key, "result_metadata") == 0 &&
              strcmp(json_text_or(json_get(tree, "type"), ""), "model") != 0))
            (void) json_put(arena, copy, item->key, json_share(arena, item));
    copy->line = tree->line;
    made = by_rules(arena, kind_infos[kind].keys, copy);
    if (kind == KIND_DASHBOARD)
        sort_dashcards(made);
    return made;
}

/* ------------------------------------------------------------------------------------- checking */

typedef struct Check
{
    ContentNotes *notes;
    Arena *arena;
    const char *path;
} Check;

static const KeyRule *
rule_of(const KeyRule *rules, const char *key)
{
    for (; rules->key != NULL; rules++)
        if (strcmp(rules->key, key) == 0)
            return rules;
    return NULL;
}

static void check_rules(const Check *check, const KeyRule *rules, bool is_open, const Json *tree);

static void
check_items(const Check *check, const KeyRule *rule, const Json *list)
{
    if (list->kind == JSON_NULL)
        return;
    if (list->kind != JSON_ARRAY || list->count > MOST_KEYS)
    {
        note_add(check->notes, check->arena, check->path, list->line,
                 "%s: value must be a list of at most %d items", rule->key, MOST_KEYS);
        return;
    }
    for (const Json *item = list->first; item != NULL; item = item->next)
        if (item->kind == JSON_OBJECT)
            check_rules(check, rule->items, rule->is_open, item);
        else
            note_add(check->notes, check->arena, check->path, item->line,
                     "%s: an item must be an object", rule->key);
}

static void
check_rules(const Check *check, const KeyRule *rules, bool is_open, const Json *tree)
{
    for (const Json *item = tree->first; item != NULL; item = item->next)
    {
        const KeyRule *rule = rule_of(rules, item->key);

        if (rule == NULL && !is_open)
            note_add(check->notes, check->arena, check->path, item->line,
                     "%.60s: there is no such key", item->key);
        else if (rule == NULL)
            continue;
        else if (strcmp(item->key, "archived") == 0 && json_bool_or(item, false))
            note_add(check->notes, check->arena, check->path, item->line,
                     "archived: what is in the trash is not read; remove the file");
        else if (strcmp(item->key, "personal_owner_id") == 0 && item->kind != JSON_NULL)
            note_add(check->notes, check->arena, check->path, item->line,
                     "personal_owner_id: what is personal is not read; remove its files");
        else if (rule->items != NULL)
            check_items(check, rule, item);
    }
    for (; rules->key != NULL; rules++)
        if (rules->absent == NULL && !rules->ignored && json_get(tree, rules->key) == NULL &&
            strcmp(rules->key, "entity_id") != 0)
            note_add(check->notes, check->arena, check->path, tree->line, "%s: is missing",
                     rules->key);
}

/* Trees that would take long to put in order. */
static void
check_width(const Check *check, const Json *tree)
{
    if (tree->kind == JSON_OBJECT && tree->count > MOST_KEYS)
        note_add(check->notes, check->arena, check->path, tree->line,
                 "an object has more than %d keys", MOST_KEYS);
    for (const Json *item = tree->first; item != NULL; item = item->next)
        check_width(check, item);
}

void
kind_check(ContentNotes *notes, Arena *arena, const char *path, ContentKind kind, const Json *tree)
{
    Check check = { notes, arena, path };

    check_width(&check, tree);
    check_rules(&check, kind_infos[kind].keys, false, tree);
}

const char *
slug_of_name(Arena *arena, const char *name)
{
    char *slug = str_fold(arena, str_of(name));
    bool has_letter = false;
    size_t len = 0;

    for (const char *c = slug; *c != '\0' && len < SLUG_BYTES; c++)
    {
        bool is_kept = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');

        has_letter = has_letter || is_kept;
        if (is_kept)
            slug[len++] = *c;
        else if (len > 0 && slug[len - 1] != '_')
            slug[len++] = '_';
    }
    while (len > 0 && slug[len - 1] == '_')
        len--;
    return has_letter ? arena_text_n(arena, slug, len) : "untitled";
}
