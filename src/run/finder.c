/* One statement for each thing that a question names. What may not be read is not found. */
#include "run/finder.h"

static const CatalogItem *
item_of_card(Arena *arena, const Card *card)
{
    CatalogItem *item = ARENA_NEW(arena, CatalogItem);

    *item = (CatalogItem){ .id = card->id,
                           .name = card->name,
                           .type = card->type,
                           .content = card->dataset_query,
                           .metadata = card->result_metadata };
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
    return item_of_card(finder->arena, &card);
}

static const CatalogItem *
find(const Catalog *catalog, CatalogKind kind, int64_t id, const char *name)
{
    Finder *finder = catalog->arg;
    const CatalogItem *item = NULL;
    Error err = { .code = ERR_NONE };

    (void) name;
    if (kind == CATALOG_CARD)
        item = find_card(finder, id, &err);
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
