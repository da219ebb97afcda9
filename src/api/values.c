/* A question is made for the column and run like any other: limits, rights and cache are its. */
#include "api/values.h"

#include "api/answer.h"
#include "export/cell.h"
#include "store/metadata.h"

#include <string.h>

enum
{
    FRESH_SECONDS = 600 /* values change slowly, and people type fast */
};

/* --- Trees of MBQL -------------------------------------------------------------------------- */

static Json *
array_of(Arena *arena, const char *word)
{
    Json *array = json_new(arena, JSON_ARRAY);

    (void) json_add(array, json_new_text(arena, word));
    return array;
}

/* The column that a target is about: of a template tag, the one that the tag names. */
static const Json *
field_of_target(const Card *card, const Json *target)
{
    const Json *reference = json_at(target, 1);
    const Json *tags = card == NULL ? NULL : query_template_tags(card->dataset_query);
    const char *name;

    if (strcmp(json_text_or(json_at(target, 0), ""), "dimension") != 0)
        return NULL;
    if (strcmp(json_text_or(json_at(reference, 0), ""), "template-tag") != 0)
        return reference;
    name = json_text_or(json_at(reference, 1), "");
    for (const Json *tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next)
        if (strcmp(json_text_or(json_get(tag, "name"), tag->key == NULL ? "" : tag->key), name) ==
            0)
            return json_get(tag, "dimension");
    return NULL;
}

/* How references were written before 2020, and where the field stands in each. */
static const struct
{
    const char *op;
    size_t at;
} old_references[] = {
    { "fk->", 2 }, { "joined-field", 2 }, { "datetime-field", 1 }, { "binning-strategy", 1 }
};

/* ["fk->", ["field-id", 3], ["field-id", 12]] gives ["field-id", 12]. */
static const Json *
innermost(const Json *reference)
{
    for (size_t i = 0; i < COUNT_OF(old_references); i++)
        if (strcmp(json_text_or(json_at(reference, 0), ""), old_references[i].op) == 0)
        {
            const Json *inner = json_at(reference, old_references[i].at);

            return inner != NULL && inner->kind == JSON_ARRAY ? innermost(inner) : inner;
        }
    return reference;
}

/* The id in ["field", 12, ...], ["field", {...}, 12], or as it was written before; 0 when it is
 * named. */
static int64_t
field_id(const Json *sent)
{
    const Json *reference = innermost(sent);
    int64_t id;

    if (json_to_int(reference, &id) || json_to_int(json_at(reference, 1), &id) ||
        json_to_int(json_at(reference, 2), &id))
        return id;
    return 0;
}

int64_t
values_field(const Card *card, const Json *target)
{
    return field_id(field_of_target(card, target));
}

/* A plain reference: a bucket or a join of the question is none of the list's affairs. */
static Json *
plain_reference(Arena *arena, int64_t id)
{
    Json *reference = array_of(arena, "field");

    (void) json_add(reference, json_new_int(arena, id));
    (void) json_add(reference, json_new(arena, JSON_NULL));
    return reference;
}

static void
add_search(Arena *arena, Json *filters, Json *reference, const char *search)
{
    Json *clause, *options;

    if (search == NULL || search[0] == '\0')
        return;
    clause = array_of(arena, "contains");
    options = json_new(arena, JSON_OBJECT);
    (void) json_add(clause, json_share(arena, reference));
    (void) json_add(clause, json_new_text(arena, search));
    (void) json_put(arena, options, "case-sensitive", json_new_bool(arena, false));
    (void) json_add(clause, options);
    (void) json_add(filters, clause);
}

static void
add_exact(Arena *arena, Json *filters, Json *reference, const char *exact)
{
    Json *clause;

    if (exact == NULL)
        return;
    clause = array_of(arena, "=");
    (void) json_add(clause, json_share(arena, reference));
    (void) json_add(clause, json_new_text(arena, exact));
    (void) json_add(filters, clause);
}

static Json *
make_question(Arena *arena, int64_t database, Json *source, Json *const *columns, size_t count,
              const Json *filters)
{
    Json *question = json_new(arena, JSON_OBJECT);
    Json *query = json_new(arena, JSON_OBJECT);
    Json *breakout = json_new(arena, JSON_ARRAY);

    for (size_t i = 0; i < count; i++)
        (void) json_add(breakout, columns[i]);
    (void) json_put(arena, query, "source-table", source);
    (void) json_put(arena, query, "breakout", breakout);
    (void) json_put(arena, query, "limit", json_new_int(arena, VALUES_MAX + 1));
    if (filters != NULL && filters->count > 0)
    {
        Json *all = array_of(arena, "and");

        for (const Json *item = filters->first; item != NULL; item = item->next)
            (void) json_add(all, json_share(arena, item));
        (void) json_put(arena, query, "filter", all);
    }
    (void) json_put(arena, question, "database", json_new_int(arena, database));
    (void) json_put(arena, question, "type", json_new_text(arena, "query"));
    (void) json_put(arena, question, "query", query);
    return question;
}

/* --- Rows ------------------------------------------------------------------------------------ */

typedef struct ValueSink
{
    RowSink sink; /* first, so that a RowSink * is a ValueSink * */
    JsonWriter *w;
    const RunAnswer *answer;
    size_t written;
    bool has_more;
} ValueSink;

static bool
value_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static void
write_cell(const ValueSink *values, const Value *cells, size_t column)
{
    const RunAnswer *answer = values->answer;

    cell_write_json(values->w, &cells[column], answer->columns[column].effective_type, answer->zone,
                    true);
}

/* What is shown for a key stands before it. */
static bool
value_row(RowSink *sink, const Value *cells, Error *err)
{
    ValueSink *values = (ValueSink *) sink;
    const RunAnswer *answer = values->answer;
    bool turned = answer->column_count > 1 && answer->columns[0].remapped_from != NULL;

    (void) err;
    if (cells[turned ? 1 : 0].kind == VALUE_NULL)
        return true;
    if (values->written == VALUES_MAX)
    {
        values->has_more = true;
        return true;
    }
    values->written++;
    json_begin_array(values->w);
    for (size_t i = 0; i < answer->column_count && i < 2; i++)
        write_cell(values, cells, turned ? 1 - i : i);
    json_end_array(values->w);
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
write_rows(Request *req, JsonWriter *w, const ValuesAsk *ask, const Json *question, bool *has_more,
           Error *err)
{
    ResultOrder order = result_order(req, question);
    ValueSink values = { .sink = { value_begin, value_row, value_end }, .w = w };
    RunAnswer answer;
    bool ok;

    order.run.who = ask->who;
    order.run.saved = ask->saved;
    order.run.lifetime = (RunLifetime){ .seconds = FRESH_SECONDS };
    ok = run_answer(req->app->runner, req->arena, &order.run, &answer, err);
    values.answer = &answer;
    ok = ok && run_replay(&answer, req->arena, &values.sink, err);
    *has_more = values.has_more;
    run_release(req->app->runner, &answer);
    return ok;
}

/* --- Where values come from ---------------------------------------------------------------------
 */

static bool
matches(const char *text, const char *search, Arena *arena)
{
    return search == NULL || search[0] == '\0' ||
           strstr(str_fold(arena, str_of(text)), str_fold(arena, str_of(search))) != NULL;
}

/* Items are values, or [value, label]. */
static void
write_list(Request *req, JsonWriter *w, const ValuesAsk *ask, const Json *list)
{
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    {
        const Json *value = item->kind == JSON_ARRAY ? item->first : item;
        const Json *label = item->kind == JSON_ARRAY && item->count > 1 ? json_at(item, 1) : value;

        if (value == NULL ||
            (ask->exact != NULL && (value->text == NULL || strcmp(value->text, ask->exact) != 0)) ||
            !matches(json_text_or(label, value->text == NULL ? "" : value->text), ask->search,
                     req->arena))
            continue;
        json_begin_array(w);
        json_tree(w, value);
        if (label != value)
            json_tree(w, label);
        json_end_array(w);
    }
}

static bool
write_of_card(Request *req, JsonWriter *w, const ValuesAsk *ask, const Json *config, bool *has_more,
              Error *err)
{
    Json *filters = json_new(req->arena, JSON_ARRAY);
    Json *columns[2] = { json_share(req->arena, json_get(config, "value_field")), NULL };
    const Json *label = json_get(config, "label_field");
    size_t count = 1;
    Card card;

    if (!card_find(req->store, req->arena, json_int_or(json_get(config, "card_id"), 0), &card, err))
        return false;
    if (ask->who != NULL &&
        !access_to_card(ask->who, req->store, req->arena, &card, ACCESS_READ, err))
        return false;
    if (label != NULL && label->kind == JSON_ARRAY)
        columns[count++] = json_share(req->arena, label);
    add_search(req->arena, filters, columns[count - 1], ask->search);
    add_exact(req->arena, filters, columns[0], ask->exact);
    return write_rows(req, w, ask,
                      make_question(req->arena, card.database_id.value,
                                    json_new_text(req->arena, arena_format(req->arena, "card__%lld",
                                                                           (long long) card.id)),
                                    columns, count, filters),
                      has_more, err);
}

/* How a column of another table is reached from a table: itself, or along its key. */
static bool
reach(Request *req, int64_t from_table, int64_t id, Json **reference, Error *err)
{
    FieldFilter filter = { .table_id = from_table };
    TableFieldList fields;
    TableField field, target;

    *reference = NULL;
    if (!field_find(req->store, req->arena, id, &field, err))
        return false;
    if (field.table_id == from_table)
    {
        *reference = plain_reference(req->arena, id);
        return true;
    }
    if (!field_list(req->store, req->arena, &filter, &fields, err))
        return false;
    for (size_t i = 0; i < fields.count && *reference == NULL; i++)
    {
        Json *options = json_new(req->arena, JSON_OBJECT);

        if (!fields.items[i].fk_target_field_id.set)
            continue;
        if (!field_find(req->store, req->arena, fields.items[i].fk_target_field_id.value, &target,
                        err))
            return false;
        if (target.table_id != field.table_id)
            continue;
        *reference = array_of(req->arena, "field");
        (void) json_put(req->arena, options, "source-field",
                        json_new_int(req->arena, fields.items[i].id));
        (void) json_add(*reference, json_new_int(req->arena, id));
        (void) json_add(*reference, options);
    }
    return true;
}

bool
values_reach(Request *req, int64_t id, int64_t other_id, bool *reached, Error *err)
{
    TableField field;
    Json *reference;

    if (!field_find(req->store, req->arena, id, &field, err) ||
        !reach(req, field.table_id, other_id, &reference, err))
        return false;
    *reached = reference != NULL;
    return true;
}

/* What is shown for the values: a field that was named, or that of a key. The former is asked for
 * beside them, the latter comes by itself; both are what is searched. */
static bool
add_label(Request *req, const ValuesAsk *ask, const TableField *field, Json **columns,
          size_t *count, Json **searched, Error *err)
{
    bool is_key = ask->label_id == 0 && field->human_readable_field_id.set;
    int64_t id = is_key ? field->human_readable_field_id.value : ask->label_id;
    Json *label;

    if (id == 0 || id == field->id)
        return true;
    if (!reach(req, field->table_id, id, &label, err))
        return false;
    if (label == NULL)
        return is_key || error_set(err, ERR_NOT_FOUND, "there is no such field beside it");
    *searched = label;
    if (!is_key)
        columns[(*count)++] = label;
    return true;
}

/* Which saved question has a named column: what is asked, or, of its first stage, what it reads. */
static int64_t
card_of_column(const Card *card, const Json *target)
{
    int64_t below = query_source_card(card->dataset_query);
    int64_t stage = json_int_or(json_get(json_at(target, 2), "stage-number"), 0);

    return stage == 0 && below != 0 && strcmp(card->type, "model") != 0 ? below : card->id;
}

/* What is in a column of a table; of a column that only a saved question has, what is in that. */
static bool
write_of_column(Request *req, JsonWriter *w, const ValuesAsk *ask, const Json *reference,
                bool *has_more, Error *err)
{
    Arena *arena = req->arena;
    Json *filters = json_new(arena, JSON_ARRAY);
    int64_t id = field_id(reference);
    Json *columns[2] = { id != 0 ? plain_reference(arena, id) : json_share(arena, reference) };
    Json *searched = columns[0];
    size_t count = 1;
    Json *source;
    TableField field;
    int64_t database;

    if (id != 0)
    {
        if (!field_find(req->store, arena, id, &field, err))
            return false;
        source = json_new_int(arena, field.table_id);
        database = field.db_id;
        if (!add_label(req, ask, &field, columns, &count, &searched, err))
            return false;
    }
    else if (ask->card != NULL)
    {
        source =
            json_new_text(arena, arena_format(arena, "card__%lld",
                                              (long long) card_of_column(ask->card, ask->target)));
        database = ask->card->database_id.value;
    }
    else
        return true;
    for (const Json *item = ask->filters == NULL ? NULL : ask->filters->first; item != NULL;
         item = item->next)
        (void) json_add(filters, json_share(arena, item));
    add_search(arena, filters, searched, ask->search);
    add_exact(arena, filters, columns[0], ask->exact);
    return write_rows(req, w, ask, make_question(arena, database, source, columns, count, filters),
                      has_more, err);
}

bool
values_write(Request *req, JsonWriter *w, const ValuesAsk *ask, Error *err)
{
    const char *kind = json_text_or(json_get(ask->parameter, "values_source_type"), "");
    const Json *config = json_get(ask->parameter, "values_source_config");
    const Json *reference = field_of_target(ask->card, ask->target);
    bool has_more = false;

    json_begin_object(w);
    json_key(w, "values");
    json_begin_array(w);
    if (strcmp(kind, "static-list") == 0)
        write_list(req, w, ask, json_get(config, "values"));
    else if (strcmp(kind, "card") == 0)
    {
        if (!write_of_card(req, w, ask, config, &has_more, err))
            return false;
    }
    else if (reference != NULL && !write_of_column(req, w, ask, reference, &has_more, err))
        return false;
    json_end_array(w);
    json_put_bool(w, "has_more_values", has_more);
    json_end_object(w);
    return true;
}

bool
values_write_one(Request *req, JsonWriter *w, const ValuesAsk *ask, Error *err)
{
    Answer list;
    Json *whole;
    const Json *first;

    if (!values_write(req, answer_begin(req, &list), ask, err) ||
        !json_parse(req->arena, buf_slice(&list.text), NULL, &whole, err))
        return false;
    first = json_at(json_get(whole, "values"), 0);
    if (first != NULL)
    {
        json_tree(w, first);
        return true;
    }
    json_begin_array(w);
    json_text(w, ask->exact);
    json_end_array(w);
    return true;
}

/* --- Parameters of questions and dashboards -------------------------------------------------- */

static const Json *
find_by_key(const Json *list, const char *key)
{
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (strcmp(json_text_or(json_get(item, "id"), ""), key) == 0)
            return item;
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (strcmp(json_text_or(json_get(item, "slug"), ""), key) == 0)
            return item;
    return NULL;
}

static bool
send(Request *req, Response *res, const ValuesAsk *ask, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    return (ask->exact != NULL ? values_write_one(req, w, ask, err)
                               : values_write(req, w, ask, err)) &&
           answer_send(&answer, res, err);
}

static bool
has_fixed(const Json *fixed)
{
    return fixed != NULL && fixed->count > 0;
}

static bool
not_under_these(Error *err)
{
    return error_set(err, ERR_NOT_FOUND, "there is no list of values under what the token fixes");
}

bool
values_of_card(Request *req, Response *res, const Card *card, const ValuesOrder *order, Error *err)
{
    const Json *parameter = find_by_key(ask_card_parameters(req->arena, card), order->key);
    ValuesAsk ask = { .parameter = parameter,
                      .card = card,
                      .search = order->search,
                      .exact = order->exact,
                      .who = order->who,
                      .saved = true };

    if (parameter == NULL)
        return error_set(err, ERR_NOT_FOUND, "there is no parameter %s here", order->key);
    if (has_fixed(order->fixed) &&
        strcmp(json_text_or(json_get(parameter, "values_source_type"), ""), "static-list") != 0)
        return not_under_these(err);
    ask.target = json_get(parameter, "target");
    return send(req, res, &ask, err);
}

/* The first card that this parameter touches by a column. */
static bool
find_target(Request *req, const DashcardList *cards, const Json *parameter, Card *card,
            const Json **target, Error *err)
{
    const char *id = json_text_or(json_get(parameter, "id"), "");

    *target = NULL;
    for (size_t i = 0; i < cards->count; i++)
    {
        const Json *mappings = cards->items[i].parameter_mappings;

        for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
             item = item->next)
        {
            int64_t card_id = json_int_or(json_get(item, "card_id"), cards->items[i].card_id.value);

            if (strcmp(json_text_or(json_get(item, "parameter_id"), ""), id) != 0)
                continue;
            if (!card_find(req->store, req->arena, card_id, card, err))
                return false;
            if (field_of_target(card, json_get(item, "target")) == NULL)
                continue;
            *target = json_get(item, "target");
            return true;
        }
    }
    return true;
}

/* ["=", column, values...]; *added is false when the column cannot be reached from the table. */
static bool
add_condition(Request *req, const DashcardList *cards, const Json *other, const Json *values,
              int64_t table, Json *filters, bool *added, Error *err)
{
    const Json *target;
    Json *reference, *clause;
    Card card;

    *added = false;
    if (!find_target(req, cards, other, &card, &target, err))
        return false;
    if (target == NULL || field_id(field_of_target(&card, target)) == 0)
        return true;
    if (!reach(req, table, field_id(field_of_target(&card, target)), &reference, err))
        return false;
    if (reference == NULL)
        return true;
    clause = array_of(req->arena, "=");
    (void) json_add(clause, reference);
    for (const Json *item = values->kind == JSON_ARRAY ? values->first : values; item != NULL;
         item = item->next)
    {
        (void) json_add(clause, json_share(req->arena, item));
        if (values->kind != JSON_ARRAY)
            break;
    }
    (void) json_add(filters, clause);
    *added = true;
    return true;
}

/* Another filter of the dashboard that has a value now. */
static bool
add_linked(Request *req, const DashcardList *cards, const Json *other, int64_t table, Json *filters,
           Error *err)
{
    TextList texts = request_query_all(req->http, json_text_or(json_get(other, "id"), ""));
    Json *values = json_new(req->arena, JSON_ARRAY);
    bool added;

    for (size_t i = 0; i < texts.count; i++)
        (void) json_add(values, json_new_text(req->arena, texts.items[i]));
    return texts.count == 0 ||
           add_condition(req, cards, other, values, table, filters, &added, err);
}

static bool
is_mapped(const Json *mappings, const Json *parameter)
{
    const char *id = json_text_or(json_get(parameter, "id"), "");

    for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
         item = item->next)
        if (strcmp(json_text_or(json_get(item, "parameter_id"), "-"), id) == 0)
            return true;
    return false;
}

/* Do both filters touch one card? Else the frame itself shows the one without the other. */
static bool
share_a_card(const DashcardList *cards, const Json *a, const Json *b)
{
    for (size_t i = 0; i < cards->count; i++)
        if (is_mapped(cards->items[i].parameter_mappings, a) &&
            is_mapped(cards->items[i].parameter_mappings, b))
            return true;
    return false;
}

/* What a token fixes is put to every list of values that it concerns, or there is none. */
static bool
add_fixed(Request *req, const Dashboard *dashboard, const DashcardList *cards, const ValuesAsk *ask,
          const Json *fixed, int64_t table, Json *filters, Error *err)
{
    for (const Json *item = fixed == NULL ? NULL : fixed->first; item != NULL; item = item->next)
    {
        const Json *other =
            find_by_key(dashboard->parameters, json_text_or(json_get(item, "id"), ""));
        bool added = false;

        if (other == ask->parameter ||
            (other != NULL && !share_a_card(cards, ask->parameter, other)))
            continue;
        if (other != NULL &&
            !add_condition(req, cards, other, json_get(item, "value"), table, filters, &added, err))
            return false;
        if (!added)
            return not_under_these(err);
    }
    return true;
}

static bool
is_linked(const Json *parameter, const Json *other)
{
    const Json *list = json_get(parameter, "filteringParameters");

    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (strcmp(json_text_or(item, ""), json_text_or(json_get(other, "id"), "-")) == 0)
            return true;
    return false;
}

static bool
other_filters(Request *req, const Dashboard *dashboard, const DashcardList *cards,
              const ValuesAsk *ask, const Json *fixed, Json *filters, Error *err)
{
    int64_t id = field_id(field_of_target(ask->card, ask->target));
    TableField field;

    if (id == 0)
        return !has_fixed(fixed) || not_under_these(err);
    if (!field_find(req->store, req->arena, id, &field, err))
        return false;
    for (const Json *other = dashboard->parameters->first; other != NULL; other = other->next)
        if (other != ask->parameter && is_linked(ask->parameter, other) &&
            !add_linked(req, cards, other, field.table_id, filters, err))
            return false;
    return add_fixed(req, dashboard, cards, ask, fixed, field.table_id, filters, err);
}

bool
values_of_dashboard(Request *req, Response *res, const Dashboard *dashboard,
                    const ValuesOrder *order, Error *err)
{
    const Json *parameter = find_by_key(dashboard->parameters, order->key);
    ValuesAsk ask = { .parameter = parameter,
                      .search = order->search,
                      .exact = order->exact,
                      .who = order->who,
                      .saved = true };
    Json *filters = json_new(req->arena, JSON_ARRAY);
    DashcardList cards;
    Card card;

    if (parameter == NULL)
        return error_set(err, ERR_NOT_FOUND, "there is no parameter %s here", order->key);
    if (!dashcard_list(req->store, req->arena, dashboard->id, &cards, err) ||
        !find_target(req, &cards, parameter, &card, &ask.target, err))
        return false;
    ask.card = ask.target == NULL ? NULL : &card;
    ask.filters = filters;
    /* A list that its owner wrote says nothing of the data. */
    if (strcmp(json_text_or(json_get(parameter, "values_source_type"), ""), "static-list") != 0 &&
        !other_filters(req, dashboard, &cards, &ask, order->fixed, filters, err))
        return false;
    /* Values of a question of their own do not meet these conditions. */
    if (has_fixed(order->fixed) &&
        strcmp(json_text_or(json_get(parameter, "values_source_type"), ""), "card") == 0)
        return not_under_these(err);
    return send(req, res, &ask, err);
}
