/* Visits: what counts, what two servers add up to, what is kept for how long. */
#include "api/visits.h"

#include "store/share.h"
#include "store/visit.h"
#include "store_setup.h"

static void
look(Visits *visits, VisitOf of, HttpMethod method, const char *header, const char *value)
{
    const TextPair headers[] = { { header, value } };
    const HttpRequest http = { .method = method, .headers = headers, .header_count = 1 };

    visits_count(visits, of, &http);
}

static Visits *
open_visits(Store *store, Settings *settings)
{
    Visits *visits = visits_new();

    visits_ready(visits, store, settings);
    return visits;
}

static int64_t
counted(Store *store, Arena *arena, const char *model, int64_t id)
{
    VisitList list;
    Error err;

    CHECK_OK(visit_list(store, arena, model, id, visit_day(arena, "", 29), &list, &err), &err);
    return visit_sum(&list, model, id);
}

STORE_TEST(visits_of_two_servers_add_up_and_machines_do_not_count)
{
    const VisitOf dashboard = { 7, true }, card = { 7, false }, nothing = { 0 };
    Settings *settings = NULL;
    Visits *one, *other;
    Error err;

    CHECK_OK(settings_open(store, NULL, &settings, &err), &err);
    one = open_visits(store, settings);
    other = open_visits(store, settings);
    for (int i = 0; i < 3; i++)
        look(one, dashboard, GET, "User-Agent", "Mozilla/5.0 (X11; Linux x86_64)");
    look(other, dashboard, GET, "Accept", "text/html");
    look(other, card, GET, "Accept", "text/html");
    look(one, dashboard, HEAD, "Accept", "text/html");
    look(one, dashboard, GET, "Sec-Purpose", "prefetch;prerender");
    look(one, dashboard, GET, "Purpose", "prefetch");
    look(one, dashboard, GET, "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)");
    visits_count(one, dashboard,
                 &(HttpRequest){ .method = GET,
                                 .headers = (TextPair[]){ { "Sec-Fetch-Site", "same-origin" },
                                                          { "Sec-Fetch-Dest", "iframe" } },
                                 .header_count = 2 });
    look(one, nothing, GET, "Accept", "text/html");
    visits_write(one);
    CHECK_INT(counted(store, arena, "dashboard", 7), 3);
    /* The other one writes when it ends. */
    visits_free(&other);
    CHECK_INT(counted(store, arena, "dashboard", 7), 4);
    CHECK_INT(counted(store, arena, "card", 7), 1);
    visits_free(&one);
    CHECK_INT(counted(store, arena, "dashboard", 7), 4);
    settings_close(&settings);
}

static void
look_in_frame(Visits *visits, const char *referer)
{
    const TextPair headers[] = { { "Sec-Fetch-Dest", "iframe" }, { "Referer", referer } };

    visits_count(visits, (VisitOf){ 9, true },
                 &(HttpRequest){ .method = GET, .headers = headers, .header_count = 2 });
}

static const char *
framed_by(Store *store, Arena *arena)
{
    Buf text = buf_new(arena, 10000);
    Share share;
    Error err;

    CHECK_OK(share_find(store, arena, "dashboard", 9, &share, &err), &err);
    for (const Json *item = share.framed_by == NULL ? NULL : share.framed_by->first; item != NULL;
         item = item->next)
        buf_format(&text, "%s=%lld ", json_text_or(json_get(item, "origin"), ""),
                   (long long) json_int_or(json_get(item, "visits"), 0));
    return buf_cstr(&text);
}

STORE_TEST(visits_in_frames_are_counted_by_site)
{
    const char *text = "[\"https://old.example\", {\"origin\": \"https://gone.example\", "
                       "\"visits\": 8, \"last_day\": \"2001-01-01\"}]";
    Share share = { .model = "dashboard", .model_id = 9, .last_seen_at = "2026-01-01T00:00:00Z" };
    Settings *settings = NULL;
    Json *kept = NULL;
    Visits *one, *other;
    Error err;

    CHECK_OK(json_parse(arena, str_of(text), NULL, &kept, &err), &err);
    share.framed_by = kept;
    CHECK_OK(share_seen(store, arena, &share, &err), &err);
    CHECK_OK(settings_open(store, NULL, &settings, &err), &err);
    one = open_visits(store, settings);
    other = open_visits(store, settings);
    look_in_frame(one, "https://a.example/page?x=1");
    look_in_frame(one, "https://a.example");
    look_in_frame(one, "https://a\"b.example/");
    look_in_frame(one, "about:blank");
    look_in_frame(other, "https://A.example/");
    visits_write(one);
    CHECK_STR(framed_by(store, arena), "https://a.example=2 https://old.example=0 ");
    visits_write(other);
    CHECK_STR(framed_by(store, arena), "https://a.example=3 https://old.example=0 ");
    CHECK_INT(counted(store, arena, "dashboard", 9), 5);
    /* Whoever claims to be many sites does not fill the store. */
    for (int i = 0; i < 100; i++)
        look_in_frame(one, arena_format(arena, "https://%d.example/", i));
    visits_write(one);
    CHECK_OK(share_find(store, arena, "dashboard", 9, &share, &err), &err);
    CHECK_INT(share.framed_by->count, 20);
    visits_free(&one);
    visits_free(&other);
    settings_close(&settings);
}

STORE_TEST(visits_are_kept_for_so_many_days)
{
    VisitList list;
    Error err;

    for (int ago = 0; ago < 5; ago++)
        CHECK_OK(visit_add(store, arena,
                           &(Visit){ "card", 3, visit_day(arena, "Europe/Paris", ago), 2 }, &err),
                 &err);
    CHECK_OK(visit_purge(store, arena, visit_day(arena, "Europe/Paris", 2), &err), &err);
    CHECK_OK(visit_list(store, arena, NULL, 0, "", &list, &err), &err);
    CHECK_INT(list.count, 3);
    CHECK_STR(list.items[0].day, visit_day(arena, "Europe/Paris", 2));
    CHECK_OK(visit_purge(store, arena, visit_day(arena, "Europe/Paris", -1), &err), &err);
    CHECK_OK(visit_list(store, arena, "card", 3, "", &list, &err), &err);
    CHECK_INT(list.count, 0);
}

TEST(visits_that_nobody_can_write_are_not_in_the_way)
{
    Visits *visits = visits_new();

    look(visits, (VisitOf){ 1, true }, GET, "Accept", "text/html");
    visits_write(visits);
    visits_free(&visits);
    CHECK(visits == NULL);
}
