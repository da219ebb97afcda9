/* What the server and the tests see of a Response: its insides, and the steps around a handler. */
#ifndef HTTP_RESPONSE_PRIVATE_H
#define HTTP_RESPONSE_PRIVATE_H

#include "http/response.h"
#include "http/ring.h"

enum
{
    RESPONSE_FIELDS_MAX = 40,
    RESPONSE_HEAD_BYTES_MAX = 64 * 1024
};

typedef enum StreamState
{
    STREAM_NONE,
    STREAM_COLLECTING, /* begun; everything so far is in `collected` */
    STREAM_LEFT,       /* the head was given to the server, the ring is in use */
    STREAM_ENDED,
    STREAM_ABORTED
} StreamState;

struct Response
{
    HttpRequest *req;
    int status;
    TextPair fields[RESPONSE_FIELDS_MAX];
    size_t field_count;
    bool broken; /* a header could not be sent as it was given: the answer becomes a 500 */
    const char *type;
    Str body;
    bool plain; /* never compressed */
    void (*release)(void *owner);
    void *owner;

    StreamState stream;
    bool compress;
    Buf collected;
    Encoder *encoder;
    Ring *ring; /* NULL until the head has left */

    /* The server's side. */
    void (*wake)(void *arg); /* there is something to send; NULL: streams cannot be used */
    void *wake_arg;
    bool close;    /* the connection ends with this answer */
    Str head;      /* set when it may leave */
    size_t length; /* of the body as told in the head */
};

void response_init(Response *res, HttpRequest *req);
/*
 * After the handler: makes the head, compresses a whole body when `may_compress`. What was left
 * unfinished becomes a 500 or an aborted stream.
 */
void response_finish(Response *res, bool may_compress);
/* What the client is sent of the body: nothing for HEAD, 204 and 304. */
Str response_sent_body(const Response *res);
/* Gives back what is not in the arena. */
void response_dispose(Response *res);

#endif
