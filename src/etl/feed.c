/* Reads a feed file. Keys that mean nothing are refused: a typing error must not change a feed. */
#include "etl/feed.h"

#include "base/file.h"
#include "base/yaml.h"

#include <string.h>

enum
{
    MAX_FILE_BYTES = 1024 * 1024,
    MAX_TABLES = 1000,
    MAX_COLUMNS = 1500
};

typedef struct FeedFile
{
    const char *source;
    const char *target;
    const char *schema;
    const char *mode;
    const char *schedule;
    const char *timezone;
    bool make_up;
    TextList readers;
    const Json *tables;
} FeedFile;

typedef struct TableInput
{
    const char *name;
    const char *comment;
    const char *from;
    const char *query;
    TextList key;
    const Json *columns;
} TableInput;

static const Field file_fields[] = {
    FIELD(FeedFile, source, .required = true, .not_blank = true, .max = 200),
    FIELD(FeedFile, target, .max = 200),
    FIELD(FeedFile, schema, .required = true, .not_blank = true, .max = 56),
    FIELD(FeedFile, mode, .choices = "replace|swap"),
    FIELD(FeedFile, schedule, .max = 200),
    FIELD(FeedFile, timezone, .max = 64),
    FIELD(FeedFile, make_up),
    FIELD(FeedFile, readers, .max = 100),
    FIELD(FeedFile, tables, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

static const Field table_fields[] = {
    FIELD(TableInput, name, .required = true, .not_blank = true, .max = 56),
    FIELD(TableInput, comment),
    FIELD(TableInput, from, .max = 130),
    FIELD(TableInput, query, .max = 1000),
    FIELD(TableInput, key, .max = 32),
    FIELD(TableInput, columns, .required = true, .shapes = SHAPE(JSON_ARRAY)),
    { 0 },
};

static const Field column_fields[] = {
    FIELD(FeedColumn, column, .required = true, .not_blank = true, .max = 63),
    FIELD(FeedColumn, name, .not_blank = true, .max = 63),
    FIELD(FeedColumn, type, .not_blank = true, .max = 100),
    FIELD(FeedColumn, comment),
    { 0 },
};

/* ERR_CONFIG with the line, whatever it was. */
static bool
wrong(const Json *at, Error *err)
{
    Error cause = *err;

    (void) error_set(err, ERR_CONFIG, "line %u: %s%s%s", at->line, cause.field,
                     cause.field[0] == '\0' ? "" : ": ", cause.message);
    if (cause.hint[0] != '\0')
        (void) error_hint(err, "%s", cause.hint);
    return false;
}

static bool
read_object(Arena *arena, const Field *fields, const Json *json, void *object, Error *err)
{
    if (json->kind != JSON_OBJECT)
    {
        (void) error_set(err, ERR_CONFIG, "names and values are expected here");
        return wrong(json, err);
    }
    for (const Json *member = json->first; member != NULL; member = member->next)
    {
        const Field *field = fields;

        while (field->key != NULL && strcmp(field->key, member->key) != 0)
            field++;
        if (field->key != NULL)
            continue;
        (void) error_set(err, ERR_CONFIG, "the key %.60s means nothing here", member->key);
        return wrong(member, err);
    }
    return bind_read(arena, fields, json, object, err) || wrong(json, err);
}

static const char *
variable(char *const *environment, const char *name)
{
    size_t len = strlen(name);

    for (char *const *entry = environment; entry != NULL && *entry != NULL; entry++)
        if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=' && (*entry)[len + 1] != '\0')
            return *entry + len + 1;
    return NULL;
}

/* Files name variables, never addresses: they hold no password. */
static bool
read_target(Arena *arena, char *const *environment, const char *name, PgTarget *target, Error *err)
{
    const char *url = variable(environment, name);

    if (url == NULL)
    {
        (void) error_set(err, ERR_CONFIG, "the variable %s is not set", name);
        return error_hint(err, "It holds the address of a database: postgres://...");
    }
    return pg_target_from_url(arena, url, target, err) || error_prefix(err, "%s", name);
}

/* --------------------------------------------------------------------------------------- columns
 */

static bool
read_column(Arena *arena, const Json *json, FeedColumn *column, Error *err)
{
    *column = (FeedColumn){ .column = json_text_or(json, NULL) };
    if (json->kind != JSON_TEXT && !read_object(arena, column_fields, json, column, err))
        return false;
    if (column->name == NULL)
        column->name = column->column;
    return true;
}

static bool
has_name(const FeedTable *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return true;
    return false;
}

static bool
read_columns(Arena *arena, const Json *list, FeedTable *table, Error *err)
{
    if (list->count == 0 || list->count > MAX_COLUMNS)
        return error_set(err, ERR_CONFIG, "line %u: the table %s lists %zu columns", list->line,
                         table->name, list->count);
    table->columns = ARENA_ARRAY(arena, list->count, FeedColumn);
    for (const Json *item = list->first; item != NULL; item = item->next)
    {
        FeedColumn column;

        if (!read_column(arena, item, &column, err))
            return false;
        if (has_name(table, column.name))
            return error_set(err, ERR_CONFIG, "line %u: %s.%s is listed twice", item->line,
                             table->name, column.name);
        if (table->query != NULL && column.type == NULL)
            return error_set(err, ERR_CONFIG, "line %u: %s.%s comes from a query and needs a type",
                             item->line, table->name, column.name);
        table->columns[table->column_count++] = column;
    }
    for (size_t i = 0; i < table->key.count; i++)
        if (!has_name(table, table->key.items[i]))
            return error_set(err, ERR_CONFIG, "line %u: the key %s of %s is not one of its columns",
                             list->line, table->key.items[i], table->name);
    return true;
}

/* ---------------------------------------------------------------------------------------- tables
 */

/* Beside the feed file. The last semicolon is not part of a query. */
static bool
read_query(Arena *arena, const char *path, const char *file, FeedTable *table, Error *err)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash == NULL ? "." : arena_text_n(arena, path, (size_t) (slash - path));
    Str text;

    if (strchr(file, '/') != NULL || !str_has_suffix(str_of(file), ".sql"))
        return error_set(err, ERR_CONFIG, "the query of %s is not a .sql file beside the feed",
                         table->name);
    if (!file_read(arena, path_join(arena, folder, file), MAX_FILE_BYTES, &text, err))
        return false;
    while (text.len > 0 && strchr(" \t\r\n;", text.ptr[text.len - 1]) != NULL)
        text.len--;
    table->query = str_copy(arena, text);
    return true;
}

static bool
read_table(Arena *arena, const char *path, const Json *json, FeedTable *table, Error *err)
{
    TableInput input = { 0 };
    Str rest, schema;

    if (!read_object(arena, table_fields, json, &input, err))
        return false;
    *table = (FeedTable){ .name = input.name, .comment = input.comment, .key = input.key };
    if ((input.from == NULL) == (input.query == NULL))
        return error_set(err, ERR_CONFIG, "line %u: %s needs either from or query", json->line,
                         input.name);
    if (input.query != NULL)
        return read_query(arena, path, input.query, table, err) &&
               read_columns(arena, input.columns, table, err);
    rest = str_of(input.from);
    (void) str_split(&rest, '.', &schema);
    table->schema = rest.ptr == NULL ? "public" : str_copy(arena, schema);
    table->from = rest.ptr == NULL ? input.from : str_copy(arena, rest);
    return read_columns(arena, input.columns, table, err);
}

static bool
read_tables(Arena *arena, const char *path, const Json *list, Feed *feed, Error *err)
{
    if (list->count == 0 || list->count > MAX_TABLES)
        return error_set(err, ERR_CONFIG, "the feed lists %zu tables", list->count);
    feed->tables = ARENA_ARRAY(arena, list->count, FeedTable);
    for (const Json *item = list->first; item != NULL; item = item->next)
    {
        FeedTable *table = &feed->tables[feed->table_count];

        if (!read_table(arena, path, item, table, err))
            return false;
        for (size_t i = 0; i < feed->table_count; i++)
            if (strcmp(feed->tables[i].name, table->name) == 0)
                return error_set(err, ERR_CONFIG, "line %u: the table %s is listed twice",
                                 item->line, table->name);
        feed->table_count++;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ file
 */

static bool
read_feed(Arena *arena, const char *path, char *const *environment, Feed *feed, Error *err)
{
    FeedFile file = { 0 };
    Json *tree;
    Str text;

    if (!file_read(arena, path, MAX_FILE_BYTES, &text, err) ||
        !yaml_parse(arena, text, &tree, err) || !read_object(arena, file_fields, tree, &file, err))
        return false;
    feed->schema = file.schema;
    feed->swap = file.mode != NULL && strcmp(file.mode, "swap") == 0;
    feed->readers = file.readers;
    feed->schedule = file.schedule;
    feed->timezone = file.timezone;
    feed->make_up = file.make_up;
    return read_tables(arena, path, file.tables, feed, err) &&
           read_target(arena, environment, file.source, &feed->source, err) &&
           read_target(arena, environment, file.target == NULL ? "ETL_DB_URL" : file.target,
                       &feed->target, err);
}

bool
feed_load(Arena *arena, const char *folder, const char *name, char *const *environment, Feed *feed,
          Error *err)
{
    const char *path = name;
    const char *slash = strrchr(name, '/');
    Feed made = { 0 };
    Str base;

    if (!str_has_suffix(str_of(name), ".yml"))
        path = path_join(arena, folder, arena_format(arena, "%s.yml", name));
    base = str_of(slash == NULL ? name : slash + 1);
    if (str_has_suffix(base, ".yml"))
        base.len -= 4;
    made.name = str_copy(arena, base);
    if (!read_feed(arena, path, environment, &made, err))
        return error_prefix(err, "%s", path);
    *feed = made;
    return true;
}
