/* runner ENGINE FOLDER|URL [WORD]: every case of cases/ and golden/ whose id holds WORD. Prints
 * what fails, the count by area, and "N passed, N failed". Cases in quirks/<engine> and not-yet
 * must fail. */
#include "base/file.h"
#include "base/map.h"
#include "driver/duckdb_library.h"
#include "http/client.h"
#include "runner.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Tally
{
    int passed, failed, quirks, later;
} Tally;

typedef struct Suite
{
    Arena *arena;
    Engine *engine;
    Map *datasets;
    Map *quirks, *later;
    Map *areas; /* of Tally */
    const char *word;
    bool verbose;
    bool answers;         /* print them, judge nothing */
    int64_t *nanoseconds; /* of each compilation, when they are asked for */
    size_t *bytes;        /* that it took */
    size_t compiled;
} Suite;

typedef struct Setup
{
    Suite *suite;
    Arena *arena;
    const Dataset *dataset;
    const Json *json;
    CatalogItem items[32];
    CatalogKind kinds[32];
    size_t count;
    Catalog catalog;
} Setup;

static const JsonLimits limits = { 16 << 20, 64, 2000000 };

static Json *
read_json(Arena *arena, const char *path)
{
    Json *json;
    Str text;
    Error err;

    if (!file_read(arena, path, 16 << 20, &text, &err) ||
        !json_parse(arena, text, &limits, &json, &err))
    {
        (void) fprintf(stderr, "%s: %s\n", path, err.message);
        exit(70);
    }
    return json;
}

static Dataset *
dataset_of(Suite *suite, const char *name)
{
    Dataset *dataset = map_get(suite->datasets, name);

    if (dataset == NULL)
    {
        dataset = ARENA_NEW(suite->arena, Dataset);
        dataset->name = name;
        dataset->json =
            read_json(suite->arena, arena_format(suite->arena, "%s/tests/query/datasets/%s.json",
                                                 VIGIE_SOURCE_ROOT, name));
        dataset_catalog(suite->arena, dataset);
        engine_load(suite->engine, name, json_get(dataset->json, "tables"));
        map_put(suite->datasets, name, dataset);
    }
    return dataset;
}

/* --------------------------------------------------------------------------------------- setup */

static int64_t
symbol(const Setup *setup, const char *text)
{
    int64_t id = dataset_symbol(setup->dataset, text);

    for (size_t i = 0; id == 0 && i < setup->count; i++)
        if (strcmp(setup->items[i].name, text + 1) == 0)
            id = setup->items[i].id;
    return id;
}

/* "{{#$name}}" of SQL text. */
static const char *
native_symbols(const Setup *setup, const char *text)
{
    Buf out = buf_new(setup->arena, 100000);

    while (*text != '\0')
    {
        bool found = false;

        for (size_t i = 0; strncmp(text, "#$", 2) == 0 && i < setup->count && !found; i++)
        {
            size_t len = strlen(setup->items[i].name);

            found = strncmp(text + 2, setup->items[i].name, len) == 0;
            if (!found)
                continue;
            buf_format(&out, "#%lld", (long long) setup->items[i].id);
            text += len + 2;
        }
        if (!found)
            buf_char(&out, *text++);
    }
    return buf_cstr(&out);
}

static Json *
resolved(const Setup *setup, const Json *json)
{
    Json *copy;
    int64_t id;

    if (json->kind == JSON_TEXT)
    {
        if (json->text[0] == '$')
        {
            id = symbol(setup, json->text);
            if (id != 0)
                return json_new_int(setup->arena, id);
        }
        if (strncmp(json->text, "card__$", 7) == 0)
            return json_new_text(setup->arena,
                                 arena_format(setup->arena, "card__%lld",
                                              (long long) symbol(setup, json->text + 6)));
        return json_new_text(setup->arena, native_symbols(setup, json->text));
    }
    if (json->kind != JSON_ARRAY && json->kind != JSON_OBJECT)
    {
        copy = ARENA_NEW(setup->arena, Json);
        *copy = *json;
        copy->next = NULL;
        copy->key = NULL;
        return copy;
    }
    copy = json_new(setup->arena, json->kind);
    for (const Json *item = json->first; item != NULL; item = item->next)
    {
        if (json->kind == JSON_OBJECT)
            json_put(setup->arena, copy, native_symbols(setup, item->key), resolved(setup, item));
        else
            json_add(copy, resolved(setup, item));
    }
    return copy;
}

static const CatalogItem *
find_item(const Catalog *catalog, CatalogKind kind, int64_t id, const char *name)
{
    const Setup *setup = catalog->arg;

    for (size_t i = 0; i < setup->count; i++)
    {
        const CatalogItem *item = &setup->items[i];

        if (setup->kinds[i] == kind &&
            (id != 0 ? item->id == id : name != NULL && strcmp(item->name, name) == 0))
            return item;
    }
    return NULL;
}

static void
add_items(Setup *setup, const char *key, CatalogKind kind)
{
    const Json *list = json_get(setup->json, key);

    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        setup->kinds[setup->count] = kind;
        setup->items[setup->count] =
            (CatalogItem){ .id = (int64_t) setup->count + 1,
                           .name = item->key,
                           .type = json_text_or(json_get(item, "type"), "question"),
                           .text = json_text_or(item, NULL) };
        setup->count++;
    }
}

static QueryOptions
options_of(const Json *test)
{
    static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday" };
    const Json *settings = json_get(test, "settings");
    const char *start = json_text_or(json_get(settings, "start-of-week"), "sunday");
    QueryOptions options = {
        .now = time_now(),
        .timezone = json_text_or(json_get(settings, "report-timezone"), "UTC"),
        .bin_width = json_double_or(json_get(settings, "breakout-bin-width"), 0),
        .bin_count = (int) json_int_or(json_get(settings, "breakout-bins-num"), 0),
        .bare_limit = 2000,
        .grouped_limit = 10000,
    };

    for (int i = 0; i < 7; i++)
        if (strcmp(days[i], start) == 0)
            options.week_start = i + 1;
    return options;
}

/* The type when the engine did not tell, and the range of numbers. */
static void
describe_values(Arena *arena, Json *column, const Rows *rows, size_t at)
{
    static const char *const types[] = { [VALUE_INT] = "type/Integer",
                                         [VALUE_DOUBLE] = "type/Float",
                                         [VALUE_DECIMAL] = "type/Decimal",
                                         [VALUE_TEXT] = "type/Text" };
    bool seen = false;
    double min = 0, max = 0;
    Json *range = NULL;

    for (size_t i = 0; i < rows->count; i++)
    {
        const Value *cell = &rows->row[i][at];
        double number = value_to_double(cell, 0);

        if (cell->kind != VALUE_INT && cell->kind != VALUE_DOUBLE && cell->kind != VALUE_DECIMAL)
            continue;
        min = !seen || number < min ? number : min;
        max = !seen || number > max ? number : max;
        seen = true;
    }
    if (strcmp(json_text_or(json_get(column, "base_type"), ""), "type/*") == 0 && rows->count > 0 &&
        rows->row[0][at].kind < COUNT_OF(types) && types[rows->row[0][at].kind] != NULL)
        json_put(arena, column, "base_type", json_new_text(arena, types[rows->row[0][at].kind]));
    if (seen && json_parse(arena,
                           str_of(arena_format(arena,
                                               "{\"type\":{\"type/Number\":"
                                               "{\"min\":%.17g,\"max\":%.17g}}}",
                                               min, max)),
                           NULL, &range, &(Error){ 0 }))
        json_put(arena, column, "fingerprint", range);
}

/* The columns of a card, as the server keeps them with the card. */
static const Json *
native_metadata(Setup *setup, const Json *query, const Json *test)
{
    QueryOptions options = options_of(test);
    CompiledQuery compiled;
    Json *list = json_new(setup->arena, JSON_ARRAY);
    Rows rows;
    Error err = { 0 };

    if (!query_compile(setup->arena, query, &setup->catalog, setup->suite->engine->driver->dialect,
                       &options, &compiled, &err) ||
        !engine_run(setup->suite->engine, setup->dataset->name, options.timezone, &compiled.sql,
                    setup->arena, &rows, &err))
        return NULL;
    for (size_t i = 0; i < rows.columns.count; i++)
    {
        Json *column = json_new(setup->arena, JSON_OBJECT);

        json_put(setup->arena, column, "name",
                 json_new_text(setup->arena, i < compiled.column_count
                                                 ? compiled.columns[i].name
                                                 : rows.columns.items[i].name));
        json_put(setup->arena, column, "base_type",
                 json_new_text(setup->arena, base_type_name(rows.columns.items[i].base_type)));
        describe_values(setup->arena, column, &rows, i);
        /* The server guesses these from the name when it keeps a card. */
        if (strstr(rows.columns.items[i].name, "latitude") != NULL)
            json_put(setup->arena, column, "semantic_type",
                     json_new_text(setup->arena, "type/Latitude"));
        json_add(list, column);
    }
    return list;
}

static void
fill_items(Setup *setup, const Json *test)
{
    static const char *const keys[] = { "cards", "segments", "measures" };
    size_t at = 0;

    for (size_t k = 0; k < COUNT_OF(keys); k++)
    {
        const Json *list = json_get(setup->json, keys[k]);

        for (const Json *item = list == NULL ? NULL : list->first; item != NULL;
             item = item->next, at++)
        {
            const Json *content = json_get(item, k == 0 ? "dataset_query" : "definition");

            if (content == NULL)
                continue;
            setup->items[at].content = resolved(setup, content);
            setup->items[at].metadata = json_get(item, "result_metadata");
            if (k == 0 && setup->items[at].metadata == NULL)
                setup->items[at].metadata = native_metadata(setup, setup->items[at].content, test);
            else if (setup->items[at].metadata != NULL)
                setup->items[at].metadata = resolved(setup, setup->items[at].metadata);
        }
    }
}

static void
make_setup(Setup *setup, const Json *test)
{
    setup->json = json_get(test, "setup");
    setup->catalog = dataset_changed(setup->arena, setup->dataset, setup->json);
    setup->catalog.find = find_item;
    setup->catalog.arg = setup;
    add_items(setup, "cards", CATALOG_CARD);
    add_items(setup, "segments", CATALOG_SEGMENT);
    add_items(setup, "measures", CATALOG_MEASURE);
    add_items(setup, "snippets", CATALOG_SNIPPET);
    fill_items(setup, test);
}

/* ------------------------------------------------------------------------------------ one case */

/* Parameters sent to a dashboard, with the type declared and the target mapped there. */
static Json *
mapped_parameters(Setup *setup, const Json *test)
{
    const Json *dashboard = json_get(setup->json, "dashboard");
    const Json *sent = json_get(test, "request_parameters");
    Json *list = json_new(setup->arena, JSON_ARRAY);

    for (const Json *one = sent == NULL ? NULL : sent->first; one != NULL; one = one->next)
    {
        const char *id = json_text_or(json_get(one, "id"), "");
        const Json *mappings = json_get(dashboard, "mappings");
        const Json *declared = json_get(dashboard, "parameters");

        for (const Json *mapping = mappings == NULL ? NULL : mappings->first; mapping != NULL;
             mapping = mapping->next)
        {
            Json *parameter = json_new(setup->arena, JSON_OBJECT);

            if (strcmp(json_text_or(json_get(mapping, "parameter_id"), ""), id) != 0)
                continue;
            json_put(setup->arena, parameter, "id", json_new_text(setup->arena, id));
            for (const Json *item = declared->first; item != NULL; item = item->next)
                if (strcmp(json_text_or(json_get(item, "id"), ""), id) == 0)
                    json_put(setup->arena, parameter, "type",
                             resolved(setup, json_get(item, "type")));
            json_put(setup->arena, parameter, "target",
                     resolved(setup, json_get(mapping, "target")));
            if (json_get(one, "value") != NULL)
                json_put(setup->arena, parameter, "value", resolved(setup, json_get(one, "value")));
            json_add(list, parameter);
        }
    }
    return list;
}

static Json *
question_of(Setup *setup, const Json *test)
{
    const char *endpoint = json_text_or(json_get(test, "endpoint"), "dataset");
    Json *question = resolved(setup, json_get(test, "query"));

    if (strcmp(endpoint, "card") == 0)
        json_put(setup->arena, question, "parameters",
                 resolved(setup, json_get(test, "request_parameters")));
    if (strcmp(endpoint, "dashcard") == 0)
        json_put(setup->arena, question, "parameters", mapped_parameters(setup, test));
    return question;
}

/* The text must be what the case says of this engine, where it says something. */
static bool
check_sql(const Setup *setup, const Json *test, const Sql *sql, Error *err)
{
    const char *engine = setup->suite->engine->kind->name;
    const char *golden = json_text_or(json_path(test, "sql", engine, NULL), NULL);

    if (setup->suite->verbose)
        (void) printf("%s\n", sql_cstr(sql));
    if (golden == NULL || strcmp(golden, sql_cstr(sql)) == 0)
        return true;
    /* Whole, which an error need not be. */
    (void) printf("%s is now: %s\n", json_text_or(json_get(test, "id"), ""), sql_cstr(sql));
    return error_set(err, ERR_INVALID, "the SQL is not what the case says");
}

/* The rows of all parts, one after the other. */
static bool
run_pivot(const Setup *setup, const Json *test, const Json *question, const QueryOptions *options,
          CompiledQuery *compiled, Rows *rows, Error *err)
{
    Engine *engine = setup->suite->engine;
    List all = list_new(setup->arena);
    CompiledQuery *parts;
    size_t count;

    if (!query_compile_pivot(setup->arena, question, &setup->catalog, engine->driver->dialect,
                             options, &parts, &count, err) ||
        !check_sql(setup, test, &parts[0].sql, err))
        return false;
    for (size_t i = 0; i < count && !engine->kind->only_compiles; i++)
    {
        if (!engine_run(engine, setup->dataset->name, options->timezone, &parts[i].sql,
                        setup->arena, rows, err))
            return false;
        for (size_t r = 0; r < rows->count; r++)
            list_add(&all, rows->row[r]);
    }
    *compiled = parts[0];
    compiled->max_rows = 0;
    rows->row = (Value **) all.items;
    rows->count = all.count;
    return true;
}

enum
{
    MOST_TIMES = 10000
};

/* The time that counts is the best of a few: the first one reads the memory that the others find.
 */
static void
time_compilation(const Setup *setup, const Json *question, const QueryOptions *options)
{
    Suite *suite = setup->suite;
    int64_t best = INT64_MAX;
    size_t bytes = 0;

    for (int i = 0; i < 5; i++)
    {
        CLEANUP(arena_free) Arena *arena = arena_new();
        struct timespec from, to;
        CompiledQuery compiled;
        int64_t took;
        Error err;

        (void) clock_gettime(CLOCK_MONOTONIC, &from);
        (void) query_compile(arena, question, &setup->catalog, suite->engine->driver->dialect,
                             options, &compiled, &err);
        (void) clock_gettime(CLOCK_MONOTONIC, &to);
        took = (to.tv_sec - from.tv_sec) * 1000000000 + (to.tv_nsec - from.tv_nsec);
        best = took < best ? took : best;
        bytes = arena_bytes(arena);
    }
    suite->nanoseconds[suite->compiled] = best;
    suite->bytes[suite->compiled++] = bytes;
}

static bool
run_question(const Setup *setup, const Json *test, const Json *question,
             const QueryOptions *options, CompiledQuery *compiled, Rows *rows, Error *err)
{
    Engine *engine = setup->suite->engine;

    if (strcmp(json_text_or(json_get(test, "endpoint"), ""), "dataset/pivot") == 0)
        return run_pivot(setup, test, question, options, compiled, rows, err);
    if (setup->suite->nanoseconds != NULL && setup->suite->compiled < MOST_TIMES)
        time_compilation(setup, question, options);
    if (!query_compile(setup->arena, question, &setup->catalog, engine->driver->dialect, options,
                       compiled, err) ||
        !check_sql(setup, test, &compiled->sql, err))
        return false;
    if (engine->kind->only_compiles)
        return true;
    return engine_run(engine, setup->dataset->name, options->timezone, &compiled->sql, setup->arena,
                      rows, err);
}

/* What the engine answers, on one line: other programs compare. */
static void
print_answer(Arena *arena, const Json *test, bool done, const Rows *rows, const Error *err)
{
    Buf line = buf_new(arena, 1 << 24);
    JsonWriter w = json_writer(&line);

    json_begin_object(&w);
    json_put_text(&w, "id", json_text_or(json_get(test, "id"), ""));
    if (!done)
        json_put_text(&w, "error", err->message);
    json_key(&w, "rows");
    json_begin_array(&w);
    for (size_t i = 0; done && i < rows->count; i++)
    {
        json_begin_array(&w);
        for (size_t k = 0; k < rows->columns.count; k++)
            json_text(&w, rows->row[i][k].kind == VALUE_NULL
                              ? NULL
                              : value_to_text(arena, &rows->row[i][k]));
        json_end_array(&w);
    }
    json_end_array(&w);
    json_end_object(&w);
    (void) printf("%s\n", buf_cstr(&line));
}

static bool
run_case(Suite *suite, Arena *arena, const Json *test, const char **why)
{
    Setup setup = { .suite = suite, .arena = arena };
    QueryOptions options = options_of(test);
    bool wants_error = json_bool_or(json_path(test, "expect", "error", NULL), false);
    CompiledQuery compiled = { 0 };
    const Zone *zone;
    Rows rows = { 0 };
    Error err = { 0 };
    bool done;

    options.saved = strstr(json_text_or(json_get(test, "endpoint"), ""), "card") != NULL;
    options.of_model = strcmp(json_text_or(json_get(test, "type"), ""), "model") == 0;
    setup.dataset = dataset_of(suite, json_text_or(json_get(test, "dataset"), ""));
    make_setup(&setup, test);
    done = run_question(&setup, test, question_of(&setup, test), &options, &compiled, &rows, &err);
    for (size_t i = 0; suite->verbose && done && i < rows.count && i < 5; i++)
        for (size_t k = 0; k < rows.columns.count; k++)
            (void) printf(k + 1 < rows.columns.count ? "%s | " : "%s\n",
                          value_to_text(arena, &rows.row[i][k]));
    if (suite->answers)
    {
        print_answer(arena, test, done, &rows, &err);
        return true;
    }
    if (done == wants_error)
    {
        *why = done ? "an error was expected" : arena_text(arena, err.message);
        return false;
    }
    if (suite->engine->kind->only_compiles)
        return true;
    if (wants_error || !zone_load(arena, options.timezone, &zone, &err))
        return wants_error;
    if (compiled.max_rows > 0 && rows.count > (size_t) compiled.max_rows)
        rows.count = (size_t) compiled.max_rows;
    return rows_match(arena, test, &compiled, &rows, zone, why);
}

static void
count_case(Suite *suite, const char *id, bool passed, const char *why)
{
    const char *slash = strchr(id, '/');
    const char *area = arena_text_n(suite->arena, id, (size_t) (slash - id));
    Tally *tally = map_get(suite->areas, area);
    bool quirk = map_has(suite->quirks, id);
    bool later = map_has(suite->later, id);

    if (tally == NULL)
    {
        tally = ARENA_NEW(suite->arena, Tally);
        map_put(suite->areas, area, tally);
    }
    if (passed && (quirk || later))
    {
        tally->failed++;
        (void) printf("not ok %s: it passes, take it off the list\n", id);
        return;
    }
    if (passed)
        tally->passed++;
    else if (quirk)
        tally->quirks++;
    else if (later)
        tally->later++;
    else
    {
        tally->failed++;
        (void) printf("not ok %s: %s\n", id, why == NULL ? "" : why);
    }
}

static void
run_file(Suite *suite, const char *path)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str rest, line;
    Error err;

    if (!file_read(arena, path, 16 << 20, &rest, &err))
        return;
    while (str_split(&rest, '\n', &line))
    {
        CLEANUP(arena_free) Arena *own = arena_new();
        const char *why = NULL;
        const char *id;
        Json *test;
        bool passed;

        if (line.len == 0 || !json_parse(own, line, &limits, &test, &err))
            continue;
        id = arena_text(suite->arena, json_text_or(json_get(test, "id"), "?/?"));
        if (suite->word != NULL && strstr(id, suite->word) == NULL)
            continue;
        if (suite->engine->kind->only_compiles && !suite->verbose &&
            json_path(test, "sql", suite->engine->kind->name, NULL) == NULL)
            continue;
        /* Kept by the data set under this name. */
        json_put(own, test, "dataset",
                 json_new_text(suite->arena, json_text_or(json_get(test, "dataset"), "")));
        passed = run_case(suite, own, test, &why);
        count_case(suite, id, passed, why);
    }
}

static Map *
read_list(Suite *suite, const char *name)
{
    Map *list = map_new(suite->arena);
    const char *path = arena_format(suite->arena, "%s/tests/query/%s", VIGIE_SOURCE_ROOT, name);
    Str rest, line, id;
    Error err;

    if (!file_read(suite->arena, path, 1 << 20, &rest, &err))
        return list;
    while (str_split(&rest, '\n', &line))
        if (line.len > 0 && line.ptr[0] != '#' && str_split(&line, ' ', &id))
            map_put(list, str_copy(suite->arena, id), suite);
    return list;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void
run_folder(Suite *suite, const char *name)
{
    const char *folder = arena_format(suite->arena, "%s/tests/query/%s", VIGIE_SOURCE_ROOT, name);
    struct dirent **names;
    int count = scandir(folder, &names, NULL, by_name);

    for (int i = 0; i < count; i++)
    {
        if (names[i]->d_name[0] != '.')
            run_file(suite, arena_format(suite->arena, "%s/%s", folder, names[i]->d_name));
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

static int
by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

    return (x > y) - (x < y);
}

static void
report_times(const Suite *suite)
{
    size_t count = suite->compiled;
    size_t all = 0;

    if (count == 0)
        return;
    qsort(suite->nanoseconds, count, sizeof(*suite->nanoseconds), by_number);
    for (size_t i = 0; i < count; i++)
        all += suite->bytes[i];
    (void) printf("%zu questions compiled: median %.1f us, slowest of a hundred %.1f us, %zu bytes "
                  "on average\n",
                  count, (double) suite->nanoseconds[count / 2] / 1000,
                  (double) suite->nanoseconds[count * 99 / 100] / 1000, all / count);
}

static int
report(const Suite *suite)
{
    Tally all = { 0 };

    for (size_t i = 0; i < map_count(suite->areas); i++)
    {
        const Tally *tally = map_value_at(suite->areas, i);

        (void) printf("%-24s %3d passed %3d failed %3d quirks %3d not yet\n",
                      map_key_at(suite->areas, i), tally->passed, tally->failed, tally->quirks,
                      tally->later);
        all.passed += tally->passed;
        all.failed += tally->failed;
        all.quirks += tally->quirks;
        all.later += tally->later;
    }
    (void) printf("%s: %d quirks, %d not yet\n%d passed, %d failed\n", suite->engine->kind->name,
                  all.quirks, all.later, all.passed, all.failed);
    return all.failed > 0;
}

int
main(int argc, char **argv)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Suite suite = { .arena = arena };
    int status;

    if (argc < 3)
        return 64;
    client_setup();
    duckdb_library_setup(getenv("VIGIE_DUCKDB_LIBRARY"));
    suite.engine = engine_new(arena, argv[1], argv[2]);
    if (suite.engine == NULL)
    {
        (void) fprintf(stderr, "runner: there is no engine %s\n", argv[1]);
        return 69;
    }
    suite.word = argc > 3 ? argv[3] : NULL;
    suite.verbose = getenv("VERBOSE") != NULL;
    if (getenv("TIMES") != NULL)
    {
        suite.nanoseconds = ARENA_ARRAY(arena, MOST_TIMES, int64_t);
        suite.bytes = ARENA_ARRAY(arena, MOST_TIMES, size_t);
    }
    suite.datasets = map_new(arena);
    suite.areas = map_new(arena);
    suite.quirks = read_list(&suite, arena_format(arena, "quirks/%s", argv[1]));
    suite.later = read_list(&suite, "not-yet");
    if (suite.word != NULL && suite.word[0] == '@')
    {
        const char *path = suite.word + 1;

        suite.word = NULL;
        suite.answers = true;
        run_file(&suite, path);
    }
    else
    {
        run_folder(&suite, "cases");
        run_folder(&suite, "golden");
    }
    status = report(&suite);
    report_times(&suite);
    engine_close(suite.engine);
    return status;
}
