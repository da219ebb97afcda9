/*
 * One request, whole and bounded before a handler sees it. Everything lives in its arena and goes
 * with it. Text is ended by zero, has no NUL inside, and decoded text is UTF-8.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/json.h"
#include "base/str.h"
#include "base/worker.h"
#include "http/address.h"
#include "http/parser.h"

typedef struct HttpRequest
{
    HttpMethod method;
    const char *path;       /* decoded once, one slash between segments, without the base path */
    const char *raw_path;   /* the same before decoding: what the router matches */
    const char *target;     /* as sent */
    const char *query_text; /* as sent, without '?'; "" when there is none */
    const TextPair *query;  /* decoded, in order, repeated keys kept */
    size_t query_count;
    const TextPair *headers; /* as sent, in order */
    size_t header_count;
    Str body;                 /* unchunked; ptr is never NULL */
    const char *host;         /* Host as sent; "" only in HTTP/1.0. X-Forwarded-Host is not read */
    const char *peer_address; /* who is connected: "192.0.2.7", or "unix" */
    const char *client_address; /* who asked: X-Forwarded-For when all hops are trusted proxies */
    bool is_https;              /* X-Forwarded-Proto of a trusted proxy */
    int minor;                  /* HTTP/1.minor */
    unsigned plane_mask;        /* of the listener */
    int64_t started_us;         /* time_monotonic when the head was complete */
    Arena *arena;
    Cancel *cancel; /* set when the client leaves, time is up or the server stops; NULL in quick */
    void *context;  /* for the application */
} HttpRequest;

/* How a head becomes a request. */
typedef struct RequestOrigin
{
    const char *base_path; /* "" or "/stats": no slash at the end */
    const NetworkList *trusted;
    const Address *peer;   /* NULL for a unix socket */
    const char *peer_text; /* the same as text */
    unsigned plane_mask;
} RequestOrigin;

/*
 * Makes a request from a head whose bytes are in the arena. The body is set later. False with the
 * refusal filled: 400, or 404 outside the base path.
 */
bool request_from_head(Arena *arena, const HttpHead *head, const RequestOrigin *origin,
                       HttpRequest *req, HttpRefusal *refusal);

/* The first field of that name, whatever the case of letters; NULL when absent. */
const char *request_header(const HttpRequest *req, const char *name);
/* All fields of that name, joined by ", "; NULL when absent. */
const char *request_header_all(const HttpRequest *req, const char *name);
/* NULL when absent. Quotes around the value are taken away. */
const char *request_cookie(const HttpRequest *req, const char *name);
/* The first value of a key of the query string; NULL when absent. */
const char *request_query(const HttpRequest *req, const char *key);
TextList request_query_all(const HttpRequest *req, const char *key);

/* The media type of the body, without parameters, compared whatever the case. */
bool request_has_type(const HttpRequest *req, const char *type);
/* application/json or any +json. */
bool request_has_json(const HttpRequest *req);
/* The client would rather have HTML than JSON (it is a browser that opens a page). */
bool request_wants_html(const HttpRequest *req);

/*
 * The body as JSON. An empty body gives NULL, which bind_read takes as an empty object. ERR_MEDIA
 * when the type is not JSON (also: no type), so that a form of another site cannot pass for JSON.
 * NULL limits mean the default.
 */
bool request_json(const HttpRequest *req, const JsonLimits *limits, Json **tree, Error *err);

/* The body as application/x-www-form-urlencoded, at most 1,000 pairs. */
bool request_form(const HttpRequest *req, TextPair **pairs, size_t *count, Error *err);

typedef struct FormPart
{
    const char *name;
    const char *filename; /* last path component only; NULL when the part is not a file */
    const char *type;     /* "text/plain" when not sent */
    Str body;             /* points into the request's body */
} FormPart;

/* The body as multipart/form-data, at most `max_parts` parts. */
bool request_multipart(const HttpRequest *req, size_t max_parts, FormPart **parts, size_t *count,
                       Error *err);
/* The first of this name; NULL when there is none. */
const FormPart *form_part(const FormPart *parts, size_t count, const char *name);

/*
 * Whether If-None-Match has this entity tag (without quotes), compared weakly, or is "*".
 */
bool request_has_etag(const HttpRequest *req, const char *etag);

#endif
