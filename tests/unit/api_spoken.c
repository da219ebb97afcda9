/* What filters hold is said as the front-end says it. */
#include "api/sentence.h"
#include "api/spoken.h"
#include "test.h"

static const struct
{
    const char *value, *english, *french;
} dates[] = {
    { "past30days", "The last 30 days", "Les 30 derniers jours" },
    { "past30days~", "The last 30 days, with the one that is not over",
      "Les 30 derniers jours, période en cours comprise" },
    { "past1days", "Yesterday", "Hier" },
    { "next1days", "Tomorrow", "Demain" },
    { "yesterday", "Yesterday", "Hier" },
    { "today", "Today", "Aujourd’hui" },
    { "lastyear", "Last year", "L’an dernier" },
    { "thismonth", "This month", "Ce mois-ci" },
    { "next2weeks", "The next 2 weeks", "Les 2 prochaines semaines" },
    { "past3months-from-1years", "The last 3 months, 1 year earlier",
      "Les 3 derniers mois, 1 an plus tôt" },
    { "next1quarters-from-2years", "Next quarter, 2 years later",
      "Le trimestre prochain, 2 ans plus tard" },
    { "2026-01-01~2026-02-01", "From 1 January 2026 to 1 February 2026",
      "Du 1 janvier 2026 au 1 février 2026" },
    { "2026-01-01~", "After 1 January 2026", "Après le 1 janvier 2026" },
    { "~2026-01-01", "Before 1 January 2026", "Avant le 1 janvier 2026" },
    { "~", "", "" },
    { "2026-03", "March 2026", "mars 2026" },
    { "2026-03-09", "9 March 2026", "9 mars 2026" },
    { "2026-03-09T07:05", "9 March 2026 at 07:05", "9 mars 2026 à 07:05" },
    { "2026-03-09T07:05:30", "9 March 2026 at 07:05", "9 mars 2026 à 07:05" },
    { "Q2-2026", "Q2 2026", "T2 2026" },
    { "exclude-days-Mon-Sun", "Except Monday, Sunday", "Sauf lundi, dimanche" },
    { "exclude-months-Jan-Dec", "Except January, December", "Sauf janvier, décembre" },
    { "exclude-quarters-1-4", "Except Q1, Q4", "Sauf T1, T4" },
    { "exclude-hours-0-14", "Except 00, 14", "Sauf 00\u00a0h, 14\u00a0h" },
    { "past", "past", "past" },
    { "pastdays", "pastdays", "pastdays" },
    { "past3moons", "past3moons", "past3moons" },
    { "thismonthly", "thismonthly", "thismonthly" },
    { "nonsense", "nonsense", "nonsense" },
    { "", "", "" },
};

static const char *
spoken(Arena *arena, const char *locale, const char *type, const char *json)
{
    Json *value;
    Error err;

    assert_true(json_parse(arena, str_of(json), NULL, &value, &err));
    return spoken_value(arena, locale, type, value);
}

TEST(api_spoken_dates_are_said_in_words_of_both_languages)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(dates); i++)
    {
        const char *json = arena_format(arena, "\"%s\"", dates[i].value);

        assert_string_equal(spoken(arena, "en", "date/all-options", json), dates[i].english);
        assert_string_equal(spoken(arena, "fr", "date/all-options", json), dates[i].french);
        assert_string_equal(spoken(arena, "fr", "string/=", json), dates[i].value);
    }
}

TEST(api_spoken_lists_have_commas_and_ranges_a_dash)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    assert_string_equal(spoken(arena, "fr", "string/=", "[\"a\",\"b\"]"), "a, b");
    assert_string_equal(spoken(arena, "fr", "number/between", "[1,20.5]"), "1 – 20.5");
    assert_string_equal(spoken(arena, "fr", "date/relative", "[\"today\",\"lastweek\"]"),
                        "Aujourd’hui, La semaine dernière");
    assert_string_equal(spoken(arena, "fr", "boolean/=", "[true,false,null]"), "true, false, ");
    assert_string_equal(spoken(arena, "en", "string/=", "[]"), "");
    assert_string_equal(spoken(arena, "en", "string/=", "null"), "");
    assert_string_equal(spoken(arena, "en", "string/=", "{\"a\":1}"), "");
}

TEST(sentences_of_errors_are_said_in_french_and_words_of_databases_stay)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const cases[][2] = {
        { "the SQL has a mistake", "le SQL a une faute" },
        { "the SQL has a mistake: syntax error at or near \"selct\"",
          "le SQL a une faute\u00a0: syntax error at or near \"selct\"" },
        { "127.0.0.1:5432/a: the host of the database is not known",
          "127.0.0.1:5432/a: l’hôte de la base n’est pas connu" },
        { "SQLite: no such table: the SQL", "SQLite: no such table: the SQL" },
        { "", "" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CHECK_STR(sentence_error(arena, "fr", cases[i][0]), cases[i][1]);
        CHECK_STR(sentence_error(arena, "en", cases[i][0]), cases[i][0]);
    }
    CHECK_STR(sentence_known("fr", "Try again."), "Réessayez.");
    CHECK_STR(sentence_known("fr", "Nobody knows this."), "Nobody knows this.");
}
