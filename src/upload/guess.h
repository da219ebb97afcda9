/*
 * What a column of texts holds, so that a database can count and sort by it: as French and English
 * files write numbers and dates. What begins with a zero (codes of places, phone numbers) stays
 * text.
 */
#ifndef UPLOAD_GUESS_H
#define UPLOAD_GUESS_H

#include "base/arena.h"
#include "base/str.h"
#include "sql/value.h"

typedef struct Guess
{
    unsigned kinds; /* what every value so far could be */
    bool has_value;
} Guess;

/* How the values of a column are written, once all were seen. */
typedef struct Writing
{
    BaseType type; /* one of those that a table gets */
    unsigned kind;
} Writing;

Guess guess_begin(void);
/* `scratch` may be rewound after. */
void guess_value(Guess *guess, Arena *scratch, Str text);
/* `decimal_commas` decides where 1,234 could be either. */
Writing guess_end(const Guess *guess, bool decimal_commas);
/* The same where the column exists already: only what its type takes. BASE_ANY as the type of the
 * answer when some value fits none. */
Writing guess_end_as(const Guess *guess, BaseType type, bool decimal_commas);
/*
 * The value as every database reads it: true, 1234.5, 2024-01-31; null when there is no text. False
 * when the text is no such value.
 */
bool writing_read(const Writing *writing, Arena *arena, Str text, Value *value);

#endif
