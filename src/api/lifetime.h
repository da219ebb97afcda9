/* How long an answer may be shown again: the nearest rule counts, that of the question before its
 * dashboard's, its database's, the site's. */
#ifndef API_LIFETIME_H
#define API_LIFETIME_H

#include "api/result.h"
#include "store/card.h"

/* dashboard_id 0: on its own. */
bool lifetime_of(Request *req, const Card *card, int64_t dashboard_id, RunLifetime *lifetime,
                 Error *err);

#endif
