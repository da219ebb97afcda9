/* What all answers to strangers have in common. */
#ifndef API_SHARE_H
#define API_SHARE_H

#include "run/run.h"

#include "api/api.h"

/* An answer to a stranger is shown again for some time, whatever its question says. */
void share_lifetime(const Request *req, RunLifetime *lifetime);
/* Seconds that are left of it for rows of that age. */
int64_t share_rest(const RunLifetime *lifetime, Instant made_at, bool is_stale);

#endif
