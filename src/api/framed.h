/*
 * Which sites show a published thing in a frame: their origins, how often, and on which day last.
 * Nothing of who looked, and nothing of the page but its origin. What is kept of one thing is a
 * JSON array, the newest first: [{"origin": "https://a.example", "visits": 3, "last_day": "..."}].
 */
#ifndef API_FRAMED_H
#define API_FRAMED_H

#include "base/json.h"
#include "http/request.h"

enum
{
    FRAMED_ORIGIN = 200, /* with the zero; longer ones are not kept */
    FRAMED_MOST = 20     /* origins of one thing; anybody may claim any */
};

/* What was counted of one origin since it was last written. */
typedef struct Framed Framed;
struct Framed
{
    Framed *next;
    int64_t visits;
    char origin[FRAMED_ORIGIN];
};

/* The origin of the page that frames this one; false when it is no frame, or does not say. */
bool framed_origin(const HttpRequest *http, char origin[FRAMED_ORIGIN]);
/* Adds to the list; beyond the most, others are not listed. Owned by heap_free. */
void framed_add(Framed **list, const char *origin, int64_t visits);
void framed_free(Framed **list);
/* What is kept with what was counted today; what was last seen before the first day is left out.
 * Texts alone, as they were kept once, are origins. */
Json *framed_merge(Arena *arena, const Json *kept, const Framed *counted, const char *today,
                   const char *first_day);

#endif
