/* The old form of a question: programs written before 2026 read only that. */
#ifndef API_MBQL4_H
#define API_MBQL4_H

#include "base/json.h"

/* A query with stages as the nested one it stands for; one that is in the old form as it is. What
 * has no old form comes out as it came in. */
const Json *mbql4_of(Arena *arena, const Json *query);

#endif
