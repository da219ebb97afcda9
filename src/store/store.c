/*
 * The pool of connections to the app database, transactions and named statements. What an engine
 * does itself is in store_sqlite.c and store_postgres.c; what statements say is in the .sql files.
 */
#include "store/store.h"

#include "base/heap.h"
#include "base/log.h"
#include "store/store_private.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum
{
    MAX_CONNECTIONS = 8,
    DEFAULT_CONNECTIONS = 4,
    WAIT_SECONDS = 10 /* for a free connection */
};

typedef struct Slot
{
    StoreConn *conn; /* NULL until somebody needs it */
    bool taken;
} Slot;

/* What all handles of a store share. Slot 0 is the writer of SQLite. */
typedef struct Pool
{
    _Atomic uint64_t statements; /* run so far */
    const Engine *engine;
    char *location;
    char *label;
    int retry_seconds;
    bool is_up; /* the first connection was made: from now on somebody waits for each answer */
    pthread_mutex_t lock;
    pthread_cond_t freed;
    Slot slots[MAX_CONNECTIONS];
    size_t slot_count;
    SealKey key;
    bool has_key;
} Pool;

/* What is told when the transaction is committed. */
typedef struct Later
{
    struct Later *next;
    StoreAfter *then;
    char *text;
} Later;

struct Store
{
    Pool *pool;
    size_t slot;
    StoreConn *conn; /* of a transaction or a held connection; NULL for the whole */
    Store *outer;    /* a joined transaction */
    bool failed;     /* a statement of this transaction failed: it cannot be committed */
    Later *later;    /* of the outermost, in the order in which it happened */
    Later *latest;
};

/* ------------------------------------------------------------------------------- connections */

/* While the server runs: where the database is and as whom is for the log, not for whoever asks. */
static bool
hide_away(const Error *cause, Error *err)
{
    log_debug("store.away", LOG_TEXT("message", cause->message));
    (void) error_set(err, ERR_UNAVAILABLE, "the app database does not answer");
    err->retry_seconds = 1;
    return error_hint(err, "Try again in a moment.");
}

static bool
pool_connect(Pool *pool, size_t slot, Error *err)
{
    Slot *it = &pool->slots[slot];
    Error cause;

    if (it->conn != NULL && pool->engine->is_lost(it->conn))
        pool->engine->close(&it->conn);
    if (it->conn != NULL)
        return true;
    if (!pool->is_up)
        return pool->engine->open(pool->location, slot == 0, pool->retry_seconds, &it->conn, err);
    return pool->engine->open(pool->location, slot == 0, 0, &it->conn, &cause) ||
           hide_away(&cause, err);
}

static void
pool_give(Pool *pool, size_t slot)
{
    (void) pthread_mutex_lock(&pool->lock);
    pool->slots[slot].taken = false;
    (void) pthread_cond_broadcast(&pool->freed);
    (void) pthread_mutex_unlock(&pool->lock);
}

/* A free slot: on SQLite, the first for writing and the others for reading. One that is connected
 * already is preferred. -1 when there is none. */
static int
free_slot(const Pool *pool, bool writing)
{
    bool sqlite = pool->engine->kind == STORE_SQLITE;
    size_t first = sqlite && !writing ? 1 : 0;
    size_t end = sqlite && writing ? 1 : pool->slot_count;
    int found = -1;

    for (size_t i = first; i < end; i++)
    {
        if (pool->slots[i].taken)
            continue;
        if (pool->slots[i].conn != NULL)
            return (int) i;
        if (found < 0)
            found = (int) i;
    }
    return found;
}

static bool
pool_take(Pool *pool, bool writing, size_t *slot, Error *err)
{
    struct timespec until;
    int found;
    int waited = 0;

    (void) clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    (void) pthread_mutex_lock(&pool->lock);
    for (found = free_slot(pool, writing); found < 0 && waited != ETIMEDOUT;
         found = free_slot(pool, writing))
        waited = pthread_cond_timedwait(&pool->freed, &pool->lock, &until);
    if (found >= 0)
        pool->slots[found].taken = true;
    (void) pthread_mutex_unlock(&pool->lock);
    if (found < 0)
    {
        (void) error_set(err, ERR_UNAVAILABLE, "the app database is busy");
        err->retry_seconds = 1;
        return error_hint(err, "Try again in a moment.");
    }
    if (!pool_connect(pool, (size_t) found, err))
    {
        pool_give(pool, (size_t) found);
        return false;
    }
    *slot = (size_t) found;
    return true;
}

/* ---------------------------------------------------------------------------------- open, close */

bool
store_open(const StoreOptions *options, Store **store, Error *err)
{
    unsigned connections = options->connections == 0 ? DEFAULT_CONNECTIONS : options->connections;
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *label = options->location;
    CLEANUP(store_close) Store *made = NULL;
    PgTarget target;
    size_t slot;

    if (pg_is_url(options->location))
    {
        if (!pg_target_from_url(arena, options->location, &target, err))
            return false;
        label = pg_target_label(arena, &target);
    }
    made = heap_new(1, sizeof(*made));
    made->pool = heap_new(1, sizeof(*made->pool));
    made->pool->engine = pg_is_url(options->location) ? &engine_postgres : &engine_sqlite;
    made->pool->location = heap_text(options->location);
    made->pool->label = heap_text(label);
    made->pool->retry_seconds = options->retry_seconds;
    made->pool->slot_count = connections < 2                 ? 2
                             : connections > MAX_CONNECTIONS ? MAX_CONNECTIONS
                                                             : connections;
    (void) pthread_mutex_init(&made->pool->lock, NULL);
    (void) pthread_cond_init(&made->pool->freed, NULL);
    if (!pool_take(made->pool, true, &slot, err))
        return error_prefix(err, "app database");
    pool_give(made->pool, slot);
    made->pool->is_up = true;
    *store = made;
    made = NULL;
    return true;
}

void
store_close(Store **store)
{
    Pool *pool;

    if (*store == NULL)
        return;
    pool = (*store)->pool;
    for (size_t i = 0; i < pool->slot_count; i++)
        pool->engine->close(&pool->slots[i].conn);
    (void) pthread_cond_destroy(&pool->freed);
    (void) pthread_mutex_destroy(&pool->lock);
    heap_free(pool->location);
    heap_free(pool->label);
    explicit_bzero(&pool->key, sizeof(pool->key));
    heap_free(pool);
    heap_free(*store);
    *store = NULL;
}

StoreEngine
store_engine(const Store *store)
{
    return store->pool->engine->kind;
}

const char *
store_label(const Store *store)
{
    return store->pool->label;
}

const char *
store_location(const Store *store)
{
    return store->pool->location;
}

const SealKey *
store_key(const Store *store)
{
    return store->pool->has_key ? &store->pool->key : NULL;
}

void
store_set_key(Store *store, const SealKey *key)
{
    store->pool->has_key = key != NULL;
    if (key != NULL)
        store->pool->key = *key;
}

/* ----------------------------------------------------------------------------------- statements */

static bool
is_select(const char *sql)
{
    return strncmp(sql, "select", 6) == 0;
}

static bool
query_in_transaction(Store *tx, Arena *arena, const char *sql, const Value *values, size_t count,
                     Rows *rows, Error *err)
{
    if (tx->failed)
        return error_set(err, ERR_INTERNAL, "the transaction has failed already");
    if (tx->pool->engine->query(tx->conn, arena, sql, values, count, rows, err))
        return true;
    for (Store *it = tx; it != NULL; it = it->outer)
        it->failed = true;
    return false;
}

uint64_t
store_statements(const Store *store)
{
    return store->pool->statements;
}

bool
store_query(Store *store, Arena *arena, const char *sql, const Value *values, size_t count,
            Rows *rows, Error *err)
{
    Pool *pool = store->pool;
    Rows unwanted;
    size_t slot;
    Error cause;
    bool done;

    if (rows == NULL)
        rows = &unwanted;
    pool->statements++;
    if (store->conn != NULL)
        return query_in_transaction(store, arena, sql, values, count, rows, err);
    if (!pool_take(pool, !is_select(sql), &slot, err))
        return false;
    done = pool->engine->query(pool->slots[slot].conn, arena, sql, values, count, rows, &cause);
    /* A server that was started anew: what only reads can be asked again. */
    if (!done && is_select(sql) && pool->engine->is_lost(pool->slots[slot].conn))
        done = pool_connect(pool, slot, &cause) &&
               pool->engine->query(pool->slots[slot].conn, arena, sql, values, count, rows, &cause);
    pool_give(pool, slot);
    if (!done)
        *err = cause;
    return done;
}

bool
store_expect(Store *store, Arena *arena, const char *sql, const Value *values, size_t count,
             const char *what, int64_t id, Rows *rows, Error *err)
{
    Rows found;

    if (!store_query(store, arena, sql, values, count, &found, err))
        return false;
    if (found.count == 0)
        return error_set(err, ERR_NOT_FOUND, "there is no %s %lld", what, (long long) id);
    if (rows != NULL)
        *rows = found;
    return true;
}

Value
value_of_now(Arena *arena)
{
    return VALUE_OF_TEXT(time_text(arena, time_now()));
}

char *
like_pattern(Arena *arena, const char *text, bool anywhere)
{
    Buf pattern = buf_new(arena, 2 * strlen(text) + 3);

    if (anywhere)
        buf_char(&pattern, '%');
    for (const char *c = text; *c != '\0'; c++)
    {
        if (*c == '!' || *c == '%' || *c == '_')
            buf_char(&pattern, '!');
        buf_char(&pattern, *c);
    }
    buf_char(&pattern, '%');
    return pattern.ptr;
}

char *
ascii_lower(Arena *arena, const char *text)
{
    char *lower = arena_text(arena, text);

    for (char *c = lower; c != NULL && *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char) (*c | 0x20);
    return lower;
}

char *
search_words(Arena *arena, const char *name, const char *description)
{
    const char *both = arena_format(arena, "%s %s", name == NULL ? "" : name,
                                    description == NULL ? "" : description);

    return str_fold(arena, str_of(both));
}

IntList
int_column(Arena *arena, const Rows *rows, size_t column)
{
    IntList list = { .items = ARENA_ARRAY(arena, rows->count, int64_t), .count = rows->count };

    for (size_t i = 0; i < rows->count; i++)
        list.items[i] = value_to_int(&rows->row[i][column], 0);
    return list;
}

bool
store_ping(Store *store, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    return store_query(store, arena, "select 1", NULL, 0, NULL, err);
}

/* --------------------------------------------------------------------------------- transactions */

bool
store_hold(Store *store, Store **held, Error *err)
{
    size_t slot;

    if (store->conn != NULL)
        return error_set(err, ERR_INTERNAL, "a transaction is open already");
    if (!pool_take(store->pool, true, &slot, err))
        return false;
    *held = heap_new(1, sizeof(**held));
    (*held)->pool = store->pool;
    (*held)->slot = slot;
    (*held)->conn = store->pool->slots[slot].conn;
    return true;
}

static void
forget_later(Later *it)
{
    while (it != NULL)
    {
        Later *next = it->next;

        heap_free(it->text);
        heap_free(it);
        it = next;
    }
}

void
store_release(Store **held)
{
    if (*held == NULL)
        return;
    forget_later((*held)->later);
    pool_give((*held)->pool, (*held)->slot);
    heap_free(*held);
    *held = NULL;
}

StoreConn *
store_conn(Store *held)
{
    return held->conn;
}

bool
store_script(Store *held, const char *sql, Error *err)
{
    return held->pool->engine->script(held->conn, sql, err);
}

bool
store_begin(Store *store, Store **tx, Error *err)
{
    Store *made;

    if (!store_hold(store, &made, err))
        return false;
    if (!store_script(made, store->pool->engine->begin, err))
    {
        store_release(&made);
        return false;
    }
    *tx = made;
    return true;
}

bool
store_join(Store *store, Store **tx, Error *err)
{
    Store *made;

    if (store->conn == NULL)
        return store_begin(store, tx, err);
    made = heap_new(1, sizeof(*made));
    *made = *store;
    made->outer = store;
    *tx = made;
    return true;
}

void
store_after_commit(Store *store, StoreAfter *then, const char *text)
{
    Later *made;

    if (store->conn == NULL)
    {
        then(text);
        return;
    }
    while (store->outer != NULL)
        store = store->outer;
    made = heap_new(1, sizeof(*made));
    *made = (Later){ .then = then, .text = heap_text(text) };
    if (store->latest == NULL)
        store->later = made;
    else
        store->latest->next = made;
    store->latest = made;
}

bool
store_commit(Store **tx, Error *err)
{
    Store *it = *tx;

    if (it->failed)
        return error_set(err, ERR_INTERNAL, "the transaction has failed already");
    if (it->outer != NULL)
    {
        heap_free(it);
        *tx = NULL;
        return true;
    }
    if (!store_script(it, "commit", err))
        return false;
    for (const Later *later = it->later; later != NULL; later = later->next)
        later->then(later->text);
    store_release(tx);
    return true;
}

void
store_rollback(Store **tx)
{
    Error ignored;

    if (*tx == NULL)
        return;
    if ((*tx)->outer != NULL)
    {
        (*tx)->outer->failed = true;
        heap_free(*tx);
        *tx = NULL;
        return;
    }
    /* A connection that cannot roll back is of no use: the server does it when it is closed. */
    if (!store_script(*tx, "rollback", &ignored))
        (*tx)->pool->engine->close(&(*tx)->pool->slots[(*tx)->slot].conn);
    store_release(tx);
}
