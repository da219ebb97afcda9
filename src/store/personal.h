/* What belongs to one person: bookmarks in their order, and values that clients keep for them. */
#ifndef STORE_PERSONAL_H
#define STORE_PERSONAL_H

#include "store/store.h"

typedef struct Bookmark
{
    const char *type; /* card, dashboard, collection */
    int64_t item_id;
    const char *name;
    const char *display; /* of a card */
    const char *card_type;
    const char *authority_level; /* of a collection */
    OptInt collection_id;        /* where it lies; of a collection, itself */
    const char *created_at;
} Bookmark;

typedef struct BookmarkList
{
    Bookmark *items;
    size_t count;
} BookmarkList;

/* As they were ordered, newest first where they were not. Archived things are left out. */
bool bookmark_list(Store *store, Arena *arena, int64_t user_id, BookmarkList *list, Error *err);
/* ERR_CONFLICT when there already, ERR_NOT_FOUND for another type or a thing that is not there. */
bool bookmark_add(Store *store, Arena *arena, int64_t user_id, const char *type, int64_t item_id,
                  Error *err);
bool bookmark_remove(Store *store, Arena *arena, int64_t user_id, const char *type, int64_t item_id,
                     Error *err);
/* Replaces the order. */
bool bookmark_order_clear(Store *store, Arena *arena, int64_t user_id, Error *err);
bool bookmark_order_add(Store *store, Arena *arena, int64_t user_id, const char *type,
                        int64_t item_id, int64_t ordering, Error *err);

typedef struct KeyValue
{
    const char *key;
    const Json *value;
} KeyValue;

typedef struct KeyValueList
{
    KeyValue *items;
    size_t count;
} KeyValueList;

/* Those that have not expired. `key` NULL: all of the namespace. */
bool key_value_list(Store *store, Arena *arena, int64_t user_id, const char *namespace,
                    const char *key, KeyValueList *list, Error *err);
/* expires_at NULL: never. */
bool key_value_put(Store *store, Arena *arena, int64_t user_id, const char *namespace,
                   const char *key, const Json *value, const char *expires_at, Error *err);
bool key_value_delete(Store *store, Arena *arena, int64_t user_id, const char *namespace,
                      const char *key, Error *err);

#endif
