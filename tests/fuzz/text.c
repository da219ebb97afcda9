/* Dates, folding, base64 and numbers from outside: no text of any kind may lead astray. */
#include "base/crypto.h"
#include "base/time.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str text = { str_copy(arena, (Str){ (const char *) data, size }), size };
    Instant at, again;
    int64_t number;
    Str bytes;

    if (time_parse(text, &at) && (!time_parse(str_of(time_text(arena, at)), &again) || again != at))
        abort();
    (void) time_parse_http(text, &at);
    (void) str_fold(arena, text);
    (void) str_is_utf8(text);
    (void) str_to_int(text, INT64_MIN, INT64_MAX, &number);
    (void) base64_decode(arena, text, &bytes);
    (void) base64url_decode(arena, text, &bytes);
    return 0;
}
