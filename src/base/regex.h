/*
 * Regular expressions whose time is at most the length of the pattern times that of the text: every
 * way to match is followed at once, so that no pattern of a person can hold a thread. As most know
 * them: . [a-z] \d \w \s \b ^ $ | ( ) (?: ) * + ? {2,3}, lazy with a ? behind, (?i) in front. No
 * looking around, no references back. Text is UTF-8.
 */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include "base/error.h"
#include "base/str.h"

enum
{
    REGEX_GROUPS = 10 /* the whole match and nine groups; later ones are not kept */
};

typedef struct Regex Regex;

/* ERR_INVALID says what is wrong in the pattern. */
bool regex_compile(Arena *arena, Str pattern, const Regex **regex, Error *err);
/* The first match, the leftmost; false when there is none. A group that took no part has a NULL
 * ptr. Slices of `text`. */
bool regex_find(const Regex *regex, Str text, Str groups[REGEX_GROUPS]);
/* How many groups the pattern has, without the whole. */
size_t regex_groups(const Regex *regex);

#endif
