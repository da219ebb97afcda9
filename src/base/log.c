/*
 * Builds one line in a fixed buffer and writes it at once, so that lines of several threads never
 * mix. What does not fit is cut and marked. Secrets are recognised by their key, and passwords in
 * URLs by their place.
 */
#include "base/log.h"

#include "base/str.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum
{
    LINE_BYTES = 4096,
    KEPT_BYTES = 1000, /* of the fields of one line */
    EVENT_BYTES = 64
};

/* The one global of the program: what is logged and how, set before threads start; and below, the
 * last lines. */
static LogLevel max_level = LOG_LEVEL_INFO;
static LogFormat line_format = LOG_FORMAT_TEXT;

static const char *const level_names[] = { "error", "warn", "info", "debug" };

typedef struct Line
{
    char text[LINE_BYTES];
    size_t len;
} Line;

typedef struct Kept
{
    Instant at;
    LogLevel level;
    char event[EVENT_BYTES];
    char text[KEPT_BYTES];
} Kept;

static struct
{
    pthread_mutex_t lock;
    Kept lines[LOG_KEPT_LINES];
    size_t written; /* since the start */
} memory = { .lock = PTHREAD_MUTEX_INITIALIZER };

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
put_head(Line *line, Instant at, LogLevel level, const char *event)
{
    char now[TIME_TEXT_SIZE];

    time_format(at, now);
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

/* What follows the head of the line. */
static void
keep(Instant at, LogLevel level, const char *event, Str fields)
{
    Kept *kept;

    (void) pthread_mutex_lock(&memory.lock);
    kept = &memory.lines[memory.written++ % LOG_KEPT_LINES];
    kept->at = at;
    kept->level = level;
    (void) snprintf(kept->event, sizeof(kept->event), "%s", event);
    (void) snprintf(kept->text, sizeof(kept->text), "%.*s", (int) fields.len, fields.ptr);
    (void) pthread_mutex_unlock(&memory.lock);
}

/* Bytes that are no text, and a letter that was cut, become question marks. */
static void
make_text(char *text)
{
    size_t left = strlen(text);

    while (left > 0)
    {
        unsigned char lead = (unsigned char) *text;
        size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

        if (len > left || !str_is_utf8((Str){ text, len }))
        {
            *text = '?';
            len = 1;
        }
        text += len;
        left -= len;
    }
}

/* A line of JSON lost its beginning with its head. */
static const char *
text_of(Arena *arena, const char *fields)
{
    bool is_json = fields[0] == ',';
    char *text = arena_format(arena, "%s%s%s", is_json ? "{" : "",
                              fields[0] == '\0' ? "" : fields + 1, is_json ? "}" : "");

    make_text(text);
    return text;
}

LogLines
log_recent(Arena *arena)
{
    LogLines lines = { ARENA_ARRAY(arena, LOG_KEPT_LINES, LogLine), 0 };

    (void) pthread_mutex_lock(&memory.lock);
    for (; lines.count < LOG_KEPT_LINES && lines.count < memory.written; lines.count++)
    {
        const Kept *kept = &memory.lines[(memory.written - 1 - lines.count) % LOG_KEPT_LINES];

        lines.items[lines.count] = (LogLine){ kept->at, kept->level, arena_text(arena, kept->event),
                                              arena_text(arena, kept->text) };
    }
    (void) pthread_mutex_unlock(&memory.lock);
    for (size_t i = 0; i < lines.count; i++)
        lines.items[i].text = text_of(arena, lines.items[i].text);
    return lines;
}

const char *
log_level_name(LogLevel level)
{
    return level_names[level];
}

void
log_write(LogLevel level, const char *event, const LogField *fields)
{
    Instant now = time_now();
    size_t head;
    Line line;

    if (!log_is_on(level))
        return;
    line.len = 0;
    put_head(&line, now, level, event);
    head = line.len;
    for (; fields->key != NULL; fields++)
        if (fields->kind != LOG_KIND_TEXT || fields->text != NULL)
            put_field(&line, fields);
    keep(now, level, event, (Str){ line.text + head, line.len - head });
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
