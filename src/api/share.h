/* What all answers to strangers have in common. */
#ifndef API_SHARE_H
#define API_SHARE_H

#include "api/door.h"

/* What a stranger is told of a published thing: an allow-list of keys. */
void share_write_card(Request *req, JsonWriter *w, const Door *door);
bool share_write_dashboard(Request *req, JsonWriter *w, const Door *door, Error *err);
/* The order as a stranger may give it: the right was given by whoever published it. */
bool share_order(Request *req, const Door *door, const Ask *ask, ResultOrder *order, Error *err);
/* Groups of few rows as the owner of `of` (of a dashboard; NULL: nobody) and that of the question
 * say; the stricter counts. */
bool share_protect(Request *req, const Json *of, int64_t card_id, ResultOrder *order, Error *err);
/* 401, for what is behind a password: the browser asks its reader. */
void share_ask_password(Response *res);
/* By which a stranger names a failure, and an administrator finds it. */
const char *share_reference(Request *req);
void share_log_failure(const char *reference, const Error *err);
/* An answer to a stranger is shown again for some time, whatever its question says. */
void share_lifetime(const Request *req, RunLifetime *lifetime);
/* Seconds that are left of it for rows of that age. */
int64_t share_rest(const RunLifetime *lifetime, Instant made_at, bool is_stale);

#endif
