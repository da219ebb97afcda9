/* People, groups and memberships. */
#include "store/user.h"

#include "store/group.h"
#include "store/session.h"
#include "store_setup.h"

#include <pthread.h>
#include <string.h>

static User
make_user(Store *store, Arena *arena, const char *email, const char *first, const char *last,
          bool admin)
{
    User user = { .email = email, .first_name = first, .last_name = last, .is_superuser = admin };
    Error err;

    CHECK_OK(user_create(store, arena, &user, "hash", &err), &err);
    return user;
}

static bool
is_in(Store *store, Arena *arena, int64_t user_id, int64_t group_id)
{
    IntList ids;
    Error err;

    CHECK_OK(membership_ids(store, arena, user_id, &ids, &err), &err);
    for (size_t i = 0; i < ids.count; i++)
        if (ids.items[i] == group_id)
            return true;
    return false;
}

STORE_TEST(store_user_is_found_by_id_and_by_address_in_any_case)
{
    User made;
    User found;
    bool exists = true;
    Error err;

    CHECK_OK(user_exists_any(store, arena, &exists, &err), &err);
    CHECK(!exists);
    made = make_user(store, arena, "Zoe@Example.ORG", "Zoé", "Élan", true);
    CHECK_OK(user_exists_any(store, arena, &exists, &err), &err);
    CHECK(exists);
    CHECK_OK(user_find_by_email(store, arena, "ZOE@example.org", &found, &err), &err);
    CHECK_INT(found.id, made.id);
    CHECK_STR(found.email, "zoe@example.org");
    CHECK_STR(found.common_name, "Zoé Élan");
    CHECK(found.is_superuser && found.is_active && found.is_qbnewb);
    CHECK_STR(found.type, "personal");
    CHECK(found.last_login == NULL && found.first_login == NULL);
    CHECK_ERROR(user_find(store, arena, 99, &found, &err), &err, ERR_NOT_FOUND);
    CHECK_ERROR(user_find_by_email(store, arena, "no@body", &found, &err), &err, ERR_NOT_FOUND);
    made.email = "zoe@EXAMPLE.org";
    CHECK_ERROR(user_create(store, arena, &made, NULL, &err), &err, ERR_INVALID);
    CHECK_STR(err.field, "email");
}

STORE_TEST(store_user_update_writes_what_was_changed)
{
    User user = make_user(store, arena, "a@b.fr", "A", NULL, true);
    User other = make_user(store, arena, "c@d.fr", NULL, NULL, false);
    User found;
    Json *attributes = NULL;
    Error err;

    CHECK_OK(json_parse(arena, STR("{\"region\":\"75\"}"), NULL, &attributes, &err), &err);
    CHECK_STR(other.common_name, "c@d.fr");
    other.last_name = "Dupont";
    other.locale = "fr";
    other.login_attributes = attributes;
    other.is_superuser = true;
    CHECK_OK(user_update(store, arena, &other, &err), &err);
    CHECK_OK(user_find(store, arena, other.id, &found, &err), &err);
    CHECK_STR(found.common_name, "Dupont");
    CHECK_STR(found.locale, "fr");
    CHECK_STR(json_text_or(json_get(found.login_attributes, "region"), ""), "75");
    CHECK(found.is_superuser);
    CHECK(is_in(store, arena, other.id, GROUP_ADMINISTRATORS));
    found.email = "a@b.fr";
    CHECK_ERROR(user_update(store, arena, &found, &err), &err, ERR_INVALID);
    CHECK_STR(err.field, "email");
    user.id = 99;
    CHECK_ERROR(user_update(store, arena, &user, &err), &err, ERR_NOT_FOUND);
}

STORE_TEST(store_user_list_filters_pages_and_counts)
{
    Group group = { .name = "Analystes" };
    UserList list;
    User zoe;
    Error err;

    (void) make_user(store, arena, "ada@x.fr", "Ada", "Martin", true);
    zoe = make_user(store, arena, "zoe@x.fr", "Zoé", "Élan", false);
    (void) make_user(store, arena, "max_50%@x.fr", "Max", "Petit", false);
    CHECK_OK(group_create(store, arena, &group, &err), &err);
    CHECK_OK(membership_add(store, arena, zoe.id, (GroupChoice){ group.id, false }, &err), &err);

    CHECK_OK(user_list(store, arena, &(UserFilter){ .limit = 2 }, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_INT(list.total, 3);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .limit = 2, .offset = 2 }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .query = "ELAN" }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_STR(list.items[0].email, "zoe@x.fr");
    CHECK_OK(user_list(store, arena, &(UserFilter){ .query = "_5" }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .query = "%" }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .group_id = group.id }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(user_deactivate(store, arena, zoe.id, &err), &err);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .query = "" }, &list, &err), &err);
    CHECK_INT(list.total, 2);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .status = USER_DEACTIVATED }, &list, &err),
             &err);
    CHECK_INT(list.total, 1);
    CHECK_OK(user_list(store, arena, &(UserFilter){ .status = USER_ALL }, &list, &err), &err);
    CHECK_INT(list.total, 3);
}

STORE_TEST(store_user_passwords_are_kept_as_hashes)
{
    User user = make_user(store, arena, "a@b.fr", NULL, NULL, false);
    const char *hash = NULL;
    const char *salt = "x";
    User found;
    Error err;

    CHECK_OK(user_password(store, arena, user.id, &hash, &salt, &err), &err);
    CHECK_STR(hash, "hash");
    CHECK(salt == NULL);
    CHECK_OK(user_set_password(store, arena, user.id, "other", &err), &err);
    CHECK_OK(user_password(store, arena, user.id, &hash, &salt, &err), &err);
    CHECK_STR(hash, "other");
    CHECK_OK(user_note_login(store, arena, user.id, &err), &err);
    CHECK_OK(user_find(store, arena, user.id, &found, &err), &err);
    CHECK(found.last_login != NULL);
    CHECK_ERROR(user_set_password(store, arena, 99, "x", &err), &err, ERR_NOT_FOUND);
    CHECK_ERROR(user_note_login(store, arena, 99, &err), &err, ERR_NOT_FOUND);
    CHECK_ERROR(user_password(store, arena, 99, &hash, &salt, &err), &err, ERR_NOT_FOUND);
}

STORE_TEST(store_user_deactivation_ends_sessions_and_links)
{
    static const SessionPolicy policy = { 100, 100, 100 };
    User user = make_user(store, arena, "a@b.fr", NULL, NULL, false);
    Session session = { .user_id = user.id };
    Session found;
    const char *token = NULL;
    const char *link = NULL;
    int64_t id = 0;
    TokenKind kind;
    User after;
    Error err;

    CHECK_OK(session_create(store, arena, &session, "device", &token, &err), &err);
    CHECK_OK(token_create(store, arena, TOKEN_INVITE, user.id, 60, &link, &err), &err);
    CHECK_OK(user_deactivate(store, arena, user.id, &err), &err);
    CHECK_ERROR(session_find(store, arena, token, &policy, &found, &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_ERROR(token_find(store, arena, link, &id, &kind, &err), &err, ERR_INVALID);
    CHECK_OK(user_find(store, arena, user.id, &after, &err), &err);
    CHECK(!after.is_active && after.deactivated_at != NULL);
    CHECK_OK(user_reactivate(store, arena, user.id, &err), &err);
    CHECK_ERROR(user_reactivate(store, arena, user.id, &err), &err, ERR_INVALID);
    CHECK_OK(user_find(store, arena, user.id, &after, &err), &err);
    CHECK(after.is_active && after.deactivated_at == NULL);
    CHECK(is_in(store, arena, user.id, GROUP_ALL_USERS));
}

STORE_TEST(store_last_administrator_stays)
{
    User admin = make_user(store, arena, "a@b.fr", NULL, NULL, true);
    User second;
    Error err;

    CHECK_ERROR(user_deactivate(store, arena, admin.id, &err), &err, ERR_INVALID);
    CHECK_STR(err.message, "this is the last administrator");
    CHECK_ERROR(membership_remove(store, arena, admin.id, GROUP_ADMINISTRATORS, &err), &err,
                ERR_INVALID);
    CHECK_ERROR(membership_set(store, arena, admin.id, NULL, 0, &err), &err, ERR_INVALID);
    admin.is_superuser = false;
    CHECK_ERROR(user_update(store, arena, &admin, &err), &err, ERR_INVALID);
    CHECK(is_in(store, arena, admin.id, GROUP_ADMINISTRATORS));
    second = make_user(store, arena, "c@d.fr", NULL, NULL, true);
    CHECK_OK(membership_remove(store, arena, admin.id, GROUP_ADMINISTRATORS, &err), &err);
    CHECK_ERROR(user_deactivate(store, arena, second.id, &err), &err, ERR_INVALID);
    CHECK_OK(user_deactivate(store, arena, admin.id, &err), &err);
}

typedef struct Leaver
{
    Store *store;
    int64_t id;
    bool done;
    Error err;
} Leaver;

static void *
leave(void *arg)
{
    Leaver *leaver = arg;
    CLEANUP(arena_free) Arena *arena = arena_new();

    leaver->done = user_deactivate(leaver->store, arena, leaver->id, &leaver->err);
    return NULL;
}

STORE_TEST(store_two_administrators_that_leave_at_once_do_not_both)
{
    for (int round = 0; round < 5; round++)
    {
        Leaver leavers[2];
        pthread_t threads[2];

        for (int i = 0; i < 2; i++)
        {
            User user = make_user(store, arena, arena_format(arena, "u%d.%d@x.fr", round, i), NULL,
                                  NULL, true);

            leavers[i] = (Leaver){ .store = store, .id = user.id };
        }
        if (round > 0)
            CHECK_INT(ask_int(store, arena,
                              "select count(*) from core_user where is_superuser and is_active"),
                      3);
        for (int i = 0; i < 2; i++)
            CHECK_INT(pthread_create(&threads[i], NULL, leave, &leavers[i]), 0);
        for (int i = 0; i < 2; i++)
            CHECK_INT(pthread_join(threads[i], NULL), 0);
        if (round == 0)
        {
            CHECK(leavers[0].done != leavers[1].done);
            CHECK_INT(leavers[leavers[0].done ? 1 : 0].err.code, ERR_INVALID);
        }
    }
    CHECK_INT(
        ask_int(store, arena, "select count(*) from core_user where is_superuser and is_active"),
        1);
}

STORE_TEST(store_administrators_and_superusers_are_the_same)
{
    User admin = make_user(store, arena, "a@b.fr", NULL, NULL, true);
    User user = make_user(store, arena, "c@d.fr", NULL, NULL, false);
    const GroupChoice choice[] = { { GROUP_ALL_USERS, false }, { GROUP_ADMINISTRATORS, false } };
    User found;
    Error err;

    CHECK(is_in(store, arena, admin.id, GROUP_ADMINISTRATORS));
    CHECK_OK(membership_set(store, arena, user.id, choice, 2, &err), &err);
    CHECK_OK(user_find(store, arena, user.id, &found, &err), &err);
    CHECK(found.is_superuser);
    CHECK_OK(membership_set(store, arena, user.id, NULL, 0, &err), &err);
    CHECK_OK(user_find(store, arena, user.id, &found, &err), &err);
    CHECK(!found.is_superuser);
    CHECK(is_in(store, arena, user.id, GROUP_ALL_USERS));
    CHECK_ERROR(membership_remove(store, arena, user.id, GROUP_ALL_USERS, &err), &err, ERR_INVALID);
}

STORE_TEST(store_groups_have_members_and_two_of_them_are_fixed)
{
    User admin = make_user(store, arena, "a@b.fr", "A", "B", true);
    Group group = { .name = "Analystes" };
    Group again = { .name = "Analystes" };
    Group found;
    GroupList groups;
    MembershipList members;
    Membership membership;
    Error err;

    CHECK_OK(group_create(store, arena, &group, &err), &err);
    CHECK_INT(group.id, 3);
    CHECK_ERROR(group_create(store, arena, &again, &err), &err, ERR_INVALID);
    CHECK_STR(err.field, "name");
    CHECK_OK(membership_add(store, arena, admin.id, (GroupChoice){ group.id, false }, &err), &err);
    CHECK_OK(membership_add(store, arena, admin.id, (GroupChoice){ group.id, true }, &err), &err);
    CHECK_OK(membership_list(store, arena, group.id, 0, &members, &err), &err);
    CHECK_INT(members.count, 1);
    CHECK(members.items[0].is_group_manager);
    CHECK_STR(members.items[0].email, "a@b.fr");
    CHECK_OK(membership_find(store, arena, members.items[0].membership_id, &membership, &err),
             &err);
    CHECK_INT(membership.group_id, group.id);
    CHECK_OK(membership_list(store, arena, 0, admin.id, &members, &err), &err);
    CHECK_INT(members.count, 3);
    CHECK_OK(group_list(store, arena, &groups, &err), &err);
    CHECK_INT(groups.count, 3);
    CHECK_OK(group_find(store, arena, GROUP_ADMINISTRATORS, &found, &err), &err);
    CHECK_STR(found.name, "Administrators");
    CHECK_STR(found.magic_group_type, "admin");
    CHECK_INT(found.member_count, 1);
    CHECK_OK(group_rename(store, arena, group.id, "Analyses", &err), &err);
    CHECK_ERROR(group_rename(store, arena, group.id, "All Users", &err), &err, ERR_INVALID);
    CHECK_ERROR(group_rename(store, arena, GROUP_ALL_USERS, "x", &err), &err, ERR_INVALID);
    CHECK_ERROR(group_delete(store, arena, GROUP_ADMINISTRATORS, &err), &err, ERR_INVALID);
    CHECK_ERROR(membership_clear(store, arena, GROUP_ADMINISTRATORS, &err), &err, ERR_INVALID);
    CHECK_OK(membership_clear(store, arena, group.id, &err), &err);
    CHECK_OK(group_delete(store, arena, group.id, &err), &err);
    CHECK_ERROR(group_delete(store, arena, group.id, &err), &err, ERR_NOT_FOUND);
    CHECK_ERROR(membership_add(store, arena, admin.id, (GroupChoice){ 99, false }, &err), &err,
                ERR_NOT_FOUND);
}
