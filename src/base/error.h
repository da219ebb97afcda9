/*
 * One error, owned by the caller, filled by the function that knows the cause, shown once by the
 * door (api, cli, job). A function that can fail returns bool and takes `Error *err` last; on
 * success it leaves err alone, on failure it leaves its outputs alone.
 *
 * The message says what failed with words that the user knows: lower case, no final stop. The
 * hint says what to do: a sentence. Text that came from a database goes after a colon.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/base.h"

typedef enum ErrorCode
{
    ERR_NONE,
#define ERROR(code, http, exit, key, help) code,
#include "base/error.def"
#undef ERROR
    ERR_COUNT
} ErrorCode;

typedef struct Error
{
    ErrorCode code;
    int retry_seconds; /* for ERR_THROTTLED and ERR_UNAVAILABLE, else 0 */
    char field[96];    /* the field of the input that is wrong, or "" */
    char message[480];
    char hint[240];
} Error;

/* Marks what is said to people: it is in the .po files of the front-end, and api/sentence.h says it
 * in their language. */
#define SENTENCE(english) (english)

void error_fill(Error *err, ErrorCode code, const char *format, ...) PRINTF_LIKE(3, 4);
void error_fill_field(Error *err, const char *field, const char *format, ...) PRINTF_LIKE(3, 4);
void error_fill_hint(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);
void error_fill_prefix(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * All are false, so that a failing function ends in one line; as macros, so that compilers and
 * analysers see it.
 */
#define error_set(err, code, ...) (error_fill(err, code, __VA_ARGS__), false)
/* ERR_INVALID about one field of the input. */
#define error_field(err, name, ...) (error_fill_field(err, name, __VA_ARGS__), false)
#define error_hint(err, ...)        (error_fill_hint(err, __VA_ARGS__), false)
/* Puts words in front of the message: "table orders: ...". */
#define error_prefix(err, ...) (error_fill_prefix(err, __VA_ARGS__), false)

int error_http_status(ErrorCode code);
int error_exit_status(ErrorCode code);
const char *error_key(ErrorCode code);
const char *error_help(ErrorCode code);
const char *error_name(ErrorCode code); /* "ERR_INVALID" */

#endif
