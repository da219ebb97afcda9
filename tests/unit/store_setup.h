/*
 * Stores for tests. STORE_TEST(name) { ... } makes two tests, one on a SQLite file of its own and
 * one on a database of its own in the server that VIGIE_TEST_POSTGRES names; the second is skipped
 * when that is not set. Its body finds `store`, migrated, and `arena`.
 */
#ifndef TESTS_UNIT_STORE_SETUP_H
#define TESTS_UNIT_STORE_SETUP_H

#include "store/store.h"
#include "test.h"

/* An empty place for a store: path or URL. */
typedef struct Place
{
    StoreEngine engine;
    char location[512];
    char folder[64]; /* SQLite */
    char name[64];   /* Postgres */
} Place;

/* Skips the test when there is no such server. */
Place place_make(StoreEngine engine);
void place_remove(const Place *place);
/* Opened, not migrated; ends the test when that fails. */
Store *place_open(const Place *place);
/* URL of the Postgres server; skips the test when there is none. */
const char *postgres_url(void);

/* A test that needs the server, and is skipped before it begins when there is none. */
#define SERVER_TEST(name)                                                                          \
    static void name##_body(void);                                                                 \
    TEST(name)                                                                                     \
    {                                                                                              \
        (void) postgres_url();                                                                     \
        name##_body();                                                                             \
    }                                                                                              \
    static void name##_body(void)

typedef void StoreTestBody(Store *store, Arena *arena);
void store_test_run(StoreEngine engine, StoreTestBody *body);

#define STORE_TEST(name)                                                                           \
    static void name(Store *store, Arena *arena);                                                  \
    TEST(name##_on_sqlite)                                                                         \
    {                                                                                              \
        store_test_run(STORE_SQLITE, name);                                                        \
    }                                                                                              \
    TEST(name##_on_postgres)                                                                       \
    {                                                                                              \
        store_test_run(STORE_POSTGRES, name);                                                      \
    }                                                                                              \
    static void name(__attribute__((unused)) Store *store, __attribute__((unused)) Arena *arena)

/* The same with an empty place instead of a migrated store. */
#define PLACE_TEST(name)                                                                           \
    static void name(const Place *place, Arena *arena);                                            \
    TEST(name##_on_sqlite)                                                                         \
    {                                                                                              \
        place_test_run(STORE_SQLITE, name);                                                        \
    }                                                                                              \
    TEST(name##_on_postgres)                                                                       \
    {                                                                                              \
        place_test_run(STORE_POSTGRES, name);                                                      \
    }                                                                                              \
    static void name(__attribute__((unused)) const Place *place,                                   \
                     __attribute__((unused)) Arena *arena)

typedef void PlaceTestBody(const Place *place, Arena *arena);
void place_test_run(StoreEngine engine, PlaceTestBody *body);

/* The first cell of an answer, as text. */
const char *ask_text(Store *store, Arena *arena, const char *sql);
int64_t ask_int(Store *store, Arena *arena, const char *sql);

#endif
