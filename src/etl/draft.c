/* Matches every table and column of the source with a rule, and decides what the target gets. */
#include "etl/draft.h"

#include <string.h>

enum
{
    MOST_SHOWN = 5 /* names in one line */
};

typedef struct Maker
{
    Arena *arena;
    const Plan *plan;
    const Catalog *catalog;
    Draft *draft;
    List problems;
    Buf paste;
    List computed; /* const char *: columns whose default is not a constant */
} Maker;

static void
problem(Maker *m, const char *table, const char *column, const char *text)
{
    Problem *made = ARENA_NEW(m->arena, Problem);

    *made = (Problem){ table, column, text };
    list_add(&m->problems, made);
}

static void
skip(Maker *m, const char *what, const char *name, const char *why)
{
    Skipped *made = ARENA_NEW(m->arena, Skipped);

    *made = (Skipped){ what, name, why };
    list_add(&m->draft->skipped, made);
}

static const char *
dotted(Maker *m, const char *table, const char *name)
{
    return arena_format(m->arena, "%s.%s", table, name);
}

const CopyColumn *
draft_column(const CopyTable *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

/* -------------------------------------------------------------------------------------- columns */

static int64_t
ident_letters(const SourceTable *table)
{
    const SourceColumn *id = source_column(table, "id");
    int64_t letters = 1;

    if (id != NULL && id->family == FAMILY_UUID)
        return 36;
    for (int64_t most = source_rows(table); most >= 10; most /= 10)
        letters++;
    return letters;
}

static void
check_mask(Maker *m, const SourceTable *source, const SourceColumn *column, const MaskUse *use)
{
    Error err;

    if (!mask_fits(use, column, ident_letters(source), &err))
        problem(m, source->key, column->name, arena_format(m->arena, "%s", err.message));
    if (use->args.by != NULL && source_column(source, use->args.by) == NULL)
        problem(m, source->key, column->name,
                arena_format(m->arena, "the mask moves by the column %s, which is not there",
                             use->args.by));
    m->draft->key_needed = m->draft->key_needed || mask_needs_key(use);
}

static void
add_masked(Maker *m, CopyTable *table, const SourceColumn *source, const MaskUse *use)
{
    CopyColumn *column;

    check_mask(m, table->source, source, use);
    if (mask_is(use, "drop") || mask_is(use, "drop_row"))
    {
        skip(m, "column", dotted(m, table->source->key, source->name), "dropped by its rule");
        if (mask_is(use, "drop_row"))
        {
            MaskUse *kept = ARENA_NEW(m->arena, MaskUse);

            if (table->drop_column != NULL)
                problem(m, table->source->key, source->name,
                        "only one column of a table can drop rows");
            *kept = *use;
            table->drop_use = kept;
            table->drop_column = source->name;
        }
        return;
    }
    column = &table->columns[table->column_count++];
    *column = (CopyColumn){ .name = source->name,
                            .comment = source->comment,
                            .type = mask_type(use, source),
                            .masked = true,
                            .use = *use,
                            .source = source };
    /* Where a mask can give null, the column can hold it. */
    column->not_null = source->not_null && !mask_is(use, "null") && !mask_is(use, "department") &&
                       !mask_is(use, "domain") && !mask_is(use, "noise");
    table->ident = table->ident || mask_needs_ident(use);
}

/* A collation of the server goes on; one that was made in the source does not. */
static const char *
collation_of(Maker *m, const CopyTable *table, const SourceColumn *source)
{
    if (source->collation == NULL || strcmp(source->collation_schema, "pg_catalog") == 0)
        return source->collation;
    skip(m, "collation", dotted(m, table->source->key, source->name),
         arena_format(m->arena, "%s.%s was made in the source; text sorts as in the target",
                      source->collation_schema, source->collation));
    return NULL;
}

/* Only of kept columns: the default of a masked one could be a value that is hidden. */
static void
add_kept(Maker *m, CopyTable *table, const SourceColumn *source)
{
    const char *fallback = default_literal(m->arena, source->default_sql);

    if (source->default_sql != NULL && fallback == NULL)
        list_add(&m->computed, (void *) dotted(m, table->source->key, source->name));
    table->columns[table->column_count++] =
        (CopyColumn){ .name = source->name,
                      .comment = source->comment,
                      .type = source->type,
                      .collation = collation_of(m, table, source),
                      .fallback = fallback,
                      .not_null = source->not_null,
                      .source = source };
}

/* One line for all: most tables have a key that counts. */
static void
tell_computed(Maker *m)
{
    Buf names = buf_new(m->arena, 10000);
    size_t shown = m->computed.count > MOST_SHOWN ? MOST_SHOWN : m->computed.count;

    if (m->computed.count == 0)
        return;
    for (size_t i = 0; i < shown; i++)
        buf_format(&names, "%s%s", i == 0 ? "" : ", ", (const char *) m->computed.items[i]);
    if (m->computed.count > shown)
        buf_format(&names, " and %zu others", m->computed.count - shown);
    skip(m, m->computed.count == 1 ? "default" : "defaults", buf_cstr(&names),
         "computed when a row is added: plain in the copy");
}

/* Words that YAML would read as something else stand in quotes. */
static void
paste_name(Maker *m, const char *name)
{
    bool plain = *name != '\0' &&
                 strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen(name) &&
                 (*name == '_' || (*name >= 'a' && *name <= 'z')) && strcmp(name, "null") != 0 &&
                 strcmp(name, "true") != 0 && strcmp(name, "false") != 0 &&
                 strcmp(name, "yes") != 0 && strcmp(name, "no") != 0 && strcmp(name, "on") != 0 &&
                 strcmp(name, "off") != 0 && strcmp(name, "y") != 0 && strcmp(name, "n") != 0;

    if (plain)
    {
        buf_text(&m->paste, name);
        return;
    }
    buf_char(&m->paste, '\'');
    for (; *name != '\0'; name++)
    {
        if (*name == '\'')
            buf_char(&m->paste, '\'');
        buf_char(&m->paste, *name);
    }
    buf_char(&m->paste, '\'');
}

static void
paste_column(Maker *m, const SourceTable *table, const SourceColumn *column, bool *begun)
{
    if (!*begun)
    {
        buf_text(&m->paste, "  - table_name: ");
        paste_name(m, table->key);
        buf_text(&m->paste, "\n    anonymized_column_names:\n");
    }
    *begun = true;
    buf_text(&m->paste, "      - ");
    paste_name(m, column->name);
    buf_format(&m->paste, " # %s\n", strchr(column->shown, '\n') == NULL ? column->shown : "");
}

/* The first masked column that a generated one is computed from: it would tell what that hides. */
static const char *
made_from_masked(const SourceColumn *column, const PlanTable *rules)
{
    for (size_t i = 0; i < column->made_from.count; i++)
    {
        const PlanColumn *rule = map_get(rules->columns, column->made_from.items[i]);

        if (rule != NULL && !rule->keep)
            return rule->name;
    }
    return NULL;
}

static void
add_unmasked(Maker *m, CopyTable *table, const PlanTable *rules, const SourceColumn *column,
             bool named)
{
    const char *masked = made_from_masked(column, rules);

    if (masked != NULL)
    {
        skip(m, "column", dotted(m, table->source->key, column->name),
             arena_format(m->arena, "it is generated from %s, which is masked", masked));
        return;
    }
    if (!named && column->family == FAMILY_TEXT && !column->foreign)
        list_add(&m->draft->warnings,
                 arena_format(m->arena,
                              "%s.%s is a key of text and no rule names it: it is copied as it is",
                              table->source->key, column->name));
    add_kept(m, table, column);
}

static void
add_columns(Maker *m, CopyTable *table, const PlanTable *rules)
{
    const SourceTable *source = table->source;
    bool begun = false;

    table->columns = ARENA_ARRAY(m->arena, source->column_count, CopyColumn);
    for (size_t i = 0; i < source->column_count; i++)
    {
        const SourceColumn *column = &source->columns[i];
        PlanColumn *rule = map_get(rules->columns, column->name);

        if (rule != NULL)
            rule->met = true;
        if (rule != NULL && (rule->seed || (!rule->keep && mask_is(&rule->use, "column_default"))))
            rule->use = rule->seed ? mask_default(m->arena, column)
                                   : mask_constant_default(m->arena, column);
        if (rule != NULL && !rule->keep)
            add_masked(m, table, column, &rule->use);
        else if (rule != NULL || column->primary || column->foreign)
            add_unmasked(m, table, rules, column, rule != NULL);
        else
        {
            problem(m, source->key, column->name, "no rule names this column");
            paste_column(m, source, column, &begun);
        }
    }
    if (table->column_count == 0 && !begun)
        problem(m, source->key, NULL, "no column is left: the table can be truncated");
}

/* ----------------------------------------------------------------------------- indexes and keys */

static bool
any_masked(const CopyTable *table, const TextList *names, bool unique, bool *unsure)
{
    bool found = false;

    *unsure = false;
    for (size_t i = 0; i < names->count; i++)
    {
        const CopyColumn *column = draft_column(table, names->items[i]);

        found = found || column == NULL || column->masked;
        *unsure = *unsure || column == NULL ||
                  (column->masked && !(unique && (column->use.mask->flags & MASK_UNIQUE) != 0));
    }
    return found;
}

static bool
is_key_of(const SourceTable *table, const SourceIndex *index)
{
    for (size_t i = 0; i < table->key_count; i++)
        if (index->columns.count > 0 && table->keys[i].columns.count > 0 &&
            strcmp(index->columns.items[0], table->keys[i].columns.items[0]) == 0)
            return true;
    return false;
}

static const char *
index_noun(const SourceIndex *index)
{
    if (strcmp(index->kind, "x") == 0)
        return "exclusion constraint";
    return index->primary ? "primary key" : "index";
}

/* An index serves what can still be looked for. A unique one over masks must stay true. */
static void
add_indexes(Maker *m, CopyTable *table)
{
    const SourceTable *source = table->source;
    bool all = strcmp(m->plan->indexes, "all") == 0;

    table->indexes = ARENA_ARRAY(m->arena, source->index_count, const SourceIndex *);
    for (size_t i = 0; i < source->index_count && strcmp(m->plan->indexes, "none") != 0; i++)
    {
        const SourceIndex *index = &source->indexes[i];
        bool unsure, masked = any_masked(table, &index->uses, index->unique, &unsure);
        const char *name = dotted(m, source->key, index->name);

        if (index->ordered)
            skip(m, "index", name, "it compares values of an enum, which is text in the copy");
        else if (masked && (unsure || index->expression || !index->unique))
            skip(m, index_noun(index), name, "it holds a masked column");
        else if (all || index->unique || strcmp(index->kind, "x") == 0 || is_key_of(source, index))
            table->indexes[table->index_count++] = index;
    }
}

static CopyTable *
find_table(const Draft *draft, const char *schema, const char *name)
{
    for (size_t i = 0; i < draft->table_count; i++)
        if (strcmp(draft->tables[i].source->schema, schema) == 0 &&
            strcmp(draft->tables[i].source->name, name) == 0)
            return &draft->tables[i];
    return NULL;
}

/* Both ends are as they were, or both are hashed by the same key. */
static bool
is_same_mask(const CopyColumn *from, const CopyColumn *to)
{
    if (from == NULL || to == NULL || from->masked != to->masked)
        return false;
    return !from->masked || (mask_is(&from->use, "hash") && mask_is(&to->use, "hash") &&
                             from->use.args.length == to->use.args.length);
}

static bool
has_unique(const CopyTable *table, const TextList *columns)
{
    for (size_t i = 0; i < table->index_count; i++)
    {
        const SourceIndex *index = table->indexes[i];
        size_t same = 0;

        for (size_t at = 0; at < index->columns.count && at < columns->count; at++)
            for (size_t other = 0; other < columns->count; other++)
                same += strcmp(index->columns.items[at], columns->items[other]) == 0;
        if (index->unique && !index->expression && same == columns->count &&
            index->columns.count == columns->count)
            return true;
    }
    return false;
}

static void
add_keys(Maker *m, CopyTable *table)
{
    const SourceTable *source = table->source;

    table->keys = ARENA_ARRAY(m->arena, source->key_count, CopyKey);
    for (size_t i = 0; i < source->key_count; i++)
    {
        const SourceKey *key = &source->keys[i];
        const CopyTable *to = find_table(m->draft, key->schema, key->table);
        const char *name = dotted(m, source->key, key->name);
        bool same = to != NULL;

        for (size_t at = 0; same && at < key->columns.count; at++)
            same = is_same_mask(draft_column(table, key->columns.items[at]),
                                draft_column(to, key->targets.items[at]));
        if (to == NULL)
            skip(m, "foreign key", name, arena_format(m->arena, "%s is not copied", key->table));
        else if (!same)
            skip(m, "foreign key", name, "it holds a masked column");
        else if (to->where != NULL || to->drop_use != NULL)
            skip(m, "foreign key", name,
                 arena_format(m->arena, "not all rows of %s are copied", to->name));
        else if (!has_unique(to, &key->targets))
            skip(m, "foreign key", name,
                 arena_format(m->arena, "%s has no such key in the copy", to->name));
        else
            table->keys[table->key_count++] = (CopyKey){ key, to->name };
    }
}

/* --------------------------------------------------------------------------------------- tables */

static void
check_quasi(Maker *m, const CopyTable *table)
{
    for (size_t i = 0; i < table->quasi.count; i++)
        if (draft_column(table, table->quasi.items[i]) == NULL)
            problem(m, table->source->key, table->quasi.items[i],
                    "a quasi-identifier that is not in the target");
}

static void
add_table(Maker *m, const SourceTable *source, PlanTable *rules)
{
    CopyTable *table = &m->draft->tables[m->draft->table_count];

    *table = (CopyTable){ .name = source->name,
                          .comment = source->comment,
                          .source = source,
                          .where = rules->where,
                          .quasi = rules->quasi };
    if (!source->readable)
        problem(m, source->key, NULL, "the role may not read this table");
    if (source->filtered)
        problem(m, source->key, NULL, "row security hides rows from the role");
    for (size_t i = 0; i < m->draft->table_count; i++)
        if (strcmp(m->draft->tables[i].name, table->name) == 0)
            problem(m, source->key, NULL, "another schema has a table of the same name");
    add_columns(m, table, rules);
    check_quasi(m, table);
    m->draft->table_count++;
}

static void
meet_table(Maker *m, const SourceTable *source)
{
    PlanTable *rules = map_get(m->plan->tables, source->key);
    bool begun = false;

    if (rules != NULL)
        rules->met = true;
    if (rules != NULL && rules->truncated)
        skip(m, "table", source->key, "truncated by its rule");
    else if (rules != NULL)
        add_table(m, source, rules);
    else if (source->extension)
        skip(m, "table", source->key, "it belongs to an extension");
    else
    {
        problem(m, source->key, NULL, "no rule names this table");
        for (size_t i = 0; i < source->column_count; i++)
            if (!source->columns[i].primary && !source->columns[i].foreign)
                paste_column(m, source, &source->columns[i], &begun);
        if (!begun)
        {
            buf_text(&m->paste, "  - table_name: ");
            paste_name(m, source->key);
            buf_text(&m->paste, "\n    non_anonymized_column_names: []\n");
        }
    }
}

/* Rules for what the source does not have. */
static void
find_stale(Maker *m)
{
    for (size_t i = 0; i < map_count(m->plan->tables); i++)
    {
        const PlanTable *table = map_value_at(m->plan->tables, i);

        if (!table->met)
            list_add(&m->draft->warnings, arena_format(m->arena, "line %u: %s is not in the source",
                                                       table->line, table->name));
        for (size_t c = 0; table->met && c < map_count(table->columns); c++)
        {
            const PlanColumn *column = map_value_at(table->columns, c);

            if (!column->met)
                list_add(&m->draft->warnings,
                         arena_format(m->arena, "line %u: %s.%s is not in the source", column->line,
                                      table->name, column->name));
        }
    }
}

bool
draft_make(Arena *arena, const Plan *plan, const Catalog *catalog, Draft *draft, Error *err)
{
    Maker m = { .arena = arena,
                .plan = plan,
                .catalog = catalog,
                .draft = draft,
                .problems = list_new(arena),
                .computed = list_new(arena),
                .paste = buf_new(arena, 4 * 1024 * 1024) };

    *draft = (Draft){ .tables = ARENA_ARRAY(arena, catalog->table_count + 1, CopyTable),
                      .warnings = list_new(arena),
                      .skipped = list_new(arena) };
    for (size_t i = 0; i < plan->warnings.count; i++)
        list_add(&draft->warnings, plan->warnings.items[i]);
    if (catalog->table_count == 0)
        return error_set(err, ERR_CONFIG, "the source has no table that this role can see");
    for (size_t i = 0; i < catalog->table_count; i++)
        meet_table(&m, &catalog->tables[i]);
    for (size_t i = 0; i < draft->table_count; i++)
        add_indexes(&m, &draft->tables[i]);
    for (size_t i = 0; i < draft->table_count; i++)
        add_keys(&m, &draft->tables[i]);
    for (size_t i = 0; i < catalog->other_count; i++)
        list_add(&draft->skipped, &catalog->others[i]);
    tell_computed(&m);
    find_stale(&m);
    draft->problems = ARENA_ARRAY(arena, m.problems.count, Problem);
    for (size_t i = 0; i < m.problems.count; i++)
        draft->problems[draft->problem_count++] = *(const Problem *) m.problems.items[i];
    draft->paste = buf_cstr(&m.paste);
    return true;
}

bool
draft_check(const Draft *draft, bool strict, Error *err)
{
    if (draft->problem_count > 0)
    {
        (void) error_set(err, ERR_CONFIG, "%zu problems stop the copy; nothing was copied",
                         draft->problem_count);
        return error_hint(err, "Complete the rules, then run vigie etl check.");
    }
    if (strict && draft->warnings.count > 0)
        return error_set(err, ERR_CONFIG, "%zu warnings stop the copy, because of --strict",
                         draft->warnings.count);
    return true;
}
