/* Each thing: its members as a tree, then what refers to something turned into names. */
#include "content/piece.h"

#include <string.h>

enum
{
    PIECE_BYTES = 16 * 1024 * 1024,
    NAME_BYTES = 254,
    TEXT_BYTES = 65536,
    MOST_CELLS = 10000
};

#define OBJECT SHAPE(JSON_OBJECT)
#define LIST   SHAPE(JSON_ARRAY)

static const JsonLimits piece_limits = { PIECE_BYTES, 64, 1000000 };

// clang-format off
const Field file_collection[] = {
    FIELD(Collection, name, .required = true, .not_blank = true, .max = 100),
    FIELD(Collection, entity_id),
    FIELD(Collection, description, .nullable = true, .max = TEXT_BYTES),
    FIELD(Collection, authority_level, .nullable = true, .choices = "official"),
    { 0 },
};

const Field file_snippet[] = {
    FIELD(Snippet, name, .required = true, .not_blank = true, .max = 100),
    FIELD(Snippet, entity_id),
    FIELD(Snippet, description, .nullable = true, .max = TEXT_BYTES),
    FIELD(Snippet, content, .required = true, .max = TEXT_BYTES),
    FIELD(Snippet, template_tags, .nullable = true, .shapes = OBJECT | LIST),
    { 0 },
};

const Field file_segment[] = {
    FIELD(Definition, name, .required = true, .not_blank = true, .max = NAME_BYTES),
    FIELD(Definition, entity_id),
    FIELD(Definition, description, .nullable = true, .max = TEXT_BYTES),
    FIELD(Definition, definition, .required = true, .shapes = OBJECT),
    FIELD(Definition, points_of_interest, .nullable = true, .max = TEXT_BYTES),
    FIELD(Definition, caveats, .nullable = true, .max = TEXT_BYTES),
    FIELD(Definition, show_in_getting_started),
    { 0 },
};

const Field file_card[] = {
    FIELD(Card, name, .required = true, .not_blank = true, .max = NAME_BYTES),
    FIELD(Card, entity_id),
    FIELD(Card, type, .choices = "question|model|metric"),
    FIELD(Card, description, .nullable = true, .max = TEXT_BYTES),
    FIELD(Card, collection_position, .nullable = true, .min = 1, .max = INT32_MAX),
    FIELD(Card, collection_preview),
    FIELD(Card, cache_ttl, .nullable = true, .min = 1, .max = INT32_MAX),
    FIELD(Card, display, .not_blank = true, .max = NAME_BYTES),
    FIELD(Card, dataset_query, .required = true, .shapes = OBJECT),
    FIELD(Card, parameters, .shapes = LIST),
    FIELD(Card, parameter_mappings, .shapes = LIST),
    FIELD(Card, visualization_settings, .shapes = OBJECT),
    FIELD(Card, result_metadata, .nullable = true, .shapes = LIST),
    { 0 },
};

const Field file_dashboard[] = {
    FIELD(Dashboard, name, .required = true, .not_blank = true, .max = NAME_BYTES),
    FIELD(Dashboard, entity_id),
    FIELD(Dashboard, description, .nullable = true, .max = TEXT_BYTES),
    FIELD(Dashboard, collection_position, .nullable = true, .min = 1, .max = INT32_MAX),
    FIELD(Dashboard, cache_ttl, .nullable = true, .min = 1, .max = INT32_MAX),
    FIELD(Dashboard, width, .choices = "fixed|full"),
    FIELD(Dashboard, auto_apply_filters),
    FIELD(Dashboard, points_of_interest, .nullable = true, .max = TEXT_BYTES),
    FIELD(Dashboard, caveats, .nullable = true, .max = TEXT_BYTES),
    FIELD(Dashboard, parameters, .shapes = LIST),
    { 0 },
};

const Field file_tab[] = {
    FIELD(Tab, entity_id),
    FIELD(Tab, name, .required = true, .not_blank = true, .max = NAME_BYTES),
    { 0 },
};

const Field file_dashcard[] = {
    FIELD(Dashcard, entity_id),
    FIELD(Dashcard, row, .required = true, .min = 0, .max = MOST_CELLS),
    FIELD(Dashcard, col, .required = true, .min = 0, .max = 23),
    FIELD(Dashcard, size_x, .required = true, .min = 1, .max = 24),
    FIELD(Dashcard, size_y, .required = true, .min = 1, .max = 1000),
    FIELD(Dashcard, parameter_mappings, .shapes = LIST),
    FIELD(Dashcard, inline_parameters, .shapes = LIST),
    FIELD(Dashcard, visualization_settings, .shapes = OBJECT),
    { 0 },
};
// clang-format on

static Referral
referral_of(PieceMaker *maker, ContentKind kind, const char *name)
{
    return (Referral){
        .names = maker->names,
        .to_names = true,
        .notes = maker->notes,
        .label = arena_format(maker->names->arena, "%s %s", kind_infos[kind].word, name),
        .used = maker->used,
        .err = &maker->failure,
    };
}

static bool
tree_of(PieceMaker *maker, const Field *fields, const void *thing, Json **tree)
{
    Buf text = buf_new(maker->names->arena, PIECE_BYTES);
    JsonWriter w = json_writer(&text);

    json_begin_object(&w);
    bind_write(&w, fields, thing);
    json_end_object(&w);
    if (text.failed)
        return error_set(&maker->failure, ERR_TOO_LARGE, "this is too large for a file");
    return json_parse(maker->names->arena, buf_slice(&text), &piece_limits, tree, &maker->failure);
}

static void
put(Referral *r, Json *tree, const char *key, Json *value)
{
    (void) json_put(r->names->arena, tree, key, value);
}

static void
put_referred(Referral *r, Json *tree, const char *key)
{
    const Json *value = json_get(tree, key);

    if (value != NULL)
        put(r, tree, key, refer(r, value));
}

static void
put_entity(Referral *r, Json *tree, const char *key, ContentKind kind, OptInt id)
{
    put(r, tree, key,
        id.set ? refer_entity(r, kind, json_new_int(r->names->arena, id.value))
               : json_new(r->names->arena, JSON_NULL));
}

static bool
finish(PieceMaker *maker, ContentKind kind, Json *tree, Piece *piece)
{
    piece->kind = kind;
    piece->entity_id = json_text_or(json_get(tree, "entity_id"), "");
    piece->name = json_text_or(json_get(tree, "name"), "");
    piece->tree = kind_canonical(maker->names->arena, kind, tree);
    return maker->failure.code == ERR_NONE;
}

bool
piece_of_collection(PieceMaker *maker, const Collection *collection, Piece *piece)
{
    Referral r = referral_of(maker, KIND_COLLECTION, collection->name);
    int64_t parent = location_parent(collection->location);
    Json *tree;

    piece->id = collection->id;
    piece->archived = collection->archived;
    if (!tree_of(maker, file_collection, collection, &tree))
        return false;
    put_entity(&r, tree, "parent_id", KIND_COLLECTION, (OptInt){ parent != 0, parent });
    return finish(maker, KIND_COLLECTION, tree, piece);
}

bool
piece_of_snippet(PieceMaker *maker, const Snippet *snippet, Piece *piece)
{
    Referral r = referral_of(maker, KIND_SNIPPET, snippet->name);
    Json *tree;

    piece->id = snippet->id;
    piece->archived = snippet->archived;
    if (!tree_of(maker, file_snippet, snippet, &tree))
        return false;
    tree = refer(&r, tree);
    return finish(maker, KIND_SNIPPET, tree, piece);
}

bool
piece_of_definition(PieceMaker *maker, ContentKind kind, const Definition *definition, Piece *piece)
{
    Referral r = referral_of(maker, kind, definition->name);
    Json *tree;

    piece->id = definition->id;
    piece->archived = definition->archived;
    if (!tree_of(maker, file_segment, definition, &tree))
        return false;
    put(&r, tree, "table_id", refer_table(&r, json_new_int(r.names->arena, definition->table_id)));
    put_referred(&r, tree, "definition");
    return finish(maker, kind, tree, piece);
}

/* Clients may leave the database of a question on a saved question open. */
static const Json *
query_of(Arena *arena, const Card *card)
{
    Json *query = json_new(arena, JSON_OBJECT);

    if (!card->database_id.set ||
        json_int_or(json_get(card->dataset_query, "database"), 0) == card->database_id.value)
        return card->dataset_query;
    for (const Json *item = card->dataset_query->first; item != NULL; item = item->next)
        (void) json_put(arena, query, item->key, json_share(arena, item));
    (void) json_put(arena, query, "database", json_new_int(arena, card->database_id.value));
    return query;
}

bool
piece_of_card(PieceMaker *maker, const Card *card, Piece *piece)
{
    Referral r = referral_of(maker, KIND_CARD, card->name);
    bool is_model = strcmp(card->type, "model") == 0;
    Json *tree;

    piece->id = card->id;
    piece->archived = card->archived;
    piece->is_public = card->public_uuid != NULL || card->enable_embedding;
    if (!tree_of(maker, file_card, card, &tree))
        return false;
    put_entity(&r, tree, "dashboard_id", KIND_DASHBOARD, card->dashboard_id);
    put_entity(&r, tree, "collection_id", KIND_COLLECTION,
               card->dashboard_id.set ? (OptInt){ 0 } : card->collection_id);
    put(&r, tree, "dataset_query", refer(&r, query_of(r.names->arena, card)));
    put_referred(&r, tree, "parameters");
    put_referred(&r, tree, "parameter_mappings");
    put_referred(&r, tree, "visualization_settings");
    if (is_model && card->result_metadata != NULL)
        put(&r, tree, "result_metadata", refer_columns(&r, card->result_metadata));
    return finish(maker, KIND_CARD, tree, piece);
}

/* ----------------------------------------------------------------------------------- dashboards */

/* Filters stay wired to questions that were taken off or deleted; that means nothing. */
static Json *
living_mappings(const Referral *r, const Json *mappings)
{
    Json *made = json_new(r->names->arena, JSON_ARRAY);

    for (const Json *item = mappings->first; item != NULL; item = item->next)
    {
        const Json *card = json_get(item, "card_id");

        if (card == NULL || card->kind == JSON_NULL ||
            names_entity(r->names, KIND_CARD, json_int_or(card, 0)) != NULL)
            (void) json_add(made, json_share(r->names->arena, item));
    }
    return made;
}

static bool
dashcard_tree(PieceMaker *maker, Referral *r, const Dashcard *card, Json **made)
{
    Json *tree, *series;

    if (!tree_of(maker, file_dashcard, card, &tree))
        return false;
    series = json_new(r->names->arena, JSON_ARRAY);
    for (size_t i = 0; i < card->series.count; i++)
    {
        Json *item = json_add(series, json_new(r->names->arena, JSON_OBJECT));

        put_entity(r, item, "card_id", KIND_CARD, (OptInt){ true, card->series.items[i] });
    }
    put_entity(r, tree, "card_id", KIND_CARD, card->card_id);
    put_entity(r, tree, "dashboard_tab_id", KIND_TAB, card->dashboard_tab_id);
    put(r, tree, "series", series);
    put(r, tree, "parameter_mappings", refer(r, living_mappings(r, card->parameter_mappings)));
    put_referred(r, tree, "visualization_settings");
    *made = tree;
    return true;
}

static bool
put_dashcards(PieceMaker *maker, Referral *r, const Dashboard *dashboard, Json *tree)
{
    Json *list = json_new(r->names->arena, JSON_ARRAY);
    DashcardList cards;

    if (!dashcard_list(r->names->store, r->names->arena, dashboard->id, &cards, &maker->failure))
        return false;
    for (size_t i = 0; i < cards.count; i++)
    {
        Json *made;

        if (!dashcard_tree(maker, r, &cards.items[i], &made))
            return false;
        (void) json_add(list, made);
    }
    put(r, tree, "dashcards", list);
    return true;
}

static bool
put_tabs(PieceMaker *maker, Referral *r, const Dashboard *dashboard, Json *tree)
{
    Json *list = json_new(r->names->arena, JSON_ARRAY);
    TabList tabs;

    if (!tab_list(r->names->store, r->names->arena, dashboard->id, &tabs, &maker->failure))
        return false;
    for (size_t i = 0; i < tabs.count; i++)
    {
        Json *made;

        if (!tree_of(maker, file_tab, &tabs.items[i], &made))
            return false;
        (void) json_add(list, made);
    }
    put(r, tree, "tabs", list);
    return true;
}

bool
piece_of_dashboard(PieceMaker *maker, const Dashboard *dashboard, Piece *piece)
{
    Referral r = referral_of(maker, KIND_DASHBOARD, dashboard->name);
    Json *tree;

    piece->id = dashboard->id;
    piece->archived = dashboard->archived;
    piece->is_public = dashboard->public_uuid != NULL || dashboard->enable_embedding;
    if (!tree_of(maker, file_dashboard, dashboard, &tree) ||
        !put_tabs(maker, &r, dashboard, tree) || !put_dashcards(maker, &r, dashboard, tree))
        return false;
    put_entity(&r, tree, "collection_id", KIND_COLLECTION, dashboard->collection_id);
    put_referred(&r, tree, "parameters");
    return finish(maker, KIND_DASHBOARD, tree, piece);
}

/* ------------------------------------------------------------------------------------ by number */

#define FIND_IN(list, of)                                                                          \
    for (size_t i = 0; i < (list).count; i++)                                                      \
        if ((list).items[i].id == id)                                                              \
            return of;

bool
piece_of(PieceMaker *maker, ContentKind kind, int64_t id, Piece *piece)
{
    const Names *names = maker->names;

    switch (kind)
    {
        case KIND_COLLECTION:
            FIND_IN(names->collections,
                    piece_of_collection(maker, &names->collections.items[i], piece))
            break;
        case KIND_SNIPPET:
            FIND_IN(names->snippets, piece_of_snippet(maker, &names->snippets.items[i], piece))
            break;
        case KIND_SEGMENT:
            FIND_IN(names->segments,
                    piece_of_definition(maker, kind, &names->segments.items[i], piece))
            break;
        case KIND_MEASURE:
            FIND_IN(names->measures,
                    piece_of_definition(maker, kind, &names->measures.items[i], piece))
            break;
        case KIND_DASHBOARD:
            FIND_IN(names->dashboards,
                    piece_of_dashboard(maker, &names->dashboards.items[i], piece))
            break;
        case KIND_CARD:
            FIND_IN(names->cards, piece_of_card(maker, &names->cards.items[i], piece))
            break;
        case KIND_TAB:
        case KIND_COUNT:
            break;
    }
    return error_set(&maker->failure, ERR_NOT_FOUND, "there is no such %s", kind_infos[kind].word);
}
