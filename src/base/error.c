/* The list of error codes and the functions that fill an Error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct
{
    const char *name;
    int http;
    int exit;
    const char *key;
    const char *help;
} codes[ERR_COUNT] = {
    [ERR_NONE] = { "ERR_NONE", 200, 0, "ok", "No error" },
#define ERROR(code, http, exit, key, help) [code] = { #code, http, exit, key, help },
#include "base/error.def"
#undef ERROR
};

void
error_fill(Error *err, ErrorCode code, const char *format, ...)
{
    va_list args;

    *err = (Error){ .code = code };
    va_start(args, format);
    (void) vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
}

void
error_fill_field(Error *err, const char *field, const char *format, ...)
{
    va_list args;

    *err = (Error){ .code = ERR_INVALID };
    (void) snprintf(err->field, sizeof(err->field), "%s", field);
    va_start(args, format);
    (void) vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
}

void
error_fill_hint(Error *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void) vsnprintf(err->hint, sizeof(err->hint), format, args);
    va_end(args);
}

void
error_fill_prefix(Error *err, const char *format, ...)
{
    char old[sizeof(err->message)];
    va_list args;
    size_t len;

    memcpy(old, err->message, sizeof(old));
    va_start(args, format);
    (void) vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    len = strlen(err->message);
    (void) snprintf(err->message + len, sizeof(err->message) - len, ": %s", old);
}

int
error_http_status(ErrorCode code)
{
    return codes[code].http;
}

int
error_exit_status(ErrorCode code)
{
    return codes[code].exit;
}

const char *
error_key(ErrorCode code)
{
    return codes[code].key;
}

const char *
error_help(ErrorCode code)
{
    return codes[code].help;
}

const char *
error_name(ErrorCode code)
{
    return codes[code].name;
}
