/* Who may see what: nothing without a line that grants it, whatever lines there are for others. */
#include "auth/access.h"

#include "base/crypto.h"
#include "store/database.h"
#include "store/metadata.h"
#include "store_setup.h"

enum
{
    TABLES = 4,
    GROUP_TEAM = 3,
    ROUNDS = 60
};

typedef struct World
{
    Arena *arena;
    Store *store;
    int64_t database_id;
    int64_t tables[TABLES];
    int64_t field_id;
} World;

static void
make_world(World *world)
{
    Database database = database_new(world->arena);
    Group group = { .name = "Team" };
    TableField field = { .name = "id", .base_type = "type/Integer", .database_type = "int" };
    Error err;

    database.name = "d";
    database.engine = "sqlite";
    CHECK_OK(database_create(world->store, world->arena, &database, &err), &err);
    CHECK_OK(group_create(world->store, world->arena, &group, &err), &err);
    CHECK(group.id == GROUP_TEAM);
    world->database_id = database.id;
    for (int i = 0; i < TABLES; i++)
    {
        Table table = { .db_id = database.id,
                        .name = arena_format(world->arena, "t%d", i),
                        .display_name = "T" };

        CHECK_OK(table_put(world->store, world->arena, &table, NULL, &err), &err);
        world->tables[i] = table.id;
    }
    field.table_id = world->tables[0];
    CHECK_OK(field_put(world->store, world->arena, &field, NULL, &err), &err);
    world->field_id = field.id;
}

static Identity
somebody(int64_t *groups, size_t count)
{
    return (Identity){ .means = MEANS_COOKIE,
                       .user = { .id = 7, .is_active = true },
                       .groups = { groups, count } };
}

static void
grant(World *world, int64_t group, const char *type, OptInt table, const char *value)
{
    DataGrant line = { .group_id = group,
                       .perm_type = type,
                       .db_id = world->database_id,
                       .table_id = table,
                       .perm_value = value };
    Error err;

    CHECK_OK(data_grant_put(world->store, world->arena, &line, &err), &err);
}

static void
clear(World *world)
{
    static const char *const types[] = { "perms/view-data", "perms/create-queries",
                                         "perms/download-results" };
    Error err;

    for (int64_t group = GROUP_ALL_USERS; group <= GROUP_TEAM; group++)
        for (size_t i = 0; i < COUNT_OF(types); i++)
            CHECK_OK(data_grant_clear(world->store, world->arena, group, types[i],
                                      world->database_id, &err),
                     &err);
}

static bool
may(World *world, const Identity *who, const int64_t *tables, size_t count, bool native)
{
    Error err;

    return access_to_query(who, world->store, world->arena, world->database_id, tables, count,
                           native, &err);
}

static void
with_world(Store *store, Arena *arena, void (*run)(World *world))
{
    World world = { .arena = arena, .store = store };

    make_world(&world);
    run(&world);
}

/* Lines for one group, chance decides which: a member may ask a set of tables exactly when each has
 * both rights; a stranger never may. */
static void
check_by_chance(World *world)
{
    int64_t all[] = { GROUP_ALL_USERS }, team[] = { GROUP_ALL_USERS, GROUP_TEAM };
    Identity stranger = somebody(all, 1), member = somebody(team, 2), nobody = { 0 };

    for (int round = 0; round < ROUNDS; round++)
    {
        bool expected = true;
        uint8_t dice[2];

        random_bytes(dice, sizeof(dice));
        clear(world);
        for (int i = 0; i < TABLES; i++)
        {
            OptInt table = { true, world->tables[i] };
            bool view = (dice[0] >> i & 1) != 0, ask = (dice[1] >> i & 1) != 0;

            grant(world, GROUP_TEAM, "perms/view-data", table, view ? "unrestricted" : "blocked");
            if (ask)
                grant(world, GROUP_TEAM, "perms/create-queries", table, "query-builder");
            CHECK(may(world, &member, &world->tables[i], 1, false) == (view && ask));
            CHECK(!may(world, &stranger, &world->tables[i], 1, false));
            expected = expected && view && ask;
        }
        CHECK(may(world, &member, world->tables, TABLES, false) == expected);
        CHECK(!may(world, &member, world->tables, TABLES, true));
        CHECK(!may(world, &nobody, world->tables, 1, false));
    }
}

STORE_TEST(access_to_data_is_granted_line_by_line)
{
    with_world(store, arena, check_by_chance);
}

static void
check_native(World *world)
{
    int64_t all[] = { GROUP_ALL_USERS }, admins[] = { GROUP_ADMINISTRATORS };
    Identity who = somebody(all, 1), admin = somebody(admins, 1);
    HiddenField hidden = { .group_id = GROUP_ALL_USERS, .field_id = world->field_id };
    OptInt table = { true, world->tables[1] };
    Error err;

    CHECK(may(world, &who, NULL, 0, true));
    grant(world, GROUP_ALL_USERS, "perms/view-data", table, "blocked");
    CHECK(!may(world, &who, NULL, 0, true));
    CHECK(may(world, &admin, NULL, 0, true));
    grant(world, GROUP_ALL_USERS, "perms/view-data", table, "unrestricted");
    CHECK(may(world, &who, NULL, 0, true));
    CHECK_OK(hidden_field_create(world->store, world->arena, &hidden, &err), &err);
    CHECK(!may(world, &who, NULL, 0, true));
    CHECK(may(world, &admin, NULL, 0, true));
    CHECK(may(world, &who, world->tables, 1, false));
    CHECK(!access_to_saved_query(&who, world->store, world->arena, world->database_id, NULL, 0,
                                 true, &err));
}

STORE_TEST(access_to_sql_needs_the_whole_database)
{
    with_world(store, arena, check_native);
}

static void
check_rows(World *world)
{
    int64_t all[] = { GROUP_ALL_USERS };
    Identity who = somebody(all, 1);
    RowFilter filter = { .group_id = GROUP_ALL_USERS,
                         .table_id = world->tables[0],
                         .field_id = world->field_id,
                         .operator= "=",
                         .user_attribute = "dept" };
    RowConditionList list;
    Json *attributes = NULL;
    Error err;

    CHECK_OK(row_filter_create(world->store, world->arena, &filter, &err), &err);
    CHECK_OK(access_row_filters(&who, world->store, world->arena, &list, &err), &err);
    CHECK(list.count == 1 && list.items[0].values->count == 0);
    CHECK_OK(json_parse(world->arena, STR("{\"dept\":[\"75\",\"93\"]}"), NULL, &attributes, &err),
             &err);
    who.user.jwt_attributes = attributes;
    CHECK_OK(access_row_filters(&who, world->store, world->arena, &list, &err), &err);
    CHECK(list.items[0].values->count == 2);
    CHECK_OK(json_parse(world->arena, STR("{\"dept\":\"13\"}"), NULL, &attributes, &err), &err);
    who.user.login_attributes = attributes;
    CHECK_OK(access_row_filters(&who, world->store, world->arena, &list, &err), &err);
    CHECK(list.items[0].values->count == 1);
    CHECK_STR(list.items[0].values->first->text, "13");
    who.user.is_superuser = true;
    CHECK_OK(access_row_filters(&who, world->store, world->arena, &list, &err), &err);
    CHECK(list.count == 0);
}

STORE_TEST(access_rows_without_the_attribute_are_none)
{
    with_world(store, arena, check_rows);
}

static void
check_personal(World *world)
{
    int64_t all[] = { GROUP_ALL_USERS };
    Identity who = somebody(all, 1);
    User owner = { .email = "o@example.org" };
    Collection own, inside = { .name = "in" };
    Error err;

    CHECK_OK(user_create(world->store, world->arena, &owner, NULL, &err), &err);
    CHECK_OK(collection_personal(world->store, world->arena, owner.id, &own, &err), &err);
    inside.location = collection_inside(world->arena, &own);
    CHECK_OK(collection_create(world->store, world->arena, &inside, &err), &err);
    /* A line that somebody wrote into the app database changes nothing. */
    CHECK_OK(grant_add(world->store, world->arena, GROUP_ALL_USERS,
                       arena_format(world->arena, "/collection/%lld/", (long long) inside.id),
                       inside.id, &err),
             &err);
    CHECK(!access_to_collection(&who, world->store, world->arena, (OptInt){ true, inside.id },
                                ACCESS_READ, &err));
    who.user.id = owner.id;
    CHECK_OK(access_to_collection(&who, world->store, world->arena, (OptInt){ true, inside.id },
                                  ACCESS_WRITE, &err),
             &err);
}

STORE_TEST(access_to_personal_collections_is_their_owners)
{
    with_world(store, arena, check_personal);
}
