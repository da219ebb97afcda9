/* Writes reports. Keys of the JSON are read by the server and by scripts: add, do not rename. */
#include "etl/report.h"

#include <stdio.h>
#include <string.h>

void
short_number(double number, const char *unit, char text[SHORT_SIZE])
{
    static const char *const steps[] = { "", "k", "M", "G", "T" };
    size_t step = 0;

    for (; number >= 1000 && step + 1 < COUNT_OF(steps); step++)
        number /= 1000;
    (void) snprintf(text, SHORT_SIZE, step == 0 ? "%.0f %s%s" : "%.1f %s%s", number, steps[step],
                    unit);
    if (text[strlen(text) - 1] == ' ')
        text[strlen(text) - 1] = '\0';
}

/* ----------------------------------------------------------------------------------------- JSON */

static void
skipped_json(JsonWriter *w, const List *skipped)
{
    json_key(w, "skipped");
    json_begin_array(w);
    for (size_t i = 0; i < skipped->count; i++)
    {
        const Skipped *item = skipped->items[i];

        json_begin_object(w);
        json_put_text(w, "what", item->what);
        json_put_text(w, "name", item->name);
        json_put_text(w, "why", item->why);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
texts_json(JsonWriter *w, const char *key, const List *texts)
{
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < texts->count; i++)
        json_text(w, texts->items[i]);
    json_end_array(w);
}

static void
same_json(JsonWriter *w, const List *list)
{
    json_key(w, "left_as_they_were");
    json_begin_array(w);
    for (size_t i = 0; i < list->count; i++)
    {
        const ProofSame *same = list->items[i];

        json_begin_object(w);
        json_put_text(w, "table", same->table);
        json_put_text(w, "column", same->column);
        json_put_text(w, "mask", same->mask);
        json_put_int(w, "values", same->values);
        json_put_int(w, "same", same->same);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
groups_json(JsonWriter *w, const List *groups)
{
    json_key(w, "k_anonymity");
    json_begin_array(w);
    for (size_t i = 0; i < groups->count; i++)
    {
        const ProofGroup *group = groups->items[i];

        json_begin_object(w);
        json_put_text(w, "table", group->table);
        json_put_text(w, "columns", group->columns);
        json_put_int(w, "groups", group->groups);
        json_put_int(w, "smallest", group->smallest);
        json_put_int(w, "small_groups", group->small_groups);
        json_put_int(w, "small_rows", group->small_rows);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
proof_json(JsonWriter *w, const Proof *proof)
{
    json_key(w, "proof");
    json_begin_object(w);
    json_put_int(w, "columns", proof->columns);
    json_put_int(w, "samples", proof->samples);
    json_put_int(w, "looked", proof->looked);
    json_put_int(w, "found_in_masked_columns", 0);
    json_key(w, "found_in_kept_columns");
    json_begin_array(w);
    for (size_t i = 0; i < proof->hits.count; i++)
    {
        const ProofHit *hit = proof->hits.items[i];

        json_begin_object(w);
        json_put_text(w, "table", hit->table);
        json_put_text(w, "column", hit->column);
        json_put_int(w, "count", hit->count);
        json_end_object(w);
    }
    json_end_array(w);
    same_json(w, &proof->same);
    json_end_object(w);
    groups_json(w, &proof->groups);
}

static size_t
masked_columns(const CopyTable *table)
{
    size_t masked = 0;

    for (size_t i = 0; i < table->column_count; i++)
        masked += table->columns[i].masked;
    return masked;
}

void
report_json(JsonWriter *w, const Report *report)
{
    char started[TIME_TEXT_SIZE];

    time_format(report->started, started);
    json_begin_object(w);
    json_put_text(w, "app", report->app->name);
    json_put_text(w, "schema", report->app->plan.schema);
    json_put_text(w, "started_at", started);
    json_key(w, "seconds");
    json_double(w, report->seconds);
    json_key(w, "copy_seconds");
    json_double(w, report->copy_seconds);
    json_put_int(w, "rows", report->rows);
    json_put_int(w, "bytes", report->bytes);
    json_put_int(w, "memory_bytes", report->memory);
    json_put_bool(w, "cleaned_after_a_dead_run", report->cleaned);
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < report->draft->table_count; i++)
    {
        const CopyTable *table = &report->draft->tables[i];

        json_begin_object(w);
        json_put_text(w, "table", table->name);
        json_put_int(w, "rows", table->rows);
        json_put_int(w, "bytes", table->bytes);
        json_key(w, "seconds");
        json_double(w, (double) table->micros / 1e6);
        json_put_int(w, "columns", (int64_t) table->column_count);
        json_put_int(w, "masked", (int64_t) masked_columns(table));
        json_end_object(w);
    }
    json_end_array(w);
    texts_json(w, "warnings", &report->draft->warnings);
    skipped_json(w, report->skipped);
    proof_json(w, report->proof);
    json_end_object(w);
}

/* ----------------------------------------------------------------------------------------- text */

static void
skipped_text(Buf *out, const List *skipped)
{
    for (size_t i = 0; i < skipped->count; i++)
    {
        const Skipped *item = skipped->items[i];

        buf_format(out, "not copied: %s %s: %s\n", item->what, item->name, item->why);
    }
}

static void
proof_text(Buf *out, const Report *report)
{
    const Proof *proof = report->proof;

    buf_format(
        out,
        "proof of absence: %lld values of %lld masked columns looked for in %lld fields of the "
        "target: none is in a masked column\n",
        (long long) proof->samples, (long long) proof->columns, (long long) proof->looked);
    for (size_t i = 0; i < proof->hits.count; i++)
    {
        const ProofHit *hit = proof->hits.items[i];

        buf_format(out,
                   "look at: %s.%s is kept, and %lld of its values are masked in another column\n",
                   hit->table, hit->column, (long long) hit->count);
    }
    for (size_t i = 0; i < proof->same.count; i++)
    {
        const ProofSame *same = proof->same.items[i];

        buf_format(out,
                   "look at: the mask %s of %s.%s leaves %lld of %lld sampled values as they are\n",
                   same->mask, same->table, same->column, (long long) same->same,
                   (long long) same->values);
    }
    for (size_t i = 0; i < proof->groups.count; i++)
    {
        const ProofGroup *group = proof->groups.items[i];

        buf_format(
            out,
            "k-anonymity of %s by %s: %lld groups, the smallest has %lld rows, %lld groups (%lld "
            "rows) have fewer than %lld\n",
            group->table, group->columns, (long long) group->groups, (long long) group->smallest,
            (long long) group->small_groups, (long long) group->small_rows,
            (long long) report->app->plan.k);
    }
}

void
report_text(Buf *out, const Report *report)
{
    char rows[SHORT_SIZE], bytes[SHORT_SIZE], memory[SHORT_SIZE];

    buf_format(out, "\n%-40s %14s %10s %8s %7s\n", "table", "rows", "bytes", "seconds", "masked");
    for (size_t i = 0; i < report->draft->table_count; i++)
    {
        const CopyTable *table = &report->draft->tables[i];

        short_number((double) table->bytes, "B", bytes);
        buf_format(out, "%-40s %14lld %10s %8.1f %3zu/%zu\n", table->name, (long long) table->rows,
                   bytes, (double) table->micros / 1e6, masked_columns(table), table->column_count);
    }
    skipped_text(out, report->skipped);
    for (size_t i = 0; i < report->draft->warnings.count; i++)
        buf_format(out, "warning: %s\n", (const char *) report->draft->warnings.items[i]);
    if (report->cleaned)
        buf_text(out, "what a dead run had left was removed\n");
    proof_text(out, report);
    short_number((double) report->rows, "", rows);
    short_number((double) report->bytes, "B", bytes);
    short_number((double) report->memory, "B", memory);
    buf_format(
        out, "%s: %s rows, %s in %.1f s (%.1f s of copy) and %s of memory; the schema %s is new\n",
        report->app->name, rows, bytes, report->seconds, report->copy_seconds, memory,
        report->app->plan.schema);
}

/* -------------------------------------------------------------------------------------- explain */

static const char *
fate(Arena *arena, const CopyColumn *column)
{
    if (!column->masked)
        return "kept";
    return mask_shown(arena, &column->use);
}

static const char *
place(const CopyColumn *column)
{
    if (!column->masked)
        return NULL;
    return column->use.mask->place == MASK_SOURCE ? "source" : "here";
}

static void
explain_table_json(JsonWriter *w, Arena *arena, const CopyTable *table)
{
    json_begin_object(w);
    json_put_text(w, "table", table->name);
    json_put_text(w, "source", table->source->key);
    json_put_text(w, "where", table->where);
    json_key(w, "columns");
    json_begin_array(w);
    for (size_t i = 0; i < table->column_count; i++)
    {
        const CopyColumn *column = &table->columns[i];

        json_begin_object(w);
        json_put_text(w, "column", column->name);
        json_put_text(w, "from", column->source->shown);
        json_put_text(w, "type", type_shown(arena, &column->type));
        json_put_bool(w, "masked", column->masked);
        json_put_text(w, "becomes", fate(arena, column));
        json_put_text(w, "where", place(column));
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

void
explain_json(JsonWriter *w, Arena *arena, const App *app, const Draft *draft)
{
    json_begin_object(w);
    json_put_text(w, "app", app->name);
    json_put_text(w, "schema", app->plan.schema);
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < draft->table_count; i++)
        explain_table_json(w, arena, &draft->tables[i]);
    json_end_array(w);
    json_key(w, "problems");
    json_begin_array(w);
    for (size_t i = 0; i < draft->problem_count; i++)
    {
        json_begin_object(w);
        json_put_text(w, "table", draft->problems[i].table);
        json_put_text(w, "column", draft->problems[i].column);
        json_put_text(w, "problem", draft->problems[i].text);
        json_end_object(w);
    }
    json_end_array(w);
    texts_json(w, "warnings", &draft->warnings);
    skipped_json(w, &draft->skipped);
    json_end_object(w);
}

void
explain_text(Buf *out, Arena *arena, const App *app, const Draft *draft)
{
    buf_format(out, "%s, into the schema %s\n", app->name, app->plan.schema);
    for (size_t i = 0; i < draft->table_count; i++)
    {
        const CopyTable *table = &draft->tables[i];

        buf_format(out, "\n%s%s%s\n", table->name, table->where == NULL ? "" : ", where ",
                   table->where == NULL ? "" : table->where);
        for (size_t c = 0; c < table->column_count; c++)
        {
            const CopyColumn *column = &table->columns[c];

            buf_format(out, "  %-32s %-28s %-18s %s\n", column->name, column->source->shown,
                       type_shown(arena, &column->type), fate(arena, column));
        }
    }
    buf_char(out, '\n');
    skipped_text(out, &draft->skipped);
}

void
problems_text(Buf *out, const Draft *draft)
{
    for (size_t i = 0; i < draft->warnings.count; i++)
        buf_format(out, "warning: %s\n", (const char *) draft->warnings.items[i]);
    for (size_t i = 0; i < draft->problem_count; i++)
    {
        const Problem *problem = &draft->problems[i];

        buf_format(out, "problem: %s%s%s: %s\n", problem->table, problem->column == NULL ? "" : ".",
                   problem->column == NULL ? "" : problem->column, problem->text);
    }
    if (draft->paste[0] != '\0')
        buf_format(
            out,
            "\nTo be pasted under `tables:` and read (for a table that is there already, add the "
            "lines to it). Columns may\nmove to non_anonymized_column_names:\n\n%s",
            draft->paste);
}

/* ---------------------------------------------------------------------------------------- masks */

static void
families_text(Buf *out, unsigned families)
{
    bool begun = false;

    if (families == FAMILY_ANY)
    {
        buf_text(out, "any");
        return;
    }
    for (unsigned bit = 1; bit <= FAMILY_OTHER; bit <<= 1)
        if ((families & bit) != 0)
        {
            buf_format(out, "%s%s", begun ? ", " : "", family_name((Family) bit));
            begun = true;
        }
}

void
masks_text(Buf *out)
{
    buf_text(out, "| Mask | Types | Options | Applied | What it gives |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < mask_count; i++)
    {
        buf_format(out, "| `%s` | ", masks[i].name);
        families_text(out, masks[i].families);
        buf_text(out, " | ");
        for (const Field *option = masks[i].options; option->key != NULL; option++)
            buf_format(out, "%s`%s`: %s", option == masks[i].options ? "" : "; ", option->key,
                       option->help);
        buf_format(out, " | %s | %s |\n",
                   masks[i].place == MASK_SOURCE ? "in the source's query" : "in vigie's memory",
                   masks[i].help);
    }
}
