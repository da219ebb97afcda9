/* Holes are found in one pass over the page. */
#include "api/html.h"

#include <string.h>

enum
{
    MAX_PAGE = 4 * 1024 * 1024
};

/* JSON that cannot end the element it stands in. */
Str
html_json(Arena *arena, Str json)
{
    Buf out = buf_new(arena, MAX_PAGE);

    for (size_t i = 0; i < json.len; i++)
    {
        char c = json.ptr[i];

        if (c == '<' || c == '>' || c == '&')
            buf_format(&out, "\\u%04x", c);
        else
            buf_char(&out, c);
    }
    return buf_slice(&out);
}

void
html_str(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '\0' && strchr("<>&\"'", text.ptr[i]) != NULL)
            buf_format(out, "&#%d;", text.ptr[i]);
        else
            buf_char(out, text.ptr[i]);
}

void
html_text(Buf *out, const char *text)
{
    html_str(out, str_of(text));
}

/* Writes what belongs into the hole; the length of its name, or 0 when it is none. */
static size_t
fill_hole(Buf *out, const char *at, const Holes *holes)
{
    if (strncmp(at, "%BASE%", 6) == 0)
        return html_text(out, holes->base), 6;
    if (strncmp(at, "%LANG%", 6) == 0)
        return html_text(out, holes->language), 6;
    if (strncmp(at, "%NONCE%", 7) == 0)
        return html_text(out, holes->nonce), 7;
    if (strncmp(at, "%TITLE%", 7) == 0)
        return html_text(out, holes->title), 7;
    if (strncmp(at, "%THEME%", 7) == 0)
        return html_text(out, holes->theme), 7;
    if (strncmp(at, "%BOOT%", 6) == 0)
        return buf_str(out, holes->boot), 6;
    if (strncmp(at, "%PARTS%", 7) == 0)
        return buf_str(out, holes->parts), 7;
    if (strncmp(at, "%SHELL%", 7) == 0)
        return buf_str(out, holes->shell), 7;
    return 0;
}

Str
html_fill(Arena *arena, const char *page, const Holes *holes)
{
    Buf out = buf_new(arena, MAX_PAGE);

    while (*page != '\0')
    {
        size_t skip = *page == '%' ? fill_hole(&out, page, holes) : 0;

        if (skip == 0)
            buf_char(&out, *page);
        page += skip == 0 ? 1 : skip;
    }
    return buf_slice(&out);
}
