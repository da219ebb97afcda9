/* The last lines of the log, for administrators who do not see the server's standard error. */
#include "api/answer.h"
#include "api/tables.h"
#include "base/log.h"

#include <ctype.h>
#include <unistd.h>

static const char *
in_capitals(Arena *arena, const char *name)
{
    char *text = arena_text(arena, name);

    for (char *at = text; *at != '\0'; at++)
        *at = (char) toupper((unsigned char) *at);
    return text;
}

static bool
list_lines(Request *req, Response *res, Error *err)
{
    const char *process = arena_format(req->arena, "%d", (int) getpid());
    LogLines lines = log_recent(req->arena);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_array(w);
    for (size_t i = 0; i < lines.count; i++)
    {
        const LogLine *line = &lines.items[i];

        json_begin_object(w);
        json_put_text(w, "timestamp", time_text(req->arena, line->at));
        json_put_text(w, "level", in_capitals(req->arena, log_level_name(line->level)));
        json_put_text(w, "fqns", arena_format(req->arena, "vigie.%s", line->event));
        json_put_text(w, "msg", line->text);
        json_put_null(w, "exception");
        json_put_text(w, "process_uuid", process);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route logs_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/logger/logs", list_lines, ADMIN, "The last 250 lines of the log, newest first"),
    ROUTE_ON(ADMIN, GET, "/api/util/logs",   list_lines, ADMIN, "The same under its old name"),
    { 0 },
};
// clang-format on
