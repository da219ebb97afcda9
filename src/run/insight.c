/* One pass over the rows: sums for a straight line through them, and the last two points. */
#include "run/insight.h"

#include "export/stamp.h"

#include <math.h>
#include <string.h>

typedef struct Series
{
    double count, sum_x, sum_y, sum_xx, sum_xy;
    double last, previous;     /* values */
    double last_x, previous_x; /* days since 1970 */
    bool has_last, has_previous;
} Series;

typedef struct InsightSink
{
    RowSink sink; /* first, so that a RowSink * is an InsightSink * */
    const RunAnswer *answer;
    size_t time;    /* the column of times */
    Series *series; /* by column */
} InsightSink;

static const struct
{
    const char *unit;
    double least, most; /* days between two points */
} steps[] = {
    { "minute", 0.9 / 1440, 1.1 / 1440 },
    { "hour", 0.9 / 24, 1.1 / 24 },
    { "day", 0.9, 1.1 },
    { "week", 6.3, 7.7 },
    { "month", 27.0, 33.0 },
    { "quarter", 82.0, 99.0 },
    { "year", 364.5, 366.5 },
};

static bool
is_number(BaseType type)
{
    return type >= BASE_NUMBER && type <= BASE_DECIMAL;
}

/* The only column of dates, and at least one number beside it. */
static bool
find_time(const RunAnswer *answer, size_t *time)
{
    size_t times = 0, numbers = 0;

    for (size_t i = 0; i < answer->column_count; i++)
    {
        BaseType type = answer->columns[i].effective_type;

        if (stamp_is_type(type))
        {
            *time = i;
            times++;
        }
        else if (is_number(type) && answer->columns[i].unit == NULL)
            numbers++;
        else
            return false;
    }
    return times == 1 && numbers > 0 && answer->part_count == 1;
}

static bool
insight_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static void
add_point(Series *series, double x, double y)
{
    series->count++;
    series->sum_x += x;
    series->sum_y += y;
    series->sum_xx += x * x;
    series->sum_xy += x * y;
    series->previous = series->last;
    series->previous_x = series->last_x;
    series->has_previous = series->has_last;
    series->last = y;
    series->last_x = x;
    series->has_last = true;
}

static bool
insight_row(RowSink *sink, const Value *cells, Error *err)
{
    InsightSink *insight = (InsightSink *) sink;
    Stamp stamp;
    double x;

    (void) err;
    if (!stamp_read(&cells[insight->time], insight->answer->zone, &stamp))
        return true;
    x = (double) civil_to_instant(&stamp.at) / (double) DAY_US;
    for (size_t i = 0; i < insight->answer->column_count; i++)
        if (i != insight->time && cells[i].kind != VALUE_NULL)
            add_point(&insight->series[i], x, value_to_double(&cells[i], 0));
    return true;
}

static bool
insight_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

/* The unit that two points are apart; NULL when they are not one unit apart. */
static const char *
unit_between(const Series *series, const char *wanted)
{
    double apart = series->last_x - series->previous_x;

    for (size_t i = 0; series->has_previous && i < COUNT_OF(steps); i++)
        if (apart >= steps[i].least && apart <= steps[i].most &&
            (wanted == NULL || strcmp(wanted, steps[i].unit) == 0))
            return steps[i].unit;
    return NULL;
}

static void
put_number(JsonWriter *w, const char *key, bool known, double number)
{
    json_key(w, key);
    if (known)
        json_double(w, number);
    else
        json_null(w);
}

static void
write_line(JsonWriter *w, const Series *series)
{
    double spread = series->count * series->sum_xx - series->sum_x * series->sum_x;
    bool known = series->count > 1 && fabs(spread) > 1e-9;
    double slope =
        known ? (series->count * series->sum_xy - series->sum_x * series->sum_y) / spread : 0;
    double offset = known ? (series->sum_y - slope * series->sum_x) / series->count : 0;

    put_number(w, "slope", known, slope);
    put_number(w, "offset", known, offset);
    json_key(w, "best-fit");
    if (!known)
    {
        json_null(w);
        return;
    }
    json_begin_array(w);
    json_text(w, "+");
    json_double(w, offset);
    json_begin_array(w);
    json_text(w, "*");
    json_double(w, slope);
    json_text(w, "x");
    json_end_array(w);
    json_end_array(w);
}

static void
write_series(JsonWriter *w, const QueryColumn *column, const Series *series, const char *time_unit)
{
    const char *unit = unit_between(series, time_unit);
    bool changed = unit != NULL && series->previous != 0;

    json_begin_object(w);
    json_put_text(w, "col", column->name);
    json_put_text(w, "unit", unit != NULL ? unit : time_unit);
    put_number(w, "last-value", series->has_last, series->last);
    put_number(w, "previous-value", unit != NULL, series->previous);
    put_number(w, "last-change", changed,
               (series->last - series->previous) / fabs(series->previous));
    write_line(w, series);
    json_end_object(w);
}

void
insight_write(JsonWriter *w, Arena *arena, const RunAnswer *answer)
{
    InsightSink insight = { .sink = { insight_begin, insight_row, insight_end }, .answer = answer };

    if (!find_time(answer, &insight.time))
    {
        json_null(w);
        return;
    }
    insight.series = ARENA_ARRAY(arena, answer->column_count, Series);
    /* Nothing in these sinks fails. */
    (void) run_replay(answer, arena, &insight.sink, &(Error){ 0 });
    json_begin_array(w);
    for (size_t i = 0; i < answer->column_count; i++)
        if (i != insight.time)
            write_series(w, &answer->columns[i], &insight.series[i],
                         answer->columns[insight.time].unit);
    json_end_array(w);
}
