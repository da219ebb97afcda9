/*
 * Collections: folders of content, in trees by namespace. `location` is the path of ids above
 * ("/3/7/"). Personal collections belong to one person and are made when first asked for; the
 * trash is a row of type "trash". Moving and archiving take along what is below.
 */
#ifndef STORE_COLLECTION_H
#define STORE_COLLECTION_H

#include "store/store.h"

typedef struct Collection
{
    int64_t id;
    const char *name;
    const char *slug;
    const char *description;
    const char *entity_id;
    const char *location;
    bool archived;
    OptBool archived_directly;
    const char *archive_operation_id;
    OptInt personal_owner_id;
    const char *namespace; /* NULL: that of questions and dashboards */
    const char *authority_level;
    const char *type; /* "trash", or NULL */
    bool is_sample;
    bool is_remote_synced; /* files of a repository alone change it, and all below */
    const char *created_at;
} Collection;

extern const Field collection_columns[];

typedef struct CollectionList
{
    Collection *items;
    size_t count;
} CollectionList;

/* All of every namespace, archived or not; ordered by name. */
bool collection_list(Store *store, Arena *arena, CollectionList *list, Error *err);
bool collection_find(Store *store, Arena *arena, int64_t id, Collection *collection, Error *err);
bool collection_find_by_entity_id(Store *store, Arena *arena, const char *entity_id,
                                  Collection *collection, Error *err);
bool collection_trash(Store *store, Arena *arena, Collection *collection, Error *err);
/* Made when there is none yet. */
bool collection_personal(Store *store, Arena *arena, int64_t user_id, Collection *collection,
                         Error *err);
/*
 * `collection` gives name, description, location, namespace, authority_level, and entity_id unless
 * that is to be made; the rest is filled in. Groups that may see or change the parent may do so
 * here.
 */
bool collection_create(Store *store, Arena *arena, Collection *collection, Error *err);
/* Name, description, authority level. */
bool collection_update(Store *store, Arena *arena, Collection *collection, Error *err);
/* With all below; ERR_INVALID into itself. */
bool collection_move(Store *store, Arena *arena, Collection *collection, const char *location,
                     Error *err);
/* Whether files of a repository alone change it, with all that is inside. */
bool collection_manage(Store *store, Arena *arena, Collection *collection, bool managed,
                       Error *err);
/* To the trash and back, with all that is inside. */
bool collection_archive(Store *store, Arena *arena, Collection *collection, bool archived,
                        Error *err);
/* For good, with all that is inside. */
bool collection_delete(Store *store, Arena *arena, const Collection *collection, Error *err);

/* The id at the end of a location; 0 for "/". */
int64_t location_parent(const char *location);
/* The first id of it, or 0. */
int64_t location_top(const char *location);
/* The location of what is inside. */
const char *collection_inside(Arena *arena, const Collection *collection);
bool collection_is_trash(const Collection *collection);

/* What lies in a collection, of any kind, as lists show it. */
typedef struct Item
{
    int64_t id;
    const char *model; /* card, dataset, metric, dashboard, snippet, timeline */
    const char *name;
    const char *description;
    const char *entity_id;
    OptInt collection_id;
    OptInt collection_position;
    bool collection_preview;
    const char *display;
    OptInt database_id;
    OptInt dashboard_id;
    bool archived;
    const char *location;
    OptInt personal_owner_id;
    const char *authority_level;
    const char *type; /* of a collection */
    const char *last_used_at;
    const char *updated_at;
    int64_t editor_id; /* who changed it last; 0 when not known */
    const char *editor_email;
    const char *editor_first_name;
    const char *editor_last_name;
    const char *edited_at;
} Item;

extern const Field item_columns[];

typedef struct ItemList
{
    Item *items;
    size_t count;
} ItemList;

typedef struct ItemFilter
{
    int64_t collection_id; /* 0: the root */
    const char *namespace; /* NULL: the usual one */
    bool trash;            /* what was put in the trash itself, wherever it came from */
    bool archived;
    bool with_dashboard_questions; /* also cards that live inside a dashboard */
} ItemFilter;

/* Collections inside are not among them (collection_list has them). No order. */
bool collection_items(Store *store, Arena *arena, const ItemFilter *filter, ItemList *list,
                      Error *err);

/* Which models lie right in which collection (0: the root), archived ones aside. */
typedef struct Contents
{
    int64_t collection_id;
    const char *model; /* card, dataset, metric, dashboard */
} Contents;

typedef struct ContentsList
{
    Contents *items;
    size_t count;
} ContentsList;

bool collection_contents(Store *store, Arena *arena, ContentsList *list, Error *err);
/* 0 when it was not made yet. */
bool collection_personal_id(Store *store, Arena *arena, int64_t user_id, int64_t *id, Error *err);

#endif
