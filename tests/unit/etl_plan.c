/* The rules as the file says them: the seed's form, ours, and what is refused. */
#include "etl/plan.h"
#include "test.h"

#include <string.h>

static const char seed_form[] = "tables:\n"
                                "  - table_name: users\n"
                                "    anonymized_column_names:\n"
                                "      - name\n"
                                "      - kept_too\n"
                                "    non_anonymized_column_names:\n"
                                "      - kept_too\n"
                                "      - created_at\n"
                                "  - table_name: versions\n"
                                "    truncated: true\n";

TEST(etl_plan_reads_the_file_of_the_seed)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const PlanTable *users;
    Plan plan;
    Error err;

    CHECK_OK(plan_read(arena, str_of(seed_form), "rdvs", &plan, &err), &err);
    CHECK_STR(plan.schema, "rdvs");
    CHECK_STR(plan.indexes, "all");
    CHECK_INT(map_count(plan.tables), 2);
    CHECK(((const PlanTable *) map_get(plan.tables, "versions"))->truncated);
    users = map_get(plan.tables, "users");
    CHECK(((const PlanColumn *) map_get(users->columns, "name"))->seed);
    CHECK(((const PlanColumn *) map_get(users->columns, "kept_too"))->seed);
    CHECK(((const PlanColumn *) map_get(users->columns, "created_at"))->keep);
    CHECK_INT(plan.warnings.count, 1);
    CHECK(strstr(plan.warnings.items[0], "line 5: users.kept_too") != NULL);
}

TEST(etl_plan_keys_of_an_app_come_before_those_of_all)
{
    static const char text[] = "schema: common\nreaders: [a, b]\njobs: 4\nsource: ALL_URL\n"
                               "apps:\n  one: {schema: own, source: ONE_URL, readers: [c]}\n"
                               "tables:\n  - {table_name: t, truncated: true}\n";
    CLEANUP(arena_free) Arena *arena = arena_new();
    Plan plan;
    Error err;

    CHECK_OK(plan_read(arena, str_of(text), "one", &plan, &err), &err);
    CHECK_STR(plan.schema, "own");
    CHECK_STR(plan.source, "ONE_URL");
    CHECK_INT(plan.readers.count, 1);
    CHECK_INT(plan.jobs, 4);
    CHECK_OK(plan_read(arena, str_of(text), "two", &plan, &err), &err);
    CHECK_STR(plan.schema, "common");
    CHECK_INT(plan.readers.count, 2);
}

TEST(etl_plan_refuses_what_is_doubtful_and_names_the_line)
{
    static const struct
    {
        const char *text;
        const char *message;
    } cases[] = {
        { "404: Not Found", "line 1: the file is a map whose key tables holds a list" },
        { "[]", "line 1" },
        { "tables: {}", "line 1" },
        { "tables:\n  - users\n", "line 2: a table is a map" },
        { "tables:\n  - table_name: users\n", "line 2: users has no rules and is not truncated" },
        { "tables:\n  - {table_name: u, truncated: true, anonymized_column_names: [a]}\n",
          "line 2: u is truncated and has" },
        { "tables:\n  - {table_name: u, truncated: true}\n  - {table_name: u, truncated: true}\n",
          "line 3: u stands twice" },
        { "tables:\n  - {table_name: u, anonymised_column_names: [a]}\n",
          "line 2: there is no key anonymised_column_names" },
        { "tabels: []\ntables: []\n", "line 1: there is no key tabels" },
        { "app: {}\ntables: []\n", "line 1: there is no key app" },
        { "tables:\n  - table_name: u\n    masks:\n      a: nothing\n",
          "line 4: there is no mask nothing" },
        { "tables:\n  - {table_name: u, anonymized_column_names: [1]}\n", "line 2" },
        { "indexes: some\ntables: []\n", "line 1" },
        { "schema: public\ntables: []\n", "the schema public cannot be" },
        { "schema: pg_catalog\ntables: []\n", "the schema pg_catalog cannot be" },
        { "schema: vigie_etl\ntables: []\n", "the schema vigie_etl cannot be" },
        { "a: 1\na: 2\n", "line 2: a key stands twice" },
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    Plan plan;
    Error err;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        CHECK_ERROR(plan_read(arena, str_of(cases[i].text), "app", &plan, &err), &err, ERR_CONFIG);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("%s: %s", cases[i].text, err.message);
    }
}
