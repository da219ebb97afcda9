/*
 * Sentences that the server and the front-end say alike: one table, the .po files of the front-end.
 * The English sentence is the key; tools/po2c.awk gathers those that are marked with SENTENCE.
 */
#ifndef API_SENTENCE_H
#define API_SENTENCE_H

#include "base/error.h"
#include "base/str.h"

typedef struct Sentence
{
    const char *english;
    const char *said;
} Sentence;

/* What stands for {name}. */
typedef struct SentenceValue
{
    const char *name;
    const char *text;
} SentenceValue;

/* The translation, or the English itself where there is none. */
const char *sentence_known(const char *locale, const char *english);
/* An error: "the host: the SQL has a mistake: near x". Its first part that is known is translated,
 * and nothing of what a database said. */
const char *sentence_error(Arena *arena, const char *locale, const char *message);
/* In the language of the locale, with at most two values (a name NULL: none). */
const char *sentence_say(Arena *arena, const char *locale, const char *english, SentenceValue a,
                         SentenceValue b);
/* "{count, plural, one {# day} other {# days}}" */
const char *sentence_count(Arena *arena, const char *locale, const char *english, int64_t count);

#endif
