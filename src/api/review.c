/* The mark "verified": given and taken back by administrators, with a word. */
#include "api/review.h"

#include "api/answer.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/tables.h"

#include <string.h>

static void
write_review(JsonWriter *w, const Content *content, const Review *review)
{
    const User *user =
        review->moderator_id.set ? content_person(content, review->moderator_id.value) : NULL;

    json_begin_object(w);
    bind_write(w, review_columns, review);
    json_key(w, "user");
    if (user == NULL)
        json_null(w);
    else
    {
        json_begin_object(w);
        json_put_int(w, "id", user->id);
        json_put_text(w, "email", user->email);
        json_put_text(w, "common_name", user->common_name);
        json_put_text(w, "first_name", user->first_name);
        json_put_text(w, "last_name", user->last_name);
        json_end_object(w);
    }
    json_end_object(w);
}

bool
reviews_write(JsonWriter *w, const Content *content, const char *type, int64_t id, Error *err)
{
    Request *req = content->req;
    ReviewList list;

    if (!review_list(req->store, req->arena, type, id, &list, err))
        return false;
    json_key(w, "moderation_reviews");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        write_review(w, content, &list.items[i]);
    json_end_array(w);
    return true;
}

const char *
review_status(const ReviewList *latest, const char *model, int64_t id)
{
    bool is_question = strcmp(model, "dataset") == 0 || strcmp(model, "metric") == 0;
    const char *type = is_question ? "card" : model;

    for (size_t i = 0; i < latest->count; i++)
        if (latest->items[i].moderated_item_id == id &&
            strcmp(latest->items[i].moderated_item_type, type) == 0)
            return latest->items[i].status;
    return NULL;
}

typedef struct ReviewInput
{
    const char *moderated_item_type;
    int64_t moderated_item_id;
    const char *status;
    const char *text;
} ReviewInput;

static const Field review_fields[] = {
    FIELD(ReviewInput, moderated_item_type, .required = true, .choices = "card|dashboard"),
    FIELD(ReviewInput, moderated_item_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(ReviewInput, status, .nullable = true, .choices = "verified"),
    FIELD(ReviewInput, text, .nullable = true, .max = 4096),
    { 0 },
};

static bool
open_item(Request *req, const ReviewInput *input, Content *content, Error *err)
{
    Dashboard dashboard;
    Card card;

    return strcmp(input->moderated_item_type, "card") == 0
               ? card_open(req, input->moderated_item_id, ACCESS_WRITE, content, &card, err)
               : dashboard_open(req, input->moderated_item_id, ACCESS_WRITE, content, &dashboard,
                                err);
}

static bool
post_review(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const ReviewInput *input = req->input;
    Review review = { .moderated_item_type = input->moderated_item_type,
                      .moderated_item_id = input->moderated_item_id,
                      .moderator_id = { true, req->who.user.id },
                      .status = input->status,
                      .text = input->text };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;

    if (!open_item(req, input, &content, err) || !store_begin(req->store, &tx, err) ||
        !review_add(tx, req->arena, &review, err) ||
        !api_audit(
            req, tx, "moderation-review", input->moderated_item_type, input->moderated_item_id,
            api_detail(req, "status", input->status == NULL ? "none" : input->status), err) ||
        !store_commit(&tx, err))
        return false;
    write_review(w, &content, &review);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route review_routes[] = {
    ROUTE_ON(API, POST, "/api/moderation-review", post_review, ADMIN, "Say that a question or a dashboard was looked at and is right, or no longer", .body = review_fields),
    { 0 },
};
// clang-format on
