/* How often published pages were handed out, by day. No line says anything of who asked. */
#ifndef STORE_VISIT_H
#define STORE_VISIT_H

#include "store/store.h"

/* Of one published thing on one day. */
typedef struct Visit
{
    const char *model; /* card, dashboard */
    int64_t model_id;
    const char *day; /* "2026-11-22" */
    int64_t visits;
} Visit;

typedef struct VisitList
{
    Visit *items;
    size_t count;
} VisitList;

enum
{
    /* What is shown of them, today included. */
    VISIT_SHOWN_DAYS = 30
};

/* A day of the zone's calendar, so many before today; UTC when there is no such zone. */
const char *visit_day(Arena *arena, const char *zone, int days_ago);
/* Adds to what was counted on that day. */
bool visit_add(Store *store, Arena *arena, const Visit *visit, Error *err);
/* By thing and day, from the first day on; NULL and 0 for all things. Days without a visit have no
 * line. */
bool visit_list(Store *store, Arena *arena, const char *model, int64_t model_id, const char *first,
                VisitList *list, Error *err);
int64_t visit_sum(const VisitList *list, const char *model, int64_t model_id);
/* Forgets all before that day. */
bool visit_purge(Store *store, Arena *arena, const char *first, Error *err);

#endif
