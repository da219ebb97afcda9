#include "run/index.h"

#include "store/card.h"

#include <string.h>

enum
{
    MOST_BYTES = 500 /* of one value: what is longer is no name */
};

/* ----------------------------------------------------------------------------------- the question
 */

/* Keys and values of the saved question. */
static Json *
question_of(Arena *arena, const ModelIndex *index, int64_t database_id)
{
    Json *question = json_new(arena, JSON_OBJECT), *query = json_new(arena, JSON_OBJECT),
         *fields = json_new(arena, JSON_ARRAY);

    (void) json_add(fields, json_share(arena, index->pk_ref));
    (void) json_add(fields, json_share(arena, index->value_ref));
    (void) json_put(
        arena, query, "source-table",
        json_new_text(arena, arena_format(arena, "card__%lld", (long long) index->model_id)));
    (void) json_put(arena, query, "fields", fields);
    (void) json_put(arena, question, "database", json_new_int(arena, database_id));
    (void) json_put(arena, question, "type", json_new_text(arena, "query"));
    (void) json_put(arena, question, "query", query);
    return question;
}

/* `who` NULL: nobody, all rows. */
static bool
order_of(const IndexGround *ground, Arena *arena, const ModelIndex *index, const Identity *who,
         RunOrder *order, Error *err)
{
    Card card;

    if (!card_find(ground->store, arena, index->model_id, &card, err))
        return false;
    *order = (RunOrder){ .store = ground->store,
                         .settings = ground->settings,
                         .question = question_of(arena, index, card.database_id.value),
                         .who = who,
                         .locale = "en",
                         .cancel = ground->cancel,
                         .saved = true,
                         .whole = true,
                         .anew = true,
                         .max_rows = INDEX_VALUES + 1 };
    return true;
}

bool
index_is_for(const IndexGround *ground, Arena *arena, const ModelIndex *index, const Identity *who)
{
    RunAnswer answer;
    RunOrder order;
    Error why;
    bool same;

    if (index->question == NULL || !order_of(ground, arena, index, who, &order, &why))
        return false;
    same = run_compile(ground->runner, arena, &order, &answer, &why) &&
           strcmp(run_fingerprint(arena, &answer), index->question) == 0;
    run_release(ground->runner, &answer);
    return same;
}

/* ------------------------------------------------------------------------------------- the values
 */

typedef struct ValueSink
{
    RowSink sink; /* first, so that a RowSink * is a ValueSink * */
    Arena *arena;
    IndexedValueList list;
    bool is_full;
} ValueSink;

static bool
value_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static bool
value_row(RowSink *sink, const Value *cells, Error *err)
{
    ValueSink *values = (ValueSink *) sink;
    const char *key = value_to_text(values->arena, &cells[0]);
    const char *text = value_to_text(values->arena, &cells[1]);
    IndexedValue *made = &values->list.items[values->list.count];
    Str name = str_trim(str_of(text == NULL ? "" : text));

    if (key == NULL || name.len == 0 || name.len > MOST_BYTES)
        return true;
    if (values->list.count == INDEX_VALUES)
    {
        values->is_full = true;
        return true;
    }
    if (!str_to_int(str_of(key), INT64_MIN, INT64_MAX, &made->key))
        return error_set(err, ERR_INVALID, "the column of keys does not hold whole numbers");
    made->name = str_copy(values->arena, name);
    made->words = str_fold(values->arena, str_of(made->name));
    values->list.count++;
    return true;
}

static bool
value_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

static bool
read_values(const IndexGround *ground, Arena *arena, ModelIndex *index, ValueSink *values,
            Error *err)
{
    RunAnswer answer;
    RunOrder order;
    bool ok;

    if (!order_of(ground, arena, index, NULL, &order, err))
        return false;
    ok = run_stream(ground->runner, arena, &order, &values->sink, &answer, err);
    if (ok)
        index->question = run_fingerprint(arena, &answer);
    run_release(ground->runner, &answer);
    return ok;
}

bool
index_fill(const IndexGround *ground, Arena *arena, ModelIndex *index, int64_t *count, Error *err)
{
    ValueSink values = { .sink = { value_begin, value_row, value_end }, .arena = arena };
    bool ok;

    *count = 0;
    values.list.items = ARENA_ARRAY(arena, INDEX_VALUES, IndexedValue);
    ok = read_values(ground, arena, index, &values, err);
    if (!ok)
        values.list.count = 0;
    index->question = ok ? index->question : NULL;
    index->error = ok ? NULL : arena_text(arena, err->message);
    index->state = !ok ? "error" : values.is_full ? "overflow" : "indexed";
    *count = (int64_t) values.list.count;
    if (!ok && err->code == ERR_CANCELLED)
        return false;
    return model_index_fill(ground->store, arena, index, &values.list, ok ? err : &(Error){ 0 }) &&
           ok;
}
