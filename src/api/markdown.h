/* The little of Markdown that a text card needs, as HTML: headings, paragraphs, lists, emphasis,
 * code, links to http, https and mailto. Everything else is text, and is escaped. */
#ifndef API_MARKDOWN_H
#define API_MARKDOWN_H

#include "base/str.h"

/* The page has titles of its own: `top` is the level of the highest heading of the text; those
 * below it are one lower. */
void markdown_html(Buf *out, unsigned top, const char *text);

#endif
