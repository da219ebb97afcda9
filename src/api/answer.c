/* Answers and errors as Metabase's clients read them (literal texts included). */
#include "api/answer.h"

#include "api/sentence.h"
#include "base/crypto.h"
#include "base/log.h"

#include <stdio.h>
#include <string.h>

enum
{
    MAX_BODY = 64 * 1024 * 1024
};

JsonWriter *
answer_begin(const Request *req, Answer *answer)
{
    answer->text = buf_new(req->arena, MAX_BODY);
    answer->w = json_writer(&answer->text);
    return &answer->w;
}

bool
answer_send(Answer *answer, Response *res, Error *err)
{
    if (answer->text.failed)
        return error_set(err, ERR_TOO_LARGE, "the answer is too large");
    response_json(res, buf_slice(&answer->text));
    return true;
}

bool
answer_nothing(Response *res)
{
    response_empty(res, 204);
    return true;
}

bool
answer_success(Response *res)
{
    response_json(res, STR("{\"success\":true}"));
    return true;
}

void
answer_page_end(JsonWriter *w, int64_t total, Page page)
{
    json_put_int(w, "total", total);
    json_key(w, "limit");
    page.limit.set ? json_int(w, page.limit.value) : json_null(w);
    json_key(w, "offset");
    page.offset.set ? json_int(w, page.offset.value) : json_null(w);
}

const char *
site_address(const Request *req)
{
    const char *url = settings_text(req->settings, req->arena, LIVE_site_url);
    const char *host = req->http->host == NULL ? "localhost" : req->http->host;
    size_t len = strlen(url);

    while (len > 0 && url[len - 1] == '/')
        len--;
    if (len > 0)
        return arena_text_n(req->arena, url, len);
    return arena_format(req->arena, "%s://%s%s", req->http->is_https ? "https" : "http", host,
                        req->app->config->base_path);
}

/* {"errors": {field: message}, "specific-errors": {field: [message]}} */
static void
field_error(Arena *arena, Response *res, int status, const Error *err)
{
    Buf text = buf_new(arena, 8192);
    JsonWriter w = json_writer(&text);

    json_begin_object(&w);
    json_key(&w, "errors");
    json_begin_object(&w);
    json_put_text(&w, err->field, err->message);
    json_end_object(&w);
    json_key(&w, "specific-errors");
    json_begin_object(&w);
    json_key(&w, err->field);
    json_begin_array(&w);
    json_text(&w, err->message);
    json_end_array(&w);
    json_end_object(&w);
    if (err->hint[0] != '\0')
        json_put_text(&w, "hint", err->hint);
    json_end_object(&w);
    response_json(res, buf_slice(&text));
    response_status(res, status);
}

static void
message_error(Arena *arena, Response *res, int status, const Error *err)
{
    Buf text = buf_new(arena, 8192);
    JsonWriter w = json_writer(&text);

    json_begin_object(&w);
    json_put_text(&w, "message", err->message);
    if (err->hint[0] != '\0')
        json_put_text(&w, "hint", err->hint);
    json_put_text(&w, "code", error_key(err->code));
    json_end_object(&w);
    response_json(res, buf_slice(&text));
    response_status(res, status);
}

/* Something is wrong here, not with the request: the log gets the facts, the client a reference. */
static void
hidden_error(Arena *arena, Response *res, int status, const Error *err)
{
    Error shown = { .code = err->code };
    char *reference = random_hex(arena, 4);

    log_error("request.failed", LOG_TEXT("reference", reference),
              LOG_TEXT("code", error_key(err->code)), LOG_TEXT("message", err->message),
              LOG_TEXT("hint", err->hint[0] == '\0' ? NULL : err->hint));
    (void) error_set(&shown, err->code, "something went wrong here, reference %s", reference);
    (void) error_hint(&shown, "The administrator finds the cause in the log by this reference.");
    message_error(arena, res, status, &shown);
}

void
answer_error(Arena *arena, Response *res, const Error *err)
{
    int status = error_http_status(err->code);

    if (err->retry_seconds > 0)
        (void) response_header(res, "Retry-After", arena_format(arena, "%d", err->retry_seconds));
    if (err->field[0] != '\0')
    {
        field_error(arena, res, err->code == ERR_THROTTLED ? 400 : status, err);
        return;
    }
    switch (err->code)
    {
        case ERR_UNAUTHENTICATED:
            response_text(res, status, "Unauthenticated");
            return;
        case ERR_DENIED:
            response_text(res, status, "You don't have permissions to do that.");
            return;
        case ERR_NOT_FOUND:
            response_text(res, status, "Not found.");
            return;
        case ERR_NO_ROUTE:
            response_text(res, status, "API endpoint does not exist.");
            return;
        case ERR_INTERNAL:
        case ERR_CONFIG:
        case ERR_CONFLICT:
            if (err->code != ERR_CONFLICT)
            {
                hidden_error(arena, res, status, err);
                return;
            }
            message_error(arena, res, status, err);
            return;
        default:
            message_error(arena, res, status, err);
            return;
    }
}

const char *
request_locale(const Request *req)
{
    const char *asked = request_header(req->http, "X-Metabase-Locale");

    if (asked != NULL && (strncmp(asked, "fr", 2) == 0 || strncmp(asked, "en", 2) == 0))
        return arena_text_n(req->arena, asked, 2);
    if (req->who.user.locale != NULL)
        return req->who.user.locale;
    return settings_text(req->settings, req->arena, LIVE_site_locale);
}

void
answer_tell_hint(const Request *req, Error *err)
{
    Error said = *err;

    /* Before the app database is there, nobody is known. */
    if (req->settings != NULL && err->hint[0] != '\0')
        (void) error_hint(err, "%s", sentence_known(request_locale(req), said.hint));
}

void
answer_tell(const Request *req, Error *err)
{
    answer_tell_hint(req, err);
    (void) snprintf(
        err->message, sizeof(err->message), "%s",
        sentence_error(req->arena, request_locale(req), arena_text(req->arena, err->message)));
}
