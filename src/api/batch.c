/* A few threads share the cards, each with a request and an arena of its own; lines leave one at a
 * time. */
#include "api/batch.h"

#include "api/answer.h"
#include "api/pages.h"
#include "api/share.h"
#include "base/crew.h"

#include <pthread.h>
#include <string.h>

enum
{
    THREADS = 4,
    MOST_CARDS = 500,
    MOST_KEPT = 8 * 1024 * 1024
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
    pthread_mutex_t lock; /* of what follows, and of the answer */
    bool is_broken;       /* nobody reads any more */
    Buf whole;            /* of published ones: kept for the next who asks */
    int64_t seconds;      /* how long the whole may be shown again */
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

        if (batch->order->tab.set && dashcard->dashboard_tab_id.value != batch->order->tab.value)
            continue;
        if (dashcard->card_id.set)
            add_piece(batch, dashcard, dashcard->card_id.value);
        for (size_t s = 0; s < dashcard->series.count; s++)
            add_piece(batch, dashcard, dashcard->series.items[s]);
    }
}

/* `seconds` becomes how long the rows may be shown again. */
static bool
run_piece(Request *req, const BatchOrder *order, const Piece *piece, const char *reference,
          ResultText *text, int64_t *seconds, Error *err)
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
    ask.is_published = order->who == NULL;
    if (!ask_order(req, &ask, &result, err))
        return false;
    result.run.who = order->who;
    result.run.anew = order->anew;
    result.view = order->view;
    result.context = order->context;
    result.reference = reference;
    if (order->published)
    {
        share_lifetime(req, &result.run.lifetime);
        if (!share_protect(req, order->small_cells, ask.card.id, &result, err))
            return false;
    }
    if (!result_text(req, &result, text, err))
        return false;
    *seconds = text->failed ? 0 : share_rest(&result.run.lifetime, text->made_at, text->is_stale);
    return true;
}

static void
write_failure(JsonWriter *w, const BatchOrder *order, const char *reference, const Error *failure)
{
    if (reference != NULL && failure->code != ERR_CANCELLED)
        share_log_failure(reference, failure);
    json_begin_object(w);
    json_put_text(w, "status", "failed");
    json_put_text(w, "error",
                  order->view == RESULT_FULL ? failure->message
                                             : "An error occurred while running the query.");
    if (reference != NULL)
        json_put_text(w, "reference", reference);
    json_key(w, "data");
    json_begin_object(w);
    json_put_empty(w, "rows");
    json_put_empty(w, "cols");
    json_end_object(w);
    json_end_object(w);
}

/* A line as soon as there is one: who waits sees the first card before the last has run. */
static void
send_line(Batch *batch, Str line, int64_t seconds)
{
    Error ignored;

    (void) pthread_mutex_lock(&batch->lock);
    /* A reader who left has cancelled the request: the other cards end by themselves. */
    if (!batch->is_broken)
        batch->is_broken = !response_write(batch->res, line.ptr, line.len, &ignored) ||
                           !response_flush(batch->res, &ignored);
    if (batch->order->published)
        buf_str(&batch->whole, line);
    if (seconds < batch->seconds)
        batch->seconds = seconds;
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
    const char *reference = NULL;
    int64_t seconds = 0;
    ResultText text;
    Error failure;

    if (cancel_is_set(own.http->cancel))
        return;
    own.arena = arena;
    if (batch->order->view == RESULT_PUBLIC)
        reference = share_reference(&own);
    json_begin_object(&w);
    json_put_int(&w, "dashcard_id", piece->dashcard->id);
    json_put_int(&w, "card_id", piece->card_id);
    json_key(&w, "result");
    if (run_piece(&own, batch->order, piece, reference, &text, &seconds, &failure))
        json_raw(&w, buf_slice(&text.text));
    else
        write_failure(&w, batch->order, reference, &failure);
    json_end_object(&w);
    buf_char(&line, '\n');
    send_line(batch, buf_slice(&line), seconds);
}

bool
batch_send(Request *req, Response *res, const BatchOrder *order, Error *err)
{
    Batch batch = { .req = req,
                    .res = res,
                    .order = order,
                    .whole = buf_new(req->arena, MOST_KEPT),
                    .seconds = order->most_seconds };
    PageAnswer page = { .status = 200,
                        .type = "application/x-ndjson;charset=utf-8",
                        .version = pages_version(req->app->pages) };
    DashcardList list;

    if (!dashcard_list(req->store, req->arena, order->dashboard->id, &list, err))
        return false;
    list_pieces(&batch, &list);
    (void) pthread_mutex_init(&batch.lock, NULL);
    response_begin_stream(res, page.type, true);
    crew_run(THREADS, batch.count, work, &batch);
    (void) pthread_mutex_destroy(&batch.lock);
    if (!response_end_stream(res, err))
        return false;
    page.body = buf_slice(&batch.whole);
    page.seconds = batch.seconds;
    if (order->published && !batch.whole.failed && !batch.is_broken && batch.count > 0)
        pages_keep(req, &page);
    return true;
}
