/* All questions of a dashboard in one answer: a line of JSON for each, as it ends. */
#ifndef API_BATCH_H
#define API_BATCH_H

#include "api/ask.h"

typedef struct BatchOrder
{
    const Dashboard *dashboard;
    const Json *values;  /* of its filters */
    const Identity *who; /* NULL: published */
    ResultView view;
    const char *context;
    bool anew;               /* the cache is not asked */
    bool published;          /* a crowd may read it: rows are shown again for some time */
    OptInt tab;              /* only its cards */
    const Json *small_cells; /* of published ones: how groups of few rows are shown, or NULL */
    int64_t most_seconds;    /* that the whole may be kept; 0: not at all */
} BatchOrder;

/* {"dashcard_id": ..., "card_id": ..., "result": {...}} */
bool batch_send(Request *req, Response *res, const BatchOrder *order, Error *err);

#endif
