/* Samples, the search for them, and k-anonymity. Nothing here is written anywhere. */
#include "etl/proof.h"

#include <string.h>

enum
{
    SAMPLE_ROWS = 100,
    LOOK_ROWS = 20000,
    SAME_ROWS = 1000,
    SAME_LEAST = 10, /* fewer values tell nothing */
    SAMPLE_PAGES = 20,
    LOOK_PAGES = 600
};

typedef struct Search
{
    Arena *arena; /* of the samples: freed at the end */
    Proof *proof;
    Map *own;    /* "table.column:value" */
    Map *values; /* value */
    const CopyTable *table;
    const CopyColumn **columns; /* of the query at work */
    int64_t *counts;
    size_t count;
    Arena *lasting;
} Search;

/* Its masked values cannot be those of the source, whatever they are. */
static bool
is_provable(const CopyColumn *column)
{
    return column->masked && column->source->family == FAMILY_TEXT &&
           (column->use.mask->flags & MASK_ALIKE) == 0 && !mask_is(&column->use, "constant");
}

static bool
is_placeholder(Str text)
{
    return str_has_prefix(text, "[valeur unique anonymis") ||
           str_has_prefix(text, "email_anonymise_");
}

static const char *
own_key(Arena *arena, const CopyTable *table, const CopyColumn *column, Str value)
{
    return arena_format(arena, "%s.%s:%.*s", table->name, column->name, (int) value.len, value.ptr);
}

/* A full scan of small tables, some pages of large ones. */
static void
write_sample(Sql *sql, int64_t blocks, int64_t pages, int64_t rows)
{
    if (blocks > 2 * pages)
    {
        sql_words(sql, " tablesample \"system\" (");
        sql_int(sql, 100 * pages);
        sql_words(sql, ".0 / ");
        sql_int(sql, blocks);
        sql_words(sql, ")");
    }
    sql_words(sql, " limit ");
    sql_int(sql, rows);
}

static int64_t
blocks_of(const SourceTable *table)
{
    int64_t blocks = 0;

    for (size_t i = 0; i < table->leaf_count; i++)
        blocks += table->leaves[i].blocks;
    return blocks;
}

/* Rows of the table, of all its partitions if there are; children by inheritance are tables. */
static void
write_from_source(Sql *sql, const SourceTable *table, int64_t rows)
{
    if (table->partitioned)
        sql_words(sql, " from ");
    else
        sql_words(sql, " from only ");
    sql_table(sql, table->schema, table->name);
    write_sample(sql, blocks_of(table), SAMPLE_PAGES, rows);
}

/* -------------------------------------------------------------------------------------- samples */

typedef struct SampleSink
{
    RowSink sink;
    Search *search;
} SampleSink;

static bool
nothing_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static bool
nothing_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

static bool
keep_sample(RowSink *sink, const Value *cells, Error *err)
{
    Search *s = ((SampleSink *) sink)->search;

    (void) err;
    for (size_t i = 0; i < s->count; i++)
    {
        if (cells[i].kind == VALUE_NULL || is_placeholder(cells[i].text))
            continue;
        map_put(s->own, own_key(s->arena, s->table, s->columns[i], cells[i].text), s);
        map_put(s->values, str_copy(s->arena, cells[i].text), s);
        s->proof->samples++;
    }
    return true;
}

static bool
sample_table(Search *s, Pg *source, Error *err)
{
    Sql sql = { .arena = s->arena, .dialect = &pg_dialect };
    SampleSink sink = { { nothing_begin, keep_sample, nothing_end }, s };
    const SourceTable *table = s->table->source;

    s->count = 0;
    sql_words(&sql, "select ");
    for (size_t i = 0; i < s->table->column_count; i++)
    {
        const CopyColumn *column = &s->table->columns[i];

        if (!is_provable(column))
            continue;
        if (s->count > 0)
            sql_words(&sql, ", ");
        s->columns[s->count++] = column;
        sql_words(&sql, "case when pg_catalog.octet_length(");
        sql_column(&sql, column->source);
        sql_words(&sql, ") between 6 and 1000 then ");
        sql_column(&sql, column->source);
        sql_words(&sql, "::pg_catalog.text end");
    }
    if (s->count == 0 || table->leaf_count == 0)
        return true;
    s->proof->columns += (int64_t) s->count;
    write_from_source(&sql, table, SAMPLE_ROWS);
    return sql_done(&sql, err) && pg_query(source, NULL, sql_cstr(&sql), NULL, 0, &sink.sink, err);
}

/* ---------------------------------------------------------------------- masks that do nothing */

/* Its result may by nature equal the value, and the source itself can say how often it does. */
static bool
is_comparable(const CopyColumn *column)
{
    return column->masked && column->use.mask->place == MASK_SOURCE &&
           (column->use.mask->flags & MASK_ALIKE) != 0;
}

static void
write_numbered(Sql *sql, Arena *arena, const char *word, size_t number)
{
    sql_ident(sql, arena_format(arena, "%s%zu", word, number));
}

/* count(value1), count(*) filter (where value1 = result1), ... */
static void
write_counts(Search *s, Sql *sql)
{
    for (size_t i = 0; i < s->count; i++)
    {
        if (i == 0)
            sql_words(sql, "select count(");
        else
            sql_words(sql, ", count(");
        write_numbered(sql, s->arena, "value", i);
        sql_words(sql, "), count(*) filter (where ");
        write_numbered(sql, s->arena, "value", i);
        sql_words(sql, " = ");
        write_numbered(sql, s->arena, "result", i);
        sql_words(sql, ")");
    }
}

/* Values stay in the source: what comes are two numbers for each column. */
static void
write_comparison(Search *s, Sql *sql)
{
    write_counts(s, sql);
    for (size_t i = 0; i < s->count; i++)
    {
        const CopyColumn *column = s->columns[i];

        if (i == 0)
            sql_words(sql, " from (select (");
        else
            sql_words(sql, ", (");
        sql_column(sql, column->source);
        sql_words(sql, ")::pg_catalog.text as ");
        write_numbered(sql, s->arena, "value", i);
        sql_words(sql, ", (");
        column->use.mask->select(sql, &column->use, column->source);
        sql_words(sql, ")::pg_catalog.text as ");
        write_numbered(sql, s->arena, "result", i);
    }
    write_from_source(sql, s->table->source, SAME_ROWS);
    sql_words(sql, ") as sample");
}

static void
tell_same(Search *s, const Value *cells)
{
    for (size_t i = 0; i < s->count; i++)
    {
        ProofSame *same = ARENA_NEW(s->lasting, ProofSame);

        *same = (ProofSame){ .table = s->table->name,
                             .column = s->columns[i]->name,
                             .mask = s->columns[i]->use.mask->name,
                             .values = value_to_int(&cells[2 * i], 0),
                             .same = value_to_int(&cells[2 * i + 1], 0) };
        if (same->values >= SAME_LEAST && 2 * same->same > same->values)
            list_add(&s->proof->same, same);
    }
}

static bool
compare_table(Search *s, Pg *source, Error *err)
{
    Sql sql = { .arena = s->arena, .dialect = &pg_dialect };
    Rows rows;
    RowCollector collector = row_collector(s->arena, &rows, 1);

    s->count = 0;
    for (size_t i = 0; i < s->table->column_count; i++)
        if (is_comparable(&s->table->columns[i]))
            s->columns[s->count++] = &s->table->columns[i];
    if (s->count == 0 || s->table->source->leaf_count == 0)
        return true;
    write_comparison(s, &sql);
    if (!sql_done(&sql, err) ||
        !pg_query(source, NULL, sql_cstr(&sql), NULL, 0, &collector.sink, err))
        return false;
    tell_same(s, rows.row[0]);
    return true;
}

/* ---------------------------------------------------------------------------------- the search */

static bool
look_at(RowSink *sink, const Value *cells, Error *err)
{
    Search *s = ((SampleSink *) sink)->search;
    ArenaMark mark = arena_mark(s->arena);

    for (size_t i = 0; i < s->count; i++)
    {
        const CopyColumn *column = s->columns[i];
        bool found;

        if (cells[i].kind == VALUE_NULL)
            continue;
        s->proof->looked++;
        if (is_provable(column))
            found = map_has(s->own, own_key(s->arena, s->table, column, cells[i].text));
        else
            found = !column->masked && map_has(s->values, str_copy(s->arena, cells[i].text));
        s->counts[i] += found;
        arena_rewind(s->arena, mark);
        if (found && is_provable(column))
            return error_set(
                err, ERR_INTERNAL,
                "the proof of absence failed: %s.%s holds a value that was to be masked",
                s->table->name, column->name);
    }
    return true;
}

static bool
is_text(const CopyColumn *column)
{
    return strcmp(column->type.name, "text") == 0 || strcmp(column->type.name, "varchar") == 0 ||
           strcmp(column->type.name, "bpchar") == 0;
}

static bool
look_in_table(Search *s, Pg *target, const char *building, Error *err)
{
    Sql sql = { .arena = s->arena, .dialect = &pg_dialect };
    SampleSink sink = { { nothing_begin, look_at, nothing_end }, s };

    s->count = 0;
    sql_words(&sql, "select ");
    for (size_t i = 0; i < s->table->column_count; i++)
    {
        if (!is_text(&s->table->columns[i]))
            continue;
        if (s->count > 0)
            sql_words(&sql, ", ");
        s->counts[s->count] = 0;
        s->columns[s->count++] = &s->table->columns[i];
        sql_words(&sql, "pg_catalog.left(");
        sql_ident(&sql, s->table->columns[i].name);
        sql_words(&sql, "::pg_catalog.text, 1000)");
    }
    if (s->count == 0)
        return true;
    sql_words(&sql, " from ");
    sql_table(&sql, building, s->table->name);
    write_sample(&sql, blocks_of(s->table->source), LOOK_PAGES, LOOK_ROWS);
    if (!sql_done(&sql, err) || !pg_query(target, NULL, sql_cstr(&sql), NULL, 0, &sink.sink, err))
        return false;
    for (size_t i = 0; i < s->count; i++)
        if (s->counts[i] > 0)
        {
            ProofHit *hit = ARENA_NEW(s->lasting, ProofHit);

            *hit = (ProofHit){ s->table->name, s->columns[i]->name, s->counts[i] };
            list_add(&s->proof->hits, hit);
        }
    return true;
}

/* ---------------------------------------------------------------------------------- k-anonymity */

static void
write_quasi(Sql *sql, const TextList *names)
{
    for (size_t i = 0; i < names->count; i++)
    {
        if (i > 0)
            sql_words(sql, ", ");
        sql_ident(sql, names->items[i]);
    }
}

static const char *
join(Arena *arena, const TextList *names)
{
    Buf out = buf_new(arena, 10000);

    for (size_t i = 0; i < names->count; i++)
        buf_format(&out, "%s%s", i == 0 ? "" : ", ", names->items[i]);
    return buf_cstr(&out);
}

static bool
count_groups(Pg *target, Arena *arena, const char *building, const CopyTable *table, int64_t k,
             Proof *proof, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &pg_dialect };
    ProofGroup *group = ARENA_NEW(arena, ProofGroup);
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1);
    RowReader r;

    sql_words(&sql, "select count(*), coalesce(min(n), 0), count(*) filter (where n < ");
    sql_int(&sql, k);
    sql_words(&sql, "), coalesce(sum(n) filter (where n < ");
    sql_int(&sql, k);
    sql_words(&sql, "), 0)::pg_catalog.int8 from (select count(*) as n from ");
    sql_table(&sql, building, table->name);
    sql_words(&sql, " group by ");
    write_quasi(&sql, &table->quasi);
    sql_words(&sql, ") g");
    if (!sql_done(&sql, err) ||
        !pg_query(target, NULL, sql_cstr(&sql), NULL, 0, &collector.sink, err))
        return false;
    r = (RowReader){ arena, rows.row[0] };
    group->table = table->name;
    group->columns = join(arena, &table->quasi);
    group->groups = row_int(&r);
    group->smallest = row_int(&r);
    group->small_groups = row_int(&r);
    group->small_rows = row_int(&r);
    list_add(&proof->groups, group);
    return true;
}

bool
proof_run(Pg *source, Pg *target, Arena *arena, const char *building, const CopyTable *tables,
          size_t count, int64_t k, Proof *proof, Error *err)
{
    CLEANUP(arena_free) Arena *own = arena_new();
    Search s = {
        .arena = own, .proof = proof, .own = map_new(own), .values = map_new(own), .lasting = arena
    };
    size_t most = 1;

    *proof = (Proof){ .hits = list_new(arena), .same = list_new(arena), .groups = list_new(arena) };
    for (size_t i = 0; i < count; i++)
        most = tables[i].column_count > most ? tables[i].column_count : most;
    s.columns = ARENA_ARRAY(own, most, const CopyColumn *);
    s.counts = ARENA_ARRAY(own, most, int64_t);
    for (size_t i = 0; i < count; i++)
    {
        s.table = &tables[i];
        if (!sample_table(&s, source, err) || !compare_table(&s, source, err))
            return error_prefix(err, "the proof, source");
    }
    for (size_t i = 0; i < count; i++)
    {
        s.table = &tables[i];
        if (!look_in_table(&s, target, building, err))
            return false;
        if (tables[i].quasi.count > 0 &&
            !count_groups(target, arena, building, &tables[i], k, proof, err))
            return false;
    }
    return true;
}
