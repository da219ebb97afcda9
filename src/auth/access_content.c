/* Who may read and write collections, and with them cards and dashboards. */
#include "auth/access.h"

#include <string.h>

bool
access_rights(const Identity *who, Store *store, Arena *arena, Rights *rights, Error *err)
{
    Rights made = {
        .is_admin = access_is_admin(who),
        .user_id = who->user.id,
        .groups = who->groups,
    };

    if (!collection_list(store, arena, &made.collections, err) ||
        !grant_list(store, arena, &made.grants, err))
        return false;
    *rights = made;
    return true;
}

const Collection *
rights_collection(const Rights *rights, int64_t id)
{
    for (size_t i = 0; i < rights->collections.count; i++)
        if (rights->collections.items[i].id == id)
            return &rights->collections.items[i];
    return NULL;
}

int64_t
rights_personal_owner(const Rights *rights, const Collection *collection)
{
    const Collection *top = collection;

    if (collection == NULL)
        return 0;
    if (location_top(collection->location) != 0)
        top = rights_collection(rights, location_top(collection->location));
    return top != NULL && top->personal_owner_id.set ? top->personal_owner_id.value : 0;
}

static bool
in_group(const Rights *rights, int64_t group_id)
{
    for (size_t i = 0; i < rights->groups.count; i++)
        if (rights->groups.items[i] == group_id)
            return true;
    return false;
}

/* What is left of a grant's object after "/collection/" and `object`; NULL for another one. */
static const char *
after(const char *granted, const char *object)
{
    size_t len = strlen(object);

    if (strncmp(granted, "/collection/", 12) != 0 || strncmp(granted + 12, object, len) != 0)
        return NULL;
    return granted + 12 + len;
}

/* The end of an object says for what it is. */
static bool
is_enough(const char *end, Access access)
{
    return end != NULL && (end[0] == '\0' || (access == ACCESS_READ && strcmp(end, "read/") == 0));
}

/* `object` is the part between "/collection/" and the end: "7/", "root/". */
static bool
has_grant(const Rights *rights, const char *object, Access access)
{
    for (size_t i = 0; i < rights->grants.count; i++)
        if (is_enough(after(rights->grants.items[i].object, object), access) &&
            in_group(rights, rights->grants.items[i].group_id))
            return true;
    return false;
}

static bool
has_root_grant(const Rights *rights, const char *namespace, Access access)
{
    size_t len = namespace == NULL ? 0 : strlen(namespace);

    if (namespace == NULL)
        return has_grant(rights, "root/", access);
    for (size_t i = 0; i < rights->grants.count; i++)
    {
        const char *rest = after(rights->grants.items[i].object, "namespace/");

        if (rest != NULL && strncmp(rest, namespace, len) == 0 &&
            strncmp(rest + len, "/root/", 6) == 0 && is_enough(rest + len + 6, access) &&
            in_group(rights, rights->grants.items[i].group_id))
            return true;
    }
    return false;
}

static bool
has_collection_grant(const Rights *rights, int64_t id, Access access)
{
    char object[24];
    size_t at = sizeof(object) - 2;

    memcpy(object + at, "/", 2);
    for (int64_t rest = id; rest > 0; rest /= 10)
        object[--at] = (char) ('0' + rest % 10);
    return has_grant(rights, object + at, access);
}

bool
rights_to_collection(const Rights *rights, OptInt collection_id, const char *namespace,
                     Access access)
{
    const Collection *collection;
    int64_t owner;

    if (rights->user_id == 0)
        return false;
    if (!collection_id.set)
        return rights->is_admin || has_root_grant(rights, namespace, access);
    collection = rights_collection(rights, collection_id.value);
    if (collection == NULL)
        return false;
    if (collection_is_trash(collection))
        return access == ACCESS_READ;
    if (collection->is_remote_synced && access == ACCESS_WRITE)
        return false;
    if (rights->is_admin)
        return true;
    owner = rights_personal_owner(rights, collection);
    if (owner != 0)
        return owner == rights->user_id;
    return has_collection_grant(rights, collection->id, access);
}

bool
rights_refuse(const Rights *rights, OptInt collection_id, Error *err)
{
    const Collection *collection =
        collection_id.set ? rights_collection(rights, collection_id.value) : NULL;

    if (collection == NULL || !collection->is_remote_synced ||
        !rights_to_collection(rights, collection_id, NULL, ACCESS_READ))
        return error_set(err, ERR_DENIED, "You don't have permissions to do that.");
    (void) error_set(err, ERR_INVALID, "This collection is managed by a repository.");
    return error_hint(err, SENTENCE("Change its files and import them, or have an administrator "
                                    "release it: Administration, Content as files."));
}

bool
access_to_collection(const Identity *who, Store *store, Arena *arena, OptInt collection_id,
                     Access access, Error *err)
{
    Rights rights;

    return access_rights(who, store, arena, &rights, err) &&
           (rights_to_collection(&rights, collection_id, NULL, access) ||
            rights_refuse(&rights, collection_id, err));
}

bool
access_to_card(const Identity *who, Store *store, Arena *arena, const Card *card, Access access,
               Error *err)
{
    return access_to_collection(who, store, arena, card->collection_id, access, err);
}

bool
access_to_dashboard(const Identity *who, Store *store, Arena *arena, const Dashboard *dashboard,
                    Access access, Error *err)
{
    return access_to_collection(who, store, arena, dashboard->collection_id, access, err);
}
