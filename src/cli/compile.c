/* For developers: the SQL that a question becomes, for a database that is connected. */
#include "cli/cli.h"
#include "cli/start.h"

#include "base/file.h"
#include "driver/driver.h"
#include "query/compile.h"
#include "run/catalog.h"

enum
{
    MAX_QUESTION = 1024 * 1024
};

static bool
read_question(Arena *arena, const char *path, Json **question, int64_t *database_id, Error *err)
{
    Str text;

    if (!file_read(arena, path, MAX_QUESTION, &text, err) ||
        !json_parse(arena, text, NULL, question, err))
        return false;
    if (json_to_int(json_get(*question, "database"), database_id))
        return true;
    return error_field(err, "database", "value must be the id of a database.");
}

static void
show(Arena *arena, const CompiledQuery *compiled)
{
    say("%s\n", sql_cstr(&compiled->sql));
    for (size_t i = 0; i < compiled->sql.value_count; i++)
    {
        const char *text = value_to_text(arena, &compiled->sql.values[i]);

        say("-- $%zu = %s\n", i + 1, text == NULL ? "null" : text);
    }
    for (size_t i = 0; i < compiled->column_count; i++)
        say("-- column %zu: %s, %s, %s\n", i + 1, compiled->columns[i].name,
            compiled->columns[i].display_name, base_type_name(compiled->columns[i].base_type));
}

bool
cmd_dev_compile(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    QueryOptions options = { .now = time_now(), .bare_limit = 2000, .grouped_limit = 10000 };
    const char *path;
    const Driver *driver;
    CompiledQuery compiled;
    Known known;
    Json *question;
    Config config;
    int64_t id;

    if (!call_word(call, 0, "file with the question", &path, err) ||
        !read_question(call->arena, path, &question, &id, err) ||
        !call_config(call, &config, err) || !start_store_ready(call->arena, &config, &store, err) ||
        !known_read(store, call->arena, id, &known, err))
        return false;
    driver = driver_lookup(known.database.engine);
    if (driver == NULL)
        return error_set(err, ERR_INVALID, "there is no driver %s", known.database.engine);
    if (!query_compile(call->arena, question, &known.catalog, driver->dialect, &options, &compiled,
                       err))
        return false;
    show(call->arena, &compiled);
    return true;
}
