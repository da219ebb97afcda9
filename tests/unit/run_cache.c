#include "run/cache.h"

#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static Pack *
pack_of(int64_t number, size_t text_bytes)
{
    static char text[100000];
    const Column column = { .name = "x", .base_type = BASE_INTEGER, .database_type = "" };
    const Columns columns = { (const Column[]){ column, column }, 2 };
    Packer packer = packer_new(1 << 20, 0);
    const Value cells[] = { VALUE_OF_INT(number), value_of_str((Str){ text, text_bytes }) };
    Error err;

    memset(text, 'x', sizeof(text));
    CHECK(packer.sink.begin(&packer.sink, &columns, &err));
    CHECK(packer.sink.row(&packer.sink, cells, &err));
    CHECK(packer.sink.end(&packer.sink, &err));
    return packer.pack;
}

static CacheKey
key_of(uint8_t number)
{
    CacheKey key = { { number } };

    return key;
}

static bool
always(void *arg, const CacheHit *hit)
{
    (void) arg;
    return hit->pack != NULL;
}

static void
store(Cache *cache, uint8_t number, size_t text_bytes)
{
    CacheKey key = key_of(number);
    CacheTurn *turn = NULL;
    Pack *pack = pack_of(number, text_bytes);
    CacheHit hit;
    Error err;

    CHECK(cache_take(cache, &key, NULL, NULL, NULL, &hit, &turn, &err));
    CHECK(turn != NULL);
    cache_done(cache, &turn, pack, 5, NULL);
    pack_free(&pack);
}

TEST(run_cache_gives_back_what_is_fresh_enough)
{
    Cache *cache = cache_new(1 << 20);
    CacheKey key = key_of(1);
    CacheTurn *turn = NULL;
    CacheHit hit;
    Error err;

    store(cache, 1, 10);
    CHECK(cache_take(cache, &key, always, NULL, NULL, &hit, &turn, &err));
    CHECK(turn == NULL && hit.pack != NULL);
    CHECK_INT(pack_rows(hit.pack), 1);
    CHECK_INT(hit.took_us, 5);
    pack_free(&hit.pack);
    CHECK(cache_take(cache, &key, NULL, NULL, NULL, &hit, &turn, &err));
    CHECK(turn != NULL && hit.pack == NULL);
    cache_done(cache, &turn, NULL, 0, &(Error){ .code = ERR_CANCELLED });
    hit = cache_find_old(cache, &key);
    CHECK(hit.pack != NULL);
    pack_free(&hit.pack);
    cache_clear(cache);
    CHECK(cache_find_old(cache, &key).pack == NULL);
    cache_free(&cache);
}

TEST(run_cache_lets_the_longest_unused_go)
{
    Cache *cache = cache_new(400000);
    CacheHit hit;
    CacheKey first = key_of(1), second = key_of(2);

    store(cache, 1, 20000);
    store(cache, 2, 20000);
    hit = cache_find_old(cache, &first);
    pack_free(&hit.pack);
    for (uint8_t i = 3; i < 30; i++)
    {
        store(cache, i, 20000);
        hit = cache_find_old(cache, &first);
        pack_free(&hit.pack);
    }
    CHECK(cache_stats(cache).bytes <= 400000);
    hit = cache_find_old(cache, &first);
    CHECK(hit.pack != NULL);
    pack_free(&hit.pack);
    CHECK(cache_find_old(cache, &second).pack == NULL);
    cache_free(&cache);
}

typedef struct Crowd
{
    Cache *cache;
    atomic_int runs;
    atomic_int answers;
    bool fails;
} Crowd;

static void *
ask(void *arg)
{
    Crowd *crowd = arg;
    CacheKey key = key_of(9);
    CacheTurn *turn = NULL;
    CacheHit hit;
    Error err;

    if (!cache_take(crowd->cache, &key, NULL, NULL, NULL, &hit, &turn, &err))
    {
        crowd->answers += err.code == ERR_UPSTREAM;
        return NULL;
    }
    if (turn != NULL)
    {
        crowd->runs++;
        (void) usleep(100000);
        hit.pack = crowd->fails ? NULL : pack_of(9, 10);
        cache_done(crowd->cache, &turn, hit.pack, 1, &(Error){ .code = ERR_UPSTREAM });
    }
    crowd->answers++;
    pack_free(&hit.pack);
    return NULL;
}

static void
gather(bool fails)
{
    Crowd crowd = { .cache = cache_new(1 << 20), .fails = fails };
    pthread_t threads[8];

    for (size_t i = 0; i < COUNT_OF(threads); i++)
        CHECK(pthread_create(&threads[i], NULL, ask, &crowd) == 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        (void) pthread_join(threads[i], NULL);
    CHECK_INT(crowd.answers, 8);
    CHECK(crowd.runs >= 1 && crowd.runs < 8);
    cache_free(&crowd.cache);
}

TEST(run_cache_runs_a_question_once_for_a_crowd)
{
    gather(false);
    gather(true);
}

TEST(run_packs_are_cut_and_refused_by_their_limits)
{
    const Column column = { .name = "x", .base_type = BASE_TEXT, .database_type = "text" };
    const Columns columns = { &column, 1 };
    const Value cell = VALUE_OF_TEXT("some text");
    Packer rows = packer_new(1000, 2), bytes = packer_new(30, 0);
    Error err;

    CHECK(rows.sink.begin(&rows.sink, &columns, &err));
    CHECK(rows.sink.row(&rows.sink, &cell, &err) && rows.sink.row(&rows.sink, &cell, &err));
    CHECK(!rows.sink.row(&rows.sink, &cell, &err));
    CHECK(pack_was_cut(rows.pack));
    CHECK_INT(pack_rows(rows.pack), 2);
    CHECK(bytes.sink.begin(&bytes.sink, &columns, &err));
    CHECK(bytes.sink.row(&bytes.sink, &cell, &err));
    CHECK(!bytes.sink.row(&bytes.sink, &cell, &err));
    CHECK_INT(err.code, ERR_TOO_LARGE);
    CHECK(!pack_was_cut(bytes.pack));
    pack_free(&rows.pack);
    pack_free(&bytes.pack);
}
