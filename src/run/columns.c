/* What the compiler says of a column, with what is known of the field that it comes from. */
#include "run/columns.h"

#include "sql/fingerprint.h"
#include "sync/guess.h"

#include <string.h>

static void
put_type(JsonWriter *w, const QueryColumn *column)
{
    json_put_text(w, "name", column->name);
    json_put_text(w, "display_name", column->display_name);
    json_put_text(w, "base_type", base_type_name(column->base_type));
    json_put_text(w, "effective_type", base_type_name(column->effective_type));
    json_put_text(w, "semantic_type", column->semantic_type);
    json_put_tree(w, "field_ref", column->field_ref);
}

static void
put_if(JsonWriter *w, const char *key, const char *text)
{
    if (text != NULL)
        json_put_text(w, key, text);
}

/* Where it comes from in the question. */
static void
put_origin(JsonWriter *w, const QueryColumn *column, int64_t aggregation)
{
    json_put_text(w, "source", column->source);
    put_if(w, "unit", column->unit);
    put_if(w, "converted_timezone", column->timezone);
    put_if(w, "remapped_from", column->remapped_from);
    put_if(w, "remapped_to", column->remapped_to);
    put_if(w, "expression_name", column->expression);
    put_if(w, "source_alias", column->join_alias);
    if (column->binning != NULL)
        json_put_tree(w, "binning_info", column->binning);
    if (column->fk_field_id != 0)
        json_put_int(w, "fk_field_id", column->fk_field_id);
    if (aggregation >= 0)
        json_put_int(w, "aggregation_index", aggregation);
}

static void
put_field(JsonWriter *w, const TableField *field)
{
    json_put_int(w, "id", field->id);
    json_put_int(w, "table_id", field->table_id);
    json_put_text(w, "description", field->description);
    json_put_text(w, "visibility_type", field->visibility_type);
    json_put_text(w, "coercion_strategy", field->coercion_strategy);
    json_put_text(w, "database_type", field->database_type);
    json_put_text(w, "has_field_values", field->has_field_values);
    json_put_bool(w, "active", field->active);
    json_put_int(w, "position", field->position);
    bind_put_opt(w, "fk_target_field_id", field->fk_target_field_id);
    bind_put_opt(w, "parent_id", field->parent_id);
    json_put_tree(w, "nfc_path", field->nfc_path);
    json_put_tree(w, "settings", field->settings);
    json_put_tree(w, "fingerprint", field->fingerprint);
}

static const TableField *
field_of(const RunAnswer *answer, const QueryColumn *column)
{
    return column->field == NULL ? NULL : known_field(answer->known, column->field->id);
}

void
columns_write(JsonWriter *w, const RunAnswer *answer, ColumnView view)
{
    int64_t aggregations = 0;

    json_begin_array(w);
    for (size_t i = 0; i < answer->column_count; i++)
    {
        const QueryColumn *column = &answer->columns[i];
        const TableField *field = field_of(answer, column);
        bool aggregated = strcmp(column->source, "aggregation") == 0;

        json_begin_object(w);
        put_type(w, column);
        put_origin(w, column, aggregated ? aggregations++ : -1);
        if (view == COLUMNS_FULL && field != NULL)
            put_field(w, field);
        else if (field != NULL)
            json_put_tree(w, "settings", field->settings);
        json_end_object(w);
    }
    json_end_array(w);
}

/* Of what is computed, and of SQL, nothing is known but the rows. */
static const Fingerprints *
look_at_rows(Arena *arena, const RunAnswer *answer)
{
    enum
    {
        MOST_COLUMNS = 100,
        MOST_CELLS = 100000
    };
    BaseType types[MOST_COLUMNS];
    int64_t most = answer->row_count;
    Fingerprints *prints;
    bool all_known = true;

    if (answer->pack == NULL || answer->column_count > MOST_COLUMNS)
        return NULL;
    for (size_t i = 0; i < answer->column_count; i++)
    {
        types[i] = answer->columns[i].effective_type;
        all_known = all_known && field_of(answer, &answer->columns[i]) != NULL;
    }
    if (all_known || most == 0)
        return NULL;
    if (most > MOST_CELLS / (int64_t) answer->column_count)
        most = MOST_CELLS / (int64_t) answer->column_count;
    prints = fingerprints_new(arena, types, answer->column_count,
                              (size_t) (most < FINGERPRINT_ROWS ? most : FINGERPRINT_ROWS));
    return run_replay(answer, arena, &prints->sink, &(Error){ 0 }) ? prints : NULL;
}

void
columns_write_metadata(JsonWriter *w, Arena *arena, const RunAnswer *answer)
{
    const Fingerprints *prints = look_at_rows(arena, answer);

    json_begin_object(w);
    json_key(w, "columns");
    json_begin_array(w);
    for (size_t i = 0; i < answer->column_count; i++)
    {
        QueryColumn column = answer->columns[i];
        const TableField *field = field_of(answer, &column);

        if (field == NULL && answer->parts[0].is_native && column.semantic_type == NULL)
            column.semantic_type = guess_semantic_type(
                arena, &(SchemaColumn){ .name = column.name, .base_type = column.effective_type });
        json_begin_object(w);
        put_type(w, &column);
        put_if(w, "unit", column.unit);
        if (field != NULL)
        {
            json_put_int(w, "id", field->id);
            json_put_int(w, "table_id", field->table_id);
            json_put_text(w, "description", field->description);
            json_put_text(w, "visibility_type", field->visibility_type);
            bind_put_opt(w, "fk_target_field_id", field->fk_target_field_id);
            json_put_tree(w, "settings", field->settings);
        }
        json_put_tree(w, "fingerprint",
                      field != NULL    ? field->fingerprint
                      : prints != NULL ? fingerprints_json(prints, i)
                                       : NULL);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}
