/* One statement for each thing that a question names. What may not be read is not found. */
#include "run/finder.h"

#include "store/library.h"

#include <string.h>

static const CatalogItem *
item_of_card(const Finder *finder, const Card *card)
{
    CatalogItem *item = ARENA_NEW(finder->arena, CatalogItem);
    bool learned = finder->learned_id == card->id;

    *item = (CatalogItem){ .id = card->id,
                           .name = card->name,
                           .type = card->type,
                           .content = card->dataset_query,
                           .metadata = learned ? finder->learned : card->result_metadata };
    return item;
}

static const CatalogItem *
find_card(Finder *finder, int64_t id, Error *err)
{
    Card card;

    if (id <= 0 || !card_find(finder->store, finder->arena, id, &card, err))
        return NULL;
    if (finder->who != NULL &&
        !access_to_card(finder->who, finder->store, finder->arena, &card, ACCESS_READ, err))
        return NULL;
    return item_of_card(finder, &card);
}

static const CatalogItem *
item_of_definition(Arena *arena, const Definition *definition)
{
    CatalogItem *item = ARENA_NEW(arena, CatalogItem);

    *item = (CatalogItem){ .id = definition->id,
                           .name = definition->name,
                           .table_id = definition->table_id,
                           .content = definition->definition };
    return item;
}

static const CatalogItem *
find_segment(Finder *finder, int64_t id, Error *err)
{
    Definition segment;

    return segment_find(finder->store, finder->arena, id, &segment, err)
               ? item_of_definition(finder->arena, &segment)
               : NULL;
}

static const CatalogItem *
find_measure(Finder *finder, int64_t id, Error *err)
{
    Definition measure;

    return measure_find(finder->store, finder->arena, id, &measure, err)
               ? item_of_definition(finder->arena, &measure)
               : NULL;
}

/* By its number, or by its name as older questions have it. */
static const CatalogItem *
find_snippet(Finder *finder, int64_t id, const char *name, Error *err)
{
    CatalogItem *item = ARENA_NEW(finder->arena, CatalogItem);
    SnippetList list = { 0 };
    Snippet snippet;

    if (id > 0)
    {
        if (!snippet_find(finder->store, finder->arena, id, &snippet, err))
            return NULL;
        list = (SnippetList){ &snippet, 1 };
    }
    else if (name == NULL || !snippet_list(finder->store, finder->arena, false, &list, err))
        return NULL;
    for (size_t i = 0; i < list.count; i++)
        if (id > 0 || strcmp(list.items[i].name, name) == 0)
        {
            *item = (CatalogItem){ .id = list.items[i].id,
                                   .name = list.items[i].name,
                                   .text = list.items[i].content };
            return item;
        }
    return NULL;
}

static const CatalogItem *
find(const Catalog *catalog, CatalogKind kind, int64_t id, const char *name)
{
    Finder *finder = catalog->arg;
    const CatalogItem *item = NULL;
    Error err = { .code = ERR_NONE };

    switch (kind)
    {
        case CATALOG_CARD:
            item = find_card(finder, id, &err);
            break;
        case CATALOG_SEGMENT:
            item = find_segment(finder, id, &err);
            break;
        case CATALOG_MEASURE:
            item = find_measure(finder, id, &err);
            break;
        case CATALOG_SNIPPET:
            item = find_snippet(finder, id, name, &err);
            break;
    }
    /* Not there and not allowed are the same to who asks; a database that is away is not. */
    if (err.code != ERR_NONE && err.code != ERR_NOT_FOUND && err.code != ERR_DENIED)
        finder->failure = err;
    return item;
}

Catalog
finder_catalog(Finder *finder, const Catalog *catalog)
{
    Catalog own = *catalog;

    own.find = find;
    own.arg = finder;
    return own;
}
