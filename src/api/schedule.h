/* Schedules of databases as clients write them, {"schedule_type": "daily", "schedule_hour": 3...},
 * or {"schedule_type": "cron", "schedule_cron": "..."} for the rest, and as cron, which is what is
 * kept. */
#ifndef API_SCHEDULE_H
#define API_SCHEDULE_H

#include "base/json.h"

/* NULL for an object that is none. */
const char *schedule_to_cron(Arena *arena, const Json *schedule);
/* The object of a cron line that clients could have written; null for any other and for NULL. */
void schedule_write(JsonWriter *w, const char *cron);

#endif
