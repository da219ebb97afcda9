/* Groups lie on lines: all of an answer on one, and in tables of several keys those that differ in
 * one key only. On a line where something is withheld, at least two groups are, which together
 * count enough rows: so nothing follows from a total. */
#include "run/small.h"

#include "base/map.h"

#include <string.h>

enum
{
    MOST_PASSES = 100 /* beyond, all is withheld */
};

/* A set of groups of which somebody may know the total. */
typedef struct Line
{
    int64_t hidden_rows; /* of groups that are withheld */
    size_t hidden;
    size_t smallest; /* of the others, the group of the fewest rows; NONE: there is none */
} Line;

static const size_t NONE = SIZE_MAX;

typedef struct Groups
{
    Arena *arena;
    int64_t below;
    Rows rows;
    size_t count_at;
    bool *is_key; /* by column: says which group it is, and no measure */
    size_t key_count;
    size_t measure_count;
    size_t part_at;  /* the column that tells parts of a pivot table apart, or NONE */
    int64_t *counts; /* by row, and so below */
    bool *in_part;   /* a total of a pivot table: on no line */
    bool *withheld;
    bool any_withheld;
    size_t kinds;  /* of lines */
    size_t **line; /* by kind, by row */
    size_t *lines; /* by kind, how many */
} Groups;

/* ------------------------------------------------------------------------------------ what is what
 */

static bool
is_number(BaseType type)
{
    return type >= BASE_NUMBER && type <= BASE_DECIMAL;
}

static size_t
find_column(const Columns *columns, const char *name)
{
    for (size_t i = 0; name != NULL && i < columns->count; i++)
        if (strcmp(columns->items[i].name, name) == 0)
            return i;
    return NONE;
}

/* Of SQL only the first column is taken for a key, unless it is a number. */
static bool
is_key_column(const Groups *groups, const RunAnswer *answer, size_t column)
{
    if (answer->parts[0].group_count == GROUP_COUNTED)
        return column < answer->column_count &&
               strcmp(answer->columns[column].source, "breakout") == 0;
    return column == 0 && column != groups->count_at &&
           !is_number(answer->columns[column].effective_type);
}

static void
read_columns(Groups *groups, const RunAnswer *answer)
{
    size_t count = groups->rows.columns.count;

    groups->is_key = ARENA_ARRAY(groups->arena, count + 1, bool);
    groups->part_at = find_column(&groups->rows.columns, "pivot-grouping");
    for (size_t i = 0; i < count; i++)
    {
        groups->is_key[i] = is_key_column(groups, answer, i);
        groups->key_count += groups->is_key[i] && i != groups->part_at ? 1 : 0;
        groups->measure_count += !groups->is_key[i] && i < answer->column_count ? 1 : 0;
    }
}

static void
read_counts(Groups *groups)
{
    size_t count = groups->rows.count;

    groups->counts = ARENA_ARRAY(groups->arena, count + 1, int64_t);
    groups->in_part = ARENA_ARRAY(groups->arena, count + 1, bool);
    groups->withheld = ARENA_ARRAY(groups->arena, count + 1, bool);
    for (size_t i = 0; i < count; i++)
    {
        const Value *cells = groups->rows.row[i];

        /* What is no number counts nothing. */
        groups->counts[i] = value_to_int(&cells[groups->count_at], 0);
        groups->in_part[i] =
            groups->part_at != NONE && value_to_int(&cells[groups->part_at], 0) != 0;
        groups->withheld[i] = groups->counts[i] < groups->below;
        groups->any_withheld = groups->any_withheld || groups->withheld[i];
    }
}

/* ------------------------------------------------------------------------------------------ lines
 */

/* The keys of a row but one. */
static const char *
key_without(const Groups *groups, const Value *cells, size_t left_out)
{
    Buf key = buf_new(groups->arena, SIZE_MAX / 2);

    for (size_t i = 0; i < groups->rows.columns.count; i++)
    {
        const char *text = value_to_text(groups->arena, &cells[i]);

        if (groups->is_key[i] && i != left_out)
            buf_format(&key, "%zu:%s|", text == NULL ? 0 : strlen(text) + 1,
                       text == NULL ? "" : text);
    }
    return buf_cstr(&key);
}

static void
add_lines(Groups *groups, size_t left_out)
{
    size_t *line = ARENA_ARRAY(groups->arena, groups->rows.count + 1, size_t);
    Map *known = map_new(groups->arena);

    for (size_t i = 0; i < groups->rows.count; i++)
    {
        const char *key =
            left_out == NONE ? "" : key_without(groups, groups->rows.row[i], left_out);

        if (groups->in_part[i])
            continue;
        /* One more than the number of the line: NULL is for those that are not known. */
        if (!map_has(known, key))
            map_put(known, key, (void *) (uintptr_t) (map_count(known) + 1));
        line[i] = (size_t) (uintptr_t) map_get(known, key) - 1;
    }
    groups->lines[groups->kinds] = map_count(known);
    groups->line[groups->kinds++] = line;
}

static void
draw_lines(Groups *groups)
{
    size_t columns = groups->rows.columns.count;

    groups->line = ARENA_ARRAY(groups->arena, columns + 1, size_t *);
    groups->lines = ARENA_ARRAY(groups->arena, columns + 1, size_t);
    add_lines(groups, NONE);
    for (size_t i = 0; groups->key_count > 1 && i < columns; i++)
        if (groups->is_key[i] && i != groups->part_at)
            add_lines(groups, i);
}

static void
measure_lines(const Groups *groups, size_t kind, Line *lines)
{
    for (size_t i = 0; i < groups->lines[kind]; i++)
        lines[i] = (Line){ .smallest = NONE };
    for (size_t i = 0; i < groups->rows.count; i++)
    {
        Line *line = &lines[groups->line[kind][i]];

        if (groups->in_part[i])
            continue;
        if (groups->withheld[i])
        {
            line->hidden++;
            line->hidden_rows += groups->counts[i] > 0 ? groups->counts[i] : 0;
        }
        else if (line->smallest == NONE || groups->counts[i] < groups->counts[line->smallest])
            line->smallest = i;
    }
}

/* One more group of each line that needs one; false: no line did. */
static bool
withhold_more(Groups *groups, size_t kind)
{
    ArenaMark mark = arena_mark(groups->arena);
    Line *lines = ARENA_ARRAY(groups->arena, groups->lines[kind] + 1, Line);
    bool did = false;

    measure_lines(groups, kind, lines);
    for (size_t i = 0; i < groups->lines[kind]; i++)
    {
        const Line *line = &lines[i];
        bool enough = line->hidden == 0 ||
                      (line->hidden > 1 && line->hidden_rows >= groups->below) ||
                      line->smallest == NONE;

        if (enough)
            continue;
        groups->withheld[line->smallest] = true;
        did = true;
    }
    arena_rewind(groups->arena, mark);
    return did;
}

static void
complete(Groups *groups)
{
    bool did = groups->any_withheld;
    int passes = 0;

    draw_lines(groups);
    for (; did && passes < MOST_PASSES; passes++)
    {
        did = false;
        for (size_t kind = 0; kind < groups->kinds; kind++)
            did = withhold_more(groups, kind) || did;
    }
    /* Totals of a pivot table would give away what is left out of it. */
    for (size_t i = 0; groups->any_withheld && i < groups->rows.count; i++)
        groups->withheld[i] = groups->withheld[i] || groups->in_part[i] || did;
}

/* ----------------------------------------------------------------------------------- the new rows
 */

/* Only keys that are texts can hold the name of all others, and only sums can be added. */
static bool
can_merge(const Groups *groups, const RunAnswer *answer)
{
    if (answer->parts[0].group_count != GROUP_COUNTED || groups->part_at != NONE ||
        groups->key_count == 0 || groups->measure_count == 0)
        return false;
    for (size_t i = 0; i < answer->column_count; i++)
    {
        const QueryColumn *column = &answer->columns[i];
        bool is_text = column->effective_type == BASE_TEXT && column->remap_pairs == NULL;

        if (i >= groups->rows.columns.count || !(groups->is_key[i] ? is_text : column->adds))
            return false;
    }
    return true;
}

static Value
sum_of(const Groups *groups, size_t column)
{
    double number = 0;
    int64_t whole = 0;
    bool is_whole = true;

    for (size_t i = 0; i < groups->rows.count; i++)
    {
        const Value *cell = &groups->rows.row[i][column];

        if (!groups->withheld[i] || cell->kind == VALUE_NULL)
            continue;
        number += value_to_double(cell, 0);
        is_whole = is_whole && cell->kind == VALUE_INT &&
                   !__builtin_add_overflow(whole, cell->integer, &whole);
    }
    return is_whole ? VALUE_OF_INT(whole) : VALUE_OF_DOUBLE(number);
}

static bool
add_merged(const Groups *groups, const char *locale, Packer *packer, Error *err)
{
    bool french = locale != NULL && strncmp(locale, "fr", 2) == 0;
    Value *cells = ARENA_ARRAY(groups->arena, groups->rows.columns.count + 1, Value);

    for (size_t i = 0; i < groups->rows.columns.count; i++)
        if (i != groups->count_at)
            cells[i] =
                groups->is_key[i] ? VALUE_OF_TEXT(french ? "Autres" : "Other") : sum_of(groups, i);
    return packer->sink.row(&packer->sink, cells, err);
}

/* Keys stay, measures go; of what has no measures, the row goes. */
static bool
add_withheld(const Groups *groups, size_t row, Packer *packer, int64_t *list, SmallReport *report,
             Error *err)
{
    Value *cells = ARENA_ARRAY(groups->arena, groups->rows.columns.count + 1, Value);

    if (groups->measure_count == 0)
    {
        report->left_out++;
        return true;
    }
    for (size_t i = 0; i < groups->rows.columns.count; i++)
        if (groups->is_key[i])
            cells[i] = groups->rows.row[row][i];
    list[report->withheld_count++] = pack_rows(packer->pack);
    return packer->sink.row(&packer->sink, cells, err);
}

static bool
add_shown(const Groups *groups, size_t row, bool hides_count, Packer *packer, Error *err)
{
    Value *cells = groups->rows.row[row];

    if (hides_count)
        cells[groups->count_at] = VALUE_OF_NULL;
    return packer->sink.row(&packer->sink, cells, err);
}

/* Where measures rank the groups, a place would tell a measure: these come last. */
static bool
add_rows(const Groups *groups, const RunOrder *order, const RunAnswer *answer, Packer *packer,
         SmallReport *report, Error *err)
{
    const CompiledQuery *part = &answer->parts[0];
    bool is_counted = part->group_count == GROUP_COUNTED;
    bool merges = order->small.merge && groups->any_withheld && can_merge(groups, answer);
    bool last = part->ranks_groups || !is_counted;
    int64_t *list = ARENA_ARRAY(groups->arena, groups->rows.count + 1, int64_t);

    for (size_t i = 0; i < groups->rows.count; i++)
        if (!groups->withheld[i] && !add_shown(groups, i, is_counted, packer, err))
            return false;
        else if (groups->withheld[i] && !last && !merges &&
                 !add_withheld(groups, i, packer, list, report, err))
            return false;
    for (size_t i = 0; last && !merges && i < groups->rows.count; i++)
        if (groups->withheld[i] && !add_withheld(groups, i, packer, list, report, err))
            return false;
    report->withheld = list;
    if (!merges)
        return true;
    report->merged = pack_rows(packer->pack);
    for (size_t i = 0; i < groups->rows.count; i++)
        report->left_out += groups->withheld[i] ? 1 : 0;
    return add_merged(groups, order->locale, packer, err);
}

/* -------------------------------------------------------------------------------------- the doors
 */

const char *
small_refusal(const SmallCells *small, const CompiledQuery *part)
{
    static const char *const reasons[] = {
        [GROUP_OF_ONE] = "rows", [GROUP_OF_GROUPS] = "groups", [GROUP_IN_PART] = "part"
    };

    if (part->group_count == GROUP_OF_SQL)
        return small->count_column == NULL ? "sql" : NULL;
    return part->group_count < COUNT_OF(reasons) ? reasons[part->group_count] : NULL;
}

void
small_hide(RunAnswer *answer, const SmallCells *small, const char *why)
{
    Packer packer = packer_new(0, 0);

    pack_free(&answer->pack);
    answer->pack = packer.pack;
    answer->row_count = answer->cut_at = 0;
    answer->small = (SmallReport){ .below = small->below, .unknown = why, .merged = -1 };
}

/* All that is withheld counts too few rows to be one. */
static bool
is_too_few(const Groups *groups)
{
    int64_t rows = 0;

    for (size_t i = 0; i < groups->rows.count; i++)
        if (groups->withheld[i] && groups->counts[i] > 0)
            rows += groups->counts[i];
    return rows < groups->below;
}

bool
small_apply(Arena *arena, const RunOrder *order, size_t max_bytes, RunAnswer *answer, Error *err)
{
    Groups groups = { .arena = arena, .below = order->small.below };
    RowCollector collector = row_collector(arena, &groups.rows, 0);
    SmallReport report = { .below = order->small.below, .merged = -1 };
    RunOrder own = *order;
    Packer packer;

    if (!pack_replay(answer->pack, &collector.sink, err))
        return false;
    groups.count_at = answer->parts[0].group_count == GROUP_COUNTED
                          ? answer->parts[0].count_at
                          : find_column(&groups.rows.columns, order->small.count_column);
    if (groups.count_at == NONE)
    {
        small_hide(answer, &order->small, "sql");
        return true;
    }
    read_columns(&groups, answer);
    read_counts(&groups);
    complete(&groups);
    own.small.merge = own.small.merge && !is_too_few(&groups);
    packer = packer_new(max_bytes, 0);
    if (!packer.sink.begin(&packer.sink, &groups.rows.columns, err) ||
        !add_rows(&groups, &own, answer, &packer, &report, err))
    {
        pack_free(&packer.pack);
        return false;
    }
    pack_free(&answer->pack);
    answer->pack = packer.pack;
    answer->row_count = pack_rows(packer.pack);
    answer->small = report;
    return true;
}
