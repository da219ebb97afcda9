/* Versions of cards and dashboards: noted as they change, told as differences, put back. */
#include "api/history.h"

#include "api/answer.h"
#include "api/card.h"
#include "api/tables.h"

#include <string.h>

enum
{
    SNAPSHOT_BYTES = 8 * 1024 * 1024
};

/* What a version of a card holds, and what putting it back restores. */
static const Field card_kept[] = {
    FIELD(Card, name),
    FIELD(Card, description),
    FIELD(Card, type),
    FIELD(Card, display),
    FIELD(Card, query_type),
    FIELD(Card, dataset_query),
    FIELD(Card, visualization_settings),
    FIELD(Card, parameters, .nullable = true),
    FIELD(Card, parameter_mappings, .nullable = true),
    FIELD(Card, result_metadata),
    FIELD(Card, collection_id),
    FIELD(Card, collection_position),
    FIELD(Card, cache_ttl),
    FIELD(Card, archived),
    FIELD(Card, enable_embedding),
    FIELD(Card, embedding_params),
    { 0 },
};

static const Field dashboard_kept[] = {
    FIELD(Dashboard, name),
    FIELD(Dashboard, description),
    FIELD(Dashboard, parameters),
    FIELD(Dashboard, points_of_interest),
    FIELD(Dashboard, caveats),
    FIELD(Dashboard, width),
    FIELD(Dashboard, auto_apply_filters),
    FIELD(Dashboard, collection_id),
    FIELD(Dashboard, collection_position),
    FIELD(Dashboard, cache_ttl),
    FIELD(Dashboard, archived),
    FIELD(Dashboard, enable_embedding),
    FIELD(Dashboard, embedding_params),
    { 0 },
};

static bool
parse_snapshot(Arena *arena, const Buf *text, Json **tree, Error *err)
{
    if (text->failed)
        return error_set(err, ERR_TOO_LARGE, "this is too large to keep a version of");
    return json_parse(arena, buf_slice(text), NULL, tree, err);
}

static bool
note(Request *req, Store *tx, const char *model, int64_t id, const Buf *text, Change change,
     Error *err)
{
    Revision revision = {
        .model = model,
        .model_id = id,
        .user_id = req->who.user.id,
        .is_creation = change.is_creation,
        .is_reversion = change.is_reversion,
        .message = change.message,
    };
    Json *object = NULL;

    if (!parse_snapshot(req->arena, text, &object, err))
        return false;
    revision.object = object;
    return revision_add(tx, req->arena, &revision, err);
}

bool
history_note_card(Request *req, Store *tx, const Card *card, Change change, Error *err)
{
    Buf text = buf_new(req->arena, SNAPSHOT_BYTES);
    JsonWriter w = json_writer(&text);

    json_begin_object(&w);
    bind_write(&w, card_kept, card);
    json_end_object(&w);
    return note(req, tx, "Card", card->id, &text, change, err);
}

static void
write_dashcards(JsonWriter *w, const DashcardList *cards)
{
    json_key(w, "dashcards");
    json_begin_array(w);
    for (size_t i = 0; i < cards->count; i++)
    {
        const Dashcard *card = &cards->items[i];

        json_begin_object(w);
        bind_write(w, dashcard_columns, card);
        json_key(w, "series");
        json_begin_array(w);
        for (size_t s = 0; s < card->series.count; s++)
            json_int(w, card->series.items[s]);
        json_end_array(w);
        json_end_object(w);
    }
    json_end_array(w);
}

bool
history_note_dashboard(Request *req, Store *tx, const Dashboard *dashboard, Change change,
                       Error *err)
{
    Buf text = buf_new(req->arena, SNAPSHOT_BYTES);
    JsonWriter w = json_writer(&text);
    DashcardList cards;
    TabList tabs;

    if (!tab_list(tx, req->arena, dashboard->id, &tabs, err) ||
        !dashcard_list(tx, req->arena, dashboard->id, &cards, err))
        return false;
    json_begin_object(&w);
    bind_write(&w, dashboard_kept, dashboard);
    write_dashcards(&w, &cards);
    json_key(&w, "tabs");
    json_begin_array(&w);
    for (size_t i = 0; i < tabs.count; i++)
    {
        json_begin_object(&w);
        bind_write(&w, tab_columns, &tabs.items[i]);
        json_end_object(&w);
    }
    json_end_array(&w);
    json_end_object(&w);
    return note(req, tx, "Dashboard", dashboard->id, &text, change, err);
}
