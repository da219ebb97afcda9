/* What a time series says at its end: last value, change, trend. For displays of one number. */
#ifndef RUN_INSIGHT_H
#define RUN_INSIGHT_H

#include "base/json.h"
#include "run/run.h"

/* An array, one item for each numeric column; null when the answer is no time series. */
void insight_write(JsonWriter *w, Arena *arena, const RunAnswer *answer);

#endif
