/* The sink that keeps a result, and the reader that fills structs from a row. Other sinks live with
 * what they write. */
#include "sql/row.h"

static bool
collect_begin(RowSink *sink, const Columns *columns, Error *err)
{
    RowCollector *collector = (RowCollector *) sink;
    Column *items = ARENA_ARRAY(collector->arena, columns->count, Column);

    (void) err; /* memory cannot fail */
    for (size_t i = 0; i < columns->count; i++)
    {
        items[i] = columns->items[i];
        items[i].name = arena_text(collector->arena, columns->items[i].name);
        items[i].database_type = arena_text(collector->arena, columns->items[i].database_type);
    }
    *collector->rows = (Rows){ .columns = { items, columns->count } };
    collector->size = 0;
    return true;
}

static bool
collect_row(RowSink *sink, const Value *cells, Error *err)
{
    RowCollector *collector = (RowCollector *) sink;
    Rows *rows = collector->rows;
    Value *copy;

    if (collector->max_rows != 0 && rows->count == collector->max_rows)
        return error_set(err, ERR_TOO_LARGE, "the result has more than %zu rows",
                         collector->max_rows);
    if (rows->count == collector->size)
    {
        size_t size = collector->size == 0 ? 16 : 2 * collector->size;

        rows->row = arena_grow(collector->arena, rows->row, collector->size * sizeof(Value *),
                               size * sizeof(Value *));
        collector->size = size;
    }
    copy = ARENA_ARRAY(collector->arena, rows->columns.count, Value);
    for (size_t i = 0; i < rows->columns.count; i++)
        copy[i] = value_copy(collector->arena, &cells[i]);
    rows->row[rows->count++] = copy;
    return true;
}

static bool
collect_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

RowCollector
row_collector(Arena *arena, Rows *rows, size_t max_rows)
{
    *rows = (Rows){ 0 };
    return (RowCollector){
        .sink = { collect_begin, collect_row, collect_end },
        .arena = arena,
        .rows = rows,
        .max_rows = max_rows,
    };
}

int64_t
row_int(RowReader *reader)
{
    return value_to_int(reader->next++, 0);
}

OptInt
row_opt_int(RowReader *reader)
{
    const Value *value = reader->next++;

    return (OptInt){ .set = value->kind != VALUE_NULL, .value = value_to_int(value, 0) };
}

bool
row_bool(RowReader *reader)
{
    return value_to_bool(reader->next++, false);
}

OptBool
row_opt_bool(RowReader *reader)
{
    const Value *value = reader->next++;

    return (OptBool){ .set = value->kind != VALUE_NULL, .value = value_to_bool(value, false) };
}

const char *
row_text(RowReader *reader)
{
    return value_to_text(reader->arena, reader->next++);
}

const Json *
row_json(RowReader *reader)
{
    const Value *value = reader->next++;
    Json *tree = NULL;
    Error ignored;

    if (!value_has_text(value) || value->text.len == 0)
        return NULL;
    if (!json_parse(reader->arena, value->text, NULL, &tree, &ignored))
        return NULL;
    return tree;
}

Value
value_of_opt_int(OptInt number)
{
    return number.set ? VALUE_OF_INT(number.value) : VALUE_OF_NULL;
}

Value
value_of_opt_bool(OptBool flag)
{
    return flag.set ? VALUE_OF_BOOL(flag.value) : VALUE_OF_NULL;
}

Value
value_of_json(Arena *arena, const Json *tree)
{
    return tree == NULL ? VALUE_OF_NULL : VALUE_OF_TEXT(json_print(arena, tree));
}

static void
read_member(RowReader *reader, const Field *field, void *member)
{
    switch (field->kind)
    {
        case FIELD_BOOL:
            *(bool *) member = row_bool(reader);
            return;
        case FIELD_OPT_BOOL:
            *(OptBool *) member = row_opt_bool(reader);
            return;
        case FIELD_INT:
            *(int64_t *) member = row_int(reader);
            return;
        case FIELD_OPT_INT:
            *(OptInt *) member = row_opt_int(reader);
            return;
        case FIELD_DOUBLE:
            *(double *) member = value_to_double(reader->next++, 0);
            return;
        case FIELD_TEXT:
            *(const char **) member = row_text(reader);
            return;
        case FIELD_JSON:
            *(const Json **) member = row_json(reader);
            return;
        default:
            reader->next++;
            return;
    }
}

void
row_read(Arena *arena, const Field *fields, const Value *cells, void *object)
{
    RowReader reader = { arena, cells };

    for (; fields->key != NULL; fields++)
        read_member(&reader, fields, (char *) object + fields->offset);
}

static Value
value_of_member(Arena *arena, const Field *field, const void *member)
{
    switch (field->kind)
    {
        case FIELD_BOOL:
            return VALUE_OF_BOOL(*(const bool *) member);
        case FIELD_OPT_BOOL:
            return value_of_opt_bool(*(const OptBool *) member);
        case FIELD_INT:
            return VALUE_OF_INT(*(const int64_t *) member);
        case FIELD_OPT_INT:
            return value_of_opt_int(*(const OptInt *) member);
        case FIELD_DOUBLE:
            return VALUE_OF_DOUBLE(*(const double *) member);
        case FIELD_TEXT:
            return VALUE_OF_TEXT(*(const char *const *) member);
        case FIELD_JSON:
            return value_of_json(arena, *(const Json *const *) member);
        default:
            return VALUE_OF_NULL;
    }
}

size_t
row_values(Arena *arena, const Field *fields, const void *object, Value *values)
{
    size_t count = 0;

    for (; fields->key != NULL; fields++)
        values[count++] = value_of_member(arena, fields, (const char *) object + fields->offset);
    return count;
}
