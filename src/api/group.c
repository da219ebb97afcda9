/* Groups of people, and who is in them. */
#include "store/group.h"
#include "api/answer.h"
#include "api/tables.h"

static const Field group_fields[] = {
    FIELD(Group, id),
    FIELD(Group, name),
    FIELD(Group, magic_group_type),
    FIELD(Group, entity_id),
    FIELD(Group, is_tenant_group),
    FIELD(Group, member_count),
    { 0 },
};

static const Field member_fields[] = {
    FIELD(Membership, membership_id), FIELD(Membership, user_id),
    FIELD(Membership, group_id),      FIELD(Membership, is_group_manager),
    FIELD(Membership, email),         FIELD(Membership, first_name),
    FIELD(Membership, last_name),     { 0 },
};

static bool
list_groups(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    GroupList list;

    if (!group_list(req->store, req->arena, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        bind_write(w, group_fields, &list.items[i]);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static void
write_members(JsonWriter *w, const MembershipList *list)
{
    json_begin_array(w);
    for (size_t i = 0; i < list->count; i++)
    {
        json_begin_object(w);
        bind_write(w, member_fields, &list->items[i]);
        json_end_object(w);
    }
    json_end_array(w);
}

static bool
answer_group(Request *req, Response *res, int64_t id, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    MembershipList members;
    Group group;

    if (!group_find(req->store, req->arena, id, &group, err) ||
        !membership_list(req->store, req->arena, id, 0, &members, err))
        return false;
    json_begin_object(w);
    bind_write(w, group_fields, &group);
    json_key(w, "members");
    write_members(w, &members);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_group(Request *req, Response *res, Error *err)
{
    return answer_group(req, res, req->id, err);
}

typedef struct GroupInput
{
    const char *name;
} GroupInput;

static const Field group_input[] = {
    FIELD(GroupInput, name, .required = true, .not_blank = true, .max = 254),
    { 0 },
};

static bool
post_group(Request *req, Response *res, Error *err)
{
    const GroupInput *input = req->input;
    Group group = { .name = input->name };

    return group_create(req->store, req->arena, &group, err) &&
           api_audit(req, req->store, "group-create", "PermissionsGroup", group.id,
                     api_detail(req, "name", group.name), err) &&
           answer_group(req, res, group.id, err);
}

static bool
put_group(Request *req, Response *res, Error *err)
{
    const GroupInput *input = req->input;

    return group_rename(req->store, req->arena, req->id, input->name, err) &&
           api_audit(req, req->store, "group-update", "PermissionsGroup", req->id,
                     api_detail(req, "name", input->name), err) &&
           answer_group(req, res, req->id, err);
}

static bool
delete_group(Request *req, Response *res, Error *err)
{
    Group group;

    return group_find(req->store, req->arena, req->id, &group, err) &&
           group_delete(req->store, req->arena, req->id, err) &&
           api_audit(req, req->store, "group-delete", "PermissionsGroup", req->id,
                     api_detail(req, "name", group.name), err) &&
           answer_nothing(res);
}

/* A map from the id of a person to the memberships of that person. The list is in that order. */
static bool
list_memberships(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    MembershipList list;

    if (!membership_list(req->store, req->arena, 0, 0, &list, err))
        return false;
    json_begin_object(w);
    for (size_t i = 0; i < list.count; i++)
    {
        bool first = i == 0 || list.items[i - 1].user_id != list.items[i].user_id;
        bool last = i + 1 == list.count || list.items[i + 1].user_id != list.items[i].user_id;

        if (first)
        {
            json_key(w, arena_format(req->arena, "%lld", (long long) list.items[i].user_id));
            json_begin_array(w);
        }
        json_begin_object(w);
        bind_write(w, member_fields, &list.items[i]);
        json_end_object(w);
        if (last)
            json_end_array(w);
    }
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct MembershipInput
{
    int64_t group_id;
    int64_t user_id;
    bool is_group_manager;
} MembershipInput;

static const Field membership_input[] = {
    FIELD(MembershipInput, group_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(MembershipInput, user_id, .required = true, .min = 1, .max = INT64_MAX),
    FIELD(MembershipInput, is_group_manager, .nullable = true),
    { 0 },
};

static bool
post_membership(Request *req, Response *res, Error *err)
{
    const MembershipInput *input = req->input;
    GroupChoice choice = { input->group_id, input->is_group_manager };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    MembershipList members;
    Group group;
    User user;

    if (!group_find(req->store, req->arena, input->group_id, &group, err) ||
        !user_find(req->store, req->arena, input->user_id, &user, err) ||
        !membership_add(req->store, req->arena, input->user_id, choice, err) ||
        !api_audit(req, req->store, "membership-add", "User", input->user_id,
                   api_detail(req, "email", user.email), err) ||
        !membership_list(req->store, req->arena, input->group_id, 0, &members, err))
        return false;
    write_members(w, &members);
    return answer_send(&answer, res, err);
}

typedef struct ManagerInput
{
    bool is_group_manager;
} ManagerInput;

static const Field manager_input[] = {
    FIELD(ManagerInput, is_group_manager, .required = true),
    { 0 },
};

static bool
put_membership(Request *req, Response *res, Error *err)
{
    const ManagerInput *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Membership membership;

    if (!membership_find(req->store, req->arena, req->id, &membership, err))
        return false;
    membership.is_group_manager = input->is_group_manager;
    if (!membership_add(req->store, req->arena, membership.user_id,
                        (GroupChoice){ membership.group_id, input->is_group_manager }, err) ||
        !api_audit(req, req->store, "membership-update", "User", membership.user_id,
                   api_detail(req, "email", membership.email), err))
        return false;
    json_begin_object(w);
    bind_write(w, member_fields, &membership);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
delete_membership(Request *req, Response *res, Error *err)
{
    Membership membership;

    return membership_find(req->store, req->arena, req->id, &membership, err) &&
           membership_remove(req->store, req->arena, membership.user_id, membership.group_id,
                             err) &&
           api_audit(req, req->store, "membership-remove", "User", membership.user_id,
                     api_detail(req, "email", membership.email), err) &&
           answer_nothing(res);
}

static bool
put_clear(Request *req, Response *res, Error *err)
{
    Group group;

    return group_find(req->store, req->arena, req->id, &group, err) &&
           membership_clear(req->store, req->arena, req->id, err) &&
           api_audit(req, req->store, "membership-clear", "PermissionsGroup", req->id,
                     api_detail(req, "name", group.name), err) &&
           answer_nothing(res);
}

// clang-format off
const Route group_routes[] = {
    ROUTE_ON(ADMIN, GET,    "/api/permissions/group",                list_groups,       ADMIN, "Groups"),
    ROUTE_ON(ADMIN, POST,   "/api/permissions/group",                post_group,        ADMIN, "Make a group", .body = group_input),
    ROUTE_ON(ADMIN, GET,    "/api/permissions/group/:id",            get_group,         ADMIN, "A group and its members"),
    ROUTE_ON(ADMIN, PUT,    "/api/permissions/group/:id",            put_group,         ADMIN, "Rename a group", .body = group_input),
    ROUTE_ON(ADMIN, DELETE, "/api/permissions/group/:id",            delete_group,      ADMIN, "Delete a group"),
    ROUTE_ON(ADMIN, GET,    "/api/permissions/membership",           list_memberships,  ADMIN, "Who is in which group"),
    ROUTE_ON(ADMIN, POST,   "/api/permissions/membership",           post_membership,   ADMIN, "Put somebody into a group", .body = membership_input),
    ROUTE_ON(ADMIN, PUT,    "/api/permissions/membership/:id",       put_membership,    ADMIN, "Make somebody a manager of a group, or not", .body = manager_input),
    ROUTE_ON(ADMIN, DELETE, "/api/permissions/membership/:id",       delete_membership, ADMIN, "Take somebody out of a group"),
    ROUTE_ON(ADMIN, PUT,    "/api/permissions/membership/:id/clear", put_clear,         ADMIN, "Empty a group"),
    { 0 },
};
// clang-format on
