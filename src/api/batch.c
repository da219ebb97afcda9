/* A few threads share the cards, each with a request and an arena of its own; lines leave one at a
 * time. */
#include "api/batch.h"

#include "api/answer.h"
#include "base/crew.h"

#include <pthread.h>
#include <string.h>

enum
{
    THREADS = 4,
    MOST_CARDS = 500
};

typedef struct Piece
{
    const Dashcard *dashcard;
    int64_t card_id;
} Piece;

typedef struct Batch
{
    Request *req;
    Response *res;
    const BatchOrder *order;
    Piece *pieces;
    size_t count;
    pthread_mutex_t lock; /* of the answer */
    bool is_broken;       /* nobody reads any more */
} Batch;

static void
add_piece(Batch *batch, const Dashcard *dashcard, int64_t card_id)
{
    if (batch->count < MOST_CARDS)
        batch->pieces[batch->count++] = (Piece){ dashcard, card_id };
}

static void
list_pieces(Batch *batch, const DashcardList *list)
{
    batch->pieces = ARENA_ARRAY(batch->req->arena, MOST_CARDS, Piece);
    for (size_t i = 0; i < list->count; i++)
    {
        const Dashcard *dashcard = &list->items[i];

        if (dashcard->card_id.set)
            add_piece(batch, dashcard, dashcard->card_id.value);
        for (size_t s = 0; s < dashcard->series.count; s++)
            add_piece(batch, dashcard, dashcard->series.items[s]);
    }
}

static bool
run_piece(Request *req, const BatchOrder *order, const Piece *piece, ResultText *text, Error *err)
{
    ResultOrder result;
    Ask ask = { .dashboard = *order->dashboard,
                .dashcard = *piece->dashcard,
                .values = order->values };

    if (!card_find(req->store, req->arena, piece->card_id, &ask.card, err))
        return false;
    if (order->who != NULL &&
        !access_to_card(order->who, req->store, req->arena, &ask.card, ACCESS_READ, err))
        return false;
    ask.pivot = ask.card.display != NULL && strcmp(ask.card.display, "pivot") == 0;
    if (!ask_order(req, &ask, &result, err))
        return false;
    result.run.who = order->who;
    result.run.anew = order->anew;
    result.view = order->view;
    result.context = order->context;
    return result_text(req, &result, text, err);
}

static void
write_failure(JsonWriter *w, const BatchOrder *order, const Error *failure)
{
    json_begin_object(w);
    json_put_text(w, "status", "failed");
    json_put_text(w, "error",
                  order->view == RESULT_FULL ? failure->message
                                             : "An error occurred while running the query.");
    json_key(w, "data");
    json_begin_object(w);
    json_put_empty(w, "rows");
    json_put_empty(w, "cols");
    json_end_object(w);
    json_end_object(w);
}

/* A line as soon as there is one: who waits sees the first card before the last has run. */
static void
send_line(Batch *batch, Str line)
{
    Error ignored;

    (void) pthread_mutex_lock(&batch->lock);
    /* A reader who left has cancelled the request: the other cards end by themselves. */
    if (!batch->is_broken)
        batch->is_broken = !response_write(batch->res, line.ptr, line.len, &ignored) ||
                           !response_flush(batch->res, &ignored);
    (void) pthread_mutex_unlock(&batch->lock);
}

static void
work(void *arg, size_t index)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Batch *batch = arg;
    const Piece *piece = &batch->pieces[index];
    Request own = *batch->req;
    Buf line = buf_new(arena, SIZE_MAX / 2);
    JsonWriter w = json_writer(&line);
    ResultText text;
    Error failure;

    if (cancel_is_set(own.http->cancel))
        return;
    own.arena = arena;
    json_begin_object(&w);
    json_put_int(&w, "dashcard_id", piece->dashcard->id);
    json_put_int(&w, "card_id", piece->card_id);
    json_key(&w, "result");
    if (run_piece(&own, batch->order, piece, &text, &failure))
        json_raw(&w, buf_slice(&text.text));
    else
        write_failure(&w, batch->order, &failure);
    json_end_object(&w);
    buf_char(&line, '\n');
    send_line(batch, buf_slice(&line));
}

bool
batch_send(Request *req, Response *res, const BatchOrder *order, Error *err)
{
    Batch batch = { .req = req, .res = res, .order = order };
    DashcardList list;

    if (!dashcard_list(req->store, req->arena, order->dashboard->id, &list, err))
        return false;
    list_pieces(&batch, &list);
    (void) pthread_mutex_init(&batch.lock, NULL);
    response_begin_stream(res, "application/x-ndjson;charset=utf-8", true);
    crew_run(THREADS, batch.count, work, &batch);
    (void) pthread_mutex_destroy(&batch.lock);
    return response_end_stream(res, err);
}
