/* What is new is made bare first, so that everything has a number; then all is filled, each with
 * the functions that the API uses. */
#include "content/apply.h"

#include "content/version.h"

#include <stdio.h>
#include <string.h>

enum
{
    COLUMNS = 24 /* of the grid */
};

/* -------------------------------------------------------------------------------- what is wrong */

static bool
is_stopped(const Import *import)
{
    return import->maker.failure.code != ERR_NONE;
}

/* What the store refuses about the content is said of its file; the transaction is of no use from
 * then on. Anything else is a failure. */
static bool
refuse(Import *import, const Piece *piece, Error *err)
{
    const Json *member = json_get(piece->tree, err->field);

    if (err->code != ERR_INVALID && err->code != ERR_CONFLICT && err->code != ERR_TOO_LARGE)
        return false;
    note_add(&import->plan->problems, import->arena, piece->path,
             member == NULL ? piece->tree->line : member->line, "%s%s%s", err->field,
             err->field[0] == '\0' ? "" : ": ", err->message);
    import->maker.failure = *err;
    return true;
}

/* A member that has the wrong kind or size; what else is wrong may be told, too. */
static bool
decode(Import *import, const Piece *piece, const Field *fields, const Json *tree, void *thing)
{
    const Json *member;
    Error wrong = { 0 };
    char key[sizeof(wrong.field)];

    if (bind_merge(import->arena, fields, tree, thing, &wrong))
        return true;
    (void) snprintf(key, sizeof(key), "%.*s", (int) strcspn(wrong.field, ".["), wrong.field);
    member = json_get(tree, key);
    note_add(&import->plan->problems, import->arena, piece->path,
             member == NULL ? tree->line : member->line, "%s%s%s", wrong.field,
             wrong.field[0] == '\0' ? "" : ": ", wrong.message);
    return false;
}

static Referral
referral_of(Import *import, const Piece *piece)
{
    return (Referral){ .names = &import->names,
                       .notes = &import->plan->problems,
                       .path = piece->path,
                       .err = &import->maker.failure };
}

static ContentAct
act_of(const Import *import, const Piece *piece)
{
    return import->plan->steps[piece - import->pieces.items].act;
}

static bool
is_due(const Import *import, const Piece *piece, ContentKind kind)
{
    return piece->kind == kind && act_of(import, piece) != CONTENT_SAME && piece->id != 0;
}

static void
was_made(Import *import, Piece *piece, int64_t id)
{
    piece->id = id;
    import->plan->steps[piece - import->pieces.items].id = id;
    names_add(&import->names, piece->kind, id, piece->entity_id);
}

static bool
is_ordinary(const Import *import, int64_t id)
{
    for (size_t i = 0; i < import->names.collections.count; i++)
        if (import->names.collections.items[i].id == id)
            return import->names.collections.items[i].namespace == NULL &&
                   !collection_is_trash(&import->names.collections.items[i]);
    return true;
}

/* The collection that a member names; not set: the root. */
static OptInt
collection_named(Import *import, const Piece *piece, const char *key)
{
    const Json *named = json_get(piece->tree, key);
    const char *entity = json_text_or(named, NULL);
    int64_t id = entity == NULL ? 0 : names_number(&import->names, KIND_COLLECTION, entity);

    if (named == NULL)
        return (OptInt){ 0 };
    if (id == 0 || !is_ordinary(import, id))
        note_add(&import->plan->problems, import->arena, piece->path, named->line,
                 "%s: there is no collection %.40s, neither here nor in the files", key,
                 entity == NULL ? "of that kind" : entity);
    return (OptInt){ id != 0, id };
}

/* ---------------------------------------------------------------------------------- collections */

static bool
location_of(Import *import, const Piece *piece, const char **location, Error *err)
{
    const char *parent = json_text_or(json_get(piece->tree, "parent_id"), NULL);
    Collection above;

    *location = "/";
    if (parent == NULL)
        return true;
    if (!collection_find(import->tx, import->arena,
                         names_number(&import->names, KIND_COLLECTION, parent), &above, err))
        return false;
    *location = collection_inside(import->arena, &above);
    return true;
}

static bool
make_collection(Import *import, Piece *piece, Error *err)
{
    Collection made = { 0 };

    if (!decode(import, piece, file_collection, piece->tree, &made))
        return true;
    if (!location_of(import, piece, &made.location, err) ||
        !collection_create(import->tx, import->arena, &made, err))
        return refuse(import, piece, err);
    was_made(import, piece, made.id);
    return true;
}

static bool
change_collection(Import *import, Piece *piece, Error *err)
{
    const char *location;
    Collection it;

    if (!collection_find(import->tx, import->arena, piece->id, &it, err))
        return false;
    it.description = it.authority_level = NULL;
    if (!decode(import, piece, file_collection, piece->tree, &it))
        return true;
    if (it.archived && !collection_archive(import->tx, import->arena, &it, false, err))
        return refuse(import, piece, err);
    if (!location_of(import, piece, &location, err) ||
        (strcmp(location, it.location) != 0 &&
         !collection_move(import->tx, import->arena, &it, location, err)) ||
        !collection_update(import->tx, import->arena, &it, err))
        return refuse(import, piece, err);
    return true;
}

/* Those whose parent is there; the others wait for it. */
static bool
apply_some_collections(Import *import, bool *waiting, bool *progress, Error *err)
{
    *waiting = *progress = false;
    for (size_t i = 0; i < import->pieces.count && !is_stopped(import); i++)
    {
        Piece *piece = &import->pieces.items[i];
        const char *parent = json_text_or(json_get(piece->tree, "parent_id"), NULL);

        if (piece->kind != KIND_COLLECTION || piece->done || act_of(import, piece) == CONTENT_SAME)
            continue;
        if (parent != NULL && names_number(&import->names, KIND_COLLECTION, parent) == 0)
        {
            *waiting = true;
            continue;
        }
        if (!(piece->id == 0 ? make_collection(import, piece, err)
                             : change_collection(import, piece, err)))
            return false;
        piece->done = true;
        *progress = true;
    }
    return true;
}

/* What still waits has no parent, or waits for itself. */
static void
complain_of_parent(Import *import, const Piece *piece)
{
    const Json *parent = json_get(piece->tree, "parent_id");

    for (size_t i = 0; i < import->pieces.count; i++)
        if (import->pieces.items[i].kind == KIND_COLLECTION &&
            strcmp(import->pieces.items[i].entity_id, json_text_or(parent, "")) == 0)
        {
            note_add(&import->plan->problems, import->arena, piece->path, parent->line,
                     "parent_id: these collections lie inside each other in a circle");
            return;
        }
    (void) collection_named(import, piece, "parent_id");
}

static bool
apply_collections(Import *import, Error *err)
{
    bool waiting = true, progress = true;

    while (waiting && progress && !is_stopped(import))
        if (!apply_some_collections(import, &waiting, &progress, err))
            return false;
    for (size_t i = 0; i < import->pieces.count && waiting; i++)
    {
        const Piece *piece = &import->pieces.items[i];

        if (piece->kind == KIND_COLLECTION && !piece->done && act_of(import, piece) != CONTENT_SAME)
            complain_of_parent(import, piece);
    }
    return true;
}

/* ---------------------------------------------------------------------------- what is new, bare */

static bool
make_snippet(Import *import, Piece *piece, Error *err)
{
    Snippet made = { .creator_id = import->order->user_id };

    if (!decode(import, piece, file_snippet, piece->tree, &made))
        return true;
    if (!snippet_create(import->tx, import->arena, &made, err))
        return refuse(import, piece, err);
    was_made(import, piece, made.id);
    return true;
}

static bool
make_definition(Import *import, Piece *piece, Error *err)
{
    Referral r = referral_of(import, piece);
    Definition made = { .creator_id = import->order->user_id };
    const Json *table = refer_table(&r, json_get(piece->tree, "table_id"));

    if (!decode(import, piece, file_segment, piece->tree, &made) ||
        !json_to_int(table, &made.table_id))
        return !is_stopped(import) || refuse(import, piece, &import->maker.failure);
    if (!(piece->kind == KIND_SEGMENT ? segment_create(import->tx, import->arena, &made, err)
                                      : measure_create(import->tx, import->arena, &made, err)))
        return refuse(import, piece, err);
    was_made(import, piece, made.id);
    return true;
}

static bool
make_dashboard(Import *import, Piece *piece, Error *err)
{
    Dashboard made = dashboard_new(import->arena);

    made.creator_id = import->order->user_id;
    if (!decode(import, piece, file_dashboard, piece->tree, &made))
        return true;
    if (!dashboard_create(import->tx, import->arena, &made, err))
        return refuse(import, piece, err);
    was_made(import, piece, made.id);
    return true;
}

static bool
make_card(Import *import, Piece *piece, Error *err)
{
    Card made = card_new(import->arena);

    made.creator_id = import->order->user_id;
    if (!decode(import, piece, file_card, piece->tree, &made))
        return true;
    made.dataset_query = json_new(import->arena, JSON_OBJECT);
    made.result_metadata = NULL;
    if (!card_create(import->tx, import->arena, &made, err))
        return refuse(import, piece, err);
    was_made(import, piece, made.id);
    return true;
}

static bool
make_bare(Import *import, Piece *piece, Error *err)
{
    if (act_of(import, piece) != CONTENT_CREATE)
        return true;
    switch (piece->kind)
    {
        case KIND_SNIPPET:
            return make_snippet(import, piece, err);
        case KIND_SEGMENT:
        case KIND_MEASURE:
            return make_definition(import, piece, err);
        case KIND_DASHBOARD:
            return make_dashboard(import, piece, err);
        case KIND_CARD:
            return make_card(import, piece, err);
        case KIND_COLLECTION:
        case KIND_TAB:
        case KIND_COUNT:
            break;
    }
    return true;
}

/* --------------------------------------------------------------------------------- small things */

static bool
fill_snippet(Import *import, Piece *piece, Error *err)
{
    Referral r = referral_of(import, piece);
    const Json *tree = refer(&r, piece->tree);
    Snippet it;

    if (!snippet_find(import->tx, import->arena, piece->id, &it, err))
        return false;
    it.description = NULL;
    it.template_tags = NULL;
    it.archived = false;
    if (!decode(import, piece, file_snippet, tree, &it))
        return true;
    return snippet_update(import->tx, import->arena, &it, err) || refuse(import, piece, err);
}

static bool
fill_definition(Import *import, Piece *piece, Error *err)
{
    bool is_segment = piece->kind == KIND_SEGMENT;
    Referral r = referral_of(import, piece);
    const Json *tree = refer(&r, piece->tree);
    Definition it;

    if (!(is_segment ? segment_find(import->tx, import->arena, piece->id, &it, err)
                     : measure_find(import->tx, import->arena, piece->id, &it, err)))
        return false;
    it.description = it.points_of_interest = it.caveats = NULL;
    it.show_in_getting_started = it.archived = false;
    if (!decode(import, piece, file_segment, tree, &it) ||
        !json_to_int(json_get(tree, "table_id"), &it.table_id))
        return true;
    return (is_segment ? segment_update(import->tx, import->arena, &it, err)
                       : measure_update(import->tx, import->arena, &it, err)) ||
           refuse(import, piece, err);
}

/* ---------------------------------------------------------------------------------------- cards */

/* What goes without saying in a file; what a file does not say stays. */
static void
reset_card(Arena *arena, Card *card)
{
    const Card fresh = card_new(arena);

    card->type = "question";
    card->display = "table";
    card->description = NULL;
    card->collection_position = card->cache_ttl = (OptInt){ 0 };
    card->collection_preview = true;
    card->parameters = fresh.parameters;
    card->parameter_mappings = fresh.parameter_mappings;
    card->visualization_settings = json_new(arena, JSON_OBJECT);
    card->archived = card->archived_directly = false;
}

/* In a dashboard, it lies where that lies. */
static bool
place_card(Import *import, const Piece *piece, Card *card, Error *err)
{
    const Json *named = json_get(piece->tree, "dashboard_id");
    const char *entity = json_text_or(named, NULL);
    int64_t id = entity == NULL ? 0 : names_number(&import->names, KIND_DASHBOARD, entity);
    Dashboard dashboard;

    card->dashboard_id = (OptInt){ 0 };
    if (named == NULL)
    {
        card->collection_id = collection_named(import, piece, "collection_id");
        return true;
    }
    if (id == 0)
    {
        note_add(&import->plan->problems, import->arena, piece->path, named->line,
                 "dashboard_id: there is no dashboard %.40s, neither here nor in the files",
                 entity == NULL ? "of that kind" : entity);
        return true;
    }
    if (!dashboard_find(import->tx, import->arena, id, &dashboard, err))
        return false;
    card->dashboard_id = (OptInt){ true, id };
    card->collection_id = dashboard.collection_id;
    return true;
}

/* Columns of a model come from the file; what was learned of a question is forgotten with it. */
static void
settle_columns(Referral *r, const Piece *piece, const Json *before, Card *card)
{
    const Json *columns = json_get(piece->tree, "result_metadata");

    if (columns != NULL && columns->kind == JSON_ARRAY)
        card->result_metadata = refer_columns(r, columns);
    else if (before == NULL || !json_equal(before, card->dataset_query))
        card->result_metadata = NULL;
}

static bool
fill_card(Import *import, Piece *piece, Error *err)
{
    Referral r = referral_of(import, piece);
    Json *tree = refer(&r, piece->tree);
    const Json *before, *columns;
    Card it;

    if (!card_find(import->tx, import->arena, piece->id, &it, err))
        return false;
    before = it.dataset_query;
    columns = it.result_metadata;
    reset_card(import->arena, &it);
    if (!decode(import, piece, file_card, tree, &it) || !place_card(import, piece, &it, err))
        return err->code == ERR_NONE;
    it.result_metadata = columns;
    settle_columns(&r, piece, before, &it);
    it.query_type = query_is_native(it.dataset_query) ? "native" : "query";
    if (!card_update(import->tx, import->arena, &it, err))
        return refuse(import, piece, err);
    return version_note_card(import->tx, import->arena, import->order->user_id, &it,
                             (Change){ .is_creation = act_of(import, piece) == CONTENT_CREATE },
                             err) ||
           refuse(import, piece, err);
}

/* ----------------------------------------------------------------------------------- dashboards */

static bool
arrange_tabs(Import *import, Piece *piece, Error *err)
{
    const Json *list = json_get(piece->tree, "tabs");
    TabList tabs = { ARENA_ARRAY(import->arena, list == NULL ? 1 : list->count + 1, Tab), 0 };
    TabList old;

    if (!tab_list(import->tx, import->arena, piece->id, &old, err))
        return false;
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        Tab *tab = &tabs.items[tabs.count++];

        if (!decode(import, piece, file_tab, item, tab))
            return true;
        tab->id = -(int64_t) tabs.count;
        for (size_t i = 0; i < old.count; i++)
            if (strcmp(old.items[i].entity_id, tab->entity_id) == 0)
                tab->id = old.items[i].id;
    }
    if (!dashboard_arrange(import->tx, import->arena, piece->id, &tabs, NULL, err))
        return refuse(import, piece, err);
    for (size_t i = 0; i < tabs.count; i++)
        names_add(&import->names, KIND_TAB, tabs.items[i].id, tabs.items[i].entity_id);
    return true;
}

/* The dashboard itself and its tabs; its cards come when all cards are there. */
static bool
fill_dashboard(Import *import, Piece *piece, Error *err)
{
    Referral r = referral_of(import, piece);
    const Dashboard fresh = dashboard_new(import->arena);
    Json *tree = kind_canonical(import->arena, KIND_DASHBOARD, piece->tree);
    Dashboard it;

    if (!dashboard_find(import->tx, import->arena, piece->id, &it, err))
        return false;
    it.description = it.points_of_interest = it.caveats = NULL;
    it.collection_position = it.cache_ttl = (OptInt){ 0 };
    it.width = "fixed";
    it.auto_apply_filters = true;
    it.parameters = fresh.parameters;
    it.archived = it.archived_directly = false;
    if (json_get(tree, "parameters") != NULL)
        (void) json_put(import->arena, tree, "parameters", refer(&r, json_get(tree, "parameters")));
    if (!decode(import, piece, file_dashboard, tree, &it))
        return true;
    it.collection_id = collection_named(import, piece, "collection_id");
    if (!dashboard_update(import->tx, import->arena, &it, err))
        return refuse(import, piece, err);
    return arrange_tabs(import, piece, err);
}

static bool
read_series(Import *import, const Json *list, Dashcard *card)
{
    card->series.items = ARENA_ARRAY(import->arena, list == NULL ? 1 : list->count + 1, int64_t);
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (!json_to_int(json_get(item, "card_id"), &card->series.items[card->series.count++]))
            return false;
    return true;
}

/* False when something is wrong with it, which is noted. */
static bool
read_dashcard(Import *import, const Piece *piece, const Json *item, Dashcard *card)
{
    Referral r = referral_of(import, piece);
    const Json *tab = json_get(item, "dashboard_tab_id");
    const Json *tabs = json_get(piece->tree, "tabs");
    const Json *tree = refer(&r, item);
    bool known = tab == NULL;

    *card = (Dashcard){ .parameter_mappings = json_new(import->arena, JSON_ARRAY),
                        .inline_parameters = json_new(import->arena, JSON_ARRAY),
                        .visualization_settings = json_new(import->arena, JSON_OBJECT) };
    for (const Json *it = tab == NULL || tabs == NULL ? NULL : tabs->first; it != NULL;
         it = it->next)
        known = known || json_equal(json_get(it, "entity_id"), tab);
    if (!known || (tab == NULL && tabs != NULL))
    {
        note_add(&import->plan->problems, import->arena, piece->path,
                 tab == NULL ? item->line : tab->line,
                 "dashcards: dashboard_tab_id: value must be the entity_id of one of the tabs");
        return false;
    }
    if (tab != NULL)
        card->dashboard_tab_id =
            (OptInt){ true, names_number(&import->names, KIND_TAB, json_text_or(tab, "")) };
    card->card_id.set = json_to_int(json_get(tree, "card_id"), &card->card_id.value);
    if (!decode(import, piece, file_dashcard, tree, card))
        return false;
    if (card->col + card->size_x > COLUMNS)
    {
        note_add(&import->plan->problems, import->arena, piece->path, item->line,
                 "dashcards: col and size_x must be %d together at most", COLUMNS);
        return false;
    }
    return read_series(import, json_get(tree, "series"), card);
}

static bool
place_dashcards(Import *import, Piece *piece, Error *err)
{
    const Json *list = json_get(piece->tree, "dashcards");
    DashcardList cards = { NULL, 0 };
    DashcardList old;
    Dashboard it;

    cards.items = ARENA_ARRAY(import->arena, list == NULL ? 1 : list->count + 1, Dashcard);
    if (!dashcard_list(import->tx, import->arena, piece->id, &old, err))
        return false;
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        Dashcard *card = &cards.items[cards.count];

        if (!read_dashcard(import, piece, item, card))
            continue;
        card->id = -(int64_t) ++cards.count;
        for (size_t i = 0; i < old.count; i++)
            if (strcmp(old.items[i].entity_id, card->entity_id) == 0)
                card->id = old.items[i].id;
    }
    if (!dashboard_arrange(import->tx, import->arena, piece->id, NULL, &cards, err))
        return refuse(import, piece, err);
    return (dashboard_find(import->tx, import->arena, piece->id, &it, err) &&
            version_note_dashboard(
                import->tx, import->arena, import->order->user_id, &it,
                (Change){ .is_creation = act_of(import, piece) == CONTENT_CREATE }, err)) ||
           refuse(import, piece, err);
}

/* ------------------------------------------------------------------------------------ the trash */

static bool
trash_card(Import *import, int64_t id, Error *err)
{
    Card it;

    if (!card_find(import->tx, import->arena, id, &it, err))
        return false;
    it.archived = it.archived_directly = true;
    it.collection_position = (OptInt){ 0 };
    return card_update(import->tx, import->arena, &it, err) &&
           dashcard_remove_card(import->tx, import->arena, id, 0, err) &&
           version_note_card(import->tx, import->arena, import->order->user_id, &it, (Change){ 0 },
                             err);
}

static bool
trash_dashboard(Import *import, int64_t id, Error *err)
{
    Dashboard it;

    if (!dashboard_find(import->tx, import->arena, id, &it, err))
        return false;
    it.archived = it.archived_directly = true;
    it.collection_position = (OptInt){ 0 };
    return dashboard_update(import->tx, import->arena, &it, err) &&
           version_note_dashboard(import->tx, import->arena, import->order->user_id, &it,
                                  (Change){ 0 }, err);
}

static bool
trash_one(Import *import, const ContentStep *step, Error *err)
{
    Collection it;

    if (strcmp(step->model, kind_infos[KIND_CARD].word) == 0)
        return trash_card(import, step->id, err);
    if (strcmp(step->model, kind_infos[KIND_DASHBOARD].word) == 0)
        return trash_dashboard(import, step->id, err);
    return collection_find(import->tx, import->arena, step->id, &it, err) &&
           (it.archived || collection_archive(import->tx, import->arena, &it, true, err));
}

/* ------------------------------------------------------------------------------------------ all */

typedef bool Fill(Import *import, Piece *piece, Error *err);

/* Everybody's files say all of one kind before the next kind begins. */
static const struct
{
    ContentKind kind;
    Fill *fill;
} fills[] = {
    { KIND_SNIPPET, fill_snippet },    { KIND_SEGMENT, fill_definition },
    { KIND_MEASURE, fill_definition }, { KIND_DASHBOARD, fill_dashboard },
    { KIND_CARD, fill_card },          { KIND_DASHBOARD, place_dashcards },
};

static bool
fill_all(Import *import, Error *err)
{
    for (size_t f = 0; f < COUNT_OF(fills); f++)
        for (size_t i = 0; i < import->pieces.count && !is_stopped(import); i++)
            if (is_due(import, &import->pieces.items[i], fills[f].kind) &&
                !fills[f].fill(import, &import->pieces.items[i], err))
                return false;
    for (size_t i = 0; i < import->plan->count && !is_stopped(import); i++)
        if (import->plan->steps[i].act == CONTENT_TRASH &&
            !trash_one(import, &import->plan->steps[i], err))
            return false;
    return true;
}

bool
apply_all(Import *import, Error *err)
{
    Error failure = { 0 };
    bool done = apply_collections(import, &failure);

    for (size_t i = 0; i < import->pieces.count && done && !is_stopped(import); i++)
        done = make_bare(import, &import->pieces.items[i], &failure);
    done = done && fill_all(import, &failure);
    if (done && is_stopped(import) && import->plan->problems.list.count == 0)
        failure = import->maker.failure;
    if (failure.code == ERR_NONE || import->plan->problems.list.count > 0)
        return true;
    *err = failure;
    return false;
}
