/*
 * Values of a column of a model that search finds, each with the key of its row. They are those
 * that the question `question` gave: whoever is given others by it now may not find them.
 */
#ifndef STORE_MODEL_INDEX_H
#define STORE_MODEL_INDEX_H

#include "store/store.h"

typedef struct ModelIndex
{
    int64_t id;
    int64_t model_id;
    const Json *pk_ref;    /* of the column that holds keys */
    const Json *value_ref; /* and of the one that holds what is found */
    const char *schedule;
    const char *state; /* initial, indexed, overflow, error */
    const char *indexed_at;
    const char *error; /* NULL: none */
    const char *created_at;
    OptInt creator_id;
    const char *question; /* what gave the values, as a hash; NULL: there are none */
} ModelIndex;

extern const Field model_index_columns[];

typedef struct ModelIndexList
{
    ModelIndex *items;
    size_t count;
} ModelIndexList;

/* One value, with its model as it is now. */
typedef struct IndexedValue
{
    int64_t index_id;
    int64_t key;
    const char *name;
    const char *words; /* folded */
    int64_t model_id;
    const char *model_name;
    OptInt collection_id;
    OptInt database_id;
} IndexedValue;

typedef struct IndexedValueList
{
    IndexedValue *items;
    size_t count;
} IndexedValueList;

/* model_id 0: of all models that are neither archived nor turned into something else. */
bool model_index_list(Store *store, Arena *arena, int64_t model_id, ModelIndexList *list,
                      Error *err);
bool model_index_find(Store *store, Arena *arena, int64_t id, ModelIndex *index, Error *err);
/* Without values; fills id, state and created_at. */
bool model_index_create(Store *store, Arena *arena, ModelIndex *index, Error *err);
bool model_index_delete(Store *store, Arena *arena, int64_t id, Error *err);
/* Puts these values (key, name and words) in the place of those before, with state, error and
 * question of `index`; fills indexed_at. */
bool model_index_fill(Store *store, Arena *arena, ModelIndex *index, const IndexedValueList *values,
                      Error *err);
/* Values whose words hold `word` (folded), at most `limit`; of models as in the list. */
bool model_index_search(Store *store, Arena *arena, const char *word, int64_t limit,
                        IndexedValueList *list, Error *err);
/* *found false: it has no such key. */
bool model_index_value(Store *store, Arena *arena, int64_t id, int64_t key, IndexedValue *value,
                       bool *found, Error *err);

#endif
