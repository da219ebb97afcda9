#include "test.h"

#include "base/log.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What one call writes to standard error, without the time. */
static char *
logged(Arena *arena, LogFormat format, const LogField *fields)
{
    char name[] = "/tmp/vigie-log-XXXXXX";
    int file = mkstemp(name), saved = dup(STDERR_FILENO);
    char text[8192] = "";
    ssize_t len;

    (void) unlink(name);
    (void) dup2(file, STDERR_FILENO);
    log_setup(LOG_LEVEL_INFO, format);
    log_write(LOG_LEVEL_INFO, "event", fields);
    log_write(LOG_LEVEL_DEBUG, "hidden", fields);
    log_setup(LOG_LEVEL_INFO, LOG_FORMAT_TEXT);
    (void) dup2(saved, STDERR_FILENO);
    (void) close(saved);
    len = pread(file, text, sizeof(text) - 1, 0);
    (void) close(file);
    CHECK(len > 0);
    return arena_text(arena, strstr(text, "event"));
}

TEST(log_lines_mask_secrets_by_key_and_in_urls)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    CHECK_STR(logged(arena, LOG_FORMAT_TEXT,
                     LOG_FIELDS(LOG_TEXT("smtp_password", "hunter2"), LOG_TEXT("api_key", "mb_x"),
                                LOG_TEXT("url", "postgres://u:p%40ss@h/db"), LOG_INT("n", 3),
                                LOG_TEXT("none", NULL), LOG_TEXT("words", "a b"))),
              "event smtp_password=*** api_key=*** url=postgres://u:***@h/db n=3 words=\"a b\"\n");
}

TEST(log_lines_cannot_be_forged)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    CHECK_STR(logged(arena, LOG_FORMAT_TEXT,
                     LOG_FIELDS(LOG_TEXT("path", "/x\n2026 error fake"), LOG_TEXT("q", "\"\\"))),
              "event path=\"/x\\u000a2026 error fake\" q=\"\\\"\\\\\"\n");
}

TEST(log_lines_can_be_json)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    CHECK_STR(logged(arena, LOG_FORMAT_JSON,
                     LOG_FIELDS(LOG_TEXT("a", "x"), LOG_BOOL("b", true), LOG_DOUBLE("c", 1.5))),
              "event\":\"event\",\"a\":\"x\",\"b\":true,\"c\":1.5}\n");
}

TEST(log_remembers_the_last_lines_as_text)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *letters = arena_format(arena, "%01200d", 0);
    LogLines lines;

    for (size_t i = 0; i + 1 < strlen(letters); i += 2)
        memcpy(letters + i, "\xC3\xA9", 2);
    for (int i = 0; i < LOG_KEPT_LINES + 3; i++)
        (void) logged(arena, LOG_FORMAT_TEXT, LOG_FIELDS(LOG_INT("n", i)));
    (void) logged(arena, LOG_FORMAT_TEXT, LOG_FIELDS(LOG_TEXT("a", "x\xFFy\xC3")));
    (void) logged(arena, LOG_FORMAT_JSON, LOG_FIELDS(LOG_TEXT("secret", "x"), LOG_INT("n", 1)));
    (void) logged(arena, LOG_FORMAT_TEXT, LOG_FIELDS(LOG_TEXT("b", letters)));
    lines = log_recent(arena);
    CHECK_INT(lines.count, LOG_KEPT_LINES);
    CHECK(str_is_utf8(str_of(lines.items[0].text)) && strlen(lines.items[0].text) < 1000);
    CHECK_STR(lines.items[1].text, "{\"secret\":\"***\",\"n\":1}");
    CHECK_STR(lines.items[2].text, "a=x?y?");
    CHECK_STR(lines.items[3].text, "n=252");
    CHECK_STR(lines.items[LOG_KEPT_LINES - 1].text, "n=6");
    CHECK_STR(lines.items[3].event, "event");
}

TEST(log_lines_that_are_too_long_are_cut_and_stay_one_line)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *long_text = arena_alloc(arena, 10001);
    char *line;

    memset(long_text, 'x', 10000);
    line = logged(arena, LOG_FORMAT_TEXT, LOG_FIELDS(LOG_TEXT("a", long_text)));
    CHECK(strlen(line) < 4200 && strchr(line, '\n') == line + strlen(line) - 1);
}
