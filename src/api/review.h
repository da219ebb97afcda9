/* What was looked at and found right, beside questions and dashboards. */
#ifndef API_REVIEW_H
#define API_REVIEW_H

#include "api/content.h"
#include "store/review.h"

/* "moderation_reviews": [...], in an object that is open. `type` is card or dashboard. */
bool reviews_write(JsonWriter *w, const Content *content, const char *type, int64_t id, Error *err);

/* The last word on one thing of a list; `model` as in lists of things. NULL: nobody said one. */
const char *review_status(const ReviewList *latest, const char *model, int64_t id);

#endif
