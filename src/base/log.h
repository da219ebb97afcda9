/*
 * One line per event on standard error: key=value, or one JSON object when asked. Values whose key
 * names a secret are masked, and so are passwords inside URLs. Thread-safe: a line is one write.
 * The last ones are kept in memory, too, for administrators who see no standard error.
 *
 *     log_info("request", LOG_TEXT("path", path), LOG_INT("status", 200));
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/arena.h"
#include "base/error.h"
#include "base/time.h"

typedef enum LogLevel
{
    LOG_LEVEL_ERROR,
    LOG_LEVEL_WARN,
    LOG_LEVEL_INFO,
    LOG_LEVEL_DEBUG
} LogLevel;

typedef enum LogFormat
{
    LOG_FORMAT_TEXT,
    LOG_FORMAT_JSON
} LogFormat;

typedef struct LogField
{
    const char *key;
    enum
    {
        LOG_KIND_TEXT,
        LOG_KIND_INT,
        LOG_KIND_DOUBLE,
        LOG_KIND_BOOL
    } kind;
    const char *text; /* NULL leaves the field out */
    int64_t integer;
    double number;
} LogField;

#define LOG_TEXT(k, v)                                                                             \
    {                                                                                              \
        .key = (k), .kind = LOG_KIND_TEXT, .text = (v)                                             \
    }
#define LOG_INT(k, v)                                                                              \
    {                                                                                              \
        .key = (k), .kind = LOG_KIND_INT, .integer = (v)                                           \
    }
#define LOG_DOUBLE(k, v)                                                                           \
    {                                                                                              \
        .key = (k), .kind = LOG_KIND_DOUBLE, .number = (v)                                         \
    }
#define LOG_BOOL(k, v)                                                                             \
    {                                                                                              \
        .key = (k), .kind = LOG_KIND_BOOL, .integer = (v)                                          \
    }

/* Called once, before threads start. Default: info, text. */
void log_setup(LogLevel level, LogFormat format);
bool log_is_on(LogLevel level);
/* `fields` ends with a zero key. Use the macros. */
void log_write(LogLevel level, const char *event, const LogField *fields);
/* One line about an error that reached a door, with its code, message and hint. */
void log_failure(const char *event, const Error *err);

enum
{
    LOG_KEPT_LINES = 250
};

/* A line as it was written, without what its secrets were. */
typedef struct LogLine
{
    Instant at;
    LogLevel level;
    const char *event;
    const char *text; /* its fields; a long one is cut */
} LogLine;

typedef struct LogLines
{
    LogLine *items; /* newest first */
    size_t count;
} LogLines;

LogLines log_recent(Arena *arena);
/* "error" */
const char *log_level_name(LogLevel level);

#define LOG_FIELDS(...)       ((const LogField[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })
#define log_error(event, ...) log_write(LOG_LEVEL_ERROR, event, LOG_FIELDS(__VA_ARGS__))
#define log_warn(event, ...)  log_write(LOG_LEVEL_WARN, event, LOG_FIELDS(__VA_ARGS__))
#define log_info(event, ...)  log_write(LOG_LEVEL_INFO, event, LOG_FIELDS(__VA_ARGS__))
#define log_debug(event, ...) log_write(LOG_LEVEL_DEBUG, event, LOG_FIELDS(__VA_ARGS__))

#endif
