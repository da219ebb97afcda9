/*
 * The answer to one request. A handler fills it; the server sends it after the handler returned,
 * except streams, which leave while the handler writes. Nothing that was given as a header can
 * break out of its line: a name or a value with a control character makes the whole answer a 500.
 *
 * A handler that sets nothing answers 500.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "base/error.h"
#include "base/str.h"
#include "http/encoding.h"
#include "http/request.h"

typedef struct Response Response;

void response_status(Response *res, int status);
int response_get_status(const Response *res); /* 0 when not set */
/* The standard words for a status: "Not Found". */
const char *response_reason(int status);

/*
 * Replaces a field of that name, except Set-Cookie, Vary and Link, which add up. The value is
 * copied. Content-Length, Transfer-Encoding, Connection and Date are the server's own: refused.
 */
bool response_header(Response *res, const char *name, const char *value);
bool response_has_header(const Response *res, const char *name);
/* Content-Disposition: attachment, with any file name (UTF-8). */
void response_attachment(Response *res, const char *filename);

typedef enum SameSite
{
    SAME_SITE_LAX,
    SAME_SITE_STRICT,
    SAME_SITE_NONE /* implies Secure */
} SameSite;

typedef struct HttpCookie
{
    const char *name;
    const char *value;
    const char *path; /* NULL: "/" */
    int64_t max_age;  /* seconds; 0: until the browser closes; negative: delete now */
    bool http_only;
    bool secure;
    SameSite same_site;
} HttpCookie;

void response_cookie(Response *res, const HttpCookie *cookie);

/* --- Whole bodies. The status becomes 200 unless one was set. ------------------------------- */

/* `body` lives in the request's arena or for ever; it is not copied. `type` is copied. */
void response_body(Response *res, const char *type, Str body);
/* The same for memory shared with others: `release(owner)` is called once, from any thread, when
 * the answer has left or was given up. */
void response_body_shared(Response *res, const char *type, Str body, void (*release)(void *owner),
                          void *owner);
/* application/json;charset=utf-8 */
void response_json(Response *res, Str json);
/* A status with a short text/plain body, which is copied. */
void response_text(Response *res, int status, const char *text);
/* A status without a body: 204, or 200 with Content-Length: 0. */
void response_empty(Response *res, int status);
/* 302, 303, 307 or 308. The location is copied; it must be an address or a path. */
void response_redirect(Response *res, int status, const char *location);

/*
 * A tag for the state of what is sent (without quotes). True when the client has it already: the
 * answer is then a 304, and the handler should return. Dynamic tags are weak.
 */
bool response_is_fresh(Response *res, const char *etag);

/* Bodies made on the fly are compressed when type, size and client allow; this forbids it. */
void response_keep_plain(Response *res);

/* A file with its compressed forms, made when the binary was built or when a cache was filled. */
typedef struct HttpAsset
{
    const char *type;
    const char *etag;          /* without quotes */
    const char *cache_control; /* NULL: none */
    Str forms[ENCODING_COUNT]; /* indexed by HttpEncoding; identity is required, others optional */
} HttpAsset;

/* Chooses the form, sets ETag and Vary, answers 304 when the client has it. The forms are not
 * copied: they last for ever, or until `release`. */
void response_asset(Response *res, const HttpAsset *asset);
/* The same for an asset that others may drop, such as a page in a cache; as response_body_shared.
 */
void response_asset_shared(Response *res, const HttpAsset *asset, void (*release)(void *owner),
                           void *owner);

/* --- Streams. Only in HttpApp.handle, never in quick. --------------------------------------- */

/*
 * Bytes collect in pieces of 64 KB; at most four wait for the client, then the writer waits. The
 * head leaves with the first piece: until then response_restart can still turn the answer into an
 * error. A stream that fits in one piece leaves with a Content-Length. When `compress` is true the
 * coding is negotiated.
 */
void response_begin_stream(Response *res, const char *type, bool compress);
/* ERR_CANCELLED when the client left or the server stops, ERR_TIMEOUT past the deadline. */
bool response_write(Response *res, const char *bytes, size_t len, Error *err);
/* Sends what was written so far. */
bool response_flush(Response *res, Error *err);
bool response_end_stream(Response *res, Error *err);
/* Cuts the connection, so that a broken download is seen as broken. */
void response_abort(Response *res);
/* Whether the head has left. */
bool response_has_left(const Response *res);
/* Forgets status, headers and what was written. False, and nothing done, once the head has left. */
bool response_restart(Response *res);

#endif
