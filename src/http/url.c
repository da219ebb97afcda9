/* Percent escapes. The one place that decodes them, and the one that writes them. */
#include "http/url.h"

#include <string.h>

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool
url_decode(Arena *arena, Str raw, bool plus_is_space, const char **text)
{
    char *out = arena_alloc(arena, raw.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++)
    {
        char c = raw.ptr[i];

        if (c == '+' && plus_is_space)
            c = ' ';
        if (c == '%')
        {
            if (raw.len - i < 3 || hex_value(raw.ptr[i + 1]) < 0 || hex_value(raw.ptr[i + 2]) < 0)
                return false;
            c = (char) (hex_value(raw.ptr[i + 1]) * 16 + hex_value(raw.ptr[i + 2]));
            i += 2;
        }
        if (c == '\0')
            return false;
        out[len++] = c;
    }
    out[len] = '\0';
    if (!str_is_utf8((Str){ out, len }))
        return false;
    *text = out;
    return true;
}

static size_t
count_pairs(Str raw)
{
    size_t count = 0;
    Str part;

    while (str_split(&raw, '&', &part))
        if (part.len > 0)
            count++;
    return count;
}

bool
url_read_pairs(Arena *arena, Str raw, size_t max_pairs, TextPair **pairs, size_t *count)
{
    size_t total = count_pairs(raw);
    TextPair *items;
    size_t at = 0;
    Str part;

    if (total > max_pairs)
        return false;
    items = ARENA_ARRAY(arena, total + 1, TextPair);
    while (str_split(&raw, '&', &part))
    {
        Str value = part;
        Str key;

        if (part.len == 0)
            continue;
        (void) str_split(&value, '=', &key); /* not empty: there is always a first part */
        if (value.ptr == NULL)
            value = (Str){ "", 0 };
        if (!url_decode(arena, key, true, &items[at].key) ||
            !url_decode(arena, value, true, &items[at].value))
            return false;
        at++;
    }
    *pairs = items;
    *count = total;
    return true;
}

void
url_add(Buf *buf, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (; *text != '\0'; text++)
    {
        unsigned char c = (unsigned char) *text;

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            strchr("-._~", c) != NULL)
        {
            buf_char(buf, (char) c);
            continue;
        }
        buf_char(buf, '%');
        buf_char(buf, digits[c >> 4]);
        buf_char(buf, digits[c & 15]);
    }
}

void
url_add_query(Buf *buf, const char *key, const char *value)
{
    bool first = buf->len == 0 || memchr(buf->ptr, '?', buf->len) == NULL;

    buf_char(buf, first ? '?' : '&');
    url_add(buf, key);
    buf_char(buf, '=');
    url_add(buf, value);
}
