/* Versions of cards and dashboards, noted as they change. */
#include "content/version.h"

#include "store/revision.h"

enum
{
    SNAPSHOT_BYTES = 8 * 1024 * 1024
};

const Field version_card[] = {
    FIELD(Card, name, .nullable = true),
    FIELD(Card, description, .nullable = true),
    FIELD(Card, type, .nullable = true),
    FIELD(Card, display, .nullable = true),
    FIELD(Card, query_type, .nullable = true),
    FIELD(Card, dataset_query, .nullable = true),
    FIELD(Card, visualization_settings, .nullable = true),
    FIELD(Card, parameters, .nullable = true),
    FIELD(Card, parameter_mappings, .nullable = true),
    FIELD(Card, result_metadata, .nullable = true),
    FIELD(Card, collection_id, .nullable = true),
    FIELD(Card, collection_position, .nullable = true),
    FIELD(Card, cache_ttl, .nullable = true),
    FIELD(Card, archived, .nullable = true),
    { 0 },
};

const Field version_dashboard[] = {
    FIELD(Dashboard, name, .nullable = true),
    FIELD(Dashboard, description, .nullable = true),
    FIELD(Dashboard, parameters, .nullable = true),
    FIELD(Dashboard, points_of_interest, .nullable = true),
    FIELD(Dashboard, caveats, .nullable = true),
    FIELD(Dashboard, width, .nullable = true),
    FIELD(Dashboard, auto_apply_filters, .nullable = true),
    FIELD(Dashboard, collection_id, .nullable = true),
    FIELD(Dashboard, collection_position, .nullable = true),
    FIELD(Dashboard, cache_ttl, .nullable = true),
    FIELD(Dashboard, archived, .nullable = true),
    { 0 },
};

const Field version_dashcard[] = {
    FIELD(Dashcard, id, .nullable = true),
    FIELD(Dashcard, card_id, .nullable = true),
    FIELD(Dashcard, dashboard_tab_id, .nullable = true),
    FIELD(Dashcard, row, .nullable = true),
    FIELD(Dashcard, col, .nullable = true),
    FIELD(Dashcard, size_x, .nullable = true),
    FIELD(Dashcard, size_y, .nullable = true),
    FIELD(Dashcard, parameter_mappings, .nullable = true),
    FIELD(Dashcard, inline_parameters, .nullable = true),
    FIELD(Dashcard, visualization_settings, .nullable = true),
    FIELD(Dashcard, action_id, .nullable = true),
    FIELD(Dashcard, series, .nullable = true),
    { 0 },
};

const Field version_tab[] = {
    FIELD(Tab, id, .nullable = true),
    FIELD(Tab, name, .nullable = true),
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
note(Store *tx, Arena *arena, int64_t user_id, const char *model, int64_t id, const Buf *text,
     Change change, Error *err)
{
    Revision revision = {
        .model = model,
        .model_id = id,
        .user_id = user_id,
        .is_creation = change.is_creation,
        .is_reversion = change.is_reversion,
        .message = change.message,
    };
    Json *object = NULL;

    if (!parse_snapshot(arena, text, &object, err))
        return false;
    revision.object = object;
    return revision_add(tx, arena, &revision, err);
}

bool
version_note_card(Store *tx, Arena *arena, int64_t user_id, const Card *card, Change change,
                  Error *err)
{
    Buf text = buf_new(arena, SNAPSHOT_BYTES);
    JsonWriter w = json_writer(&text);

    json_begin_object(&w);
    bind_write(&w, version_card, card);
    json_end_object(&w);
    return note(tx, arena, user_id, "Card", card->id, &text, change, err);
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
        bind_write(w, version_dashcard, card);
        json_end_object(w);
    }
    json_end_array(w);
}

bool
version_note_dashboard(Store *tx, Arena *arena, int64_t user_id, const Dashboard *dashboard,
                       Change change, Error *err)
{
    Buf text = buf_new(arena, SNAPSHOT_BYTES);
    JsonWriter w = json_writer(&text);
    DashcardList cards;
    TabList tabs;

    if (!tab_list(tx, arena, dashboard->id, &tabs, err) ||
        !dashcard_list(tx, arena, dashboard->id, &cards, err))
        return false;
    json_begin_object(&w);
    bind_write(&w, version_dashboard, dashboard);
    write_dashcards(&w, &cards);
    json_key(&w, "tabs");
    json_begin_array(&w);
    for (size_t i = 0; i < tabs.count; i++)
    {
        json_begin_object(&w);
        bind_write(&w, version_tab, &tabs.items[i]);
        json_end_object(&w);
    }
    json_end_array(&w);
    json_end_object(&w);
    return note(tx, arena, user_id, "Dashboard", dashboard->id, &text, change, err);
}
