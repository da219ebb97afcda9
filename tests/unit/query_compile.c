#include "query/compile.h"

#include "base/file.h"
#include "driver/dialects.h"
#include "test.h"

#include <string.h>

static const CatalogField order_fields[] = {
    { .id = 10,
      .table_id = 1,
      .name = "id",
      .base_type = BASE_INTEGER,
      .effective_type = BASE_INTEGER },
    { .id = 11,
      .table_id = 1,
      .name = "total",
      .base_type = BASE_FLOAT,
      .effective_type = BASE_FLOAT,
      .has_range = true,
      .min = 0,
      .max = 150 },
    { .id = 12,
      .table_id = 1,
      .name = "created_on",
      .base_type = BASE_DATE,
      .effective_type = BASE_DATE },
    { .id = 13,
      .table_id = 1,
      .name = "person_id",
      .base_type = BASE_INTEGER,
      .effective_type = BASE_INTEGER,
      .target_id = 20 },
};
static const CatalogField person_fields[] = {
    { .id = 20,
      .table_id = 2,
      .name = "id",
      .base_type = BASE_INTEGER,
      .effective_type = BASE_INTEGER },
    { .id = 21,
      .table_id = 2,
      .name = "name",
      .base_type = BASE_TEXT,
      .effective_type = BASE_TEXT },
};
static const CatalogTable tables[] = {
    { .id = 1, .name = "orders", .fields = order_fields, .field_count = COUNT_OF(order_fields) },
    { .id = 2, .name = "people", .fields = person_fields, .field_count = COUNT_OF(person_fields) },
};
static const Catalog catalog = { .database_id = 1,
                                 .tables = tables,
                                 .table_count = COUNT_OF(tables) };

static bool
compile_tree(Arena *arena, const Json *question, const QueryOptions *options, CompiledQuery *query,
             Error *err)
{
    return query_compile(arena, question, &catalog, &postgres_dialect, options, query, err);
}

static bool
compile(Arena *arena, const char *text, const char *locale, CompiledQuery *query, Error *err)
{
    QueryOptions options = { .now = INT64_C(1465301635) * SECOND_US, .locale = locale };
    Json *question;

    CHECK_OK(json_parse(arena, str_of(text), NULL, &question, err), err);
    return compile_tree(arena, question, &options, query, err);
}

TEST(query_titles_are_in_the_language_of_the_person)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char question[] =
        "{\"type\":\"query\",\"query\":{\"source-table\":1,\"aggregation\":[[\"count\"],[\"sum\","
        "[\"field\",11,null]],[\"avg\",[\"field\",11,null]]],\"breakout\":[[\"field\",12,"
        "{\"temporal-unit\":\"month\"}],[\"field\",21,{\"source-field\":13}]]}}";
    CompiledQuery query;
    Error err = { 0 };

    CHECK_OK(compile(arena, question, "en", &query, &err), &err);
    CHECK_INT(query.column_count, 5);
    CHECK_STR(query.columns[0].display_name, "Created On: Month");
    CHECK_STR(query.columns[1].display_name, "Person → Name");
    CHECK_STR(query.columns[2].display_name, "Count");
    CHECK_STR(query.columns[3].display_name, "Sum of Total");
    CHECK_OK(compile(arena, question, "fr", &query, &err), &err);
    CHECK_STR(query.columns[0].display_name, "Created On\u00a0: Mois");
    CHECK_STR(query.columns[2].display_name, "Nombre");
    CHECK_STR(query.columns[4].display_name, "Moyenne de Total");
}

TEST(query_lists_the_tables_and_fields_that_it_touches)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CompiledQuery query;
    Error err = { 0 };

    CHECK_OK(
        compile(arena,
                "{\"type\":\"query\",\"query\":{\"source-table\":1,\"aggregation\":[[\"count\"]],"
                "\"filter\":[\"=\",[\"field\",21,{\"source-field\":13}],\"Ann\"]}}",
                "en", &query, &err),
        &err);
    CHECK_INT(query.table_count, 2);
    CHECK_INT(query.tables[0], 1);
    CHECK_INT(query.tables[1], 2);
    CHECK_INT(query.field_count, 3);
    CHECK(!query.is_native);
}

TEST(query_errors_name_the_clause_and_its_path)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const struct
    {
        const char *question, *message;
    } cases[] = {
        { "{\"type\":\"query\",\"query\":{\"source-table\":1,\"filter\":[\"and\",[\"=\",[\"field\","
          "11,"
          "null],1],[\"nonsense\",2]]}}",
          "query.filter[2]: there is no clause called nonsense" },
        { "{\"type\":\"query\",\"query\":{\"source-table\":7}}", "query: there is no table 7" },
        { "{\"type\":\"query\",\"query\":{\"source-table\":1,\"fields\":[[\"field\",99,null]]}}",
          "query.fields[0]: field 99 is not in the source" },
        { "{\"type\":\"query\",\"query\":{\"source-table\":1,\"breakout\":[[\"field\",12,"
          "{\"temporal-unit\":\"minute\"}]]}}",
          "query.breakout[0]: minute is no unit for a column of type/Date" },
        { "{\"type\":\"query\",\"query\":{\"source-table\":1,\"expressions\":{\"a\":["
          "\"expression\","
          "\"b\"],\"b\":[\"+\",[\"expression\",\"b\"],1]}}}",
          "query.expressions.b[1]: the expression b is defined by itself" },
        { "{\"type\":\"query\",\"query\":{\"source-table\":1,\"filter\":[\">\",[\"cum-count\"],1]}"
          "}",
          "query.filter[1]: cum-count can only be an aggregation" },
        { "{}", "a question has a query, stages or native SQL" },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CompiledQuery query;
        Error err = { 0 };

        CHECK_ERROR(compile(arena, cases[i].question, "en", &query, &err), &err, ERR_INVALID);
        CHECK_STR(err.message, cases[i].message);
    }
}

TEST(query_text_of_people_never_becomes_sql)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char question[] =
        "{\"type\":\"native\",\"native\":{\"query\":\"select * from orders where x = {{x}} "
        "[[and y = {{y}}]] -- {{z}}\",\"template-tags\":{\"x\":{\"name\":\"x\",\"type\":\"text\"},"
        "\"y\":{\"name\":\"y\",\"type\":\"number\"}}},\"parameters\":[{\"type\":\"category\","
        "\"target\":[\"variable\",[\"template-tag\",\"x\"]],\"value\":\"' or 1 = 1 --\"}]}";
    CompiledQuery query;
    Error err = { 0 };

    CHECK_OK(compile(arena, question, "en", &query, &err), &err);
    CHECK_STR(sql_cstr(&query.sql), "select * from orders where x = ''' or 1 = 1 --'  -- {{z}}");
    CHECK(query.is_native);
}

/* The bounds that a date string puts on a column of dates. */
static void
check_range(Arena *arena, const Json *test, const Json *range)
{
    const char *value = json_text_or(json_get(test, "value"), "");
    const char *start = json_text_or(json_get(range, "start"), NULL);
    const char *end = json_text_or(json_get(range, "end"), NULL);
    Instant now, last;
    Json *question;
    CompiledQuery query;
    Error err = { 0 };
    char text[TIME_TEXT_SIZE];

    /* Times of day and open ends are seen by the suite of cases. */
    if (start == NULL || end == NULL || strlen(start) != 10 || strlen(end) != 10)
        return;
    CHECK(time_parse(str_of(json_text_or(json_get(test, "now"), "")), &now));
    CHECK_OK(json_parse(arena,
                        str_of(arena_format(
                            arena,
                            "{\"type\":\"query\",\"query\":{\"source-table\":1,\"aggregation\":"
                            "[[\"count\"]]},\"parameters\":[{\"type\":\"date/all-options\","
                            "\"target\":[\"dimension\",[\"field\",12,null]],\"value\":\"%s\"}]}",
                            value)),
                        NULL, &question, &err),
             &err);
    CHECK_OK(compile_tree(
                 arena, question,
                 &(QueryOptions){
                     .now = now,
                     .week_start = strcmp(json_text_or(json_get(test, "start_of_week"), "sunday"),
                                          "monday") == 0
                                       ? 1
                                       : 7 },
                 &query, &err),
             &err);
    CHECK_INT(query.sql.value_count, 2);
    CHECK(time_parse(str_of(end), &last));
    time_format(last + DAY_US, text);
    if (strncmp(query.sql.values[0].text.ptr, start, 10) != 0 ||
        strncmp(query.sql.values[1].text.ptr, text, 10) != 0)
        fail_msg("%s: from %s to %s", value, query.sql.values[0].text.ptr,
                 query.sql.values[1].text.ptr);
}

TEST(query_date_strings_mean_their_ranges)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str rest, line;
    size_t seen = 0;
    Error err = { 0 };

    CHECK_OK(
        file_read(arena, VIGIE_SOURCE_ROOT "/tests/query/date-strings.jsonl", 1 << 20, &rest, &err),
        &err);
    while (str_split(&rest, '\n', &line))
    {
        Json *test;

        if (line.len == 0)
            continue;
        CHECK_OK(json_parse(arena, line, NULL, &test, &err), &err);
        seen++;
        if (json_get(test, "range") != NULL)
            check_range(arena, test, json_get(test, "range"));
    }
    CHECK(seen > 70);
}

/* Each part of a question in turn is replaced by something that cannot be meant. */
static void
damage(Arena *arena, const Json *question, Json *node, size_t *tried)
{
    static const char *const others[] = { "null",
                                          "7",
                                          "\"x\"",
                                          "[]",
                                          "{}",
                                          "[[[]]]",
                                          "[\"field\"]",
                                          "[\"segment\", 1]",
                                          "[\"offset\", {}, [\"count\"], 1]" };

    for (Json *item = node->first; item != NULL; item = item->next)
    {
        Json kept = *item;

        for (size_t i = 0; i < COUNT_OF(others); i++)
        {
            CLEANUP(arena_free) Arena *own = arena_new();
            QueryOptions options = { .now = 0 };
            CompiledQuery query;
            Json *other;
            Error err = { 0 };

            CHECK_OK(json_parse(own, str_of(others[i]), NULL, &other, &err), &err);
            other->key = kept.key;
            other->next = kept.next;
            *item = *other;
            (void) compile_tree(own, question, &options, &query, &err);
            *item = kept;
            (*tried)++;
        }
        damage(arena, question, item, tried);
    }
}

TEST(query_survives_questions_that_make_no_sense)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const questions[] = {
        "{\"type\":\"query\",\"query\":{\"source-query\":{\"source-table\":1,\"joins\":[{\"alias\":"
        "\"P\",\"source-table\":2,\"condition\":[\"=\",[\"field\",13,null],[\"field\",20,{"
        "\"join-alias\":\"P\"}]],\"fields\":\"all\"}],\"expressions\":{\"e\":[\"case\",[[[\">\",["
        "\"field\",11,null],2],\"a\"]],{\"default\":\"b\"}]},\"breakout\":[[\"field\",12,null],["
        "\"expression\",\"e\"],["
        "\"field\",11,{\"binning\":{\"strategy\":\"num-bins\",\"num-bins\":5}}]],\"aggregation\":[["
        "\"cum-sum\",[\"field\",11,null]],[\"offset\",{},[\"count\"],-1]],\"order-by\":[[\"desc\",["
        "\"aggregation\",0]]]},\"filter\":[\"time-interval\",[\"field\",12,null],-3,\"day\"],"
        "\"limit"
        "\":3},\"parameters\":[{\"type\":\"date/"
        "range\",\"target\":[\"dimension\",[\"field\",12,null]]"
        ",\"value\":\"2024-01-01~\"}]}",
        "{\"lib/type\":\"mbql/query\",\"stages\":[{\"lib/type\":\"mbql.stage/"
        "mbql\",\"source-table\":1,"
        "\"expressions\":[[\"datetime-diff\",{\"lib/"
        "expression-name\":\"d\"},[\"field\",{},12],[\"now\""
        ",{}],\"day\"]],\"filters\":[[\"between\",{},[\"field\",{},11],1,2],[\"contains\",{\"case-"
        "sensitive\""
        ":false},[\"field\",{\"source-field\":13},21],\"a\",\"b\"]],\"aggregation\":[[\"sum\",{"
        "\"lib/uuid\":"
        "\"u\"},[\"field\",{},11]]],\"order-by\":[[\"asc\",{},[\"aggregation\",{},\"u\"]]]}]}",
        "{\"type\":\"native\",\"native\":{\"query\":\"select {{a}} [[where {{f}}]] "
        "{{u}}\",\"template-tags\":{"
        "\"a\":{\"name\":\"a\",\"type\":\"number\",\"default\":\"1,2\"},\"f\":{\"name\":\"f\","
        "\"type\":\"dimension\""
        ",\"dimension\":[\"field\",12,null],\"widget-type\":\"date/"
        "all-options\",\"default\":\"past3days\"},"
        "\"u\":{\"name\":\"u\",\"type\":\"temporal-unit\",\"dimension\":[\"field\",12,null]}}}}",
    };
    size_t tried = 0;

    for (size_t i = 0; i < COUNT_OF(questions); i++)
    {
        CompiledQuery query;
        Json *question;
        Error err = { 0 };

        CHECK_OK(json_parse(arena, str_of(questions[i]), NULL, &question, &err), &err);
        CHECK_OK(compile(arena, questions[i], "en", &query, &err), &err);
        damage(arena, question, question, &tried);
    }
    CHECK(tried > 1000);
}
