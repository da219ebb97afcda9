/* Moments and ranges of time in the report zone, computed once for each compilation. */
#ifndef QUERY_MOMENT_H
#define QUERY_MOMENT_H

#include "query/ast.h"

/* A date or time that was written in a question. */
typedef struct Moment
{
    Civil civil; /* in the report zone */
    bool has_time;
    bool is_time; /* of the day, without a date */
} Moment;

/* "2024", "2024-06", "2024-06-01", with a time, with an offset; false otherwise. */
bool moment_read(const Compiler *c, Str text, Moment *moment);
/* Now in the report zone. */
Civil moment_now(const Compiler *c);
Civil moment_trunc(const Compiler *c, Civil civil, Unit unit);
Civil moment_add(Civil civil, int64_t count, Unit unit);
/* What `relative-datetime` means beside a reference of that unit. */
bool moment_relative(Compiler *c, const Node *node, Unit unit, Civil *civil, Error *err);
/* The text of a moment as the dialects take it: date, date and time, with the zone's offset. */
const char *moment_text(const Compiler *c, const Civil *civil, BaseType type);

typedef struct MomentRange
{
    Civil start, end; /* half open */
} MomentRange;

/* time-interval, relative-time-interval, during. */
bool moment_interval(Compiler *c, const Node *node, MomentRange *range, Error *err);

#endif
