/* Reads the rules: shape, contradictions, masks. Tables and columns are met later, in draft.c. */
#include "etl/plan.h"

#include "base/yaml.h"

#include <string.h>

enum
{
    DEFAULT_JOBS = 2,
    DEFAULT_K = 5,
    MAX_SCHEMA_BYTES = 56 /* room for the suffix of the schema that is built */
};

/* Keys at the top of the file, and again for one app under `apps`. */
typedef struct Head
{
    const char *schema;
    const char *source;
    const char *schedule;
    const char *timezone;
    OptBool make_up;
    const char *indexes;
    TextList source_schemas;
    TextList readers;
    int64_t jobs;
    int64_t k;
} Head;

static const Field head_fields[] = {
    FIELD(Head, schema, .not_blank = true, .max = MAX_SCHEMA_BYTES),
    FIELD(Head, source, .not_blank = true, .max = 200),
    FIELD(Head, schedule, .not_blank = true, .max = 100),
    FIELD(Head, timezone, .not_blank = true, .max = 64),
    FIELD(Head, make_up),
    FIELD(Head, indexes, .choices = "all|keys|none"),
    FIELD(Head, source_schemas, .max = 100),
    FIELD(Head, readers, .max = 100),
    FIELD(Head, jobs, .min = 1, .max = 16),
    FIELD(Head, k, .min = 2, .max = 1000),
    { 0 },
};

typedef struct TableInput
{
    const char *table_name;
    OptBool truncated;
    const char *where;
    TextList anonymized_column_names;
    TextList non_anonymized_column_names;
    TextList quasi_identifiers;
    const Json *masks;
} TableInput;

static const Field table_fields[] = {
    FIELD(TableInput, table_name, .required = true, .not_blank = true, .max = 200),
    FIELD(TableInput, truncated),
    FIELD(TableInput, where, .not_blank = true, .max = 10000),
    FIELD(TableInput, anonymized_column_names, .max = 1600, .nullable = true),
    FIELD(TableInput, non_anonymized_column_names, .max = 1600, .nullable = true),
    FIELD(TableInput, quasi_identifiers, .max = 100),
    FIELD(TableInput, masks, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static bool
wrong(Error *err, unsigned line, const char *reason)
{
    (void) error_set(err, ERR_CONFIG, "the rules are wrong at line %u: %s", line, reason);
    return error_hint(err, "docs/admin/etl.md shows a whole file.");
}

static bool
bind_at(Arena *arena, const Field *fields, const Json *json, void *object, Error *err)
{
    if (bind_read(arena, fields, json, object, err))
        return true;
    err->code = ERR_CONFIG;
    return error_prefix(err, "the rules are wrong at line %u", json->line);
}

static bool
is_one_of(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* A key that is not read is most likely misspelt, and a rule that is not applied is a leak. */
static bool
known_keys(const Json *object, const Field *fields, const char *const *more, Error *err)
{
    for (const Json *member = object->first; member != NULL; member = member->next)
    {
        const Field *field = fields;

        while (field->key != NULL && strcmp(field->key, member->key) != 0)
            field++;
        if (field->key == NULL && !is_one_of(more, member->key))
            return error_set(err, ERR_CONFIG,
                             "the rules are wrong at line %u: there is no key %s here",
                             member->line, member->key);
    }
    return true;
}

/* --------------------------------------------------------------------------------------- tables */

static void
put_column(Arena *arena, PlanTable *table, const char *name, unsigned line, PlanColumn made)
{
    PlanColumn *column = ARENA_NEW(arena, PlanColumn);

    *column = made;
    column->name = arena_text(arena, name);
    column->line = line;
    map_put(table->columns, name, column);
}

static void
note(Arena *arena, Plan *plan, unsigned line, const char *table, const char *column,
     const char *what)
{
    list_add(&plan->warnings, arena_format(arena, "line %u: %s.%s %s", line, table, column, what));
}

/* Kept first, then anonymized, then masks: the later wins, so that a doubt protects. */
static bool
read_columns(Arena *arena, Plan *plan, const TableInput *input, const Json *json, PlanTable *table,
             Error *err)
{
    const Json *kept = json_get(json, "non_anonymized_column_names");
    const Json *anonymized = json_get(json, "anonymized_column_names");

    for (const Json *item = kept == NULL ? NULL : kept->first; item != NULL; item = item->next)
        put_column(arena, table, json_text_or(item, ""), item->line, (PlanColumn){ .keep = true });
    for (const Json *item = anonymized == NULL ? NULL : anonymized->first; item != NULL;
         item = item->next)
    {
        if (map_has(table->columns, json_text_or(item, "")))
            note(arena, plan, item->line, table->name, json_text_or(item, ""),
                 "is in both lists: it is anonymized");
        put_column(arena, table, json_text_or(item, ""), item->line, (PlanColumn){ .seed = true });
    }
    for (const Json *item = input->masks == NULL ? NULL : input->masks->first; item != NULL;
         item = item->next)
    {
        const PlanColumn *before = map_get(table->columns, item->key);
        PlanColumn made = { 0 };

        if (!mask_read(arena, item, &made.use, err))
            return error_prefix(err, "%s.%s", table->name, item->key);
        if (before != NULL && before->keep)
            note(arena, plan, item->line, table->name, item->key,
                 "is kept and masked: it is masked");
        put_column(arena, table, item->key, item->line, made);
    }
    return true;
}

static bool
read_table(Arena *arena, Plan *plan, const Json *json, Error *err)
{
    PlanTable *table = ARENA_NEW(arena, PlanTable);
    TableInput input;
    bool rules;

    if (json->kind != JSON_OBJECT)
        return wrong(err, json->line, "a table is a map with the key table_name");
    if (!known_keys(json, table_fields, NULL, err) ||
        !bind_at(arena, table_fields, json, &input, err))
        return false;
    table->name = input.table_name;
    table->line = json->line;
    table->truncated = input.truncated.set && input.truncated.value;
    table->where = input.where;
    table->quasi = input.quasi_identifiers;
    table->columns = map_new(arena);
    if (map_has(plan->tables, table->name))
        return error_set(err, ERR_CONFIG, "the rules are wrong at line %u: %s stands twice",
                         json->line, table->name);
    rules = json_get(json, "anonymized_column_names") != NULL ||
            json_get(json, "non_anonymized_column_names") != NULL || input.masks != NULL ||
            input.where != NULL;
    if (table->truncated && rules)
        return error_set(err, ERR_CONFIG,
                         "the rules are wrong at line %u: %s is truncated and has "
                         "rules for columns",
                         json->line, table->name);
    if (!table->truncated && !rules)
        return error_set(err, ERR_CONFIG,
                         "the rules are wrong at line %u: %s has no rules and is "
                         "not truncated",
                         json->line, table->name);
    map_put(plan->tables, table->name, table);
    return read_columns(arena, plan, &input, json, table, err);
}

/* ----------------------------------------------------------------------------------------- head */

static bool
take_head(Arena *arena, const Json *json, Plan *plan, Error *err)
{
    Head head;

    if (!bind_at(arena, head_fields, json, &head, err))
        return false;
    plan->schema = head.schema != NULL ? head.schema : plan->schema;
    plan->source = head.source != NULL ? head.source : plan->source;
    plan->schedule = head.schedule != NULL ? head.schedule : plan->schedule;
    plan->timezone = head.timezone != NULL ? head.timezone : plan->timezone;
    plan->make_up = head.make_up.set ? head.make_up.value : plan->make_up;
    plan->indexes = head.indexes != NULL ? head.indexes : plan->indexes;
    plan->source_schemas =
        head.source_schemas.count > 0 ? head.source_schemas : plan->source_schemas;
    plan->readers = json_get(json, "readers") != NULL ? head.readers : plan->readers;
    plan->jobs = head.jobs != 0 ? head.jobs : plan->jobs;
    plan->k = head.k != 0 ? head.k : plan->k;
    return true;
}

static bool
read_head(Arena *arena, const Json *tree, const char *app, Plan *plan, Error *err)
{
    static const char *const lists[] = { "tables", "apps", NULL };
    const Json *apps = json_get(tree, "apps");
    const Json *own = json_get(apps, app);

    if (!known_keys(tree, head_fields, lists, err) || !take_head(arena, tree, plan, err))
        return false;
    if (apps != NULL && apps->kind != JSON_OBJECT)
        return wrong(err, apps->line, "apps is a map from the name of an app to its keys");
    if (own == NULL)
        return true;
    if (own->kind != JSON_OBJECT)
        return wrong(err, own->line, "an app is a map");
    return known_keys(own, head_fields, NULL, err) && take_head(arena, own, plan, err);
}

/* Names that are not ours to replace. */
static bool
check_schema(const Plan *plan, Error *err)
{
    static const char *const reserved[] = { "public", "information_schema", "vigie_etl" };

    for (size_t i = 0; i < COUNT_OF(reserved); i++)
        if (strcmp(plan->schema, reserved[i]) == 0)
            return error_set(err, ERR_CONFIG, "the schema %s cannot be the target of a copy",
                             plan->schema);
    if (strncmp(plan->schema, "pg_", 3) == 0 || strlen(plan->schema) > MAX_SCHEMA_BYTES ||
        strstr(plan->schema, "__new") != NULL)
        return error_set(err, ERR_CONFIG, "the schema %s cannot be the target of a copy",
                         plan->schema);
    return true;
}

static bool
parse(Arena *arena, Str text, Json **tree, Error *err)
{
    if (!yaml_parse(arena, text, tree, err))
    {
        err->code = ERR_CONFIG;
        return false;
    }
    return (*tree)->kind == JSON_OBJECT ||
           wrong(err, 1, "the file is a map whose key tables holds a list");
}

bool
plan_apps(Arena *arena, Str text, TextList *apps, Error *err)
{
    const Json *list;
    Json *tree;

    *apps = (TextList){ 0 };
    if (!parse(arena, text, &tree, err))
        return false;
    list = json_get(tree, "apps");
    if (list == NULL)
        return true;
    if (list->kind != JSON_OBJECT)
        return wrong(err, list->line, "apps is a map from the name of an app to its keys");
    apps->items = ARENA_ARRAY(arena, list->count, const char *);
    for (const Json *app = list->first; app != NULL; app = app->next)
        apps->items[apps->count++] = app->key;
    return true;
}

bool
plan_read(Arena *arena, Str text, const char *app, Plan *plan, Error *err)
{
    static const char *default_schemas[] = { "public" };
    Json *tree;
    const Json *tables;

    *plan = (Plan){ .tables = map_new(arena),
                    .schema = app,
                    .indexes = "all",
                    .jobs = DEFAULT_JOBS,
                    .k = DEFAULT_K,
                    .warnings = list_new(arena),
                    .source_schemas = { default_schemas, COUNT_OF(default_schemas) } };
    if (!parse(arena, text, &tree, err))
        return false;
    tables = json_get(tree, "tables");
    if (tables == NULL || tables->kind != JSON_ARRAY)
        return wrong(err, 1, "the file is a map whose key tables holds a list");
    if (!read_head(arena, tree, app, plan, err) || !check_schema(plan, err))
        return false;
    for (const Json *table = tables->first; table != NULL; table = table->next)
        if (!read_table(arena, plan, table, err))
            return false;
    return true;
}
