/* All or nothing: read, compare, then make what is missing, then fill it; the transaction is taken
 * back when anything is wrong, or when it was only to be seen. */
#include "auth/audit.h"
#include "content/apply.h"
#include "content/reading.h"

#include <string.h>

/* ----------------------------------------------------------------------------------------- plan */

/* The members that differ, in the order of the file. */
static void
compare(Arena *arena, ContentKind kind, const Json *before, const Json *after, ContentStep *step)
{
    const KeyRule *rule = kind_infos[kind].keys;
    size_t most = 0;

    while (rule[most].key != NULL)
        most++;
    step->changes = ARENA_ARRAY(arena, most + 1, ContentChange);
    for (; rule->key != NULL; rule++)
    {
        const Json *old = json_get(before, rule->key);
        const Json *new = json_get(after, rule->key);

        if (old == new || (old != NULL && new != NULL &&json_equal(old, new)))
            continue;
        step->changes[step->change_count++] = (ContentChange){ rule->key, old, new };
    }
}

static bool
plan_piece(Import *import, Piece *piece, ContentStep *step, Error *err)
{
    Piece here = { 0 };

    *step = (ContentStep){ .act = CONTENT_CREATE,
                           .model = kind_infos[piece->kind].word,
                           .path = piece->path,
                           .entity_id = piece->entity_id,
                           .name = piece->name };
    piece->id = names_number(&import->names, piece->kind, piece->entity_id);
    if (piece->id == 0)
        return true;
    if (!piece_of(&import->maker, piece->kind, piece->id, &here))
    {
        *err = import->maker.failure;
        return false;
    }
    compare(import->arena, piece->kind, here.tree, piece->tree, step);
    piece->archived = here.archived;
    step->id = piece->id;
    step->is_public = here.is_public;
    step->act = step->change_count > 0 || here.archived ? CONTENT_CHANGE : CONTENT_SAME;
    return true;
}

static bool
plan_pieces(Import *import, Error *err)
{
    ContentPlan *plan = import->plan;

    plan->steps = ARENA_ARRAY(import->arena,
                              import->pieces.count + import->names.collections.count +
                                  import->names.cards.count + import->names.dashboards.count + 1,
                              ContentStep);
    for (; plan->count < import->pieces.count; plan->count++)
        if (!plan_piece(import, &import->pieces.items[plan->count], &plan->steps[plan->count], err))
            return false;
    return true;
}

/* -------------------------------------------------------------------------------------- pruning */

static bool
has_file(const Import *import, ContentKind kind, const char *entity_id)
{
    for (size_t i = 0; i < import->pieces.count; i++)
        if (import->pieces.items[i].kind == kind &&
            strcmp(import->pieces.items[i].entity_id, entity_id) == 0)
            return true;
    return false;
}

static bool
in_files(const Import *import, OptInt collection_id)
{
    const char *entity = collection_id.set
                             ? names_entity(&import->names, KIND_COLLECTION, collection_id.value)
                             : NULL;

    return entity != NULL && has_file(import, KIND_COLLECTION, entity);
}

static void
plan_trash(Import *import, ContentKind kind, int64_t id, const char *entity_id, const char *name,
           bool is_public)
{
    if (has_file(import, kind, entity_id))
        return;
    import->plan->steps[import->plan->count++] = (ContentStep){ .act = CONTENT_TRASH,
                                                                .model = kind_infos[kind].word,
                                                                .entity_id = entity_id,
                                                                .name = name,
                                                                .id = id,
                                                                .is_public = is_public };
}

/* Only what lies right in a collection of the files; what was put into one of its own goes along.
 */
static void
plan_pruning(Import *import)
{
    const Names *names = &import->names;

    for (size_t i = 0; i < names->collections.count; i++)
    {
        const Collection *it = &names->collections.items[i];
        int64_t parent = location_parent(it->location);

        if (!it->archived && it->namespace == NULL &&
            in_files(import, (OptInt){ parent != 0, parent }))
            plan_trash(import, KIND_COLLECTION, it->id, it->entity_id, it->name, false);
    }
    for (size_t i = 0; i < names->dashboards.count; i++)
    {
        const Dashboard *it = &names->dashboards.items[i];

        if (!it->archived && in_files(import, it->collection_id))
            plan_trash(import, KIND_DASHBOARD, it->id, it->entity_id, it->name,
                       it->public_uuid != NULL || it->enable_embedding);
    }
    for (size_t i = 0; i < names->cards.count; i++)
    {
        const Card *it = &names->cards.items[i];
        const char *inside = it->dashboard_id.set
                                 ? names_entity(names, KIND_DASHBOARD, it->dashboard_id.value)
                                 : NULL;

        /* What is inside a dashboard that goes, goes with it. */
        if (!it->archived && in_files(import, it->collection_id) &&
            (inside == NULL || has_file(import, KIND_DASHBOARD, inside)))
            plan_trash(import, KIND_CARD, it->id, it->entity_id, it->name,
                       it->public_uuid != NULL || it->enable_embedding);
    }
}

/* ---------------------------------------------------------------------------------------- audit */

static const struct
{
    const char *model;
    const char *acts[CONTENT_TRASH + 1];
} audit_acts[KIND_TAB] = {
    [KIND_COLLECTION] = { "Collection",
                          { NULL, "collection-create", "collection-update",
                            "collection-archive" } },
    [KIND_SNIPPET] = { "NativeQuerySnippet", { NULL, "snippet-create", "snippet-update", NULL } },
    [KIND_SEGMENT] = { "Segment", { NULL, "segment-create", "segment-update", NULL } },
    [KIND_MEASURE] = { "Measure", { NULL, "measure-create", "measure-update", NULL } },
    [KIND_DASHBOARD] = { "Dashboard",
                         { NULL, "dashboard-create", "dashboard-update", "dashboard-archive" } },
    [KIND_CARD] = { "Card", { NULL, "card-create", "card-update", "card-archive" } },
};

static bool
note_step(const Import *import, const ContentStep *step, Error *err)
{
    Json *details = json_new(import->arena, JSON_OBJECT);
    Act act = { .model_id = step->id, .details = details };

    for (int i = 0; i < KIND_TAB; i++)
        if (strcmp(kind_infos[i].word, step->model) == 0)
        {
            act.model = audit_acts[i].model;
            act.action = audit_acts[i].acts[step->act];
        }
    if (act.action == NULL)
        return true;
    (void) json_put(import->arena, details, "name", json_new_text(import->arena, step->name));
    (void) json_put(import->arena, details, "from", json_new_text(import->arena, "files"));
    if (step->is_public)
        (void) json_put(import->arena, details, "published", json_new_bool(import->arena, true));
    return audit_note(import->tx, import->arena, import->order->who, import->order->address, &act,
                      err);
}

/* Last of all: its lines leave as they are written. */
static bool
note_all(const Import *import, Error *err)
{
    for (size_t i = 0; i < import->plan->count; i++)
        if (!note_step(import, &import->plan->steps[i], err))
            return false;
    return true;
}

/* ------------------------------------------------------------------------------- managed by files
 */

static bool
note_managed(const Import *import, const Collection *it, Error *err)
{
    Json *details = json_new(import->arena, JSON_OBJECT);
    const Act act = { .action = "collection-managed",
                      .model = "Collection",
                      .model_id = it->id,
                      .details = details };

    (void) json_put(import->arena, details, "name", json_new_text(import->arena, it->name));
    return audit_note(import->tx, import->arena, import->order->who, import->order->address, &act,
                      err);
}

/* Those of the files that people change now; each goes with what lies below it. */
static bool
manage_collections(Import *import, Error *err)
{
    Collection *found = ARENA_ARRAY(import->arena, import->pieces.count + 1, Collection);
    ContentPlan *plan = import->plan;

    for (size_t i = 0; i < import->pieces.count; i++)
    {
        const Piece *piece = &import->pieces.items[i];
        Collection *it = &found[plan->managed];

        if (piece->kind != KIND_COLLECTION)
            continue;
        if (!collection_find(import->tx, import->arena, piece->id, it, err))
            return false;
        if (!it->is_remote_synced && it->namespace == NULL && !it->personal_owner_id.set)
            plan->managed++;
    }
    for (size_t i = 0; i < plan->managed; i++)
        if (!collection_manage(import->tx, import->arena, &found[i], true, err) ||
            (!import->order->dry_run && !note_managed(import, &found[i], err)))
            return false;
    return true;
}

/* --------------------------------------------------------------------------------------- import */

static bool
is_refused(const Import *import)
{
    return import->plan->problems.list.count > 0;
}

static void
count_acts(ContentPlan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        plan->acts[plan->steps[i].act]++;
}

bool
content_plan_acts(const ContentPlan *plan)
{
    return plan->acts[CONTENT_CREATE] + plan->acts[CONTENT_CHANGE] + plan->acts[CONTENT_TRASH] +
               plan->managed >
           0;
}

static bool
prepare(Import *import, const ContentFiles *files, Error *err)
{
    ContentNotes *gone = ARENA_NEW(import->arena, ContentNotes);

    read_pieces(import->arena, files, &import->pieces, &import->plan->problems);
    if (is_refused(import))
        return true;
    if (import->pieces.count == 0)
    {
        note_add(&import->plan->problems, import->arena, NULL, 0,
                 "there is no file of content: they lie below collections/ and databases/");
        return true;
    }
    if (!names_open(import->tx, import->arena, &import->names, err))
        return false;
    import->maker = (PieceMaker){ .names = &import->names, .notes = gone };
    if (!plan_pieces(import, err))
        return false;
    if (import->order->prune)
        plan_pruning(import);
    return true;
}

/* What was made only to be seen is not there any more. */
static void
forget_numbers(const Import *import)
{
    if (!import->order->dry_run && !is_refused(import))
        return;
    for (size_t i = 0; i < import->plan->count; i++)
        if (import->plan->steps[i].act == CONTENT_CREATE)
            import->plan->steps[i].id = 0;
}

bool
content_import(Store *store, Arena *arena, const ContentFiles *files, const ContentOrder *order,
               ContentPlan *plan, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Import import = { .arena = arena, .order = order, .plan = plan };

    *plan = (ContentPlan){ 0 };
    if (!store_begin(store, &tx, err))
        return false;
    import.tx = tx;
    if (!prepare(&import, files, err))
        return false;
    if (is_refused(&import))
        return true;
    count_acts(plan);
    if (!apply_all(&import, err))
        return false;
    if (order->manage && !is_refused(&import) && !manage_collections(&import, err))
        return false;
    forget_numbers(&import);
    if (is_refused(&import) || order->dry_run || !content_plan_acts(plan))
        return true;
    return note_all(&import, err) && store_commit(&tx, err);
}

/* ---------------------------------------------------------------------------------------- words */

const char *
content_act_name(ContentAct act)
{
    static const char *const names[] = { "unchanged", "created", "changed", "trashed" };

    return names[act];
}

static void
write_step(JsonWriter *w, const ContentStep *step)
{
    json_begin_object(w);
    json_put_text(w, "act", content_act_name(step->act));
    json_put_text(w, "model", step->model);
    json_put_text(w, "name", step->name);
    json_put_text(w, "path", step->path);
    json_put_text(w, "entity_id", step->entity_id);
    bind_put_opt(w, "id", (OptInt){ step->id != 0, step->id });
    json_put_bool(w, "is_public", step->is_public);
    json_key(w, "changes");
    json_begin_array(w);
    for (size_t i = 0; step->act == CONTENT_CHANGE && i < step->change_count; i++)
    {
        json_begin_object(w);
        json_put_text(w, "key", step->changes[i].key);
        json_put_tree(w, "before", step->changes[i].before);
        json_put_tree(w, "after", step->changes[i].after);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

void
content_plan_write(JsonWriter *w, const ContentPlan *plan)
{
    json_begin_object(w);
    for (int i = CONTENT_SAME; i <= CONTENT_TRASH; i++)
        json_put_int(w, content_act_name((ContentAct) i), (int64_t) plan->acts[i]);
    json_put_int(w, "managed", (int64_t) plan->managed);
    json_key(w, "problems");
    json_begin_array(w);
    for (size_t i = 0; i < plan->problems.list.count; i++)
    {
        const ContentNote *note = plan->problems.list.items[i];

        json_begin_object(w);
        json_put_text(w, "path", note->path);
        bind_put_opt(w, "line", (OptInt){ note->line != 0, note->line });
        json_put_text(w, "message", note->text);
        json_end_object(w);
    }
    json_end_array(w);
    json_put_int(w, "more_problems", (int64_t) plan->problems.more);
    json_key(w, "steps");
    json_begin_array(w);
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].act != CONTENT_SAME)
            write_step(w, &plan->steps[i]);
    json_end_array(w);
    json_end_object(w);
}
