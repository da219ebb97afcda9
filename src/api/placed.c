/* Cards put on a dashboard that strangers can read: it is said at once, and written down. */
#include "api/dashboard.h"
#include "store/card.h"

#include <string.h>

static bool
holds(const Dashcard *dashcard, int64_t card_id)
{
    if (dashcard->card_id.set && dashcard->card_id.value == card_id)
        return true;
    for (size_t i = 0; i < dashcard->series.count; i++)
        if (dashcard->series.items[i] == card_id)
            return true;
    return false;
}

static bool
is_shown(const DashcardList *list, const IntList *known, int64_t card_id)
{
    for (size_t i = 0; i < list->count; i++)
        if (holds(&list->items[i], card_id))
            return true;
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i] == card_id)
            return true;
    return false;
}

/* Those of `after` that are not in `before`, each once. */
static void
compare(Arena *arena, const DashcardList *before, const DashcardList *after, IntList *shown)
{
    size_t most = 0;

    for (size_t i = 0; i < after->count; i++)
        most += 1 + after->items[i].series.count;
    *shown = (IntList){ ARENA_ARRAY(arena, most + 1, int64_t), 0 };
    for (size_t i = 0; i < after->count; i++)
    {
        const Dashcard *it = &after->items[i];

        if (it->card_id.set && !is_shown(before, shown, it->card_id.value))
            shown->items[shown->count++] = it->card_id.value;
        for (size_t s = 0; s < it->series.count; s++)
            if (!is_shown(before, shown, it->series.items[s]))
                shown->items[shown->count++] = it->series.items[s];
    }
}

static bool
note(Request *req, Store *tx, const Dashboard *dashboard, const IntList *shown, Error *err)
{
    for (size_t i = 0; i < shown->count; i++)
    {
        Json *details = api_detail(req, "dashboard", dashboard->name);
        Card card;

        if (!card_find(tx, req->arena, shown->items[i], &card, err))
            return false;
        (void) json_put(req->arena, details, "dashboard_id",
                        json_new_int(req->arena, dashboard->id));
        (void) json_put(req->arena, details, "name", json_new_text(req->arena, card.name));
        if (!api_audit(req, tx, "card-shown-to-public", "Card", card.id, details, err))
            return false;
    }
    return true;
}

bool
dashboard_place(Request *req, Store *tx, int64_t id, TabList *tabs, DashcardList *cards,
                IntList *shown, Error *err)
{
    DashcardList before = { 0 };
    Dashboard dashboard;
    bool is_open;

    *shown = (IntList){ 0 };
    if (!dashboard_find(tx, req->arena, id, &dashboard, err))
        return false;
    is_open = cards != NULL && (dashboard.public_uuid != NULL || dashboard.enable_embedding);
    if ((is_open && !dashcard_list(tx, req->arena, id, &before, err)) ||
        !dashboard_arrange(tx, req->arena, id, tabs, cards, err))
        return false;
    if (!is_open)
        return true;
    compare(req->arena, &before, cards, shown);
    return note(req, tx, &dashboard, shown, err);
}

/* ------------------------------------------------------------------------------------- the notice
 */

static void
write_notice(Request *req, JsonWriter *w, const Dashboard *dashboard, const Card *card)
{
    bool is_public = dashboard->public_uuid != NULL;

    json_begin_object(w);
    json_put_text(w, "kind", "card-shown-to-public");
    json_put_int(w, "card_id", card->id);
    json_put_text(w, "card_name", card->name);
    json_put_text(w, "how", is_public ? "public" : "embedded");
    json_key(w, "text");
    json_begin_object(w);
    json_put_text(w, "en",
                  arena_format(req->arena, "%s can now be read by %s.", card->name,
                               is_public ? "whoever has the link of this dashboard"
                                         : "visitors of the sites that frame this dashboard"));
    json_put_text(w, "fr",
                  arena_format(req->arena, "%s peut désormais être lu par %s.", card->name,
                               is_public
                                   ? "quiconque a le lien de ce tableau de bord"
                                   : "les visiteurs des sites qui encadrent ce tableau de bord"));
    json_end_object(w);
    json_end_object(w);
}

bool
dashboard_write_notices(Request *req, JsonWriter *w, const Dashboard *dashboard,
                        const IntList *shown, Error *err)
{
    json_key(w, "vigie_notices");
    json_begin_array(w);
    for (size_t i = 0; i < shown->count; i++)
    {
        Card card;

        if (!card_find(req->store, req->arena, shown->items[i], &card, err))
            return false;
        write_notice(req, w, dashboard, &card);
    }
    json_end_array(w);
    return true;
}
