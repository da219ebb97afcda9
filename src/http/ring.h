/*
 * Bytes of one streamed answer on their way from the worker that writes to the loop that sends:
 * four pieces of 64 KB. When all are full the writer waits; when the reader is gone it is told.
 * Pieces are taken from the heap as they are needed.
 */
#ifndef HTTP_RING_H
#define HTTP_RING_H

#include "base/error.h"
#include "base/worker.h"

struct iovec;

enum
{
    RING_PIECES = 4,
    RING_PIECE_BYTES = 64 * 1024
};

typedef struct Ring Ring;

/* `wake(arg)` is called, without the lock, when there is something new to send. */
Ring *ring_new(bool chunked, Cancel *cancel, void (*wake)(void *arg), void *arg);
void ring_free(Ring **ring);

/* --- The writer's side. --------------------------------------------------------------------- */

/* ERR_CANCELLED or ERR_TIMEOUT when the reader is gone or the request's Cancel says so. */
bool ring_write(Ring *ring, const char *bytes, size_t len, Error *err);
/* Gives what was written so far to the reader. */
bool ring_publish(Ring *ring, Error *err);
/* Publishes the rest and the end of the body. */
bool ring_end(Ring *ring, Error *err);
/* There will be no end: the reader must cut the connection. */
void ring_abort(Ring *ring);

/* --- The reader's side. --------------------------------------------------------------------- */

/* At most `max` slices that can be sent now. */
int ring_peek(Ring *ring, struct iovec *slices, int max);
void ring_consume(Ring *ring, size_t len);
/* The end was published and everything was consumed. */
bool ring_is_done(Ring *ring);
bool ring_is_aborted(Ring *ring);
/* The reader goes: the writer is told. */
void ring_close(Ring *ring);

#endif
