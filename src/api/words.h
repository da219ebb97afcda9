/* Texts of dashboards, where {{name}} stands for what a filter is set to. */
#ifndef API_WORDS_H
#define API_WORDS_H

#include "store/dashboard.h"

typedef struct WordsOrder
{
    const char *locale;
    const Json *parameters; /* of the dashboard */
    const Json *values;     /* [{id, value}...], or NULL */
    bool with_defaults;     /* of filters without a value; else their names stay */
} WordsOrder;

/* The text of a card, with what its filters are set to in words. */
const char *words_fill(Arena *arena, const Dashcard *dashcard, const WordsOrder *order);

#endif
