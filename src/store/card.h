/*
 * Questions, models and metrics. What people sent is kept as they sent it: the query in whatever
 * dialect, parameters and settings with their order and numbers. Find a card, change members, then
 * card_update writes them.
 */
#ifndef STORE_CARD_H
#define STORE_CARD_H

#include "store/store.h"

typedef struct Card
{
    int64_t id;
    const char *entity_id;
    const char *name;
    const char *description;
    const char *type; /* question, model, metric */
    const char *display;
    const char *query_type;    /* query, native, or NULL */
    const Json *dataset_query; /* as it was sent */
    OptInt database_id;        /* these three are read from the query when it is written */
    OptInt table_id;
    OptInt source_card_id;
    const Json *visualization_settings;
    const Json *parameters;
    const Json *parameter_mappings;
    const Json *result_metadata; /* array of columns, or NULL */
    OptInt collection_id;        /* not set: the root */
    OptInt collection_position;
    OptInt dashboard_id; /* lives inside this dashboard */
    bool archived;
    bool archived_directly;
    OptInt cache_ttl;
    const char *cache_invalidated_at;
    int64_t creator_id;
    bool enable_embedding;
    const Json *embedding_params;
    const char *embedding_type;
    const char *public_uuid;
    OptInt made_public_by_id;
    const char *initially_published_at;
    bool collection_preview;
    int64_t view_count;
    const char *last_used_at;
    int64_t card_schema;
    const char *metabase_version;
    OptInt document_id;
    const char *created_at;
    const char *updated_at;
} Card;

/* The members of Card, in the order of the columns. */
extern const Field card_columns[];

typedef struct CardList
{
    Card *items;
    size_t count;
} CardList;

typedef struct CardFilter
{
    OptBool archived;
    int64_t creator_id; /* 0 and NULL stand for any, here and below */
    int64_t database_id;
    int64_t table_id;
    int64_t source_card_id;
    int64_t dashboard_id; /* those that live inside it */
    int64_t bookmarked_by;
    int64_t shown_on; /* those on this dashboard, as a card or as a series */
    const char *type;
    bool is_public;
    bool is_embeddable;
} CardFilter;

/* A new one with Metabase's defaults. */
Card card_new(Arena *arena);
/* Ordered by name. */
bool card_list(Store *store, Arena *arena, const CardFilter *filter, CardList *list, Error *err);
/* ERR_NOT_FOUND; archived cards are found. */
bool card_find(Store *store, Arena *arena, int64_t id, Card *card, Error *err);
bool card_find_by_uuid(Store *store, Arena *arena, const char *uuid, Card *card, Error *err);
bool card_find_by_entity_id(Store *store, Arena *arena, const char *entity_id, Card *card,
                            Error *err);
/* Fills id, times, and entity_id unless given. */
bool card_create(Store *store, Arena *arena, Card *card, Error *err);
/* All members but id, entity_id, created_at and what is counted; refreshes updated_at. */
bool card_update(Store *store, Arena *arena, Card *card, Error *err);
bool card_delete(Store *store, Arena *arena, int64_t id, Error *err);
/* uuid NULL takes the link away. */
bool card_publish(Store *store, Arena *arena, int64_t id, const char *uuid, int64_t user_id,
                  Error *err);
/* Counts a look, and when it was. */
bool card_note_view(Store *store, Arena *arena, int64_t id, Error *err);
/* What a run found: columns of the answer. Does not count as a change by a person. */
bool card_set_result_metadata(Store *store, Arena *arena, int64_t id, const Json *metadata,
                              Error *err);
/* How many dashboards show each card that is shown anywhere: pairs of card and count. */
bool card_dashboard_counts(Store *store, Arena *arena, IntList *cards, IntList *counts, Error *err);
/* Ids of the dashboards that show it, ordered. */
bool card_dashboards(Store *store, Arena *arena, int64_t id, IntList *ids, Error *err);

/* The map (or, newest, list) of template tags of a native query; NULL when there are none. */
const Json *query_template_tags(const Json *query);
/* What the first rows come from; 0 when that is something else. */
int64_t query_source_table(const Json *query);
int64_t query_source_card(const Json *query);
/* All tables, or all cards, that it names anywhere as a source: joins and SQL tags included. */
IntList query_tables(Arena *arena, const Json *query);
IntList query_cards(Arena *arena, const Json *query);
/* Written by a person as SQL. */
bool query_is_native(const Json *query);

#endif
