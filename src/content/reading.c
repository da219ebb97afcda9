/* One file is one thing. serdes/meta says which; its keys are those of its kind, and no others. */
#include "content/reading.h"

#include "base/crypto.h"
#include "base/yaml.h"

#include <string.h>

enum
{
    ENTITY_BYTES = 21
};

typedef struct Reading
{
    Arena *arena;
    ContentNotes *notes;
    PieceList *pieces;
    Map *seen; /* kind and entity id to the path */
} Reading;

static bool
kind_of(Reading *r, const char *path, const Json *tree, ContentKind *kind)
{
    const Json *meta = json_get(tree, "serdes/meta");
    const Json *last = meta == NULL || meta->kind != JSON_ARRAY || meta->count == 0
                           ? NULL
                           : json_at(meta, meta->count - 1);
    const char *model = json_text_or(json_get(last, "model"), NULL);

    for (int i = 0; model != NULL && i < KIND_TAB; i++)
        if (strcmp(kind_infos[i].model, model) == 0)
        {
            *kind = (ContentKind) i;
            return true;
        }
    if (model == NULL)
        note_add(r->notes, r->arena, path, tree->line,
                 "serdes/meta: is missing; it says what the file is: a Card, a Dashboard, ...");
    else
        note_add(r->notes, r->arena, path, meta->line, "serdes/meta: a %.40s is not read here",
                 model);
    return false;
}

/* Folders of snippets and collections that an instance makes for itself stay as they are. */
static bool
is_left_out(const Json *tree, ContentKind kind)
{
    return kind == KIND_COLLECTION && (json_text_or(json_get(tree, "namespace"), NULL) != NULL ||
                                       json_text_or(json_get(tree, "type"), NULL) != NULL);
}

static bool
check_entity(Reading *r, const char *path, const Json *tree, ContentKind kind)
{
    const Json *id = json_get(tree, "entity_id");
    const char *text = json_text_or(id, "");
    const char *key, *other;

    if (!is_entity_id(text))
    {
        note_add(r->notes, r->arena, path, id == NULL ? tree->line : id->line,
                 "entity_id: value must be %d letters, digits, - or _", ENTITY_BYTES);
        return false;
    }
    key = arena_format(r->arena, "%s %s", kind_infos[kind].model, text);
    other = map_get(r->seen, key);
    if (other != NULL)
        note_add(r->notes, r->arena, path, id->line, "entity_id: %s has the same", other);
    map_put(r->seen, key, (void *) path);
    return other == NULL;
}

/* Tabs and cards that were written by hand need none: the same file gives the same ones. */
static void
give_entities(Arena *arena, const char *dashboard, const char *list_name, Json *list)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    int at = 0;

    for (Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next, at++)
    {
        uint8_t digest[SHA256_BYTES];
        char made[ENTITY_BYTES + 1] = "";

        if (item->kind != JSON_OBJECT || json_get(item, "entity_id") != NULL)
            continue;
        sha256(str_of(arena_format(arena, "%s %s %d", dashboard, list_name, at)), digest);
        for (size_t i = 0; i < ENTITY_BYTES; i++)
            made[i] = letters[digest[i] & 63];
        (void) json_put(arena, item, "entity_id", json_new_text(arena, made));
    }
}

static void
check_list(Reading *r, const char *path, const Json *tree, const char *list_name)
{
    const Json *list = json_get(tree, list_name);
    Map *seen = map_new(r->arena);

    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        const char *id = json_text_or(json_get(item, "entity_id"), "");

        if (item->kind == JSON_OBJECT && (!is_entity_id(id) || map_has(seen, id)))
            note_add(r->notes, r->arena, path, item->line,
                     "%s: entity_id: value must be %d letters, digits, - or _, and only here",
                     list_name, ENTITY_BYTES);
        map_put(seen, id, r);
    }
}

static void
read_dashboard(Reading *r, const char *path, const Json *tree)
{
    const char *id = json_text_or(json_get(tree, "entity_id"), "");

    give_entities(r->arena, id, "tabs", json_get(tree, "tabs"));
    give_entities(r->arena, id, "dashcards", json_get(tree, "dashcards"));
    check_list(r, path, tree, "tabs");
    check_list(r, path, tree, "dashcards");
}

static void
read_file(Reading *r, const ContentFile *file)
{
    size_t before = r->notes->list.count + r->notes->more;
    ContentKind kind = KIND_CARD;
    Error wrong = { 0 };
    Json *tree = NULL;
    Piece *piece;

    if (!yaml_parse(r->arena, file->text, &tree, &wrong))
    {
        note_add(r->notes, r->arena, file->path, 0, "%s", wrong.message);
        return;
    }
    if (tree->kind != JSON_OBJECT)
        note_add(r->notes, r->arena, file->path, 0, "the file must be an object: key: value");
    else if (kind_of(r, file->path, tree, &kind) && !is_left_out(tree, kind) &&
             check_entity(r, file->path, tree, kind))
    {
        kind_check(r->notes, r->arena, file->path, kind, tree);
        if (kind == KIND_DASHBOARD && r->notes->list.count + r->notes->more == before)
            read_dashboard(r, file->path, tree);
        piece = piece_add(r->arena, r->pieces);
        piece->kind = kind;
        piece->path = file->path;
        piece->entity_id = json_text_or(json_get(tree, "entity_id"), "");
        piece->name = json_text_or(json_get(tree, "name"), "");
        piece->tree = kind_canonical(r->arena, kind, tree);
    }
}

/* In a Metabase export the files of databases and tables lie beside: they say what a sync finds. */
static bool
is_of_metadata(const char *path)
{
    return strncmp(path, "databases/", 10) == 0 && strstr(path, "/segments/") == NULL &&
           strstr(path, "/measures/") == NULL;
}

void
read_pieces(Arena *arena, const ContentFiles *files, PieceList *pieces, ContentNotes *notes)
{
    Reading reading = { arena, notes, pieces, map_new(arena) };

    *pieces = (PieceList){ 0 };
    for (size_t i = 0; i < files->count; i++)
        if (!is_of_metadata(files->items[i].path))
            read_file(&reading, &files->items[i]);
}
