/* What an owner says of something that is published: until when, with which password; and when
 * strangers last looked at it, in which frames. */
#ifndef STORE_SHARE_H
#define STORE_SHARE_H

#include "store/store.h"

typedef struct Share
{
    const char *model; /* card, dashboard */
    int64_t model_id;
    const char *expires_at;   /* or NULL */
    const char *password;     /* a hash, or NULL */
    const char *last_seen_at; /* or NULL */
    const Json *framed_by;    /* sites that frame it, as api/framed.h says; or NULL */
    const Json *small_cells;  /* {below, how, count_columns}; or NULL: all groups are shown */
    OptInt tab_id;            /* of a dashboard: the only one that strangers see */
} Share;

typedef struct ShareList
{
    Share *items;
    size_t count;
} ShareList;

/* What nobody said anything of has no line: model_id is then 0. */
bool share_find(Store *store, Arena *arena, const char *model, int64_t model_id, Share *share,
                Error *err);
bool share_list(Store *store, Arena *arena, ShareList *list, Error *err);
/* expires_at, password, small_cells and tab_id. */
bool share_put(Store *store, Arena *arena, const Share *share, Error *err);
/* last_seen_at and framed_by. */
bool share_seen(Store *store, Arena *arena, const Share *share, Error *err);

#endif
