/* What cards and dashboards were before, whole, and who made them: for a time, and of each the
 * newest whatever their age. */
#ifndef STORE_REVISION_H
#define STORE_REVISION_H

#include "store/store.h"

enum
{
    REVISION_STAY = 15,  /* newest of each that stay, however old they are */
    REVISION_MOST = 1000 /* of each, however young they are */
};

typedef struct Revision
{
    int64_t id;
    const char *model; /* Card, Dashboard, Segment, Measure */
    int64_t model_id;
    int64_t user_id;
    const char *timestamp;
    const Json *object; /* the whole thing after the change */
    bool is_reversion;
    bool is_creation;
    const char *message;
    bool most_recent;
    const char *email; /* of the person; these are not written */
    const char *first_name;
    const char *last_name;
} Revision;

typedef struct RevisionList
{
    Revision *items;
    size_t count;
} RevisionList;

/* Newest first, `most` of them; with `before` (an id), of those that are older than it. */
bool revision_list(Store *store, Arena *arena, const char *model, int64_t model_id, OptInt before,
                   int64_t most, RevisionList *list, Error *err);
bool revision_find(Store *store, Arena *arena, int64_t id, Revision *revision, Error *err);
/* The newest of every one of a kind, without `object`: who changed what last. */
bool revision_latest(Store *store, Arena *arena, const char *model, RevisionList *list, Error *err);
/* Fills id and timestamp; a change that changes nothing is not noted. */
bool revision_add(Store *store, Arena *arena, Revision *revision, Error *err);
/* Forgets what is older than so many days, of all things; REVISION_STAY of each stay. */
bool revision_sweep(Store *store, Arena *arena, int64_t days, int64_t *removed, Error *err);
bool revision_forget(Store *store, Arena *arena, const char *model, int64_t model_id, Error *err);

#endif
