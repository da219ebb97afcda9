/* The list of passes, run one after the other, and the answer's description. */
#include "query/ast.h"
#include "query/group_count.h"
#include "query/parse.h"
#include "query/pivot.h"
#include "query/type.h"

#include <assert.h>

typedef bool Pass(Compiler *c, Error *err);

/* What holds after each pass is said beside its declaration, in ast.h. */
static Pass *const passes[] = { pass_parse,  pass_params, pass_resolve,
                                pass_expand, pass_check,  pass_emit };

static void
set_options(Compiler *c, const QueryOptions *options)
{
    c->options = *options;
    if (c->options.timezone == NULL || c->options.timezone[0] == '\0')
        c->options.timezone = "UTC";
    if (c->options.week_start < 1 || c->options.week_start > 7)
        c->options.week_start = 7;
    if (!(c->options.bin_width > 0))
        c->options.bin_width = 10;
    if (c->options.bin_count < 1)
        c->options.bin_count = 8;
    if (c->options.locale == NULL)
        c->options.locale = "en";
}

static bool
is_grouped(const Stage *stage)
{
    return stage->aggregations.count + stage->breakouts.count > 0;
}

/* A question may ask for less than the server allows. */
static int64_t
lower(int64_t limit, const Json *asked)
{
    int64_t number = json_int_or(asked, 0);

    return number > 0 && (limit <= 0 || number < limit) ? number : limit;
}

static void
read_constraints(Compiler *c)
{
    const Json *asked = member(c, c->question, "constraints");
    QueryOptions *options = &c->options;

    options->grouped_limit = lower(options->grouped_limit, member(c, asked, "max-results"));
    options->bare_limit = lower(options->bare_limit, member(c, asked, "max-results"));
    options->bare_limit = lower(options->bare_limit, member(c, asked, "max-results-bare-rows"));
}

/* The limits of the server are written into the last stage when it is a plain list of rows. */
static void
set_limits(Compiler *c)
{
    const QueryOptions *options = &c->options;
    Stage *stage = c->stage;

    read_constraints(c);
    c->compiled->max_rows = options->grouped_limit;
    if (stage->native != NULL || is_grouped(stage) || options->bare_limit <= 0)
        return;
    c->compiled->max_rows = options->bare_limit;
    if (stage->limit < 0 || stage->limit > options->bare_limit)
        stage->limit = options->bare_limit;
}

static Json *
reference_options(Compiler *c, const OutColumn *column)
{
    const Node *node = column->node;
    Json *options = NULL;

    if (node == NULL || node->kind != NODE_FIELD)
        return NULL;
    options = json_new(c->arena, JSON_OBJECT);
    if (node->unit != UNIT_NONE)
        json_put(c->arena, options, "temporal-unit",
                 json_new_text(c->arena, unit_rows[node->unit].name));
    if (column->source_field != 0)
        json_put(c->arena, options, "source-field", json_new_int(c->arena, column->source_field));
    else if (column->join_alias != NULL)
        json_put(c->arena, options, "join-alias", json_new_text(c->arena, column->join_alias));
    if (node->name != NULL || column->field == NULL)
        json_put(c->arena, options, "base-type",
                 json_new_text(c->arena, base_type_name(column->base_type)));
    return options->count == 0 ? NULL : options;
}

/* ["field", id or name, options], ["aggregation", n], ["expression", name]. */
static const Json *
reference_of(Compiler *c, const OutColumn *column, size_t aggregation)
{
    Json *reference = json_new(c->arena, JSON_ARRAY);
    const Node *node = column->node;
    Json *options = reference_options(c, column);

    if (column->source_kind[0] == 'a')
    {
        json_add(reference, json_new_text(c->arena, "aggregation"));
        json_add(reference, json_new_int(c->arena, (int64_t) aggregation));
        return reference;
    }
    if (node != NULL && node->kind == NODE_EXPRESSION)
    {
        json_add(reference, json_new_text(c->arena, "expression"));
        json_add(reference, json_new_text(c->arena, node->name));
        return reference;
    }
    json_add(reference, json_new_text(c->arena, "field"));
    if (column->field != NULL && (node == NULL || node->name == NULL))
        json_add(reference, json_new_int(c->arena, column->field->id));
    else
        json_add(reference, json_new_text(c->arena, column->name));
    json_add(reference, options != NULL ? options : json_new(c->arena, JSON_NULL));
    return reference;
}

static const Json *
number_json(Compiler *c, double number)
{
    Buf buf = buf_new(c->arena, 64);
    JsonWriter w = json_writer(&buf);
    Json *json = NULL;

    json_double(&w, number);
    (void) json_parse(c->arena, buf_slice(&buf), NULL, &json, &(Error){ 0 });
    return json;
}

static const Json *
binning_of(Compiler *c, const Binning *bin)
{
    Json *info;

    if (bin->strategy == BIN_NONE)
        return NULL;
    info = json_new(c->arena, JSON_OBJECT);
    json_put(c->arena, info, "min_value", (Json *) number_json(c, bin->min));
    json_put(c->arena, info, "max_value", (Json *) number_json(c, bin->max));
    json_put(c->arena, info, "num_bins", (Json *) number_json(c, bin->count));
    json_put(c->arena, info, "bin_width", (Json *) number_json(c, bin->width));
    json_put(c->arena, info, "binning_strategy",
             json_new_text(c->arena, bin->strategy == BIN_COUNT ? "num-bins" : "bin-width"));
    return info;
}

static QueryColumn
describe(Compiler *c, const OutColumn *column, size_t aggregation)
{
    const Node *node = column->node;

    return (QueryColumn){
        .name = column->name,
        .display_name = column->display_name,
        .source = column->source_kind,
        .base_type = column->base_type,
        .effective_type = column->type,
        .semantic_type = column->semantic_type,
        .unit = column->unit == UNIT_NONE ? NULL : unit_rows[column->unit].name,
        .timezone = column->timezone,
        .field = column->field,
        .fk_field_id = column->source_field,
        .join_alias = column->join_alias,
        .expression = node != NULL && node->kind == NODE_EXPRESSION ? node->name : NULL,
        .remapped_from = column->remapped_from,
        .remapped_to = column->remapped_to,
        .field_ref = reference_of(c, column, aggregation),
        .adds = column->source_kind[0] == 'a' && group_count_adds(node),
        .binning = binning_of(c, &column->binning),
    };
}

/* A column of texts for the values of another, filled by whoever reads the rows. */
static QueryColumn
describe_texts(const OutColumn *column)
{
    const CatalogField *field = column->field;

    return (QueryColumn){
        .name = field->remap_name != NULL ? field->remap_name : column->name,
        .display_name = field->remap_name != NULL ? field->remap_name : column->display_name,
        .source = "fields",
        .base_type = BASE_TEXT,
        .effective_type = BASE_TEXT,
        .remapped_from = column->name,
        .remap_pairs = column->remap_pairs,
        .is_remapped_text = true,
    };
}

static void
describe_columns(Compiler *c)
{
    const Stage *stage = c->stage;
    QueryColumn *columns = ARENA_ARRAY(c->arena, stage->column_count * 2, QueryColumn);
    bool counted = c->group_count == GROUP_COUNTED;
    size_t shown = stage->column_count - (counted ? 1 : 0);
    size_t count = 0;
    size_t aggregation = 0;

    if (stage->native != NULL)
        return;
    for (size_t i = 0; i < shown; i++)
    {
        bool is_aggregation = stage->columns[i]->source_kind[0] == 'a';

        columns[count++] = describe(c, stage->columns[i], aggregation);
        aggregation += is_aggregation ? 1 : 0;
    }
    for (size_t i = 0; i < shown; i++)
    {
        const OutColumn *column = stage->columns[i];

        if (column->remap_pairs == NULL || column->field == NULL)
            continue;
        columns[i].remapped_to =
            column->field->remap_name != NULL ? column->field->remap_name : column->name;
        columns[count++] = describe_texts(column);
    }
    c->compiled->columns = columns;
    c->compiled->column_count = count;
    c->compiled->count_at = shown;
    c->compiled->ranks_groups = group_count_ranks(stage);
}

static const int64_t *
ids_of(Compiler *c, const List *list)
{
    int64_t *ids = ARENA_ARRAY(c->arena, list->count, int64_t);

    for (size_t i = 0; i < list->count; i++)
        ids[i] = *(const int64_t *) list->items[i];
    return ids;
}

static bool
start(Compiler *c, Arena *arena, const Json *question, const Catalog *catalog,
      const Dialect *dialect, const QueryOptions *options, Error *err)
{
    *c = (Compiler){ .arena = arena,
                     .question = question,
                     .catalog = catalog,
                     .dialect = dialect,
                     .stages = list_new(arena),
                     .tables = list_new(arena),
                     .fields = list_new(arena) };
    set_options(c, options);
    return zone_load(arena, c->options.timezone, &c->zone, err);
}

static bool
finish(Compiler *c, CompiledQuery *compiled, Error *err)
{
    CompiledQuery made = { 0 };

    c->compiled = &made;
    for (size_t i = 0; i < COUNT_OF(passes); i++)
    {
        if (!passes[i](c, err))
            return false;
        assert(c->stage != NULL);
        if (passes[i] == pass_expand)
            set_limits(c);
    }
    describe_columns(c);
    made.tables = ids_of(c, &c->tables);
    made.table_count = c->tables.count;
    made.fields = ids_of(c, &c->fields);
    made.field_count = c->fields.count;
    made.timezone = c->options.timezone;
    made.group_count = c->group_count;
    *compiled = made;
    return true;
}

bool
query_compile(Arena *arena, const Json *question, const Catalog *catalog, const Dialect *dialect,
              const QueryOptions *options, CompiledQuery *compiled, Error *err)
{
    Compiler c;

    return start(&c, arena, question, catalog, dialect, options, err) && finish(&c, compiled, err);
}

/* All groupings at once, where the database can; false when it cannot, or this question not: a
 * limit counts for each grouping. */
static bool
compile_sets(const Compiler *begun, const Json *question, const unsigned *groupings, size_t count,
             CompiledQuery *compiled)
{
    Compiler c;
    Error err;

    if (!begun->dialect->has_grouping_sets || begun->stage->breakouts.count == 0 ||
        begun->stage->limit >= 0 ||
        !start(&c, begun->arena, question, begun->catalog, begun->dialect, &begun->options, &err))
        return false;
    c.is_pivot = true;
    c.pivot_sets = groupings;
    c.pivot_set_count = count;
    return finish(&c, compiled, &err) && !c.pivot_sets_refused;
}

bool
query_compile_pivot(Arena *arena, const Json *question, const Catalog *catalog,
                    const Dialect *dialect, const QueryOptions *options, CompiledQuery **parts,
                    size_t *count, Error *err)
{
    unsigned *groupings = ARENA_ARRAY(arena, 1024, unsigned);
    CompiledQuery *made;
    size_t total = 0;
    Compiler c;

    if (!start(&c, arena, question, catalog, dialect, options, err) || !pass_parse(&c, err) ||
        !pivot_parts(&c, groupings, &total, err))
        return false;
    made = ARENA_ARRAY(arena, total, CompiledQuery);
    *parts = made;
    *count = 1;
    if (compile_sets(&c, question, groupings, total, &made[0]))
        return true;
    for (size_t i = 0; i < total; i++)
    {
        if (!start(&c, arena, question, catalog, dialect, options, err))
            return false;
        c.is_pivot = true;
        c.pivot_grouping = groupings[i];
        if (!finish(&c, &made[i], err))
            return false;
    }
    *count = total;
    return true;
}
