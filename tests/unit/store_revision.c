/* How long versions of cards and dashboards are kept. */
#include "store/revision.h"

#include "store_setup.h"

static void
run(Store *store, Arena *arena, const char *sql)
{
    Error err;

    CHECK_OK(store_query(store, arena, sql, NULL, 0, NULL, &err), &err);
}

static void
make_person(Store *store, Arena *arena)
{
    run(store, arena,
        "insert into core_user (id, entity_id, email, first_name, last_name, date_joined, "
        "updated_at, is_active, is_superuser) values (1, 'aaaaaaaaaaaaaaaaaaaaa', 'a@b.fr', 'A', "
        "'B', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true, true)");
}

/* `count` versions of a card, each other than the one before. */
static void
add_versions(Store *store, Arena *arena, int64_t card, int count)
{
    Error err;

    for (int i = 0; i < count; i++)
    {
        Json *object = json_new(arena, JSON_OBJECT);
        Revision revision = { .model = "Card", .model_id = card, .user_id = 1, .object = object };

        (void) json_put(arena, object, "name", json_new_text(arena, arena_format(arena, "%d", i)));
        CHECK_OK(revision_add(store, arena, &revision, &err), &err);
    }
}

static size_t
count_versions(Store *store, Arena *arena, int64_t card)
{
    RevisionList list;
    Error err;

    CHECK_OK(revision_list(store, arena, "Card", card, (OptInt){ 0 }, 5000, &list, &err), &err);
    return list.count;
}

STORE_TEST(store_revision_keeps_the_young_and_the_last_fifteen)
{
    int64_t removed = -1;
    RevisionList list;
    Error err;

    make_person(store, arena);
    add_versions(store, arena, 1, 20);
    add_versions(store, arena, 2, 20);
    CHECK_OK(revision_sweep(store, arena, 365, &removed, &err), &err);
    CHECK_INT(removed, 0);
    run(store, arena,
        "update revision set timestamp = '2020-01-01T00:00:00.000000Z' where model_id = 1");
    CHECK_OK(revision_sweep(store, arena, 365, &removed, &err), &err);
    CHECK_INT(removed, 5);
    CHECK_INT(count_versions(store, arena, 1), REVISION_STAY);
    CHECK_INT(count_versions(store, arena, 2), 20);

    /* The newest stay, and are read in pages. */
    CHECK_OK(revision_list(store, arena, "Card", 1, (OptInt){ 0 }, 2, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_INT(list.items[0].id, 20);
    CHECK_OK(revision_list(store, arena, "Card", 1, (OptInt){ true, 8 }, 9, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_INT(list.items[0].id, 7);
}

STORE_TEST(store_revision_keeps_a_thousand_at_most)
{
    make_person(store, arena);
    add_versions(store, arena, 1, 16);
    run(store, arena,
        "insert into revision (model, model_id, user_id, timestamp, object, is_reversion, "
        "is_creation, most_recent) with recursive n(i) as (select 1 union all select i + 1 from n "
        "where i < 1000) select 'Card', 1, 1, '2026-01-01T00:00:00.000000Z', '{}', false, false, "
        "false from n");
    add_versions(store, arena, 1, 1);
    CHECK_INT(count_versions(store, arena, 1), REVISION_MOST);
}
