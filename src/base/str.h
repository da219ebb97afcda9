/*
 * Text in three forms: `const char *` ended by zero for what is kept, `Str` for slices of
 * something else, `Buf` to build. A Buf knows its maximum: growth beyond it marks it as failed
 * and drops the rest, so that one look at the end is enough.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"
#include "base/base.h"

typedef struct Str
{
    const char *ptr;
    size_t len;
} Str;

#define STR(literal) ((Str){ "" literal "", sizeof(literal) - 1 })

Str str_of(const char *text); /* NULL gives the empty slice */
bool str_equal(Str a, Str b);
bool str_is(Str a, const char *text);
bool str_is_nocase(Str a, const char *text); /* ASCII only */
bool str_has_prefix(Str a, const char *prefix);
bool str_has_suffix(Str a, const char *suffix);
Str str_trim(Str a); /* spaces and tabs at both ends */
/* Cuts *rest at the first `separator`; false when *rest is used up (its ptr is then NULL). */
bool str_split(Str *rest, char separator, Str *part);
char *str_copy(Arena *arena, Str a);
/* Decimal, whole text, within the limits; false otherwise. */
bool str_to_int(Str a, int64_t min, int64_t max, int64_t *value);
bool str_is_utf8(Str a);
/* Lower case and without accents, for search and comparison: "Élan" gives "elan". */
char *str_fold(Arena *arena, Str a);
/* Number of code points of UTF-8 text. */
size_t str_letters(Str a);

/* A code point as UTF-8, at most four bytes; gives what follows them. */
char *str_put_letter(char *out, unsigned code);

typedef struct Buf
{
    char *ptr; /* always ended by zero once something was added */
    size_t len;
    size_t size;
    size_t max;
    bool failed; /* something did not fit */
    Arena *arena;
} Buf;

/* Memory comes from the arena; `max` is the longest text it may hold. */
Buf buf_new(Arena *arena, size_t max);
void buf_add(Buf *buf, const char *bytes, size_t len);
void buf_text(Buf *buf, const char *text);
void buf_str(Buf *buf, Str text);
void buf_char(Buf *buf, char c);
void buf_letter(Buf *buf, unsigned code); /* a code point */
void buf_int(Buf *buf, int64_t value);
void buf_format(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/* Forgets the text, keeps the memory. */
void buf_clear(Buf *buf);
/* Ended by zero; "" when nothing was added. */
const char *buf_cstr(const Buf *buf);
Str buf_slice(const Buf *buf);

#endif
