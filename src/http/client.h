/*
 * Outgoing HTTP, with deadlines and size limits. Only http and https; certificates are checked.
 * Failures are ERR_UPSTREAM (the other side), ERR_TIMEOUT, ERR_CANCELLED, ERR_TOO_LARGE,
 * ERR_DENIED (private address refused) or ERR_INVALID (the URL); messages name the host, never
 * credentials, paths or query strings.
 */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/error.h"
#include "base/str.h"
#include "base/worker.h"
#include "http/parser.h"

typedef struct HttpCall
{
    HttpMethod method; /* METHOD_NONE: GET */
    const char *url;   /* without user and password */
    const TextPair *headers;
    size_t header_count;
    const char *body_type; /* with a body: "application/json" */
    Str body;
    const char *user; /* basic authentication; NULL: none */
    const char *password;
    const char *ca_file; /* PEM; NULL: the system's */
    bool insecure;       /* certificates are not checked: only when an administrator says so */
    bool public_only;    /* refuse private addresses, checked when connecting: no SSRF */
    unsigned redirects;  /* most that are followed, each checked again; 0: none */
    unsigned connect_ms; /* 0: 10 s */
    unsigned total_ms;   /* with retries and waits; 0: 60 s */
    size_t max_bytes;    /* of the answer; 0: 16 MB */
    unsigned retries;    /* GET only, after connection errors, 429 and 5xx; Retry-After is obeyed */
    Cancel *cancel;      /* may be NULL */
    /* Takes the body as it comes instead of `HttpReply.body`, when the status is 2xx. */
    bool (*receive)(void *arg, const char *bytes, size_t len, Error *err);
    void *receive_arg;
} HttpCall;

typedef struct HttpReply
{
    int status;
    const char *host;  /* that answered, for messages */
    TextPair *headers; /* of the last answer, names in lower case */
    size_t header_count;
    Str body; /* in the arena; ended by zero */
} HttpReply;

/* Called once before threads start. */
void client_setup(void);
/* True when an answer came, whatever its status. */
bool client_call(Arena *arena, const HttpCall *call, HttpReply *reply, Error *err);
/* The same, and a status that is not 2xx is ERR_UPSTREAM. */
bool client_fetch(Arena *arena, const HttpCall *call, HttpReply *reply, Error *err);
/* NULL when absent. `name` in lower case. */
const char *reply_header(const HttpReply *reply, const char *name);

#endif
