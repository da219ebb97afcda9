/* For developers: the tables of the program as text, as documentation, and as JSON for the tests.
 */
#include "api/api.h"
#include "cli/cli.h"
#include "store/settings.h"

#include <stdio.h>
#include <string.h>

static const char *
kind_name(const Field *field)
{
    static const char *const names[] = {
        [FIELD_NONE] = "none",        [FIELD_BOOL] = "boolean",  [FIELD_INT] = "integer",
        [FIELD_DOUBLE] = "number",    [FIELD_TEXT] = "string",   [FIELD_OPT_INT] = "integer",
        [FIELD_OPT_BOOL] = "boolean", [FIELD_INTS] = "integers", [FIELD_TEXTS] = "strings",
        [FIELD_JSON] = "json",        [FIELD_OBJECT] = "object", [FIELD_IGNORED] = "ignored",
    };

    return names[field->kind];
}

/* ---------------------------------------------------------------------------------------- routes
 */

static void
routes_text(void)
{
    for (const Route *const *table = api_tables; *table != NULL; table++)
        for (const Route *route = *table; route->path != NULL; route++)
            say("%-7s %-6s %-7s %-52s %s\n", plane_name(route->plane), method_name(route->method),
                need_name(route->need), route->path, route->help);
}

static void
fields_json(JsonWriter *w, const char *key, const Field *fields)
{
    json_key(w, key);
    json_begin_array(w);
    for (; fields != NULL && fields->key != NULL; fields++)
    {
        json_begin_object(w);
        json_put_text(w, "key", fields->key);
        json_put_text(w, "kind", kind_name(fields));
        json_put_bool(w, "required", fields->required);
        json_put_bool(w, "nullable", fields->nullable);
        json_key(w, "shapes");
        json_begin_array(w);
        for (JsonKind kind = JSON_NULL; fields->kind == FIELD_JSON && kind <= JSON_OBJECT; kind++)
            if (fields->shapes == 0 || (fields->shapes & SHAPE(kind)) != 0)
                json_text(w, json_kind_name(kind));
        json_end_array(w);
        json_put_text(w, "choices", fields->choices);
        if (fields->fields != NULL)
            fields_json(w, "fields", fields->fields);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
routes_json(Arena *arena)
{
    Buf out = buf_new(arena, 4 * 1024 * 1024);
    JsonWriter w = json_writer(&out);

    json_begin_array(&w);
    for (const Route *const *table = api_tables; *table != NULL; table++)
        for (const Route *route = *table; route->path != NULL; route++)
        {
            json_begin_object(&w);
            json_put_text(&w, "plane", plane_name(route->plane));
            json_put_text(&w, "method", method_name(route->method));
            json_put_text(&w, "path", route->path);
            json_put_text(&w, "need", need_name(route->need));
            json_put_text(&w, "help", route->help);
            fields_json(&w, "body", route->body);
            fields_json(&w, "query", route->query);
            json_end_object(&w);
        }
    json_end_array(&w);
    say("%s\n", buf_cstr(&out));
}

static bool
cmd_routes(Call *call, Error *err)
{
    (void) err;
    if (call_option(call, "json") != NULL)
        routes_json(call->arena);
    else
        routes_text();
    return true;
}

/* ------------------------------------------------------------------------------------------ docs
 */

static void
docs_fields(const char *title, const char *prefix, const Field *fields)
{
    for (; fields != NULL && fields->key != NULL; fields++)
    {
        if (fields->kind == FIELD_IGNORED)
            continue;
        say("- %s `%s%s`: %s%s%s%s%s\n", title, prefix, fields->key, kind_name(fields),
            fields->required ? ", required" : "", fields->nullable ? ", may be null" : "",
            fields->choices == NULL ? "" : ", one of ",
            fields->choices == NULL ? "" : fields->choices);
        if (fields->fields != NULL)
        {
            char inner[128];

            (void) snprintf(inner, sizeof(inner), "%s%s.", prefix, fields->key);
            docs_fields(title, inner, fields->fields);
        }
    }
}

static void
docs_routes(void)
{
    say("# HTTP routes\n\nPrinted by `vigie dev docs routes`. The plane says where a route is "
        "served (`--planes`,\n`--listen`), the need who may call it.\n");
    for (const Route *const *table = api_tables; *table != NULL; table++)
        for (const Route *route = *table; route->path != NULL; route++)
        {
            say("\n## %s %s\n\n%s. Plane: %s. Needs: %s.\n", method_name(route->method),
                route->path, route->help, plane_name(route->plane), need_name(route->need));
            if (route->body != NULL || route->query != NULL)
                say("\n");
            docs_fields("query", "", route->query);
            docs_fields("body", "", route->body);
        }
}

static void
docs_settings(Arena *arena)
{
    say("# Settings\n\nPrinted by `vigie dev docs settings`.\n\n## At start\n\n"
        "In a file (`--config FILE`, one `name = value` on each line), in the environment, or as "
        "options\nof the commands (`--base-path /stats`). The last of these wins; of several "
        "environment names the\nfirst that is set.\n");
    for (size_t i = 0; i < CONFIG_COUNT; i++)
        say("\n### %s\n\n%s.\n\nDefault: `%s`. Environment: `%s`.\n", config_rows[i].name,
            config_rows[i].help, config_rows[i].value[0] == '\0' ? "(empty)" : config_rows[i].value,
            config_rows[i].environment);
    say("\n## While running\n\nChanged by administrators in the pages or by "
        "`PUT /api/setting/:key`. A value in the environment\nwins and cannot be changed.\n");
    for (LiveKey live = 0; live < LIVE_COUNT; live++)
        say("\n### %s\n\n%s\n\nDefault: `%s`. Environment: `%s`.\n", live_rows[live].key,
            live_rows[live].help,
            live_rows[live].value[0] == '\0' ? "(empty)" : live_rows[live].value,
            live_environment_name(arena, live));
}

static void
docs_errors(void)
{
    say("# Error codes\n\nPrinted by `vigie dev docs errors`. The key stands in JSON answers as "
        "`code` and in the log.\n\n| Key | HTTP | Exit | Meaning |\n|---|---|---|---|\n");
    for (ErrorCode code = 1; code < ERR_COUNT; code++)
        say("| %s | %d | %d | %s |\n", error_key(code), error_http_status(code),
            error_exit_status(code), error_help(code));
}

static void
docs_commands(const char *path, const Command *commands)
{
    for (const Command *command = commands; command->name != NULL; command++)
    {
        char own[128];

        (void) snprintf(own, sizeof(own), "%s %s", path, command->name);
        say("\n## %s%s%s\n\n%s.\n", own, command->words[0] == '\0' ? "" : " ", command->words,
            command->help);
        for (const CommandOption *option = command->options; option != NULL && option->name != NULL;
             option++)
            say("%s- `--%s%s%s` %s\n", option == command->options ? "\n" : "", option->name,
                option->value == NULL ? "" : "=", option->value == NULL ? "" : option->value,
                option->help);
        if (command->commands != NULL)
            docs_commands(own, command->commands);
    }
}

static bool
cmd_docs(Call *call, Error *err)
{
    const char *page;

    if (!call_word(call, 0, "page (routes, settings, errors, commands)", &page, err))
        return false;
    if (strcmp(page, "routes") == 0)
        docs_routes();
    else if (strcmp(page, "settings") == 0)
        docs_settings(call->arena);
    else if (strcmp(page, "errors") == 0)
        docs_errors();
    else if (strcmp(page, "commands") == 0)
    {
        say("# Commands\n\nPrinted by `vigie dev docs commands`. `--help` behind any command "
            "tells its options; where\nsettings apply, each is an option too.\n");
        docs_commands("vigie", cli_commands);
    }
    else
        return error_set(err, ERR_INVALID, "there is no page %s", page);
    return true;
}

// clang-format off
static const CommandOption routes_options[] = {
    { "json", NULL, "As JSON, with the fields that each takes" },
    { 0 },
};

const Command dev_commands[] = {
    { "routes", "",     "The table of routes: plane, method, need, path", cmd_routes, NULL, routes_options, false },
    { "compile", "FILE", "The SQL that a question (JSON) becomes, for a connected database", cmd_dev_compile, NULL, NULL, true },
    { "docs",   "PAGE", "A page of the reference documentation: routes, settings, errors, commands", cmd_docs, NULL, NULL, false },
    { 0 },
};
// clang-format on
