/*
 * Dashboards: tabs, cards placed on a grid of 24 columns, extra series, filters. Find a dashboard,
 * change members, dashboard_update; its tabs and cards are replaced as a whole.
 */
#ifndef STORE_DASHBOARD_H
#define STORE_DASHBOARD_H

#include "store/store.h"

typedef struct Dashboard
{
    int64_t id;
    const char *entity_id;
    const char *name;
    const char *description;
    const Json *parameters;
    const char *points_of_interest;
    const char *caveats;
    bool show_in_getting_started;
    int64_t creator_id;
    const char *public_uuid;
    OptInt made_public_by_id;
    bool enable_embedding;
    const Json *embedding_params;
    const char *embedding_type;
    bool archived;
    bool archived_directly;
    OptInt position;
    OptInt collection_id; /* not set: the root */
    OptInt collection_position;
    OptInt cache_ttl;
    bool auto_apply_filters;
    const char *width; /* fixed, full */
    const char *initially_published_at;
    int64_t view_count;
    const char *last_viewed_at;
    const char *created_at;
    const char *updated_at;
} Dashboard;

extern const Field dashboard_columns[];

typedef struct DashboardList
{
    Dashboard *items;
    size_t count;
} DashboardList;

typedef struct DashboardFilter
{
    OptBool archived;
    int64_t creator_id; /* 0: anybody */
    int64_t bookmarked_by;
    bool is_public;
    bool is_embeddable;
} DashboardFilter;

typedef struct Tab
{
    int64_t id; /* unknown, zero or negative: a new one */
    int64_t dashboard_id;
    const char *name;
    int64_t position;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
} Tab;

typedef struct TabList
{
    Tab *items;
    size_t count;
} TabList;

typedef struct Dashcard
{
    int64_t id; /* unknown, zero or negative: a new one */
    int64_t dashboard_id;
    OptInt card_id; /* not set: text, heading, link, frame */
    OptInt dashboard_tab_id;
    int64_t row;
    int64_t col;
    int64_t size_x;
    int64_t size_y;
    const Json *parameter_mappings;
    const Json *inline_parameters;
    const Json *visualization_settings;
    OptInt action_id;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
    IntList series; /* ids of further cards drawn over the first; not a column */
} Dashcard;

extern const Field dashcard_columns[];
extern const Field tab_columns[];

typedef struct DashcardList
{
    Dashcard *items;
    size_t count;
} DashcardList;

/* A new one with Metabase's defaults. */
Dashboard dashboard_new(Arena *arena);
/* Ordered by name. */
bool dashboard_list(Store *store, Arena *arena, const DashboardFilter *filter, DashboardList *list,
                    Error *err);
/* ERR_NOT_FOUND; archived ones are found. */
bool dashboard_find(Store *store, Arena *arena, int64_t id, Dashboard *dashboard, Error *err);
bool dashboard_find_by_uuid(Store *store, Arena *arena, const char *uuid, Dashboard *dashboard,
                            Error *err);
bool dashboard_find_by_entity_id(Store *store, Arena *arena, const char *entity_id,
                                 Dashboard *dashboard, Error *err);
/* Fills id, the times, and entity_id unless given. */
bool dashboard_create(Store *store, Arena *arena, Dashboard *dashboard, Error *err);
/* All members but id, entity_id, creator and what is counted. Cards that live inside follow to the
 * trash and to another collection. */
bool dashboard_update(Store *store, Arena *arena, Dashboard *dashboard, Error *err);
bool dashboard_delete(Store *store, Arena *arena, int64_t id, Error *err);
/* uuid NULL takes the link away. */
bool dashboard_publish(Store *store, Arena *arena, int64_t id, const char *uuid, int64_t user_id,
                       Error *err);
bool dashboard_note_view(Store *store, Arena *arena, int64_t id, Error *err);

bool tab_list(Store *store, Arena *arena, int64_t dashboard_id, TabList *list, Error *err);
/* Ordered by row and column, series filled. */
bool dashcard_list(Store *store, Arena *arena, int64_t dashboard_id, DashcardList *list,
                   Error *err);
bool dashcard_find(Store *store, Arena *arena, int64_t id, Dashcard *dashcard, Error *err);
/*
 * Replaces the whole sets, in this order: what is not named goes away. `tabs` and `cards` may be
 * NULL: that set stays. Ids of new ones are filled in, and a card may name a new tab by the id it
 * was given here. ERR_INVALID for an id named twice, a tab or a card that is not there.
 */
bool dashboard_arrange(Store *store, Arena *arena, int64_t dashboard_id, TabList *tabs,
                       DashcardList *cards, Error *err);
/* Takes a card off all dashboards but `kept` (0: none). */
bool dashcard_remove_card(Store *store, Arena *arena, int64_t card_id, int64_t kept, Error *err);

/* What a person chose last: an object from parameter id to value. */
bool parameter_values_of(Store *store, Arena *arena, int64_t user_id, int64_t dashboard_id,
                         Json **values, Error *err);
bool parameter_value_put(Store *store, Arena *arena, int64_t user_id, int64_t dashboard_id,
                         const char *parameter_id, const Json *value, Error *err);

#endif
