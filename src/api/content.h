/*
 * What cards, collections and dashboards have in common on their way out: who made them, where they
 * lie, who changed them last, what the person who asks may do. Read once for a whole request.
 */
#ifndef API_CONTENT_H
#define API_CONTENT_H

#include "api/api.h"
#include "base/map.h"
#include "store/revision.h"

typedef struct Content
{
    Request *req;
    Rights rights;
    DataSight sight;
    UserList people;
    List *others;       /* User *: of API keys, as they are met */
    RevisionList edits; /* of one kind of thing; none until content_edits */
} Content;

bool content_open(Request *req, Content *content, Error *err);
/* Who changed each "Card" or "Dashboard" last, for content_write_edit. */
bool content_edits(Content *content, const char *model, Error *err);

bool content_may(const Content *content, OptInt collection_id, Access access);
/* May they make questions on that database? */
bool content_may_ask(const Content *content, OptInt database_id);
/* ERR_DENIED when they may not. */
bool content_require(const Content *content, OptInt collection_id, Access access, Error *err);
/* NULL when there is nobody of that id. */
const User *content_person(const Content *content, int64_t id);

/* "creator": {...}, in an object that is open; null when unknown. */
void content_write_creator(JsonWriter *w, const Content *content, int64_t user_id);
/* "last-edit-info": {...} */
void content_write_edit(JsonWriter *w, const Content *content, int64_t id);
/* "collection": {...}; null for the root, as clients expect beside collection_id null. */
void content_write_collection(JsonWriter *w, const Content *content, OptInt collection_id);
/* "is_remote_synced": whether files of a repository alone change it. */
void content_write_managed(JsonWriter *w, const Content *content, OptInt collection_id);
/* can_write, can_restore, can_delete. */
void content_write_abilities(JsonWriter *w, const Content *content, OptInt collection_id,
                             bool archived);

/*
 * A collection in a body: its number, its entity id, "root" or null. A key that is not there leaves
 * *id alone. ERR_INVALID names `field`.
 */
bool content_read_collection(Request *req, const char *field, OptInt *id, Error *err);

/* Looks are counted for lists of recent and popular things; `model` is card or dashboard. */
bool content_note_view(Request *req, const char *model, int64_t id, Error *err);

EntityLookup card_by_entity, dashboard_by_entity, collection_by_entity;

#endif
