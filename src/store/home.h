/* What the first page holds for somebody: what they began, what of theirs failed, what is
 * published. */
#ifndef STORE_HOME_H
#define STORE_HOME_H

#include "store/store.h"

typedef struct HomeItem
{
    const char *shelf; /* drafts, failing, published */
    const char *model; /* card, dashboard */
    int64_t id;
    const char *name;
    OptInt collection_id;
    const char *at; /* of the draft, the failure, the last look of a stranger; "": nobody looked */
    int64_t visits; /* of what is published, since a day */
} HomeItem;

typedef struct HomeSince
{
    const char *failures; /* a time */
    const char *visits;   /* a day */
} HomeSince;

typedef struct HomeList
{
    HomeItem *items;
    size_t count;
} HomeList;

/* What was visited most first, then the newest. A question failed when its last run did, since that
 * time. */
bool home_list(Store *store, Arena *arena, int64_t user_id, const HomeSince *since, HomeList *list,
               Error *err);

#endif
