/* Everything that can be found by name, of all kinds, in one form. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/store.h"

typedef struct Found
{
    const char *model; /* card, dataset, metric, dashboard, collection, database, table, segment,
                          measure */
    int64_t id;
    const char *name;
    const char *description;
    bool archived;
    OptInt collection_id;
    OptInt collection_position;
    OptInt database_id;
    OptInt table_id;
    const char *table_name;
    const char *table_schema;
    const char *display;
    OptInt dashboard_id;
    OptInt creator_id;
    const char *created_at;
    const char *updated_at;
    int64_t view_count;
    OptInt last_editor_id;
    const char *last_edited_at;
    const char *authority_level; /* of collections, and of what lies in one: not here */
    const char *dataset_query;   /* text; of cards, when asked for */
    const char *words;           /* what is looked into: folded, or NULL: name and description */
    int64_t index_id; /* of a value of a model (indexed-entity), like the next two; or 0 */
    int64_t model_id;
    const char *model_name;
} Found;

typedef struct FoundList
{
    Found *items;
    size_t count;
} FoundList;

typedef struct SearchFilter
{
    bool archived;
    const char *word; /* folded; a part of what is looked for. NULL: anything */
    bool with_queries;
} SearchFilter;

/* No order. Databases, tables, segments and measures come whatever `word` is. */
bool search_all(Store *store, Arena *arena, const SearchFilter *filter, FoundList *list,
                Error *err);

#endif
