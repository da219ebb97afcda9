/* The common parts of cards, collections and dashboards as JSON, and references in bodies. */
#include "api/content.h"

#include "store/view.h"

#include <string.h>

bool
content_open(Request *req, Content *content, Error *err)
{
    UserFilter everybody = { .status = USER_ALL };

    *content = (Content){ .req = req, .others = ARENA_NEW(req->arena, List) };
    *content->others = list_new(req->arena);
    return access_rights(&req->who, req->store, req->arena, &content->rights, err) &&
           access_data_sight(&req->who, req->store, req->arena, &content->sight, err) &&
           user_list(req->store, req->arena, &everybody, &content->people, err);
}

bool
content_edits(Content *content, const char *model, Error *err)
{
    return revision_latest(content->req->store, content->req->arena, model, &content->edits, err);
}

bool
content_may(const Content *content, OptInt collection_id, Access access)
{
    return rights_to_collection(&content->rights, collection_id, NULL, access);
}

bool
content_may_ask(const Content *content, OptInt database_id)
{
    return database_id.set && sight_of_database(&content->sight, database_id.value) &&
           sight_level(&content->sight, DATA_CREATE, database_id.value, 0) > 0;
}

bool
content_require(const Content *content, OptInt collection_id, Access access, Error *err)
{
    return content_may(content, collection_id, access) ||
           rights_refuse(&content->rights, collection_id, err);
}

const User *
content_person(const Content *content, int64_t id)
{
    User *found;

    for (size_t i = 0; i < content->people.count; i++)
        if (content->people.items[i].id == id)
            return &content->people.items[i];
    /* The hidden user of an API key is in no list. */
    found = ARENA_NEW(content->req->arena, User);
    return user_find(content->req->store, content->req->arena, id, found, &(Error){ 0 }) ? found
                                                                                         : NULL;
}

void
content_write_creator(JsonWriter *w, const Content *content, int64_t user_id)
{
    const User *user = content_person(content, user_id);

    json_key(w, "creator");
    if (user == NULL)
    {
        json_null(w);
        return;
    }
    json_begin_object(w);
    json_put_int(w, "id", user->id);
    json_put_text(w, "email", user->email);
    json_put_text(w, "first_name", user->first_name);
    json_put_text(w, "last_name", user->last_name);
    json_put_text(w, "common_name", user->common_name);
    json_put_bool(w, "is_superuser", user->is_superuser);
    json_put_bool(w, "is_qbnewb", user->is_qbnewb);
    json_put_text(w, "date_joined", user->date_joined);
    json_put_text(w, "last_login", user->last_login);
    json_put_null(w, "tenant_id");
    json_end_object(w);
}

void
content_write_edit(JsonWriter *w, const Content *content, int64_t id)
{
    json_key(w, "last-edit-info");
    for (size_t i = 0; i < content->edits.count; i++)
    {
        const Revision *edit = &content->edits.items[i];

        if (edit->model_id != id)
            continue;
        json_begin_object(w);
        json_put_int(w, "id", edit->user_id);
        json_put_text(w, "email", edit->email);
        json_put_text(w, "first_name", edit->first_name);
        json_put_text(w, "last_name", edit->last_name);
        json_put_text(w, "timestamp", edit->timestamp);
        json_end_object(w);
        return;
    }
    json_null(w);
}

void
content_write_collection(JsonWriter *w, const Content *content, OptInt collection_id)
{
    const Collection *collection =
        collection_id.set ? rights_collection(&content->rights, collection_id.value) : NULL;

    json_key(w, "collection");
    if (collection == NULL || !content_may(content, collection_id, ACCESS_READ))
    {
        json_null(w);
        return;
    }
    json_begin_object(w);
    bind_write(w, collection_columns, collection);
    json_put_bool(w, "is_personal", rights_personal_owner(&content->rights, collection) != 0);
    json_end_object(w);
}

void
content_write_managed(JsonWriter *w, const Content *content, OptInt collection_id)
{
    const Collection *collection =
        collection_id.set ? rights_collection(&content->rights, collection_id.value) : NULL;

    json_put_bool(w, "is_remote_synced", collection != NULL && collection->is_remote_synced);
}

void
content_write_abilities(JsonWriter *w, const Content *content, OptInt collection_id, bool archived)
{
    bool may = content_may(content, collection_id, ACCESS_WRITE);

    json_put_bool(w, "can_write", may);
    json_put_bool(w, "can_restore", may && archived);
    json_put_bool(w, "can_delete", may && archived);
}

/* ---------------------------------------------------------------------------------- references */

bool
card_by_entity(Request *req, const char *entity_id, int64_t *id, Error *err)
{
    Card card;

    if (!card_find_by_entity_id(req->store, req->arena, entity_id, &card, err))
        return false;
    *id = card.id;
    return true;
}

bool
dashboard_by_entity(Request *req, const char *entity_id, int64_t *id, Error *err)
{
    Dashboard dashboard;

    if (!dashboard_find_by_entity_id(req->store, req->arena, entity_id, &dashboard, err))
        return false;
    *id = dashboard.id;
    return true;
}

bool
collection_by_entity(Request *req, const char *entity_id, int64_t *id, Error *err)
{
    Collection collection;

    if (!collection_find_by_entity_id(req->store, req->arena, entity_id, &collection, err))
        return false;
    *id = collection.id;
    return true;
}

bool
content_read_collection(Request *req, const char *field, OptInt *id, Error *err)
{
    const Json *sent = json_get(req->json, field);
    const char *text = json_text_or(sent, NULL);
    Collection collection;
    int64_t number = 0;

    if (sent == NULL)
        return true;
    if (sent->kind == JSON_NULL || (text != NULL && strcmp(text, "root") == 0))
    {
        *id = (OptInt){ 0 };
        return true;
    }
    if (text != NULL && str_to_int(str_of(text), 1, INT64_MAX, &number))
        text = NULL;
    if ((text != NULL && collection_by_entity(req, text, &number, &(Error){ 0 })) ||
        (text == NULL && (number > 0 || json_to_int(sent, &number)) &&
         collection_find(req->store, req->arena, number, &collection, &(Error){ 0 })))
    {
        *id = (OptInt){ true, number };
        return true;
    }
    return error_field(err, field, "value must be the id of a collection, or null.");
}

bool
content_note_view(Request *req, const char *model, int64_t id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    bool card = strcmp(model, "card") == 0;

    return store_begin(req->store, &tx, err) &&
           (card ? card_note_view(tx, req->arena, id, err)
                 : dashboard_note_view(tx, req->arena, id, err)) &&
           view_note(tx, req->arena, req->who.user.id, model, id, "view", err) &&
           store_commit(&tx, err);
}
