/* The little of Markdown that a text card needs, as HTML: headings, paragraphs, lists, emphasis,
 * code, links to http, https and mailto. Everything else is text, and is escaped. */
#ifndef API_MARKDOWN_H
#define API_MARKDOWN_H

#include "base/str.h"

void markdown_html(Buf *out, const char *text);

#endif
