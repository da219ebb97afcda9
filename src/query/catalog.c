/* Looks things up in the catalog; tables and fields by id. */
#include "query/catalog.h"

const CatalogTable *
catalog_table(const Catalog *catalog, int64_t id)
{
    for (size_t i = 0; i < catalog->table_count; i++)
        if (catalog->tables[i].id == id)
            return &catalog->tables[i];
    return NULL;
}

const CatalogField *
catalog_field(const Catalog *catalog, int64_t id)
{
    for (size_t i = 0; i < catalog->table_count; i++)
        for (size_t f = 0; f < catalog->tables[i].field_count; f++)
            if (catalog->tables[i].fields[f].id == id)
                return &catalog->tables[i].fields[f];
    return NULL;
}

const CatalogItem *
catalog_item(const Catalog *catalog, CatalogKind kind, int64_t id, const char *name)
{
    return catalog->find == NULL ? NULL : catalog->find(catalog, kind, id, name);
}
