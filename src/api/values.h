/*
 * Values to choose from in a filter: a list that its owner wrote, a column of a saved question, or
 * what is in the column that the filter is about. At most a thousand; the rest is found by
 * searching.
 */
#ifndef API_VALUES_H
#define API_VALUES_H

#include "api/ask.h"

enum
{
    VALUES_MAX = 1000
};

typedef struct ValuesAsk
{
    const Json *parameter; /* as declared by its question or dashboard */
    const Card *card;      /* of the target, or NULL */
    const Json *target;    /* ["dimension", ...]; NULL: there is no column */
    const char *search;    /* part of a value, or NULL */
    const char *exact;     /* this value only, or NULL */
    int64_t label_id;      /* the field that is shown for the values; 0: as the column says */
    const Json *filters;   /* list of MBQL clauses that values must meet, or NULL */
    const Identity *who;   /* NULL: published */
    bool saved;            /* reading the question was allowed already */
} ValuesAsk;

/* The field that a target of the question is about; 0: none. */
int64_t values_field(const Card *card, const Json *target);
/* {"values": [[value], [value, label]...], "has_more_values": ...} */
bool values_write(Request *req, JsonWriter *w, const ValuesAsk *ask, Error *err);
/* [value, label] of `ask->exact`, or [value] when nothing else is shown for it. */
bool values_write_one(Request *req, JsonWriter *w, const ValuesAsk *ask, Error *err);
/* Can values of a field be narrowed by those of the other: in one table, or along its keys? */
bool values_reach(Request *req, int64_t id, int64_t other_id, bool *reached, Error *err);
/* What is asked of a question or of a dashboard. */
typedef struct ValuesOrder
{
    const char *key;     /* of the parameter */
    const char *search;  /* or NULL */
    const char *exact;   /* or NULL: only this value, with what is shown for it */
    const Identity *who; /* NULL: published */
    const Json *fixed;   /* [{id, value}...] that a token fixes, or NULL: values meet them too */
} ValuesOrder;

/* ERR_NOT_FOUND when it has no such parameter, and when what is fixed cannot be put to the values:
 * a list that would say more than the frame shows is none. The query string holds the values of
 * other filters. */
bool values_of_card(Request *req, Response *res, const Card *card, const ValuesOrder *order,
                    Error *err);
bool values_of_dashboard(Request *req, Response *res, const Dashboard *dashboard,
                         const ValuesOrder *order, Error *err);

#endif
