/* Connections, transactions, errors and settings of the store. */
#include "store/store.h"

#include "base/file.h"
#include "base/log.h"
#include "store/migrate.h"
#include "store/setting.h"
#include "store/store_private.h"
#include "store_setup.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

STORE_TEST(store_values_come_back_as_they_went)
{
    Error err;
    Rows rows;

    CHECK_OK(store_query(store, arena,
                         "insert into permissions_group (name, is_tenant_group) values ($2, $1)"
                         " returning id, name, is_tenant_group, entity_id",
                         VALUES(VALUE_OF_BOOL(true), VALUE_OF_TEXT("l'été")), &rows, &err),
             &err);
    CHECK_INT(rows.row[0][0].kind, VALUE_INT);
    CHECK_STR(value_to_text(arena, &rows.row[0][1]), "l'été");
    CHECK_INT(rows.row[0][2].kind, VALUE_BOOL);
    CHECK(rows.row[0][2].boolean);
    CHECK_INT(rows.row[0][3].kind, VALUE_NULL);
    CHECK_STR(rows.columns.items[1].name, "name");
}

STORE_TEST(store_errors_are_told_by_kind_and_without_sql)
{
    const Value name = VALUE_OF_TEXT("twice");
    Error err;

    CHECK_OK(store_query(store, arena, "insert into permissions_group (name) values ($1)", &name, 1,
                         NULL, &err),
             &err);
    CHECK_ERROR(store_query(store, arena, "insert into permissions_group (name) values ($1)", &name,
                            1, NULL, &err),
                &err, ERR_CONFLICT);
    CHECK_ERROR(store_query(store, arena,
                            "insert into permissions_group_membership (user_id, group_id)"
                            " values (77, 1)",
                            NULL, 0, NULL, &err),
                &err, ERR_INVALID);
    CHECK_ERROR(store_query(store, arena, "insert into permissions_group (name) values (null)",
                            NULL, 0, NULL, &err),
                &err, ERR_INVALID);
    CHECK_ERROR(store_query(store, arena, "select secret_word from nowhere", NULL, 0, NULL, &err),
                &err, ERR_INTERNAL);
    CHECK(strstr(err.message, "secret_word") == NULL && strstr(err.message, "nowhere") == NULL);
    CHECK(!store_query(store, arena, "select $1, $2", &name, 1, NULL, &err));
    CHECK(!store_query(store, arena, "select cast($1 as text)", VALUES(name, name), NULL, &err));
}

STORE_TEST(store_transaction_is_all_or_nothing)
{
    static const char add[] = "insert into permissions_group (name) values ($1)";
    Store *tx = NULL;
    Store *nested = NULL;
    Error err;

    CHECK_OK(store_begin(store, &tx, &err), &err);
    CHECK_OK(store_query(tx, arena, add, VALUES(VALUE_OF_TEXT("gone")), NULL, &err), &err);
    CHECK_ERROR(store_begin(tx, &nested, &err), &err, ERR_INTERNAL);
    store_rollback(&tx);
    CHECK(tx == NULL);
    CHECK_INT(ask_int(store, arena, "select count(*) from permissions_group"), 2);

    CHECK_OK(store_begin(store, &tx, &err), &err);
    CHECK_OK(store_join(tx, &nested, &err), &err);
    CHECK_OK(store_query(nested, arena, add, VALUES(VALUE_OF_TEXT("kept")), NULL, &err), &err);
    CHECK_OK(store_commit(&nested, &err), &err);
    CHECK_INT(ask_int(store, arena, "select count(*) from permissions_group"), 2);
    CHECK_OK(store_commit(&tx, &err), &err);
    CHECK_INT(ask_int(store, arena, "select count(*) from permissions_group"), 3);
}

STORE_TEST(store_transaction_with_a_failure_cannot_be_committed)
{
    Store *tx = NULL;
    Store *part = NULL;
    Error err;

    CHECK_OK(store_begin(store, &tx, &err), &err);
    CHECK(!store_query(tx, arena, "select 1 from nowhere", NULL, 0, NULL, &err));
    CHECK_ERROR(store_query(tx, arena, "select 1", NULL, 0, NULL, &err), &err, ERR_INTERNAL);
    CHECK_ERROR(store_commit(&tx, &err), &err, ERR_INTERNAL);
    store_rollback(&tx);

    CHECK_OK(store_begin(store, &tx, &err), &err);
    CHECK_OK(store_join(tx, &part, &err), &err);
    store_rollback(&part);
    CHECK_ERROR(store_commit(&tx, &err), &err, ERR_INTERNAL);
    store_rollback(&tx);
    CHECK_OK(store_ping(store, &err), &err);
}

static char told[32];

static void
tell(const char *text)
{
    strncat(told, text, sizeof(told) - strlen(told) - 1);
}

STORE_TEST(store_tells_of_a_transaction_once_it_is_committed)
{
    Store *tx = NULL;
    Store *part = NULL;
    Error err;

    told[0] = '\0';
    CHECK_OK(store_begin(store, &tx, &err), &err);
    store_after_commit(tx, tell, "never ");
    store_rollback(&tx);
    CHECK_STR(told, "");

    CHECK_OK(store_begin(store, &tx, &err), &err);
    store_after_commit(tx, tell, "one ");
    CHECK_OK(store_join(tx, &part, &err), &err);
    store_after_commit(part, tell, "two ");
    CHECK_OK(store_commit(&part, &err), &err);
    CHECK_STR(told, "");
    CHECK_OK(store_commit(&tx, &err), &err);
    CHECK_STR(told, "one two ");
    store_after_commit(store, tell, "at once");
    CHECK_STR(told, "one two at once");
}

typedef struct Adder
{
    Store *store;
    bool done;
    Error err;
} Adder;

static void *
add_many(void *arg)
{
    Adder *adder = arg;
    CLEANUP(arena_free) Arena *arena = arena_new();
    int64_t value;

    adder->done = true;
    for (int i = 0; i < 50 && adder->done; i++)
        adder->done = counter_move(adder->store, arena, "many", &value, &adder->err) &&
                      counter_read(adder->store, arena, "many", &value, &adder->err);
    return NULL;
}

STORE_TEST(store_is_used_by_many_threads)
{
    Adder adders[8];
    pthread_t threads[8];
    int64_t value = 0;
    Error err;

    for (size_t i = 0; i < COUNT_OF(adders); i++)
    {
        adders[i] = (Adder){ .store = store };
        CHECK_INT(pthread_create(&threads[i], NULL, add_many, &adders[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(adders); i++)
    {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
        CHECK_OK(adders[i].done, &adders[i].err);
    }
    CHECK_OK(counter_read(store, arena, "many", &value, &err), &err);
    CHECK_INT(value, 400);
    CHECK_OK(counter_read(store, arena, "never", &value, &err), &err);
    CHECK_INT(value, 0);
}

/* More statements than the cache keeps. */
STORE_TEST(store_forgets_old_statements)
{
    for (int i = 0; i < 900; i++)
        CHECK_INT(ask_int(store, arena, arena_format(arena, "select %d", i)), i);
    CHECK_INT(ask_int(store, arena, "select 0"), 0);
}

PLACE_TEST(store_reads_again_when_the_server_ended_its_connections)
{
    Store *store;
    CLEANUP(pg_close) Pg *admin = NULL;
    PgTarget target;
    Error err;

    if (place->engine == STORE_SQLITE)
        return;
    store = place_open(place);
    CHECK_OK(store_ping(store, &err), &err);
    CHECK_OK(pg_target_from_url(arena, postgres_url(), &target, &err), &err);
    CHECK_OK(pg_open(&target, NULL, &admin, &err), &err);
    CHECK_OK(pg_query(admin, NULL,
                      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1",
                      VALUES(VALUE_OF_TEXT(place->name)), NULL, &err),
             &err);
    CHECK_OK(store_ping(store, &err), &err);
    store_close(&store);
}

TEST(store_file_is_for_its_owner_only_and_must_be_a_database)
{
    Place place = place_make(STORE_SQLITE);
    Store *store = place_open(&place);
    StoreOptions options = { .location = place.location };
    struct stat stat_of;
    Error err;

    CHECK_INT(stat(place.location, &stat_of), 0);
    CHECK_INT(stat_of.st_mode & 0777, 0600);
    CHECK_STR(store_label(store), place.location);
    store_close(&store);
    CHECK_OK(file_write(place.location, STR("this is no database, it is only some text in a file"),
                        0600, &err),
             &err);
    CHECK_ERROR(store_open(&options, &store, &err), &err, ERR_CONFIG);
    options.location = "/proc/no/such/folder/vigie.db";
    CHECK(!store_open(&options, &store, &err));
    CHECK(store == NULL);
    place_remove(&place);
}

TEST(store_label_of_a_server_shows_no_password)
{
    Place place = place_make(STORE_POSTGRES);
    CLEANUP(arena_free) Arena *arena = arena_new();
    Store *store = place_open(&place);
    StoreOptions options = { .location = "postgres://u:hunter2@127.0.0.1:1/d" };
    PgTarget target;
    Error err;

    CHECK_OK(pg_target_from_url(arena, place.location, &target, &err), &err);
    CHECK(strstr(store_label(store), target.password) == NULL);
    CHECK(strstr(store_label(store), place.name) != NULL);
    store_close(&store);
    CHECK(!store_open(&options, &store, &err));
    CHECK(strstr(err.message, "hunter2") == NULL);
    place_remove(&place);
}

STORE_TEST(store_settings_move_their_version)
{
    const char *value = "x";
    SettingList list;
    int64_t before = 0;
    int64_t after = 0;
    Error err;

    CHECK_OK(setting_get(store, arena, "site-name", &value, &err), &err);
    CHECK(value == NULL);
    CHECK_OK(setting_version(store, arena, &before, &err), &err);
    CHECK_OK(setting_put(store, arena, "site-name", "Chiffres", false, &err), &err);
    CHECK_OK(setting_put(store, arena, "site-name", "Chiffres clés", false, &err), &err);
    CHECK_OK(setting_version(store, arena, &after, &err), &err);
    CHECK_INT(after - before, 2);
    CHECK_OK(setting_put(store, arena, "a", "1", true, &err), &err);
    CHECK_OK(setting_list(store, arena, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_STR(list.items[1].value, "Chiffres clés");
    CHECK_OK(setting_put(store, arena, "site-name", NULL, false, &err), &err);
    CHECK_OK(setting_get(store, arena, "site-name", &value, &err), &err);
    CHECK(value == NULL);
}
