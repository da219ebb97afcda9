/* Texts of dashboards, where {{name}} stands for what a filter is set to. */
#ifndef API_WORDS_H
#define API_WORDS_H

#include "store/dashboard.h"

/*
 * The text of a card, filled with `values` ([{id, value}...], or NULL) and, where a filter has
 * none, with its default among `parameters`. `parameters` NULL: names without a value stay.
 */
const char *words_fill(Arena *arena, const Dashcard *dashcard, const Json *values,
                       const Json *parameters);

#endif
