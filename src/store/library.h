/*
 * Small things that questions use: pieces of SQL, segments (a named condition on a table), measures
 * (a named aggregation), timelines and their events. Find one, change members, then *_update.
 */
#ifndef STORE_LIBRARY_H
#define STORE_LIBRARY_H

#include "store/store.h"

typedef struct Snippet
{
    int64_t id;
    const char *name;
    const char *description;
    const char *content;
    int64_t creator_id;
    bool archived;
    OptInt collection_id;
    const char *entity_id;
    const Json *template_tags;
    const char *created_at;
    const char *updated_at;
} Snippet;

extern const Field snippet_columns[];

typedef struct SnippetList
{
    Snippet *items;
    size_t count;
} SnippetList;

bool snippet_list(Store *store, Arena *arena, bool archived, SnippetList *list, Error *err);
bool snippet_find(Store *store, Arena *arena, int64_t id, Snippet *snippet, Error *err);
/* A taken name is ERR_INVALID on "name". */
bool snippet_create(Store *store, Arena *arena, Snippet *snippet, Error *err);
bool snippet_update(Store *store, Arena *arena, Snippet *snippet, Error *err);

/* A segment or a measure: both are a definition that belongs to a table. */
typedef struct Definition
{
    int64_t id;
    const char *name;
    const char *description;
    int64_t creator_id;
    int64_t table_id;
    bool archived;
    const Json *definition;
    const char *points_of_interest; /* of segments, like the next two */
    const char *caveats;
    bool show_in_getting_started;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
} Definition;

extern const Field segment_columns[];
extern const Field measure_columns[];

typedef struct DefinitionList
{
    Definition *items;
    size_t count;
} DefinitionList;

/* table_id 0: of all tables. Archived ones are not listed. */
bool segment_list(Store *store, Arena *arena, int64_t table_id, DefinitionList *list, Error *err);
bool segment_find(Store *store, Arena *arena, int64_t id, Definition *segment, Error *err);
bool segment_create(Store *store, Arena *arena, Definition *segment, Error *err);
bool segment_update(Store *store, Arena *arena, Definition *segment, Error *err);
bool measure_list(Store *store, Arena *arena, int64_t table_id, DefinitionList *list, Error *err);
bool measure_find(Store *store, Arena *arena, int64_t id, Definition *measure, Error *err);
bool measure_create(Store *store, Arena *arena, Definition *measure, Error *err);
bool measure_update(Store *store, Arena *arena, Definition *measure, Error *err);

typedef struct Timeline
{
    int64_t id;
    const char *name;
    const char *description;
    const char *icon;
    OptInt collection_id;
    bool archived;
    bool is_default;
    int64_t creator_id;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
} Timeline;

extern const Field timeline_columns[];

typedef struct TimelineList
{
    Timeline *items;
    size_t count;
} TimelineList;

typedef struct TimelineEvent
{
    int64_t id;
    int64_t timeline_id;
    const char *name;
    const char *description;
    const char *timestamp;
    bool time_matters;
    const char *timezone;
    const char *icon;
    bool archived;
    int64_t creator_id;
    const char *created_at;
    const char *updated_at;
} TimelineEvent;

extern const Field timeline_event_columns[];

typedef struct TimelineEventList
{
    TimelineEvent *items;
    size_t count;
} TimelineEventList;

bool timeline_list(Store *store, Arena *arena, bool archived, TimelineList *list, Error *err);
bool timeline_find(Store *store, Arena *arena, int64_t id, Timeline *timeline, Error *err);
bool timeline_create(Store *store, Arena *arena, Timeline *timeline, Error *err);
bool timeline_update(Store *store, Arena *arena, Timeline *timeline, Error *err);
/* With its events. */
bool timeline_delete(Store *store, Arena *arena, int64_t id, Error *err);

/* Ordered by time. */
bool timeline_event_list(Store *store, Arena *arena, int64_t timeline_id, TimelineEventList *list,
                         Error *err);
bool timeline_event_find(Store *store, Arena *arena, int64_t id, TimelineEvent *event, Error *err);
bool timeline_event_create(Store *store, Arena *arena, TimelineEvent *event, Error *err);
bool timeline_event_update(Store *store, Arena *arena, TimelineEvent *event, Error *err);
bool timeline_event_delete(Store *store, Arena *arena, int64_t id, Error *err);

#endif
