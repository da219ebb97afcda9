/*
 * Where in SQL that a person wrote a tag stands: in the open, inside a quoted text, or where no
 * value may go (a quoted name, a comment). What a stranger sends must not end the quotes that
 * somebody put around a tag.
 */
#ifndef QUERY_QUOTES_H
#define QUERY_QUOTES_H

#include "base/str.h"
#include "sql/dialect.h"

typedef enum QuotePlace
{
    PLACE_OPEN,
    PLACE_TEXT,   /* inside '...': the text of a value may go there */
    PLACE_CLOSED, /* inside "...", `...`, E'...', $$...$$ or a comment */
    PLACE_LINE    /* inside a comment that ends with the line */
} QuotePlace;

typedef struct Quotes
{
    const Dialect *dialect;
    QuotePlace place;
    char end;            /* what ends the quotes: a quote, or '*' of a comment */
    bool backslash;      /* a backslash takes the next character along */
    unsigned depth;      /* of comments inside comments */
    char mark[64];       /* of $mark$ */
    char before[2];      /* the last two characters: words do not end at a tag */
    bool is_after_value; /* for whoever writes: a quote that follows would melt with it */
} Quotes;

Quotes quotes_begin(const Dialect *dialect);
/* Goes on over more of the text. */
void quotes_read(Quotes *quotes, Str text);
/* Would a value that comes next melt with what stands before it: E and '...', - and -1? */
bool quotes_touch(const Quotes *quotes);

#endif
