/*
 * Groups of people and who is in them. Everybody is in All Users; being in Administrators and being
 * a superuser are the same thing, whichever is changed. These two groups cannot be renamed or
 * deleted, and the last active administrator cannot leave (ERR_INVALID).
 */
#ifndef STORE_GROUP_H
#define STORE_GROUP_H

#include "store/store.h"

enum
{
    GROUP_ALL_USERS = 1,
    GROUP_ADMINISTRATORS = 2
};

typedef struct Group
{
    int64_t id;
    const char *name;
    const char *magic_group_type; /* "all-internal-users", "admin", or NULL */
    const char *entity_id;
    bool is_tenant_group;
    int64_t member_count; /* active people */
} Group;

typedef struct GroupList
{
    Group *items;
    size_t count;
} GroupList;

typedef struct Membership
{
    int64_t membership_id;
    int64_t user_id;
    int64_t group_id;
    bool is_group_manager;
    const char *email;
    const char *first_name;
    const char *last_name;
} Membership;

typedef struct MembershipList
{
    Membership *items;
    size_t count;
} MembershipList;

typedef struct GroupChoice
{
    int64_t id;
    bool is_group_manager;
} GroupChoice;

bool group_list(Store *store, Arena *arena, GroupList *list, Error *err);
bool group_find(Store *store, Arena *arena, int64_t id, Group *group, Error *err);
/* `group` gives the name; the rest is filled in. A taken name is ERR_INVALID on "name". */
bool group_create(Store *store, Arena *arena, Group *group, Error *err);
bool group_rename(Store *store, Arena *arena, int64_t id, const char *name, Error *err);
/* ERR_INVALID while an API key belongs to it. */
bool group_delete(Store *store, Arena *arena, int64_t id, Error *err);

/* Active people only. group_id 0: all groups; user_id 0: all people. Ordered by user, group. */
bool membership_list(Store *store, Arena *arena, int64_t group_id, int64_t user_id,
                     MembershipList *list, Error *err);
bool membership_find(Store *store, Arena *arena, int64_t id, Membership *membership, Error *err);
/* Changes the flag when the person is in already. */
bool membership_add(Store *store, Arena *arena, int64_t user_id, GroupChoice group, Error *err);
bool membership_remove(Store *store, Arena *arena, int64_t user_id, int64_t group_id, Error *err);
/* Exactly these groups, and All Users, which need not be named. */
bool membership_set(Store *store, Arena *arena, int64_t user_id, const GroupChoice *groups,
                    size_t count, Error *err);
/* Everybody leaves. Not for the two fixed groups. */
bool membership_clear(Store *store, Arena *arena, int64_t group_id, Error *err);
/* Ids of the groups of a person, ordered; what access looks at. */
bool membership_ids(Store *store, Arena *arena, int64_t user_id, IntList *ids, Error *err);

#endif
