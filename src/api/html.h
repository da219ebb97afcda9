/* HTML that we write: text is escaped, pages are the front-end's with holes to fill. */
#ifndef API_HTML_H
#define API_HTML_H

#include "base/str.h"

/* Of a page, "%TITLE%" and the like. */
typedef struct Holes
{
    const char *base;
    const char *language;
    const char *nonce;
    const char *title;
    const char *theme;
    Str boot;  /* JSON, from html_json */
    Str parts; /* HTML: links to the files that this page needs */
    Str shell; /* HTML: what is read before a script runs, and without one */
} Holes;

#define html_words(out, literal) buf_text(out, "" literal "")
/* Text, also inside the quotes of an attribute. */
void html_text(Buf *out, const char *text);
void html_str(Buf *out, Str text);
/* JSON that cannot end the element it stands in. */
Str html_json(Arena *arena, Str json);
Str html_fill(Arena *arena, const char *page, const Holes *holes);

#endif
