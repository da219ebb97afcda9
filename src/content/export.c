/* Which things become files, how the files are called, and their text. */
#include "base/yaml.h"
#include "content/content.h"
#include "content/piece.h"

#include <stdlib.h>
#include <string.h>

enum
{
    FILE_BYTES = 1024 * 1024, /* what yaml_parse reads */
    DEPTH = 40
};

typedef struct Export
{
    Names names;
    Arena *arena;
    PieceMaker maker;
    int64_t top; /* 0: everything */
    PieceList pieces;
    Map *held[KIND_COUNT]; /* entity id to it, of what is among the files */
    Map *used[KIND_COUNT];
    Map *taken; /* how many want the same name in the same place */
} Export;

/* ------------------------------------------------------------------------------------- choosing */

static const Collection *
collection_of(const Names *names, int64_t id)
{
    for (size_t i = 0; i < names->collections.count; i++)
        if (names->collections.items[i].id == id)
            return &names->collections.items[i];
    return NULL;
}

static bool
is_personal(const Names *names, const Collection *collection)
{
    const Collection *top = collection_of(names, location_top(collection->location));

    return collection->personal_owner_id.set || (top != NULL && top->personal_owner_id.set);
}

static bool
is_chosen(const Export *export, const Collection *collection)
{
    const char *inside;

    if (collection->archived || collection->namespace != NULL || collection_is_trash(collection))
        return false;
    if (export->top == 0)
        return !is_personal(&export->names, collection);
    if (collection->id == export->top)
        return true;
    inside = collection_inside(export->arena, collection_of(&export->names, export->top));
    return strncmp(collection->location, inside, strlen(inside)) == 0;
}

static bool
is_held(const Export *export, ContentKind kind, int64_t id)
{
    const char *entity = names_entity(&export->names, kind, id);

    return entity != NULL && map_has(export->held[kind], entity);
}

static bool
hold(Export *export, ContentKind kind, int64_t id)
{
    Piece *piece = piece_add(export->arena, &export->pieces);

    if (!piece_of(&export->maker, kind, id, piece))
        return false;
    map_put(export->held[kind], piece->entity_id, export);
    return true;
}

static bool
lies_inside(const Export *export, OptInt collection_id)
{
    return collection_id.set ? is_held(export, KIND_COLLECTION, collection_id.value)
                             : export->top == 0;
}

static bool
hold_content(Export *export)
{
    const Names *names = &export->names;

    for (size_t i = 0; i < names->collections.count; i++)
        if (is_chosen(export, &names->collections.items[i]) &&
            !hold(export, KIND_COLLECTION, names->collections.items[i].id))
            return false;
    for (size_t i = 0; i < names->dashboards.count; i++)
        if (!names->dashboards.items[i].archived &&
            lies_inside(export, names->dashboards.items[i].collection_id) &&
            !hold(export, KIND_DASHBOARD, names->dashboards.items[i].id))
            return false;
    for (size_t i = 0; i < names->cards.count; i++)
    {
        const Card *card = &names->cards.items[i];
        bool inside = card->dashboard_id.set
                          ? is_held(export, KIND_DASHBOARD, card->dashboard_id.value)
                          : lies_inside(export, card->collection_id);

        if (!card->archived && inside && !hold(export, KIND_CARD, card->id))
            return false;
    }
    return true;
}

/* What they use comes along; what that uses, too. */
static bool
hold_used(Export *export)
{
    static const ContentKind kinds[] = { KIND_SNIPPET, KIND_SEGMENT, KIND_MEASURE };
    bool more = true;

    while (more)
    {
        more = false;
        for (size_t k = 0; k < COUNT_OF(kinds); k++)
            for (size_t i = 0; i < map_count(export->used[kinds[k]]); i++)
            {
                const char *entity = map_key_at(export->used[kinds[k]], i);

                if (map_has(export->held[kinds[k]], entity))
                    continue;
                more = true;
                if (!hold(export, kinds[k], names_number(&export->names, kinds[k], entity)))
                    return false;
            }
    }
    return true;
}

/* Questions and dashboards elsewhere: whoever imports must have them. */
static void
note_missing(Export *export)
{
    static const ContentKind kinds[] = { KIND_COLLECTION, KIND_DASHBOARD, KIND_CARD };

    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        for (size_t i = 0; i < map_count(export->used[kinds[k]]); i++)
        {
            const char *entity = map_key_at(export->used[kinds[k]], i);
            const char *label = map_value_at(export->used[kinds[k]], i);

            if (!map_has(export->held[kinds[k]], entity))
                note_add(export->maker.notes, export->arena, NULL, 0,
                         "%s: it needs the %s %s, which is not among the files", label,
                         kind_infos[kinds[k]].word, entity);
        }
}

/* --------------------------------------------------------------------------------------- places */

static const char *
text_of(const Piece *piece, const char *key)
{
    return json_text_or(json_get(piece->tree, key), NULL);
}

/* The piece that it lies in, as files are laid out; NULL: a top folder. */
static const Piece *
above(const Export *export, const Piece *piece)
{
    const char *entity = piece->kind == KIND_COLLECTION ? text_of(piece, "parent_id")
                                                        : text_of(piece, "collection_id");
    ContentKind kind = KIND_COLLECTION;

    if (piece->kind == KIND_CARD && text_of(piece, "dashboard_id") != NULL)
    {
        entity = text_of(piece, "dashboard_id");
        kind = KIND_DASHBOARD;
    }
    for (size_t i = 0; entity != NULL && i < export->pieces.count; i++)
        if (export->pieces.items[i].kind == kind &&
            strcmp(export->pieces.items[i].entity_id, entity) == 0)
            return &export->pieces.items[i];
    return NULL;
}

/* databases/sample/schemas/main/tables/orders/segments */
static const char *
table_folder(const Export *export, const Piece *piece)
{
    Arena *arena = export->arena;
    const Json *table = json_get(piece->tree, "table_id");
    const char *schema = json_text_or(json_at(table, 1), NULL);
    const char *words = piece->kind == KIND_SEGMENT ? "segments" : "measures";
    const char *in =
        schema == NULL ? "" : arena_format(arena, "schemas/%s/", slug_of_name(arena, schema));

    return arena_format(arena, "databases/%s/%stables/%s/%s",
                        slug_of_name(arena, json_text_or(json_at(table, 0), "")), in,
                        slug_of_name(arena, json_text_or(json_at(table, 2), "")), words);
}

static const char *
top_folder(const Export *export, const Piece *piece)
{
    if (piece->kind == KIND_SEGMENT || piece->kind == KIND_MEASURE)
        return table_folder(export, piece);
    return piece->kind == KIND_SNIPPET ? "collections/snippets" : "collections/main";
}

static const char *
wanted_name(const Export *export, const Piece *piece)
{
    const Piece *parent = above(export, piece);

    return arena_format(export->arena, "%s/%s",
                        parent == NULL ? top_folder(export, piece) : parent->entity_id,
                        slug_of_name(export->arena, piece->name));
}

/* Without .yaml; where two want the same name, both have their entity id behind it. */
static const char *
place_of(const Export *export, const Piece *piece, int depth)
{
    Arena *arena = export->arena;
    const Piece *parent = above(export, piece);
    const char *folder = parent == NULL || depth > DEPTH ? top_folder(export, piece)
                                                         : place_of(export, parent, depth + 1);
    const size_t *count = map_get(export->taken, wanted_name(export, piece));
    const char *slug = slug_of_name(arena, piece->name);

    return *count == 1 ? arena_format(arena, "%s/%s", folder, slug)
                       : arena_format(arena, "%s/%s_%s", folder, slug, piece->entity_id);
}

static void
place_all(Export *export)
{
    export->taken = map_new(export->arena);
    for (size_t i = 0; i < export->pieces.count; i++)
    {
        const char *name = wanted_name(export, &export->pieces.items[i]);
        size_t *count = map_get(export->taken, name);

        if (count == NULL)
            count = ARENA_NEW(export->arena, size_t);
        (*count)++;
        map_put(export->taken, name, count);
    }
    for (size_t i = 0; i < export->pieces.count; i++)
        export->pieces.items[i].path =
            arena_format(export->arena, "%s.yaml", place_of(export, &export->pieces.items[i], 0));
}

/* ----------------------------------------------------------------------------------------- text */

static Json *
with_meta(Arena *arena, const Piece *piece)
{
    Json *tree = json_share(arena, piece->tree);
    Json *list = json_new(arena, JSON_ARRAY);
    Json *meta = json_add(list, json_new(arena, JSON_OBJECT));

    (void) json_put(arena, meta, "id", json_new_text(arena, piece->entity_id));
    (void) json_put(arena, meta, "label", json_new_text(arena, slug_of_name(arena, piece->name)));
    (void) json_put(arena, meta, "model", json_new_text(arena, kind_infos[piece->kind].model));
    (void) json_put(arena, tree, "serdes/meta", list);
    return tree;
}

/* What is written is read back before it leaves: a file that says something else would be found out
 * too late. */
static bool
write_piece(Arena *arena, const Piece *piece, ContentFile *file, Error *err)
{
    Json *tree = with_meta(arena, piece);
    Buf text = buf_new(arena, FILE_BYTES);
    Json *read = NULL;

    yaml_write(&text, tree);
    if (text.failed)
        return error_set(err, ERR_TOO_LARGE, "%s %s is larger than a file may be (%d bytes)",
                         kind_infos[piece->kind].word, piece->name, FILE_BYTES);
    if (!yaml_parse(arena, buf_slice(&text), &read, err) || !json_equal(tree, read))
        return error_set(err, ERR_INTERNAL, "%s %s cannot be written as YAML",
                         kind_infos[piece->kind].word, piece->name);
    *file = (ContentFile){ piece->path, buf_slice(&text) };
    return true;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const Piece *) a)->path, ((const Piece *) b)->path);
}

static bool
write_all(Export *export, ContentFiles *files, Error *err)
{
    ContentFiles made = { ARENA_ARRAY(export->arena, export->pieces.count + 1, ContentFile), 0 };

    if (export->pieces.count > 0)
        qsort(export->pieces.items, export->pieces.count, sizeof(Piece), by_path);
    for (; made.count < export->pieces.count; made.count++)
        if (!write_piece(export->arena, &export->pieces.items[made.count], &made.items[made.count],
                         err))
            return false;
    *files = made;
    return true;
}

bool
content_export(Store *store, Arena *arena, int64_t collection_id, ContentFiles *files,
               ContentNotes *notes, Error *err)
{
    Export export = { .arena = arena, .top = collection_id };

    *notes = (ContentNotes){ 0 };
    if (!names_open(store, arena, &export.names, err))
        return false;
    if (collection_id != 0 && collection_of(&export.names, collection_id) == NULL)
        return error_set(err, ERR_NOT_FOUND, "there is no such collection");
    for (size_t i = 0; i < KIND_COUNT; i++)
    {
        export.held[i] = map_new(arena);
        export.used[i] = map_new(arena);
    }
    export.maker = (PieceMaker){ .names = &export.names, .notes = notes, .used = export.used };
    if (!hold_content(&export) || !hold_used(&export))
    {
        *err = export.maker.failure;
        return false;
    }
    note_missing(&export);
    place_all(&export);
    return write_all(&export, files, err);
}
