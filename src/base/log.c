/*
 * Builds one line in a fixed buffer and writes it at once, so that lines of several threads never
 * mix. What does not fit is cut and marked. Secrets are recognised by their key, and passwords in
 * URLs by their place.
 */
#include "base/log.h"

#include "base/str.h"
#include "base/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum
{
    LINE_BYTES = 4096
};

/* The one global of the program: what is logged and how. Set before threads start. */
static LogLevel max_level = LOG_LEVEL_INFO;
static LogFormat line_format = LOG_FORMAT_TEXT;

static const char *const level_names[] = { "error", "warn", "info", "debug" };

typedef struct Line
{
    char text[LINE_BYTES];
    size_t len;
} Line;

void
log_setup(LogLevel level, LogFormat format)
{
    max_level = level;
    line_format = format;
}

bool
log_is_on(LogLevel level)
{
    return level <= max_level;
}

static void
put(Line *line, const char *bytes, size_t len)
{
    size_t room = LINE_BYTES - 8 - line->len;

    if (len > room)
        len = room;
    memcpy(line->text + line->len, bytes, len);
    line->len += len;
}

static void
put_text(Line *line, const char *text)
{
    put(line, text, strlen(text));
}

/* Inside quotes: controls, quotes and backslashes are escaped, as JSON does. */
static void
put_escaped(Line *line, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
    {
        unsigned char c = (unsigned char) text[i];
        char escape[8];

        if (c == '"' || c == '\\')
            (void) snprintf(escape, sizeof(escape), "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            (void) snprintf(escape, sizeof(escape), "\\u%04x", c);
        else
        {
            put(line, text + i, 1);
            continue;
        }
        put_text(line, escape);
    }
}

/* The "password" of scheme://user:password@host, as a slice of `text`; empty when there is none. */
static Str
password_in_url(const char *text)
{
    const char *scheme = strstr(text, "://");
    const char *end, *at, *colon;

    if (scheme == NULL)
        return (Str){ text, 0 };
    scheme += 3;
    end = scheme + strcspn(scheme, "/? \t");
    at = memrchr(scheme, '@', (size_t) (end - scheme));
    colon = at == NULL ? NULL : memchr(scheme, ':', (size_t) (at - scheme));
    if (colon == NULL)
        return (Str){ text, 0 };
    return (Str){ colon + 1, (size_t) (at - colon - 1) };
}

static void
put_value(Line *line, const char *text)
{
    Str secret = password_in_url(text);

    if (secret.len == 0)
    {
        put_escaped(line, text, strlen(text));
        return;
    }
    put_escaped(line, text, (size_t) (secret.ptr - text));
    put_text(line, "***");
    text = secret.ptr + secret.len;
    put_escaped(line, text, strlen(text));
}

static bool
is_secret_key(const char *key)
{
    static const char *const words[] = { "password",      "secret",  "token",   "cookie",
                                         "authorization", "api_key", "api-key", "session" };

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcasestr(key, words[i]) != NULL)
            return true;
    return false;
}

static bool
needs_quotes(const char *text)
{
    return *text == '\0' || strpbrk(text, " =\"\\") != NULL;
}

static void
put_field(Line *line, const LogField *field)
{
    char number[40];
    bool json = line_format == LOG_FORMAT_JSON;
    bool quotes = json;

    put_text(line, json ? ",\"" : " ");
    put_text(line, field->key);
    put_text(line, json ? "\":" : "=");
    switch (field->kind)
    {
        case LOG_KIND_TEXT:
            quotes = quotes || needs_quotes(field->text);
            put_text(line, quotes ? "\"" : "");
            if (is_secret_key(field->key))
                put_text(line, "***");
            else
                put_value(line, field->text);
            put_text(line, quotes ? "\"" : "");
            return;
        case LOG_KIND_INT:
            (void) snprintf(number, sizeof(number), "%" PRId64, field->integer);
            break;
        case LOG_KIND_DOUBLE:
            (void) snprintf(number, sizeof(number), "%.6g", field->number);
            break;
        case LOG_KIND_BOOL:
            (void) snprintf(number, sizeof(number), "%s", field->integer ? "true" : "false");
            break;
    }
    put_text(line, number);
}

static void
put_head(Line *line, LogLevel level, const char *event)
{
    char now[TIME_TEXT_SIZE];

    time_format(time_now(), now);
    if (line_format == LOG_FORMAT_JSON)
    {
        put_text(line, "{\"time\":\"");
        put_text(line, now);
        put_text(line, "\",\"level\":\"");
        put_text(line, level_names[level]);
        put_text(line, "\",\"event\":\"");
        put_escaped(line, event, strlen(event));
        put_text(line, "\"");
        return;
    }
    put_text(line, now);
    put_text(line, " ");
    put_text(line, level_names[level]);
    put_text(line, " ");
    put_text(line, event);
}

void
log_write(LogLevel level, const char *event, const LogField *fields)
{
    Line line;

    if (!log_is_on(level))
        return;
    line.len = 0;
    put_head(&line, level, event);
    for (; fields->key != NULL; fields++)
        if (fields->kind != LOG_KIND_TEXT || fields->text != NULL)
            put_field(&line, fields);
    if (line_format == LOG_FORMAT_JSON)
        line.text[line.len++] = '}';
    line.text[line.len++] = '\n';
    /* A log that cannot be written has nowhere to complain. */
    (void) !write(STDERR_FILENO, line.text, line.len);
}

void
log_failure(const char *event, const Error *err)
{
    log_error(event, LOG_TEXT("code", error_key(err->code)),
              LOG_TEXT("field", err->field[0] == '\0' ? NULL : err->field),
              LOG_TEXT("message", err->message),
              LOG_TEXT("hint", err->hint[0] == '\0' ? NULL : err->hint));
}
