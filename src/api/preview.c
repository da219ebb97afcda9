/* A look at what strangers would get, also before it is published, for those who may publish: its
 * address opens in the session that asked for it, for an hour, and in no other. */
#include "api/answer.h"
#include "api/door.h"
#include "api/tables.h"
#include "auth/token.h"

#include <string.h>

enum
{
    PREVIEW_SECONDS = 3600,
    MAX_CLAIMS = 4000 /* they stand in an address */
};

typedef struct PreviewInput
{
    const Json *embedding_params;
    const Json *params;
} PreviewInput;

static const Field preview_fields[] = {
    FIELD(PreviewInput, embedding_params, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(PreviewInput, params, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

/* The word of frames for it: what is in the trash has no preview. */
static bool
find_subject(Request *req, const char **word, Error *err)
{
    const char *model = route_param(req->match, "model");
    Dashboard dashboard = { 0 };
    Card card = { 0 };
    bool is_card = strcmp(model, "card") == 0;

    if (!is_card && strcmp(model, "dashboard") != 0)
        return error_set(err, ERR_NOT_FOUND, "only a card or a dashboard is published");
    if (is_card ? !card_find(req->store, req->arena, req->id, &card, err)
                : !dashboard_find(req->store, req->arena, req->id, &dashboard, err))
        return false;
    *word = is_card ? "question" : "dashboard";
    return !(card.archived || dashboard.archived) ||
           error_set(err, ERR_NOT_FOUND, "this %s is in the trash", *word);
}

static bool
check_states(const Json *states, Error *err)
{
    for (const Json *item = states == NULL ? NULL : states->first; item != NULL; item = item->next)
    {
        const char *state = json_text_or(item, "");

        if (strcmp(state, "enabled") != 0 && strcmp(state, "locked") != 0 &&
            strcmp(state, "disabled") != 0)
            return error_field(err, "embedding_params",
                               "each value must be enabled, locked or disabled.");
    }
    return true;
}

static const Json *
claims_of(Request *req, const char *word)
{
    const PreviewInput *input = req->input;
    Json *claims = json_new(req->arena, JSON_OBJECT);
    Json *resource = json_new(req->arena, JSON_OBJECT);

    (void) json_put(req->arena, resource, word, json_new_int(req->arena, req->id));
    (void) json_put(req->arena, claims, "resource", resource);
    (void) json_put(req->arena, claims, "params",
                    input->params == NULL ? json_new(req->arena, JSON_OBJECT)
                                          : json_share(req->arena, input->params));
    if (input->embedding_params != NULL)
        (void) json_put(req->arena, claims, "_embedding_params",
                        json_share(req->arena, input->embedding_params));
    (void) json_put(req->arena, claims, "exp",
                    json_new_int(req->arena, time_now() / SECOND_US + PREVIEW_SECONDS));
    return claims;
}

static bool
post_preview(Request *req, Response *res, Error *err)
{
    const PreviewInput *input = req->input;
    const char *key = door_preview_key(req);
    const char *word;
    const Json *claims;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!find_subject(req, &word, err) || !check_states(input->embedding_params, err))
        return false;
    if (key == NULL)
        return error_set(err, ERR_INVALID, "a preview is for somebody who is signed in");
    claims = claims_of(req, word);
    if (strlen(json_print(req->arena, claims)) > MAX_CLAIMS)
        return error_field(err, "params", "values must be shorter, or fewer.");
    json_begin_object(w);
    json_put_text(w, "path",
                  arena_format(req->arena, "/preview_embed/%s/%s", word,
                               token_make(req->arena, claims, key)));
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route preview_routes[] = {
    ROUTE_ON(ADMIN, POST, "/api/vigie/share/preview/:model/:id", post_preview, ADMIN, "The address of a look at what strangers would get, for this session alone", .body = preview_fields, .reads = true),
    { 0 },
};
// clang-format on
