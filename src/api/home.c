/* What the first page of the app holds for who opens it. */
#include "store/home.h"
#include "store/visit.h"

#include "api/answer.h"
#include "api/content.h"
#include "api/tables.h"
#include "api/visits.h"

#include <string.h>

enum
{
    SHOWN = 8,
    FAILING_DAYS = 7
};

static void
write_shelf(JsonWriter *w, const Content *content, const HomeList *list, const char *shelf)
{
    size_t shown = 0;

    json_key(w, shelf);
    json_begin_array(w);
    for (size_t i = 0; i < list->count && shown < SHOWN; i++)
    {
        const HomeItem *item = &list->items[i];

        if (strcmp(item->shelf, shelf) != 0 ||
            !content_may(content, item->collection_id, ACCESS_READ))
            continue;
        json_begin_object(w);
        json_put_text(w, "model", item->model);
        json_put_int(w, "id", item->id);
        json_put_text(w, "name", item->name);
        json_put_text(w, "at", item->at[0] == '\0' ? NULL : item->at);
        if (strcmp(shelf, "published") == 0)
            json_put_int(w, "visits", item->visits);
        json_end_object(w);
        shown++;
    }
    json_end_array(w);
}

static bool
get_home(Request *req, Response *res, Error *err)
{
    const char *zone = settings_text(req->settings, req->arena, LIVE_report_timezone);
    const HomeSince since = { time_text(req->arena, time_now() - FAILING_DAYS * DAY_US),
                              visit_day(req->arena, zone, VISIT_SHOWN_DAYS - 1) };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Content content;
    HomeList list;

    visits_write(req->app->visits);
    if (!content_open(req, &content, err) ||
        !home_list(req->store, req->arena, req->who.user.id, &since, &list, err))
        return false;
    json_begin_object(w);
    write_shelf(w, &content, &list, "drafts");
    write_shelf(w, &content, &list, "failing");
    write_shelf(w, &content, &list, "published");
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route home_routes[] = {
    ROUTE_ON(API, GET, "/api/vigie/home", get_home, USER, "One's drafts, one's questions whose last run failed, and what is published, with when strangers last looked and how often in 30 days"),
    { 0 },
};
