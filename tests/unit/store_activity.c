/* The audit log. */
#include "store/activity.h"

#include "store_setup.h"

#include <pthread.h>
#include <string.h>

static void
add_line(Store *store, Arena *arena, const char *action, int64_t actor_id)
{
    Json *details = json_new(arena, JSON_OBJECT);
    Audit line = {
        .actor_id = { .set = actor_id != 0, .value = actor_id },
        .actor = actor_id == 0 ? "server" : "a@b.fr",
        .action = action,
        .model = "User",
        .model_id = { .set = true, .value = 7 },
        .details = details,
        .ip_address = "10.0.0.1",
    };
    Error err;

    (void) json_put(arena, details, "name", json_new_text(arena, "l'été \"1\""));
    CHECK_OK(audit_add(store, arena, &line, &err), &err);
}

static int64_t
broken_line(Store *store, Arena *arena)
{
    int64_t lines = 0;
    int64_t broken = 0;
    Error err;

    CHECK_OK(audit_verify(store, arena, &lines, &broken, &err), &err);
    return broken;
}

static void
run(Store *store, Arena *arena, const char *sql)
{
    Error err;

    CHECK_OK(store_query(store, arena, sql, NULL, 0, NULL, &err), &err);
}

STORE_TEST(store_audit_lists_newest_first_and_filters)
{
    AuditList list;
    Error err;

    for (int i = 0; i < 5; i++)
        add_line(store, arena, i % 2 == 0 ? "user-create" : "user-update", i);
    CHECK_OK(audit_list(store, arena, &(AuditFilter){ .limit = 2 }, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_INT(list.items[0].id, 5);
    CHECK_STR(json_text_or(json_get(list.items[0].details, "name"), ""), "l'été \"1\"");
    CHECK_OK(audit_list(store, arena, &(AuditFilter){ .before_id = 4 }, &list, &err), &err);
    CHECK_INT(list.count, 3);
    CHECK_OK(audit_list(store, arena, &(AuditFilter){ .action = "user-update" }, &list, &err),
             &err);
    CHECK_INT(list.count, 2);
    CHECK_OK(audit_list(store, arena, &(AuditFilter){ .actor_id = 3 }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(
        audit_list(store, arena, &(AuditFilter){ .model = "User", .model_id = 8 }, &list, &err),
        &err);
    CHECK_INT(list.count, 0);
}

STORE_TEST(store_audit_finds_what_was_changed)
{
    CHECK_INT(broken_line(store, arena), 0);
    for (int i = 0; i < 5; i++)
        add_line(store, arena, "user-create", i);
    CHECK_INT(broken_line(store, arena), 0);
    run(store, arena, "update vigie_audit set actor = 'somebody else' where id = 3");
    CHECK_INT(broken_line(store, arena), 3);
    run(store, arena, "update vigie_audit set actor = 'a@b.fr' where id = 3");
    CHECK_INT(broken_line(store, arena), 0);
    run(store, arena, "update vigie_audit set details = null where id = 4");
    CHECK_INT(broken_line(store, arena), 4);
}

STORE_TEST(store_audit_finds_what_was_taken_away)
{
    for (int i = 0; i < 5; i++)
        add_line(store, arena, "user-create", i);
    run(store, arena, "delete from vigie_audit where id = 5");
    CHECK_INT(broken_line(store, arena), 5);
    run(store, arena, "delete from vigie_audit where id = 2");
    CHECK_INT(broken_line(store, arena), 2);
    run(store, arena, "delete from vigie_audit");
    CHECK_INT(broken_line(store, arena), 1);
}

typedef struct Writer
{
    Store *store;
    bool done;
    Error err;
} Writer;

static void *
write_lines(void *arg)
{
    Writer *writer = arg;
    CLEANUP(arena_free) Arena *arena = arena_new();

    writer->done = true;
    for (int i = 0; i < 20 && writer->done; i++)
    {
        Audit line = { .actor = "server", .action = "tick" };

        writer->done = audit_add(writer->store, arena, &line, &writer->err);
    }
    return NULL;
}

STORE_TEST(store_audit_chain_holds_when_many_write)
{
    Writer writers[4];
    pthread_t threads[4];

    for (size_t i = 0; i < COUNT_OF(writers); i++)
    {
        writers[i] = (Writer){ .store = store };
        CHECK_INT(pthread_create(&threads[i], NULL, write_lines, &writers[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(writers); i++)
    {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
        CHECK_OK(writers[i].done, &writers[i].err);
    }
    CHECK_INT(ask_int(store, arena, "select count(*) from vigie_audit"), 80);
    CHECK_INT(broken_line(store, arena), 0);
}
