/* A dashboard as somebody is changing it, before everybody sees it: one draft for each dashboard,
 * whoever may change the dashboard goes on with it. */
#ifndef STORE_DRAFT_H
#define STORE_DRAFT_H

#include "store/store.h"

typedef struct Draft
{
    int64_t dashboard_id;
    int64_t version;      /* counts its changes; 0: there is none */
    const char *based_on; /* updated_at of the dashboard that it began with */
    const Json *content;  /* what would be sent to change the dashboard */
    OptInt editor_id;
    const char *updated_at;
} Draft;

/* None is no error: version is then 0. */
bool draft_find(Store *store, Arena *arena, int64_t dashboard_id, Draft *draft, Error *err);
/* Keeps it when `version` is the one that is there (0: none), and counts it up; else ERR_CONFLICT.
 */
bool draft_put(Store *store, Arena *arena, Draft *draft, Error *err);
bool draft_forget(Store *store, Arena *arena, int64_t dashboard_id, Error *err);

#endif
