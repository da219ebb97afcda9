/* What somebody looked at and found right, or no longer: the last word of a question or a dashboard
 * counts, those before are kept. */
#ifndef STORE_REVIEW_H
#define STORE_REVIEW_H

#include "store/store.h"

typedef struct Review
{
    int64_t id;
    const char *moderated_item_type; /* card, dashboard */
    int64_t moderated_item_id;
    OptInt moderator_id;
    const char *status; /* verified; NULL: not any more */
    const char *text;   /* or NULL */
    bool most_recent;
    const char *created_at;
    const char *updated_at;
} Review;

extern const Field review_columns[];

typedef struct ReviewList
{
    Review *items;
    size_t count;
} ReviewList;

/* The newest first. */
bool review_list(Store *store, Arena *arena, const char *type, int64_t item_id, ReviewList *list,
                 Error *err);
/* The last word of each thing that has a status. */
bool review_latest(Store *store, Arena *arena, ReviewList *list, Error *err);
/* Becomes the last word; comes back whole. In a transaction. */
bool review_add(Store *store, Arena *arena, Review *review, Error *err);

#endif
