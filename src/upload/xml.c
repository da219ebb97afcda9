/* A window slides over the part; a token is whole inside it, but for long texts, which come in
 * pieces. */
#include "upload/xml.h"

#include <string.h>

/* More of the part; false when an error came. What is over or full stays as it is. */
static bool
fill(Xml *xml, Error *err)
{
    size_t len;

    if (xml->at > 0)
    {
        memmove(xml->window, xml->window + xml->at, xml->end - xml->at);
        xml->end -= xml->at;
        xml->at = 0;
    }
    if (xml->is_over || xml->end == XML_WINDOW)
        return true;
    if (!part_read(xml->part, xml->window + xml->end, XML_WINDOW - xml->end, &len, err))
        return false;
    xml->is_over = len == 0;
    xml->end += len;
    return true;
}

static Str
rest_of(const Xml *xml)
{
    return (Str){ xml->window + xml->at, xml->end - xml->at };
}

static bool
broken(Error *err)
{
    return error_set(err, ERR_INVALID, "the file is damaged: its XML is not whole");
}

/* Where `mark` ends, after reading as much as is needed; *end is 0 when it never comes. */
static bool
find(Xml *xml, const char *mark, size_t *end, Error *err)
{
    for (;;)
    {
        Str rest = rest_of(xml);
        const char *found = memmem(rest.ptr, rest.len, mark, strlen(mark));

        if (found != NULL)
        {
            *end = (size_t) (found - rest.ptr) + strlen(mark);
            return true;
        }
        if (xml->is_over || rest.len == XML_WINDOW)
        {
            *end = 0;
            return true;
        }
        if (!fill(xml, err))
            return false;
    }
}

/* A tag without its angle brackets. */
static void
read_tag(Str inside, XmlToken *token)
{
    const char *colon;
    size_t len = 0;

    token->kind = XML_OPEN;
    if (inside.len > 0 && inside.ptr[0] == '/')
    {
        token->kind = XML_CLOSE;
        inside = (Str){ inside.ptr + 1, inside.len - 1 };
    }
    if (inside.len > 0 && inside.ptr[inside.len - 1] == '/')
    {
        token->is_empty = true;
        inside.len--;
    }
    while (len < inside.len && strchr(" \t\r\n", inside.ptr[len]) == NULL)
        len++;
    token->name = (Str){ inside.ptr, len };
    token->attributes = (Str){ inside.ptr + len, inside.len - len };
    colon = memchr(token->name.ptr, ':', token->name.len);
    if (colon != NULL)
    {
        token->name.len -= (size_t) (colon + 1 - token->name.ptr);
        token->name.ptr = colon + 1;
    }
}

/* <...>. Comments and instructions are passed over: *found stays false. */
static bool
read_markup(Xml *xml, XmlToken *token, bool *found, Error *err)
{
    bool comment, data;
    size_t end;

    if (xml->end - xml->at < 16 && !fill(xml, err))
        return false;
    comment = str_has_prefix(rest_of(xml), "<!--");
    data = str_has_prefix(rest_of(xml), "<![CDATA[");
    if (str_has_prefix(rest_of(xml), "<!") && !comment && !data)
        return error_set(err, ERR_INVALID, "the file declares a document type: it is not read");
    if (!find(xml, comment ? "-->" : data ? "]]>" : ">", &end, err))
        return false;
    if (end == 0)
        return broken(err);
    *found = !comment && xml->window[xml->at + 1] != '?';
    if (data)
        *token = (XmlToken){ .kind = XML_TEXT,
                             .text = { xml->window + xml->at + 9, end - 9 - 3 },
                             .is_empty = true };
    else if (*found)
        read_tag((Str){ xml->window + xml->at + 1, end - 2 }, token);
    xml->at += end;
    return true;
}

/* Up to the next tag, or as much of it as there is; never the half of an entity. */
static bool
read_text(Xml *xml, XmlToken *token, Error *err)
{
    size_t end;

    if (!find(xml, "<", &end, err))
        return false;
    end = end == 0 ? xml->end - xml->at : end - 1;
    if (end == XML_WINDOW)
        for (size_t back = 0; back < 12 && back < end; back++)
            if (xml->window[end - 1 - back] == '&')
                end -= back + 1;
    token->kind = XML_TEXT;
    token->text = (Str){ xml->window + xml->at, end };
    xml->at += end;
    return true;
}

bool
xml_next(Xml *xml, XmlToken *token, Error *err)
{
    for (;;)
    {
        bool found = true;

        *token = (XmlToken){ .kind = XML_END };
        if (xml->at == xml->end && !fill(xml, err))
            return false;
        if (xml->at == xml->end)
            return true;
        if (xml->window[xml->at] != '<')
            return read_text(xml, token, err);
        if (!read_markup(xml, token, &found, err))
            return false;
        if (found)
            return true;
    }
}

/* --- Texts --------------------------------------------------------------------------------------
 */

static bool
is_letter(uint32_t code)
{
    return code > 0 && code <= 0x10FFFF && (code < 0xD800 || code >= 0xE000);
}

/* &#233; or &#xE9;: between & and ;. */
static uint32_t
letter_number(Str inside)
{
    unsigned base = inside.len > 1 && (inside.ptr[1] == 'x' || inside.ptr[1] == 'X') ? 16 : 10;
    uint32_t letter = 0;

    for (size_t i = base == 16 ? 2 : 1; i < inside.len && letter <= 0x10FFFF; i++)
    {
        char c = inside.ptr[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned) (c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned) (c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned) (c - 'A') + 10
                                                : 16;

        if (digit >= base)
            return 0;
        letter = letter * base + digit;
    }
    return letter;
}

void
xml_text(Buf *out, Str text)
{
    static const struct
    {
        const char *name;
        char letter;
    } known[] = { { "lt", '<' }, { "gt", '>' }, { "amp", '&' }, { "quot", '"' }, { "apos", '\'' } };

    while (text.len > 0)
    {
        const char *mark = memchr(text.ptr, '&', text.len);
        size_t plain = mark == NULL ? text.len : (size_t) (mark - text.ptr);
        const char *semicolon;
        Str inside;

        buf_add(out, text.ptr, plain);
        text = (Str){ text.ptr + plain, text.len - plain };
        semicolon = text.len == 0 ? NULL : memchr(text.ptr, ';', text.len);
        if (semicolon == NULL)
            return;
        inside = (Str){ text.ptr + 1, (size_t) (semicolon - text.ptr) - 1 };
        if (inside.len > 0 && inside.ptr[0] == '#' && is_letter(letter_number(inside)))
            buf_letter(out, letter_number(inside));
        for (size_t i = 0; i < COUNT_OF(known); i++)
            if (str_is(inside, known[i].name))
                buf_char(out, known[i].letter);
        text = (Str){ semicolon + 1, text.len - inside.len - 2 };
    }
}

const char *
xml_attribute(Arena *arena, const XmlToken *tag, const char *name)
{
    Str rest = tag->attributes;
    size_t len = strlen(name);

    while (rest.len > len + 2)
    {
        const char *equals = memchr(rest.ptr, '=', rest.len);
        const char *end;
        Str key;

        if (equals == NULL || equals + 1 == rest.ptr + rest.len || strchr("\"'", equals[1]) == NULL)
            return NULL;
        key = str_trim((Str){ rest.ptr, (size_t) (equals - rest.ptr) });
        rest = (Str){ equals + 2, rest.len - (size_t) (equals + 2 - rest.ptr) };
        end = memchr(rest.ptr, equals[1], rest.len);
        if (end == NULL)
            return NULL;
        while (key.len > 0 && strchr("\r\n", key.ptr[0]) != NULL)
            key = (Str){ key.ptr + 1, key.len - 1 };
        if (str_is(key, name))
        {
            Buf out = buf_new(arena, XML_WINDOW);

            xml_text(&out, (Str){ rest.ptr, (size_t) (end - rest.ptr) });
            return buf_cstr(&out);
        }
        rest = (Str){ end + 1, rest.len - (size_t) (end + 1 - rest.ptr) };
    }
    return NULL;
}
