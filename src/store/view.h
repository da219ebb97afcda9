/* Who looked at what: recent things of a person, popular things of all. */
#ifndef STORE_VIEW_H
#define STORE_VIEW_H

#include "store/store.h"

typedef struct View
{
    const char *model; /* card, dashboard, table, collection */
    int64_t model_id;
    const char *timestamp;
    int64_t count; /* of popular ones */
} View;

typedef struct ViewList
{
    View *items;
    size_t count;
} ViewList;

/* `context` is "view" or "selection". */
bool view_note(Store *store, Arena *arena, int64_t user_id, const char *model, int64_t model_id,
               const char *context, Error *err);
/* Newest first. `context` NULL: any. */
bool view_recent(Store *store, Arena *arena, int64_t user_id, const char *context, ViewList *list,
                 Error *err);
/* Most looked at by anybody since that time. */
bool view_popular(Store *store, Arena *arena, const char *since, ViewList *list, Error *err);

#endif
