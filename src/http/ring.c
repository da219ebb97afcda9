/*
 * A piece is written in place, with room before it for the chunk size and after it for the line
 * end and the last chunk, so that nothing is copied twice. The piece being filled is the one after
 * the published ones and belongs to the writer alone.
 */
#include "http/ring.h"

#include "base/heap.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

enum
{
    SIZE_LINE_BYTES = 8, /* "0f0000\r\n": as many leading zeros as it takes */
    TAIL_BYTES = 8,      /* "\r\n" and "0\r\n\r\n" */
    WAIT_MS = 200        /* how often a waiting writer looks at its Cancel */
};

typedef struct Piece
{
    char *bytes; /* NULL until it is needed */
    size_t start;
    size_t end;
} Piece;

struct Ring
{
    pthread_mutex_t lock;
    pthread_cond_t room;
    Piece pieces[RING_PIECES];
    unsigned first; /* published piece to send next */
    unsigned count; /* published pieces */
    Piece *current; /* being filled, or NULL; the writer's own */
    size_t filled;  /* data bytes in it; the writer's own */
    bool chunked;
    bool ended;
    bool aborted;
    bool closed;
    Cancel *cancel;
    void (*wake)(void *arg);
    void *arg;
};

Ring *
ring_new(bool chunked, Cancel *cancel, void (*wake)(void *arg), void *arg)
{
    Ring *ring = heap_new(1, sizeof(Ring));
    pthread_condattr_t monotonic;

    (void) pthread_mutex_init(&ring->lock, NULL);
    (void) pthread_condattr_init(&monotonic);
    (void) pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void) pthread_cond_init(&ring->room, &monotonic);
    (void) pthread_condattr_destroy(&monotonic);
    ring->chunked = chunked;
    ring->cancel = cancel;
    ring->wake = wake;
    ring->arg = arg;
    return ring;
}

void
ring_free(Ring **ring)
{
    if (*ring == NULL)
        return;
    for (int i = 0; i < RING_PIECES; i++)
        heap_free((*ring)->pieces[i].bytes);
    (void) pthread_cond_destroy(&(*ring)->room);
    (void) pthread_mutex_destroy(&(*ring)->lock);
    heap_free(*ring);
    *ring = NULL;
}

/* --- The writer ----------------------------------------------------------------------------- */

/* Waits for a free piece, called with the lock. */
static bool
wait_for_room(Ring *ring, Error *err)
{
    while (ring->count == RING_PIECES && !ring->closed)
    {
        struct timespec until;

        if (!cancel_check(ring->cancel, err))
            return false;
        (void) clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += WAIT_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void) pthread_cond_timedwait(&ring->room, &ring->lock, &until);
    }
    if (ring->closed)
        return error_set(err, ERR_CANCELLED, "the client left");
    return true;
}

static bool
start_piece(Ring *ring, Error *err)
{
    bool ok;

    if (ring->current != NULL)
        return true;
    (void) pthread_mutex_lock(&ring->lock);
    ok = wait_for_room(ring, err);
    if (ok)
    {
        Piece *piece = &ring->pieces[(ring->first + ring->count) % RING_PIECES];

        if (piece->bytes == NULL)
            piece->bytes = heap_new(1, SIZE_LINE_BYTES + RING_PIECE_BYTES + TAIL_BYTES);
        ring->current = piece;
        ring->filled = 0;
    }
    (void) pthread_mutex_unlock(&ring->lock);
    return ok;
}

/* Framing around the data of the piece. */
static void
close_piece(Ring *ring, Piece *piece, bool last)
{
    piece->start = SIZE_LINE_BYTES;
    piece->end = SIZE_LINE_BYTES + ring->filled;
    if (!ring->chunked)
        return;
    if (ring->filled > 0)
    {
        char size_line[SIZE_LINE_BYTES + 1];

        (void) snprintf(size_line, sizeof(size_line), "%06zx\r\n", ring->filled & 0xffffff);
        memcpy(piece->bytes, size_line, SIZE_LINE_BYTES);
        memcpy(piece->bytes + piece->end, "\r\n", 2);
        piece->start = 0;
        piece->end += 2;
    }
    if (last)
    {
        memcpy(piece->bytes + piece->end, "0\r\n\r\n", 5);
        piece->end += 5;
    }
}

static bool
publish(Ring *ring, bool last, Error *err)
{
    bool gone;

    (void) pthread_mutex_lock(&ring->lock);
    gone = ring->closed;
    if (!gone)
    {
        close_piece(ring, ring->current, last);
        if (ring->current->end > ring->current->start)
            ring->count++;
        ring->current = NULL;
        ring->ended = last;
    }
    (void) pthread_mutex_unlock(&ring->lock);
    if (gone)
        return error_set(err, ERR_CANCELLED, "the client left");
    ring->wake(ring->arg);
    return true;
}

bool
ring_write(Ring *ring, const char *bytes, size_t len, Error *err)
{
    while (len > 0)
    {
        size_t now;

        if (!start_piece(ring, err))
            return false;
        now = RING_PIECE_BYTES - ring->filled;
        if (now > len)
            now = len;
        memcpy(ring->current->bytes + SIZE_LINE_BYTES + ring->filled, bytes, now);
        ring->filled += now;
        bytes += now;
        len -= now;
        if (ring->filled == RING_PIECE_BYTES && !publish(ring, false, err))
            return false;
    }
    return true;
}

bool
ring_publish(Ring *ring, Error *err)
{
    if (ring->current == NULL || ring->filled == 0)
        return true;
    return publish(ring, false, err);
}

bool
ring_end(Ring *ring, Error *err)
{
    return start_piece(ring, err) && publish(ring, true, err);
}

void
ring_abort(Ring *ring)
{
    (void) pthread_mutex_lock(&ring->lock);
    ring->aborted = true;
    (void) pthread_mutex_unlock(&ring->lock);
    ring->wake(ring->arg);
}

/* --- The reader ----------------------------------------------------------------------------- */

int
ring_peek(Ring *ring, struct iovec *slices, int max)
{
    int used = 0;

    (void) pthread_mutex_lock(&ring->lock);
    for (unsigned i = 0; i < ring->count && used < max; i++)
    {
        Piece *piece = &ring->pieces[(ring->first + i) % RING_PIECES];

        slices[used++] = (struct iovec){ .iov_base = piece->bytes + piece->start,
                                         .iov_len = piece->end - piece->start };
    }
    (void) pthread_mutex_unlock(&ring->lock);
    return used;
}

void
ring_consume(Ring *ring, size_t len)
{
    bool freed = false;

    (void) pthread_mutex_lock(&ring->lock);
    while (ring->count > 0)
    {
        Piece *piece = &ring->pieces[ring->first];
        size_t left = piece->end - piece->start;

        if (len < left)
        {
            piece->start += len;
            break;
        }
        len -= left;
        ring->first = (ring->first + 1) % RING_PIECES;
        ring->count--;
        freed = true;
    }
    if (freed)
        (void) pthread_cond_signal(&ring->room);
    (void) pthread_mutex_unlock(&ring->lock);
}

bool
ring_is_done(Ring *ring)
{
    bool done;

    (void) pthread_mutex_lock(&ring->lock);
    done = ring->ended && ring->count == 0;
    (void) pthread_mutex_unlock(&ring->lock);
    return done;
}

bool
ring_is_aborted(Ring *ring)
{
    bool aborted;

    (void) pthread_mutex_lock(&ring->lock);
    aborted = ring->aborted;
    (void) pthread_mutex_unlock(&ring->lock);
    return aborted;
}

void
ring_close(Ring *ring)
{
    (void) pthread_mutex_lock(&ring->lock);
    ring->closed = true;
    (void) pthread_cond_signal(&ring->room);
    (void) pthread_mutex_unlock(&ring->lock);
}
