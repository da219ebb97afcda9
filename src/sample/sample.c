/*
 * The generator of the sample database. One seed, our own small random numbers, fixed dates: the
 * same file on every machine. Distributions are shaped so that charts have something to show:
 * growth over the years, a season in December, prices that follow categories.
 */
#include "sample/sample.h"

#include "base/arena.h"
#include "base/heap.h"
#include "base/str.h"
#include "base/time.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum
{
    PEOPLE = 2500,
    PRODUCTS = 200,
    ORDERS = 18760,
    REVIEWS = 1112,
    ACCOUNTS = 2000,
    EVENTS = 20000,
    FEEDBACKS = 600,
    INVOICES = 12000,
    FIRST_DAY = 19478, /* 2023-05-01 */
    LAST_DAY = 20757   /* 2026-10-31 */
};

#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__ };
#include "sample/words.def"
#undef LIST

typedef struct Place
{
    const char *city, *state, *zip;
    double latitude, longitude;
    const char *country;
} Place;

static const Place places[] = {
#define PLACE(city, state, zip, latitude, longitude, country)                                      \
    { city, state, zip, latitude, longitude, country },
#include "sample/places.def"
#undef PLACE
};

extern const char sql_sample_schema[], sql_sample_indexes[], sql_sample_people[],
    sql_sample_product[], sql_sample_order[], sql_sample_review[], sql_sample_account[],
    sql_sample_event[], sql_sample_feedback[], sql_sample_invoice[];

typedef struct Product
{
    double price;
    int day;
} Product;

typedef struct Account
{
    const char *email;
    const char *plan;
    int day;
    int last_day;
} Account;

typedef struct Maker
{
    sqlite3 *db;
    Arena *arena;
    uint64_t random;
    int person_day[PEOPLE + 1];
    Product products[PRODUCTS + 1];
    Account accounts[ACCOUNTS + 1];
    sqlite3_stmt *row;
    int column;
    bool failed;
} Maker;

/* ------------------------------------------------------------------------------ random numbers */

/* splitmix64 */
static uint64_t
next(Maker *m)
{
    uint64_t z = m->random += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static double
fraction(Maker *m)
{
    return (double) (next(m) >> 11) / 9007199254740992.0;
}

static int
between(Maker *m, int low, int high)
{
    return low + (int) (next(m) % (uint64_t) (high - low + 1));
}

static bool
chance(Maker *m, double probability)
{
    return fraction(m) < probability;
}

#define PICK(m, list) (list[next(m) % COUNT_OF(list)])

static double
cents(double value)
{
    return round(value * 100) / 100;
}

/* A day from `from` on, more often late than early, and twice as often in December. */
static int
growing_day(Maker *m, int from)
{
    for (;;)
    {
        int day = from + (int) (sqrt(fraction(m)) * (LAST_DAY - from));
        int year, month, unused;

        civil_from_days(day, &year, &month, &unused);
        if (month == 12 || chance(m, 0.55))
            return day;
    }
}

/* ----------------------------------------------------------------------------------------- rows */

static void
begin_row(Maker *m, const char *sql)
{
    if (m->row == NULL && sqlite3_prepare_v2(m->db, sql, -1, &m->row, NULL) != SQLITE_OK)
        m->failed = true;
    m->column = 1;
}

static void
put_int(Maker *m, int value)
{
    m->failed |= sqlite3_bind_int(m->row, m->column++, value) != SQLITE_OK;
}

static void
put_double(Maker *m, double value)
{
    m->failed |= sqlite3_bind_double(m->row, m->column++, value) != SQLITE_OK;
}

static void
put_null(Maker *m)
{
    m->failed |= sqlite3_bind_null(m->row, m->column++) != SQLITE_OK;
}

static void
put_text(Maker *m, const char *text)
{
    m->failed |= sqlite3_bind_text(m->row, m->column++, text, -1, SQLITE_STATIC) != SQLITE_OK;
}

static void
put_date(Maker *m, int day)
{
    int year, month, of_month;

    civil_from_days(day, &year, &month, &of_month);
    put_text(m, arena_format(m->arena, "%04d-%02d-%02d", year, month, of_month));
}

/* At some second of the day, most often in the daytime. */
static void
put_moment(Maker *m, int day)
{
    int year, month, of_month;
    int hour = chance(m, 0.8) ? between(m, 8, 20) : between(m, 0, 23);

    civil_from_days(day, &year, &month, &of_month);
    put_text(m, arena_format(m->arena, "%04d-%02d-%02d %02d:%02d:%02d", year, month, of_month, hour,
                             between(m, 0, 59), between(m, 0, 59)));
}

static void
end_row(Maker *m)
{
    m->failed |= m->failed || sqlite3_step(m->row) != SQLITE_DONE;
    m->failed |= sqlite3_reset(m->row) != SQLITE_OK;
}

static void
end_table(Maker *m)
{
    (void) sqlite3_finalize(m->row);
    m->row = NULL;
}

/* "Éloïse Lefèvre" at example.org: eloise.lefevre12@example.org */
static const char *
email_of(Maker *m, const char *first, const char *last, int number)
{
    char *email = arena_format(m->arena, "%s.%s%d@example.org", str_fold(m->arena, str_of(first)),
                               str_fold(m->arena, str_of(last)), number);

    for (char *c = email; *c != '\0'; c++)
        if (*c == ' ')
            *c = '-';
    return email;
}

static void
make_people(Maker *m)
{
    for (int id = 1; id <= PEOPLE; id++)
    {
        const Place *place = &PICK(m, places);
        const char *first = PICK(m, first_names), *last = PICK(m, last_names);

        m->person_day[id] = growing_day(m, FIRST_DAY);
        begin_row(m, sql_sample_people);
        put_int(m, id);
        put_text(m, arena_format(m->arena, "%d %s", between(m, 1, 180), PICK(m, streets)));
        put_text(m, email_of(m, first, last, id));
        put_text(m, arena_format(m->arena, "%016llx", (unsigned long long) next(m)));
        put_text(m, arena_format(m->arena, "%s %s", first, last));
        put_text(m, place->city);
        put_double(m, place->longitude + (fraction(m) - 0.5) / 10);
        put_text(m, place->state);
        put_text(m, PICK(m, sources));
        put_date(m, between(m, -4000, 13000));
        put_text(m, place->zip);
        put_double(m, place->latitude + (fraction(m) - 0.5) / 10);
        put_moment(m, m->person_day[id]);
        end_row(m);
    }
    end_table(m);
}

static void
make_products(Maker *m)
{
    static const double base_price[] = { 30, 55, 42, 62 };

    for (int id = 1; id <= PRODUCTS; id++)
    {
        size_t category = next(m) % COUNT_OF(categories);
        Product *product = &m->products[id];

        product->price = cents(base_price[category] * (0.4 + fraction(m) * 1.2));
        product->day = between(m, FIRST_DAY - 300, FIRST_DAY + 600);
        begin_row(m, sql_sample_product);
        put_int(m, id);
        put_text(m, arena_format(m->arena, "%013llu",
                                 (unsigned long long) (next(m) % 10000000000000ULL)));
        put_text(m, arena_format(m->arena, "%s %s %s", PICK(m, adjectives), PICK(m, materials),
                                 PICK(m, things)));
        put_text(m, categories[category]);
        put_text(m, arena_format(m->arena, "%s %s", PICK(m, last_names), PICK(m, vendor_ends)));
        put_double(m, product->price);
        put_double(m, chance(m, 0.1) ? 0 : round(25 + fraction(m) * 25) / 10);
        put_moment(m, product->day);
        end_row(m);
    }
    end_table(m);
}

static void
make_orders(Maker *m)
{
    for (int id = 1; id <= ORDERS; id++)
    {
        int user = between(m, 1, PEOPLE), number = between(m, 1, PRODUCTS);
        const Product *product = &m->products[number];
        int from = m->person_day[user] > product->day ? m->person_day[user] : product->day;
        double subtotal = cents(product->price * (0.95 + fraction(m) * 0.1));
        double tax = cents(subtotal * (chance(m, 0.85) ? 0.2 : 0.055));
        bool discounted = chance(m, 0.1);
        double discount = discounted ? cents(subtotal * (0.05 + fraction(m) * 0.25)) : 0;

        begin_row(m, sql_sample_order);
        put_int(m, id);
        put_int(m, user);
        put_int(m, number);
        put_double(m, subtotal);
        put_double(m, tax);
        put_double(m, cents(subtotal + tax));
        discounted ? put_double(m, discount) : put_null(m);
        put_moment(m, growing_day(m, from < LAST_DAY ? from : LAST_DAY - 1));
        put_int(m, chance(m, 0.7) ? between(m, 1, 5) : between(m, 6, 20));
        end_row(m);
    }
    end_table(m);
}

static void
make_reviews(Maker *m)
{
    for (int id = 1; id <= REVIEWS; id++)
    {
        int product = between(m, 1, PRODUCTS);
        const char *reviewer = str_fold(m->arena, str_of(PICK(m, first_names)));

        begin_row(m, sql_sample_review);
        put_int(m, id);
        put_int(m, product);
        put_text(m, arena_format(m->arena, "%s%d", reviewer, between(m, 1, 999)));
        put_int(m, chance(m, 0.6) ? between(m, 4, 5) : between(m, 1, 5));
        put_text(m, arena_format(m->arena, "%s %s %s", PICK(m, review_begins),
                                 PICK(m, review_middles), PICK(m, review_ends)));
        put_moment(m, growing_day(m, m->products[product].day));
        end_row(m);
    }
    end_table(m);
}

static void
make_accounts(Maker *m)
{
    for (int id = 1; id <= ACCOUNTS; id++)
    {
        const char *first = PICK(m, first_names), *last = PICK(m, last_names);
        const Place *place = &PICK(m, places);
        Account *account = &m->accounts[id];
        bool converted = chance(m, 0.7), canceled = converted && chance(m, 0.35);

        account->email = email_of(m, first, last, id);
        account->plan = PICK(m, plans);
        account->day = growing_day(m, FIRST_DAY);
        account->last_day = canceled ? between(m, account->day, LAST_DAY) : LAST_DAY;
        begin_row(m, sql_sample_account);
        put_int(m, id);
        put_text(m, account->email);
        put_text(m, first);
        put_text(m, last);
        put_text(m, account->plan);
        put_text(m, PICK(m, sources));
        put_int(m, chance(m, 0.7) ? between(m, 1, 10) : between(m, 11, 80));
        put_moment(m, account->day);
        put_moment(m, account->day + 14);
        canceled ? put_moment(m, account->last_day) : put_null(m);
        put_int(m, converted);
        put_int(m, converted && !canceled);
        put_int(m, account->day < FIRST_DAY + 400);
        put_double(m, place->latitude);
        put_double(m, place->longitude);
        put_text(m, place->country);
        end_row(m);
    }
    end_table(m);
}

static void
make_events(Maker *m)
{
    for (int id = 1; id <= EVENTS; id++)
    {
        int account = between(m, 1, ACCOUNTS);
        bool click = chance(m, 0.3);

        begin_row(m, sql_sample_event);
        put_int(m, id);
        put_int(m, account);
        put_text(m, click ? "Button Clicked" : "Page Viewed");
        put_moment(m, between(m, m->accounts[account].day, m->accounts[account].last_day));
        put_text(m, PICK(m, pages));
        click ? put_text(m, PICK(m, buttons)) : put_null(m);
        end_row(m);
    }
    end_table(m);
}

static void
make_feedback(Maker *m)
{
    for (int id = 1; id <= FEEDBACKS; id++)
    {
        const Account *account;
        int number = between(m, 1, ACCOUNTS),
            rating = chance(m, 0.6) ? between(m, 4, 5) : between(m, 1, 5);

        account = &m->accounts[number];
        begin_row(m, sql_sample_feedback);
        put_int(m, id);
        put_int(m, number);
        put_text(m, account->email);
        put_moment(m, between(m, account->day, account->last_day));
        put_int(m, rating);
        put_text(m, ratings[rating - 1]);
        put_text(m, PICK(m, feedback_texts));
        end_row(m);
    }
    end_table(m);
}

static double
price_of_plan(const char *plan)
{
    switch (plan[1])
    {
        case 'a':
            return 29; /* Basic */
        case 'u':
            return 99; /* Business */
        default:
            return 349; /* Premium */
    }
}

static void
make_invoices(Maker *m)
{
    for (int id = 1; id <= INVOICES; id++)
    {
        int number = between(m, 1, ACCOUNTS);
        const Account *account = &m->accounts[number];

        begin_row(m, sql_sample_invoice);
        put_int(m, id);
        put_int(m, number);
        put_double(m, price_of_plan(account->plan) * between(m, 1, 4));
        put_int(m, chance(m, 0.97));
        put_text(m, account->plan);
        put_moment(m, between(m, account->day, account->last_day));
        end_row(m);
    }
    end_table(m);
}

/* ----------------------------------------------------------------------------------------- file */

static bool
run(Maker *m, const char *sql)
{
    return sqlite3_exec(m->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool
make_tables(Maker *m)
{
    static void (*const makers[])(Maker *) = { make_people,   make_products, make_orders,
                                               make_reviews,  make_accounts, make_events,
                                               make_feedback, make_invoices };

    /* The file is new and is thrown away when anything fails: no journal, no waiting. */
    if (!run(m, "pragma journal_mode = off; pragma synchronous = off; pragma page_size = 4096") ||
        !run(m, sql_sample_schema) || !run(m, "begin"))
        return false;
    for (size_t i = 0; i < COUNT_OF(makers) && !m->failed; i++)
    {
        ArenaMark mark = arena_mark(m->arena);

        makers[i](m);
        /* Accounts keep their addresses for the tables after them. */
        if (makers[i] != make_accounts)
            arena_rewind(m->arena, mark);
    }
    return !m->failed && run(m, "commit") && run(m, sql_sample_indexes);
}

bool
sample_make(const char *path, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *temporary = arena_format(arena, "%s.new", path);
    Maker *m = heap_new(1, sizeof(*m));
    bool ok;

    m->arena = arena;
    m->random = 20230501;
    (void) unlink(temporary);
    ok = sqlite3_open(temporary, &m->db) == SQLITE_OK && make_tables(m);
    if (!ok)
        (void) error_set(err, ERR_INTERNAL, "the sample database could not be made: %s",
                         sqlite3_errmsg(m->db));
    (void) sqlite3_close(m->db);
    heap_free(m);
    if (ok && rename(temporary, path) != 0)
        ok = error_set(err, ERR_CONFIG, "cannot write %s", path);
    if (!ok)
        (void) unlink(temporary);
    return ok;
}
