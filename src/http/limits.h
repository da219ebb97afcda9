/*
 * Every limit of the HTTP server in one struct, with defaults. Times are milliseconds, sizes are
 * bytes, rates are bytes per second. A slow client meets an absolute deadline: sending one byte
 * now and then does not move it.
 */
#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

#include "base/base.h"

/* Most header fields that the parser keeps; HttpLimits.header_count is at most this. */
#define HTTP_HEADERS_MAX 128

typedef struct HttpLimits
{
    size_t uri_bytes;    /* longest request target: 414 */
    size_t header_count; /* most header fields: 431 */
    size_t header_bytes; /* request line and header fields together: 431 */
    size_t body_bytes;   /* longest body, unless HttpApp.max_body says otherwise: 413 */
    size_t body_memory;  /* all bodies held at one time, so more than the longest one: 503 */
    unsigned header_ms;  /* from the first byte (or the accept) to the end of the header fields */
    unsigned body_ms;    /* window in which a body must bring body_rate bytes per second: 408 */
    unsigned body_rate;
    unsigned idle_ms;  /* between two requests on one connection */
    unsigned write_ms; /* window in which a reader must take write_rate bytes per second */
    unsigned write_rate;
    unsigned handle_ms;   /* the request's Cancel is set after this time; 0: never */
    unsigned linger_ms;   /* after a refusal, unread input is taken this long before the close */
    unsigned drain_ms;    /* at a stop, what runs may go on this long, then it is cancelled */
    unsigned abandon_ms;  /* at a stop, how long cancelled handlers are waited for */
    unsigned connections; /* most at once; beyond, the one that waits longest goes */
    unsigned requests;    /* most on one connection */
} HttpLimits;

extern const HttpLimits http_limits_default;

#endif
