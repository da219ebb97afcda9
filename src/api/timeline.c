/* Timelines and their events, shown on charts of time. */
#include "api/answer.h"
#include "api/content.h"
#include "api/tables.h"
#include "store/library.h"

#include <string.h>

#define ICONS "star|cake|mail|warning|bell|cloud"

typedef struct TimelineQuery
{
    const char *include;
    bool archived;
    const char *start;
    const char *end;
} TimelineQuery;

static const Field timeline_query[] = {
    FIELD(TimelineQuery, include, .choices = "events"),
    FIELD(TimelineQuery, archived),
    FIELD(TimelineQuery, start, .max = 64),
    FIELD(TimelineQuery, end, .max = 64),
    { 0 },
};

static void
write_event(JsonWriter *w, const Content *content, const TimelineEvent *event)
{
    json_begin_object(w);
    bind_write(w, timeline_event_columns, event);
    content_write_creator(w, content, event->creator_id);
    json_end_object(w);
}

/* Text of dates in ISO 8601 is in the order of time. */
static bool
is_between(const TimelineQuery *query, const TimelineEvent *event)
{
    return (query->start == NULL || strcmp(event->timestamp, query->start) >= 0) &&
           (query->end == NULL || strcmp(event->timestamp, query->end) <= 0);
}

static bool
write_timeline(JsonWriter *w, const Content *content, const Timeline *timeline, Error *err)
{
    static const TimelineQuery bare = { 0 };
    Request *req = content->req;
    const TimelineQuery *query = req->query == NULL ? &bare : req->query;
    TimelineEventList events;

    json_begin_object(w);
    bind_write(w, timeline_columns, timeline);
    content_write_creator(w, content, timeline->creator_id);
    content_write_collection(w, content, timeline->collection_id);
    json_put_bool(w, "can_write", content_may(content, timeline->collection_id, ACCESS_WRITE));
    if (query->include != NULL)
    {
        if (!timeline_event_list(req->store, req->arena, timeline->id, &events, err))
            return false;
        json_key(w, "events");
        json_begin_array(w);
        for (size_t i = 0; i < events.count; i++)
            if (events.items[i].archived == query->archived && is_between(query, &events.items[i]))
                write_event(w, content, &events.items[i]);
        json_end_array(w);
    }
    json_end_object(w);
    return true;
}

/* `only` NULL: of all collections. */
static bool
answer_list(Request *req, Response *res, const OptInt *only, Error *err)
{
    const TimelineQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TimelineList list;
    Content content;

    if (!content_open(req, &content, err) ||
        !timeline_list(req->store, req->arena, query->archived, &list, err) ||
        (only != NULL && !content_require(&content, *only, ACCESS_READ, err)))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        OptInt in = list.items[i].collection_id;

        if (!content_may(&content, in, ACCESS_READ) ||
            (only != NULL && (in.set != only->set || in.value != only->value)))
            continue;
        if (!write_timeline(w, &content, &list.items[i], err))
            return false;
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
list_timelines(Request *req, Response *res, Error *err)
{
    return answer_list(req, res, NULL, err);
}

static bool
list_in_root(Request *req, Response *res, Error *err)
{
    return answer_list(req, res, &(OptInt){ 0 }, err);
}

static bool
list_in_collection(Request *req, Response *res, Error *err)
{
    Collection collection;

    return collection_find(req->store, req->arena, req->id, &collection, err) &&
           answer_list(req, res, &(OptInt){ true, req->id }, err);
}

static bool
open_timeline(Request *req, int64_t id, Access access, Content *content, Timeline *timeline,
              Error *err)
{
    return timeline_find(req->store, req->arena, id, timeline, err) &&
           content_open(req, content, err) &&
           content_require(content, timeline->collection_id, access, err);
}

static bool
answer_timeline(Request *req, Response *res, int64_t id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Timeline timeline;
    Content content;

    return open_timeline(req, id, ACCESS_READ, &content, &timeline, err) &&
           write_timeline(w, &content, &timeline, err) && answer_send(&answer, res, err);
}

static bool
get_timeline(Request *req, Response *res, Error *err)
{
    return answer_timeline(req, res, req->id, err);
}

typedef struct TimelineInput
{
    Timeline it;
    const Json *collection_id;
} TimelineInput;

#define MEMBER(member, key, ...) FIELD_AS(TimelineInput, it.member, key __VA_OPT__(, ) __VA_ARGS__)

#define TIMELINE_FIELDS                                                                            \
    MEMBER(description, "description", .nullable = true, .max = 65536),                            \
        MEMBER(icon, "icon", .nullable = true, .choices = ICONS),                                  \
        MEMBER(is_default, "default", .nullable = true),                                           \
        MEMBER(archived, "archived", .nullable = true),                                            \
        FIELD(TimelineInput, collection_id, .nullable = true,                                      \
              .shapes = SHAPE(JSON_NUMBER) | SHAPE(JSON_TEXT), .max = 64)

static const Field create_fields[] = {
    MEMBER(name, "name", .required = true, .not_blank = true, .max = 254),
    TIMELINE_FIELDS,
    { 0 },
};

static const Field update_fields[] = {
    MEMBER(name, "name", .not_blank = true, .max = 254),
    TIMELINE_FIELDS,
    { 0 },
};

static bool
post_timeline(Request *req, Response *res, Error *err)
{
    TimelineInput input = { 0 };
    Content content;

    if (!bind_merge(req->arena, create_fields, req->json, &input, err) ||
        !content_open(req, &content, err) ||
        !content_read_collection(req, "collection_id", &input.it.collection_id, err) ||
        !content_require(&content, input.it.collection_id, ACCESS_WRITE, err))
        return false;
    input.it.creator_id = req->who.user.id;
    if (input.it.icon == NULL)
        input.it.icon = "star";
    return timeline_create(req->store, req->arena, &input.it, err) &&
           answer_timeline(req, res, input.it.id, err);
}

static bool
put_timeline(Request *req, Response *res, Error *err)
{
    TimelineInput input = { 0 };
    Content content;

    if (!open_timeline(req, req->id, ACCESS_WRITE, &content, &input.it, err) ||
        !bind_merge(req->arena, update_fields, req->json, &input, err) ||
        !content_read_collection(req, "collection_id", &input.it.collection_id, err) ||
        !content_require(&content, input.it.collection_id, ACCESS_WRITE, err))
        return false;
    if (input.it.icon == NULL)
        input.it.icon = "star";
    return timeline_update(req->store, req->arena, &input.it, err) &&
           answer_timeline(req, res, req->id, err);
}

static bool
delete_timeline(Request *req, Response *res, Error *err)
{
    Timeline timeline;
    Content content;

    return open_timeline(req, req->id, ACCESS_WRITE, &content, &timeline, err) &&
           timeline_delete(req->store, req->arena, req->id, err) && answer_nothing(res);
}

/* ---------------------------------------------------------------------------------------- events
 */

#define EVENT(member, ...) FIELD(TimelineEvent, member __VA_OPT__(, ) __VA_ARGS__)

#define EVENT_FIELDS                                                                               \
    EVENT(description, .nullable = true, .max = 65536),                                            \
        EVENT(icon, .nullable = true, .choices = ICONS), EVENT(archived, .nullable = true)

static const Field event_create[] = {
    EVENT(name, .required = true, .not_blank = true, .max = 254),
    EVENT(timestamp, .required = true, .not_blank = true, .max = 64),
    EVENT(timezone, .required = true, .not_blank = true, .max = 64),
    EVENT(time_matters),
    EVENT(timeline_id, .required = true, .min = 1, .max = INT64_MAX),
    EVENT_FIELDS,
    { 0 },
};

static const Field event_update[] = {
    EVENT(name, .not_blank = true, .max = 254),
    EVENT(timestamp, .not_blank = true, .max = 64),
    EVENT(timezone, .not_blank = true, .max = 64),
    EVENT(time_matters),
    EVENT(timeline_id, .min = 1, .max = INT64_MAX),
    EVENT_FIELDS,
    { 0 },
};

static bool
check_event(TimelineEvent *event, const Timeline *timeline, Error *err)
{
    Instant at;

    if (!time_parse(str_of(event->timestamp), &at))
        return error_field(err, "timestamp", "value must be a date or a date and time.");
    if (event->icon == NULL)
        event->icon = timeline->icon;
    return true;
}

static bool
answer_event(Request *req, Response *res, const Content *content, int64_t id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TimelineEvent event;

    if (!timeline_event_find(req->store, req->arena, id, &event, err))
        return false;
    write_event(w, content, &event);
    return answer_send(&answer, res, err);
}

static bool
open_event(Request *req, Access access, Content *content, TimelineEvent *event, Timeline *timeline,
           Error *err)
{
    return timeline_event_find(req->store, req->arena, req->id, event, err) &&
           open_timeline(req, event->timeline_id, access, content, timeline, err);
}

static bool
post_event(Request *req, Response *res, Error *err)
{
    TimelineEvent event = { 0 };
    Timeline timeline;
    Content content;

    if (!bind_merge(req->arena, event_create, req->json, &event, err) ||
        !open_timeline(req, event.timeline_id, ACCESS_WRITE, &content, &timeline, err) ||
        !check_event(&event, &timeline, err))
        return false;
    event.creator_id = req->who.user.id;
    return timeline_event_create(req->store, req->arena, &event, err) &&
           answer_event(req, res, &content, event.id, err);
}

static bool
get_event(Request *req, Response *res, Error *err)
{
    TimelineEvent event;
    Timeline timeline;
    Content content;

    return open_event(req, ACCESS_READ, &content, &event, &timeline, err) &&
           answer_event(req, res, &content, event.id, err);
}

static bool
put_event(Request *req, Response *res, Error *err)
{
    TimelineEvent event;
    Timeline timeline;
    Content content;

    return open_event(req, ACCESS_WRITE, &content, &event, &timeline, err) &&
           bind_merge(req->arena, event_update, req->json, &event, err) &&
           open_timeline(req, event.timeline_id, ACCESS_WRITE, &content, &timeline, err) &&
           check_event(&event, &timeline, err) &&
           timeline_event_update(req->store, req->arena, &event, err) &&
           answer_event(req, res, &content, req->id, err);
}

static bool
delete_event(Request *req, Response *res, Error *err)
{
    TimelineEvent event;
    Timeline timeline;
    Content content;

    return open_event(req, ACCESS_WRITE, &content, &event, &timeline, err) &&
           timeline_event_delete(req->store, req->arena, req->id, err) && answer_nothing(res);
}

// clang-format off
const Route timeline_routes[] = {
    ROUTE_ON(API, GET,    "/api/timeline",                 list_timelines,     USER, "Timelines", .query = timeline_query),
    ROUTE_ON(API, POST,   "/api/timeline",                 post_timeline,      USER, "Make a timeline", .body = create_fields),
    ROUTE_ON(API, GET,    "/api/timeline/collection/root", list_in_root,       USER, "Timelines of the root", .query = timeline_query),
    ROUTE_ON(API, GET,    "/api/timeline/collection/:id",  list_in_collection, USER, "Timelines of a collection", .query = timeline_query),
    ROUTE_ON(API, GET,    "/api/timeline/:id",             get_timeline,       USER, "One timeline", .query = timeline_query),
    ROUTE_ON(API, PUT,    "/api/timeline/:id",             put_timeline,       USER, "Change a timeline", .body = update_fields),
    ROUTE_ON(API, DELETE, "/api/timeline/:id",             delete_timeline,    USER, "Delete a timeline and its events"),
    ROUTE_ON(API, POST,   "/api/timeline-event",           post_event,         USER, "Note an event", .body = event_create),
    ROUTE_ON(API, GET,    "/api/timeline-event/:id",       get_event,          USER, "One event"),
    ROUTE_ON(API, PUT,    "/api/timeline-event/:id",       put_event,          USER, "Change an event", .body = event_update),
    ROUTE_ON(API, DELETE, "/api/timeline-event/:id",       delete_event,       USER, "Delete an event"),
    { 0 },
};
// clang-format on
