/* Slices and growable text. Folding for search knows the letters of Western Europe. */
#include "base/str.h"

#include <stdio.h>
#include <string.h>

Str
str_of(const char *text)
{
    return (Str){ text == NULL ? "" : text, text == NULL ? 0 : strlen(text) };
}

bool
str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool
str_is(Str a, const char *text)
{
    return str_equal(a, str_of(text));
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

bool
str_is_nocase(Str a, const char *text)
{
    size_t len = strlen(text);

    if (a.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(a.ptr[i]) != lower(text[i]))
            return false;
    return true;
}

bool
str_has_prefix(Str a, const char *prefix)
{
    size_t len = strlen(prefix);

    return a.len >= len && memcmp(a.ptr, prefix, len) == 0;
}

bool
str_has_suffix(Str a, const char *suffix)
{
    size_t len = strlen(suffix);

    return a.len >= len && memcmp(a.ptr + a.len - len, suffix, len) == 0;
}

Str
str_trim(Str a)
{
    while (a.len > 0 && (*a.ptr == ' ' || *a.ptr == '\t'))
    {
        a.ptr++;
        a.len--;
    }
    while (a.len > 0 && (a.ptr[a.len - 1] == ' ' || a.ptr[a.len - 1] == '\t'))
        a.len--;
    return a;
}

bool
str_split(Str *rest, char separator, Str *part)
{
    const char *end;

    if (rest->ptr == NULL)
        return false;
    end = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
    if (end == NULL)
    {
        *part = *rest;
        *rest = (Str){ NULL, 0 };
        return true;
    }
    *part = (Str){ rest->ptr, (size_t) (end - rest->ptr) };
    rest->len -= part->len + 1;
    rest->ptr = end + 1;
    return true;
}

char *
str_copy(Arena *arena, Str a)
{
    return arena_text_n(arena, a.ptr, a.len);
}

bool
str_to_int(Str a, int64_t min, int64_t max, int64_t *value)
{
    bool negative = a.len > 0 && a.ptr[0] == '-';
    int64_t number = 0;

    if (a.len == (size_t) negative)
        return false;
    for (size_t i = negative; i < a.len; i++)
    {
        int digit = a.ptr[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, negative ? -digit : digit, &number))
            return false;
    }
    if (number < min || number > max)
        return false;
    *value = number;
    return true;
}

/* Bytes of the code point at `p`, or 0 when it is not well-formed UTF-8. */
static size_t
utf8_step(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return left >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if ((p[0] & 0xF0) == 0xE0)
    {
        if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
            return 0;
        if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F))
            return 0;
        return 3;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4)
    {
        if (left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
            return 0;
        if ((p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
            return 0;
        return 4;
    }
    return 0;
}

bool
str_is_utf8(Str a)
{
    const unsigned char *p = (const unsigned char *) a.ptr;

    for (size_t i = 0; i < a.len;)
    {
        size_t step = utf8_step(p + i, a.len - i);

        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

char *
str_put_letter(char *out, unsigned code)
{
    if (code < 0x80)
    {
        *out++ = (char) code;
        return out;
    }
    if (code < 0x800)
        *out++ = (char) (0xC0 | code >> 6);
    else
    {
        if (code < 0x10000)
            *out++ = (char) (0xE0 | code >> 12);
        else
        {
            *out++ = (char) (0xF0 | code >> 18);
            *out++ = (char) (0x80 | (code >> 12 & 0x3F));
        }
        *out++ = (char) (0x80 | (code >> 6 & 0x3F));
    }
    *out++ = (char) (0x80 | (code & 0x3F));
    return out;
}

size_t
str_letters(Str a)
{
    size_t letters = 0;

    for (size_t i = 0; i < a.len; i++)
        letters += ((unsigned char) a.ptr[i] & 0xC0) != 0x80;
    return letters;
}

/* Base letters of U+00C0..U+017F; '.' keeps the letter, two-letter forms are handled apart. */
static const char folded_letters[] = "aaaaaa.ceeeeiiii.nooooo.ouuuuy.."
                                     "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"
                                     "aaaaaaccccccccddddeeeeeeeeeegggg"
                                     "gggghhhhiiiiiiiiii..jjkk.lllllll"
                                     "lllnnnnnn...oooooo..rrrrrrssssss"
                                     "ssttttttuuuuuuuuuuuuwwyyyzzzzzz.";

static const char *
folded_pair(unsigned code)
{
    switch (code)
    {
        case 0xC6:
        case 0xE6:
            return "ae";
        case 0x152:
        case 0x153:
            return "oe";
        case 0xDF:
            return "ss";
        default:
            return NULL;
    }
}

/* U+0300..U+036F: accents that stand apart from their letter. */
static bool
is_combining(unsigned code)
{
    return code >= 0x300 && code <= 0x36F;
}

char *
str_fold(Arena *arena, Str a)
{
    Buf out = buf_new(arena, a.len * 2 + 16);

    for (size_t i = 0; i < a.len;)
    {
        unsigned char c = (unsigned char) a.ptr[i];
        unsigned code;

        if (c < 0x80 || i + 1 >= a.len || (c & 0xE0) != 0xC0)
        {
            buf_char(&out, lower((char) c));
            i++;
            continue;
        }
        code = ((unsigned) (c & 0x1F) << 6) | ((unsigned char) a.ptr[i + 1] & 0x3F);
        if (folded_pair(code) != NULL)
            buf_text(&out, folded_pair(code));
        else if (code >= 0xC0 && code < 0x180 && folded_letters[code - 0xC0] != '.')
            buf_char(&out, folded_letters[code - 0xC0]);
        else if (!is_combining(code))
            buf_add(&out, a.ptr + i, 2);
        i += 2;
    }
    return arena_text(arena, buf_cstr(&out));
}

Buf
buf_new(Arena *arena, size_t max)
{
    return (Buf){ .max = max, .arena = arena };
}

/* Room for `len` more bytes and the final zero; marks the Buf as failed when it may not grow. */
static bool
buf_make_room(Buf *buf, size_t len)
{
    size_t size = buf->size;

    if (buf->failed || len > buf->max || buf->len > buf->max - len)
    {
        buf->failed = true;
        return false;
    }
    if (buf->len + len < size)
        return true;
    size = size < 32 ? 64 : size * 2;
    if (size < buf->len + len + 1)
        size = buf->len + len + 1;
    buf->ptr = arena_grow(buf->arena, buf->ptr, buf->size, size);
    buf->size = size;
    return true;
}

void
buf_add(Buf *buf, const char *bytes, size_t len)
{
    if (len == 0 || !buf_make_room(buf, len))
        return;
    memcpy(buf->ptr + buf->len, bytes, len);
    buf->len += len;
    buf->ptr[buf->len] = '\0';
}

void
buf_text(Buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void
buf_str(Buf *buf, Str text)
{
    buf_add(buf, text.ptr, text.len);
}

void
buf_char(Buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void
buf_letter(Buf *buf, unsigned code)
{
    char bytes[4];

    buf_add(buf, bytes, (size_t) (str_put_letter(bytes, code) - bytes));
}

void
buf_int(Buf *buf, int64_t value)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t left = value < 0 ? 0 - (uint64_t) value : (uint64_t) value;

    do
    {
        digits[--at] = (char) ('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        digits[--at] = '-';
    buf_add(buf, digits + at, sizeof(digits) - at);
}

void
buf_format(Buf *buf, const char *format, ...)
{
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len > 0 && buf_make_room(buf, (size_t) len))
    {
        (void) vsnprintf(buf->ptr + buf->len, (size_t) len + 1, format, again);
        buf->len += (size_t) len;
    }
    va_end(again);
    va_end(args);
}

void
buf_clear(Buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->ptr != NULL)
        buf->ptr[0] = '\0';
}

const char *
buf_cstr(const Buf *buf)
{
    return buf->ptr == NULL ? "" : buf->ptr;
}

Str
buf_slice(const Buf *buf)
{
    return (Str){ buf_cstr(buf), buf->len };
}
