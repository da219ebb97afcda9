/* Numbers and trends of published pages: one cell of an answer, as people read it. */
#include "api/printed_number.h"

#include "api/result.h"
#include "export/format.h"
#include "query/type.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum
{
    MAX_TEXT = 4096,
    NO_COLUMN = -1,
    NO_ROW = -1
};

/* Which displays are one number; a trend is the number of the last date. */
static const struct NumberKind
{
    const char *display;
    bool is_trend;
} kinds[] = {
    { "scalar", false }, { "progress", false }, { "gauge", false }, { "smartscalar", true }
};

typedef struct NumberSink
{
    RowSink sink; /* first, so that a RowSink * is a NumberSink * */
    const RunAnswer *answer;
    const Json *settings;
    Arena *arena;
    const char *language;
    int at;        /* the column of the number */
    int date;      /* that of the dates of a trend, or NO_COLUMN */
    int64_t row;   /* of the replay that runs */
    int64_t found; /* the row that is printed, or NO_ROW */
    Buf last;      /* its date, as what can be compared */
    Buf text, when;
} NumberSink;

static const struct NumberKind *
kind_of(const Card *card)
{
    for (size_t i = 0; card->display != NULL && i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].display, card->display) == 0)
            return &kinds[i];
    return NULL;
}

static bool
is_date(const QueryColumn *column)
{
    return type_is_temporal(column->effective_type) &&
           (column->unit == NULL || !unit_is_extraction(unit_from_name(column->unit)));
}

/* The column that the settings name, else the first; of a trend, the first number beside the dates.
 */
static bool
choose_columns(NumberSink *number, bool is_trend)
{
    const char *named = json_text_or(json_get(number->settings, "scalar.field"), "");
    int first = NO_COLUMN;

    for (int i = (int) number->answer->column_count - 1; i >= 0; i--)
    {
        const QueryColumn *column = &number->answer->columns[i];

        if (strcmp(column->name, named) == 0)
            number->at = i;
        if (is_trend && is_date(column))
            number->date = i;
        else if (!is_trend || type_is_number(column->effective_type))
            first = i;
    }
    if (number->at == NO_COLUMN)
        number->at = first;
    return number->at != NO_COLUMN && (number->date != NO_COLUMN || !is_trend);
}

static void
write_cell(const NumberSink *number, Buf *out, const Value *cells, int at)
{
    const QueryColumn *column = &number->answer->columns[at];
    const ExportColumn shown = { .name = column->name,
                                 .title = column->display_name,
                                 .type = column->effective_type,
                                 .unit = column->unit,
                                 .semantic_type = column->semantic_type,
                                 .zone = number->answer->zone,
                                 .settings = result_column_settings(number->arena, number->settings,
                                                                    column) };

    format_cell(out, &cells[at], &shown, number->language);
}

/* Texts of dates follow each other as dates do. */
static bool
is_before(Str one, Str other)
{
    int order = memcmp(one.ptr, other.ptr, one.len < other.len ? one.len : other.len);

    return order < 0 || (order == 0 && one.len < other.len);
}

/* Is this the latest date so far? */
static bool
is_latest(NumberSink *number, const Value *date)
{
    char room[24];
    Str now;

    (void) snprintf(room, sizeof(room), "%020lld",
                    date->kind == VALUE_INSTANT ? (long long) date->integer : 0);
    now = value_has_text(date) ? date->text : str_of(room);
    if (number->found != NO_ROW && is_before(now, buf_slice(&number->last)))
        return false;
    buf_clear(&number->last);
    buf_str(&number->last, now);
    return true;
}

/* The first row; of a trend, that of the latest date. */
static bool
find_row(RowSink *sink, const Value *cells, Error *err)
{
    NumberSink *number = (NumberSink *) sink;
    const Value *date = number->date == NO_COLUMN ? NULL : &cells[number->date];

    (void) err;
    if (date == NULL ? number->found == NO_ROW
                     : date->kind != VALUE_NULL && cells[number->at].kind != VALUE_NULL &&
                           is_latest(number, date))
        number->found = number->row;
    number->row++;
    return true;
}

static bool
read_row(RowSink *sink, const Value *cells, Error *err)
{
    NumberSink *number = (NumberSink *) sink;

    (void) err;
    if (number->row++ != number->found)
        return true;
    write_cell(number, &number->text, cells, number->at);
    if (number->date != NO_COLUMN)
        write_cell(number, &number->when, cells, number->date);
    return true;
}

static bool
number_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static bool
number_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

/* Which row it is has to be known before it is read. */
static bool
read_number(NumberSink *number, Error *err)
{
    number->sink = (RowSink){ number_begin, find_row, number_end };
    if (!run_replay(number->answer, number->arena, &number->sink, err) || number->found == NO_ROW)
        return false;
    number->sink.row = read_row;
    number->row = 0;
    return run_replay(number->answer, number->arena, &number->sink, err);
}

/* A hyphen before a number is its sign: people read a minus there. */
static const char *
with_minus(Arena *arena, const char *text)
{
    Buf out = buf_new(arena, MAX_TEXT);

    for (const char *at = text; *at != '\0'; at++)
        if (*at == '-' && isdigit((unsigned char) at[1]) &&
            (at == text || !isalnum((unsigned char) at[-1])))
            buf_text(&out, "\u2212");
        else
            buf_char(&out, *at);
    return buf_cstr(&out);
}

bool
printed_number(Request *req, const Door *door, const Ask *ask, const char *language,
               int64_t most_ms, PrintedNumber *printed)
{
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    const struct NumberKind *kind = kind_of(&ask->card);
    NumberSink number = { .settings = ask_settings(req->arena, ask),
                          .arena = req->arena,
                          .language = language,
                          .at = NO_COLUMN,
                          .date = NO_COLUMN,
                          .found = NO_ROW,
                          .text = buf_new(req->arena, MAX_TEXT),
                          .when = buf_new(req->arena, MAX_TEXT),
                          .last = buf_new(req->arena, MAX_TEXT) };
    ResultOrder order;
    RunAnswer answer;
    Error failure = { .code = ERR_NONE };
    bool done;

    *printed = (PrintedNumber){ .text = NULL };
    if (kind == NULL || !share_order(req, door, ask, &order, &failure))
        return false;
    number.answer = &answer;
    order.run.max_ms = most_ms;
    order.run.cancel = cancel;
    /* Also when it is somebody else who asks the database just now. */
    cancel_set_deadline(cancel, time_monotonic() + most_ms * 1000);
    done = run_answer(req->app->runner, req->arena, &order.run, &answer, &failure) &&
           choose_columns(&number, kind->is_trend) && read_number(&number, &failure);
    if (done)
        *printed = (PrintedNumber){
            .text = with_minus(req->arena, buf_cstr(&number.text)),
            .when = kind->is_trend ? buf_cstr(&number.when) : NULL,
            .is_withheld = answer.small.withheld_count > 0,
            .rest = share_rest(&order.run.lifetime,
                               answer.cached_at != 0 ? answer.cached_at : answer.started_at,
                               answer.is_stale),
        };
    else
        printed->is_late = failure.code == ERR_TIMEOUT || failure.code == ERR_CANCELLED;
    run_release(req->app->runner, &answer);
    return done;
}
