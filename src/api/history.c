/* Versions of cards and dashboards: noted as they change, told as differences, put back. */
#include "api/history.h"

#include "api/answer.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/tables.h"

#include <string.h>

bool
history_note_card(Request *req, Store *tx, const Card *card, Change change, Error *err)
{
    return version_note_card(tx, req->arena, req->who.user.id, card, change, err);
}

bool
history_note_dashboard(Request *req, Store *tx, const Dashboard *dashboard, Change change,
                       Error *err)
{
    return version_note_dashboard(tx, req->arena, req->who.user.id, dashboard, change, err);
}

/* ---------------------------------------------------------------------------------- differences */

/* How a change of a member is told, in both languages. */
static const struct
{
    const char *key;
    const char *english;
    const char *french;
} words[] = {
    { "name", "renamed it", "a changé le nom" },
    { "description", "changed the description", "a changé la description" },
    { "type", "changed the type", "a changé le type" },
    { "display", "changed the display", "a changé la présentation" },
    { "dataset_query", "modified the query", "a modifié la requête" },
    { "visualization_settings", "changed the visualization settings",
      "a changé les réglages du graphique" },
    { "parameters", "changed the filters", "a changé les filtres" },
    { "result_metadata", "edited the metadata", "a modifié les métadonnées" },
    { "collection_id", "moved it", "l'a déplacé" },
    { "collection_position", "changed pinning", "a changé l'épinglage" },
    { "cache_ttl", "changed caching", "a changé la mise en cache" },
    { "archived", "changed whether it is in the trash", "a changé la mise à la corbeille" },
    { "width", "changed the width", "a changé la largeur" },
    { "auto_apply_filters", "changed how filters apply", "a changé l'application des filtres" },
    { "tabs", "modified the tabs", "a modifié les onglets" },
    { "dashcards", "modified the cards", "a modifié les cartes" },
};

static bool
is_french(const Request *req)
{
    const char *locale = req->who.user.locale;

    if (locale == NULL)
        locale = settings_text(req->settings, req->arena, LIVE_site_locale);
    return strncmp(locale, "fr", 2) == 0;
}

static bool
differs(const Json *before, const Json *after)
{
    return before == NULL || after == NULL ? before != after : !json_equal(before, after);
}

/* A sentence without its subject, which clients put in front. */
static const char *
describe(const Request *req, const Revision *before, const Revision *it, int *count)
{
    bool french = is_french(req);
    Buf text = buf_new(req->arena, 4096);

    *count = 0;
    if (it->is_creation)
        return french ? "a créé ceci." : "created this.";
    if (it->is_reversion)
        return french ? "est revenu à une version antérieure." : "reverted to an earlier version.";
    for (size_t i = 0; before != NULL && i < COUNT_OF(words); i++)
    {
        if (!differs(json_get(before->object, words[i].key), json_get(it->object, words[i].key)))
            continue;
        if ((*count)++ > 0)
            buf_text(&text, french ? " et " : " and ");
        buf_text(&text, french ? words[i].french : words[i].english);
    }
    if (*count == 0)
        return french ? "a modifié ceci." : "edited this.";
    buf_char(&text, '.');
    return buf_cstr(&text);
}

static void
write_side(JsonWriter *w, const char *key, const Revision *side, const Revision *other)
{
    json_key(w, key);
    json_begin_object(w);
    for (const Json *item = side->object == NULL ? NULL : side->object->first; item != NULL;
         item = item->next)
        if (differs(item, json_get(other->object, item->key)))
            json_put_tree(w, item->key, item);
    json_end_object(w);
}

static void
write_revision(const Request *req, JsonWriter *w, const Revision *it, const Revision *before)
{
    int count;
    const char *description = describe(req, before, it, &count);

    json_begin_object(w);
    json_put_int(w, "id", it->id);
    json_put_text(w, "timestamp", it->timestamp);
    json_put_bool(w, "is_creation", it->is_creation);
    json_put_bool(w, "is_reversion", it->is_reversion);
    json_put_text(w, "message", it->message);
    json_put_text(w, "description", description);
    json_put_bool(w, "has_multiple_changes", count > 1);
    json_key(w, "user");
    json_begin_object(w);
    json_put_int(w, "id", it->user_id);
    json_put_text(w, "first_name", it->first_name);
    json_put_text(w, "last_name", it->last_name);
    json_put_text(w, "common_name",
                  it->first_name == NULL || it->last_name == NULL
                      ? it->email
                      : arena_format(req->arena, "%s %s", it->first_name, it->last_name));
    json_end_object(w);
    json_key(w, "diff");
    if (before == NULL)
        json_null(w);
    else
    {
        json_begin_object(w);
        write_side(w, "before", before, it);
        write_side(w, "after", it, before);
        json_end_object(w);
    }
    json_end_object(w);
}

/* "card" to "Card", with the right to do so checked. */
static bool
open_model(Request *req, const char *entity, int64_t id, Access access, const char **model,
           Error *err)
{
    Dashboard dashboard;
    Card card;

    if (strcmp(entity, "card") == 0)
    {
        *model = "Card";
        return card_find(req->store, req->arena, id, &card, err) &&
               access_to_card(&req->who, req->store, req->arena, &card, access, err);
    }
    if (strcmp(entity, "dashboard") == 0)
    {
        *model = "Dashboard";
        return dashboard_find(req->store, req->arena, id, &dashboard, err) &&
               access_to_dashboard(&req->who, req->store, req->arena, &dashboard, access, err);
    }
    return error_set(err, ERR_NOT_FOUND, "there is no history of this");
}

enum
{
    PAGE = 100 /* most versions of one answer */
};

static bool
answer_history(Request *req, Response *res, const char *entity, int64_t id, int64_t before,
               Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *model;
    RevisionList list;

    /* One more than is told: the last one is told as a change of it. */
    if (!open_model(req, entity, id, ACCESS_READ, &model, err) ||
        !revision_list(req->store, req->arena, model, id, (OptInt){ before > 0, before }, PAGE + 1,
                       &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count && i < PAGE; i++)
        write_revision(req, w, &list.items[i], i + 1 < list.count ? &list.items[i + 1] : NULL);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

typedef struct HistoryQuery
{
    const char *entity;
    int64_t id;
    int64_t before;
} HistoryQuery;

#define BEFORE_HELP "only versions older than this one, by its id; an answer has at most 100"

#define ENTITIES "card|dashboard"

static const Field history_query[] = {
    FIELD(HistoryQuery, entity, .required = true, .choices = ENTITIES),
    FIELD(HistoryQuery, id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(HistoryQuery, before, .min = 1, .max = INT64_MAX, .help = BEFORE_HELP),
    { 0 },
};

static const Field page_query[] = {
    FIELD(HistoryQuery, before, .min = 1, .max = INT64_MAX, .help = BEFORE_HELP),
    { 0 },
};

static bool
list_history(Request *req, Response *res, Error *err)
{
    const HistoryQuery *query = req->query;

    return answer_history(req, res, query->entity, query->id, query->before, err);
}

static bool
list_history_of(Request *req, Response *res, Error *err)
{
    const HistoryQuery *query = req->query;

    return answer_history(req, res, route_param(req->match, "entity"), req->id, query->before, err);
}

static bool
list_dashboard_history(Request *req, Response *res, Error *err)
{
    const HistoryQuery *query = req->query;

    return answer_history(req, res, "dashboard", req->id, query->before, err);
}

/* ---------------------------------------------------------------------------------- putting back
 */

static bool
revert_card(Request *req, Store *tx, int64_t id, const Json *object, Error *err)
{
    Card card;

    return card_find(tx, req->arena, id, &card, err) &&
           bind_merge(req->arena, version_card, object, &card, err) &&
           access_to_card(&req->who, tx, req->arena, &card, ACCESS_WRITE, err) &&
           card_update(tx, req->arena, &card, err) &&
           history_note_card(req, tx, &card, (Change){ .is_reversion = true }, err);
}

/* Cards that were deleted since do not come back with it. */
static bool
read_dashcards(Request *req, Store *tx, const Json *sent, DashcardList *list, Error *err)
{
    DashcardList made = { 0 };

    *list = made;
    if (sent == NULL)
        return true;
    made.items = ARENA_ARRAY(req->arena, sent->count, Dashcard);
    for (const Json *item = sent->first; item != NULL; item = item->next)
    {
        Dashcard *it = &made.items[made.count];
        Card card;

        if (!bind_merge(req->arena, version_dashcard, item, it, err))
            return false;
        if (!it->card_id.set || card_find(tx, req->arena, it->card_id.value, &card, &(Error){ 0 }))
            made.count++;
        else
            *it = (Dashcard){ 0 };
    }
    *list = made;
    return true;
}

static bool
revert_dashboard(Request *req, Store *tx, int64_t id, const Json *object, Error *err)
{
    const Json *sent = json_get(object, "tabs");
    DashcardList cards;
    IntList shown;
    Dashboard dashboard;
    TabList tabs = { 0 };

    tabs.items = ARENA_ARRAY(req->arena, sent == NULL ? 0 : sent->count, Tab);
    for (const Json *item = sent == NULL ? NULL : sent->first; item != NULL; item = item->next)
        if (!bind_merge(req->arena, version_tab, item, &tabs.items[tabs.count++], err))
            return false;
    return dashboard_find(tx, req->arena, id, &dashboard, err) &&
           bind_merge(req->arena, version_dashboard, object, &dashboard, err) &&
           access_to_dashboard(&req->who, tx, req->arena, &dashboard, ACCESS_WRITE, err) &&
           read_dashcards(req, tx, json_get(object, "dashcards"), &cards, err) &&
           dashboard_update(tx, req->arena, &dashboard, err) &&
           dashboard_place(req, tx, id, &tabs, &cards, &shown, err) &&
           history_note_dashboard(req, tx, &dashboard, (Change){ .is_reversion = true }, err);
}

static bool
revert(Request *req, Response *res, const char *entity, int64_t id, int64_t revision_id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *model;
    Revision revision;
    RevisionList list;

    if (!open_model(req, entity, id, ACCESS_WRITE, &model, err) ||
        !revision_find(req->store, req->arena, revision_id, &revision, err))
        return false;
    if (strcmp(revision.model, model) != 0 || revision.model_id != id)
        return error_set(err, ERR_NOT_FOUND, "this version is of something else");
    if (!store_begin(req->store, &tx, err) ||
        !(model[0] == 'C' ? revert_card(req, tx, id, revision.object, err)
                          : revert_dashboard(req, tx, id, revision.object, err)) ||
        !api_audit(req, tx, "revert", model, id, NULL, err) ||
        !revision_list(tx, req->arena, model, id, (OptInt){ 0 }, 2, &list, err) ||
        !store_commit(&tx, err))
        return false;
    write_revision(req, w, &list.items[0], list.count > 1 ? &list.items[1] : NULL);
    return answer_send(&answer, res, err);
}

typedef struct RevertInput
{
    const char *entity;
    int64_t id;
    int64_t revision_id;
} RevertInput;

static const Field revert_fields[] = {
    FIELD(RevertInput, entity, .required = true, .choices = ENTITIES),
    FIELD(RevertInput, id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(RevertInput, revision_id, .required = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

static const Field revert_one_fields[] = {
    FIELD(RevertInput, revision_id, .required = true, .min = 1, .max = INT64_MAX),
    { 0 },
};

static bool
post_revert(Request *req, Response *res, Error *err)
{
    const RevertInput *input = req->input;

    return revert(req, res, input->entity, input->id, input->revision_id, err);
}

static bool
post_revert_card(Request *req, Response *res, Error *err)
{
    const RevertInput *input = req->input;

    return revert(req, res, "card", req->id, input->revision_id, err);
}

static bool
post_revert_dashboard(Request *req, Response *res, Error *err)
{
    const RevertInput *input = req->input;

    return revert(req, res, "dashboard", req->id, input->revision_id, err);
}

// clang-format off
const Route history_routes[] = {
    ROUTE_ON(API, GET,  "/api/revision",                list_history,           USER, "Versions of a card or a dashboard", .query = history_query),
    ROUTE_ON(API, POST, "/api/revision/revert",         post_revert,            USER, "Put an older version back", .body = revert_fields),
    ROUTE_ON(API, GET,  "/api/revision/:entity/:id",    list_history_of,        USER, "Versions of a card or a dashboard", .query = page_query),
    ROUTE_ON(API, POST, "/api/card/:id/revert",         post_revert_card,       USER, "Put an older version back", .body = revert_one_fields),
    ROUTE_ON(API, GET,  "/api/dashboard/:id/revisions", list_dashboard_history, USER, "Versions of a dashboard", .query = page_query),
    ROUTE_ON(API, POST, "/api/dashboard/:id/revert",    post_revert_dashboard,  USER, "Put an older version back", .body = revert_one_fields),
    { 0 },
};
// clang-format on
