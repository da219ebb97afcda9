/* Percent escapes: reading them, and building addresses without formatting. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/str.h"

/*
 * Decodes once. False on an invalid escape, on %00, and when the result is not UTF-8.
 * `plus_is_space` for query strings and forms. The text is ended by zero.
 */
bool url_decode(Arena *arena, Str raw, bool plus_is_space, const char **text);
/* "a=1&b=&c" to pairs, in order, repeated keys kept. False as above or beyond `max_pairs`. */
bool url_read_pairs(Arena *arena, Str raw, size_t max_pairs, TextPair **pairs, size_t *count);

/* Appends with everything escaped but letters, digits and -._~ */
void url_add(Buf *buf, const char *text);
/* Appends "?key=value" or "&key=value", as the text so far requires. */
void url_add_query(Buf *buf, const char *key, const char *value);

#endif
