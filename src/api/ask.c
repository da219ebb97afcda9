/* Values find what they are compared with: by id in the list of the dashboard and the mapping of
 * its card, or by id, name or tag in the list of the question. */
#include "api/ask.h"

#include "api/answer.h"
#include "api/lifetime.h"
#include "run/learn.h"

#include <string.h>

enum
{
    MAX_VALUES = 200,
    LEARN_MS = 1500
};

/* --- What a question may be asked with ---------------------------------------------------------
 */

static Json *
target_of_tag(Arena *arena, const char *name, bool is_field)
{
    Json *target = json_new(arena, JSON_ARRAY);
    Json *tag = json_new(arena, JSON_ARRAY);

    (void) json_add(tag, json_new_text(arena, "template-tag"));
    (void) json_add(tag, json_new_text(arena, name));
    (void) json_add(target, json_new_text(arena, is_field ? "dimension" : "variable"));
    (void) json_add(target, tag);
    return target;
}

static const char *
type_of_tag(const Json *tag, const char *kind)
{
    if (strcmp(kind, "dimension") == 0)
        return json_text_or(json_get(tag, "widget-type"), "category");
    if (strcmp(kind, "temporal-unit") == 0)
        return "temporal-unit";
    if (strcmp(kind, "date") == 0)
        return "date/single";
    if (strcmp(kind, "number") == 0)
        return "number/=";
    return strcmp(kind, "boolean") == 0 ? "boolean/=" : "category";
}

/* NULL for tags that no value is given for: snippets, cards, tables. */
static Json *
parameter_of_tag(Arena *arena, const Json *tag)
{
    const char *kind = json_text_or(json_get(tag, "type"), "text");
    const char *name = json_text_or(json_get(tag, "name"), tag->key == NULL ? "" : tag->key);
    bool is_field = strcmp(kind, "dimension") == 0 || strcmp(kind, "temporal-unit") == 0;
    Json *made;

    if (strcmp(kind, "snippet") == 0 || strcmp(kind, "card") == 0 || strcmp(kind, "table") == 0)
        return NULL;
    made = json_new(arena, JSON_OBJECT);
    (void) json_put(arena, made, "id", json_share(arena, json_get(tag, "id")));
    (void) json_put(arena, made, "type", json_new_text(arena, type_of_tag(tag, kind)));
    (void) json_put(arena, made, "target", target_of_tag(arena, name, is_field));
    (void) json_put(arena, made, "name",
                    json_new_text(arena, json_text_or(json_get(tag, "display-name"), name)));
    (void) json_put(arena, made, "slug", json_new_text(arena, name));
    (void) json_put(arena, made, "default", json_share(arena, json_get(tag, "default")));
    (void) json_put(arena, made, "required",
                    json_new_bool(arena, json_bool_or(json_get(tag, "required"), false)));
    return made;
}

const Json *
ask_card_parameters(Arena *arena, const Card *card)
{
    const Json *tags = query_template_tags(card->dataset_query);
    Json *list;

    if (card->parameters != NULL && card->parameters->count > 0)
        return card->parameters;
    list = json_new(arena, JSON_ARRAY);
    for (const Json *tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next)
    {
        Json *parameter = parameter_of_tag(arena, tag);

        if (parameter != NULL)
            (void) json_add(list, parameter);
    }
    return list;
}

/* --- Values and what they belong to -------------------------------------------------------------
 */

static bool
same_text(const Json *a, const Json *b)
{
    return a != NULL && b != NULL && a->kind == JSON_TEXT && b->kind == JSON_TEXT &&
           strcmp(a->text, b->text) == 0;
}

/* The tag in ["variable", ["template-tag", "name"]]; NULL for other targets. */
static const Json *
tag_name(const Json *target)
{
    const Json *inner = json_at(target, 1);

    return strcmp(json_text_or(json_at(inner, 0), ""), "template-tag") == 0 ? json_at(inner, 1)
                                                                            : NULL;
}

static const Json *
find_parameter(const Json *list, const Json *sent)
{
    const Json *name = json_get(sent, "slug");
    const Json *tag = tag_name(json_get(sent, "target"));

    if (name == NULL)
        name = json_get(sent, "name");
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (same_text(json_get(item, "id"), json_get(sent, "id")))
            return item;
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (same_text(json_get(item, "slug"), name) || same_text(json_get(item, "name"), name) ||
            same_text(tag_name(json_get(item, "target")), tag))
            return item;
    return NULL;
}

static void
add_value(Arena *arena, Json *list, const Json *declared, const Json *target, const Json *type,
          const Json *sent)
{
    Json *made = json_new(arena, JSON_OBJECT);
    const Json *options = json_get(sent, "options");

    (void) json_put(arena, made, "id", json_share(arena, json_get(declared, "id")));
    (void) json_put(arena, made, "type", json_share(arena, type));
    (void) json_put(arena, made, "target", json_share(arena, target));
    (void) json_put(arena, made, "value", json_share(arena, json_get(sent, "value")));
    if (options != NULL && options->kind == JSON_OBJECT)
        (void) json_put(arena, made, "options", json_share(arena, options));
    (void) json_add(list, made);
}

static bool
unknown(const Json *sent, Error *err)
{
    const char *name = json_text_or(json_get(sent, "id"), NULL);

    if (name == NULL)
        name = json_text_or(json_get(sent, "slug"), json_text_or(json_get(sent, "name"), "?"));
    return error_field(err, "parameters", "there is no parameter %s here.", name);
}

static bool
check_sent(const Json *values, Error *err)
{
    if (values == NULL || values->kind == JSON_NULL)
        return true;
    if (values->kind != JSON_ARRAY || values->count > MAX_VALUES)
        return error_field(err, "parameters", "value must be an array of at most %d.", MAX_VALUES);
    for (const Json *item = values->first; item != NULL; item = item->next)
        if (item->kind != JSON_OBJECT)
            return error_field(err, "parameters", "value must be an array of maps.");
    return true;
}

static bool
refuse_type(const Json *sent, Error *err)
{
    return error_field(err, "parameters", "a value of the type %s is not possible for %s.",
                       json_text_or(json_get(sent, "type"), ""),
                       json_text_or(json_get(sent, "id"), "this parameter"));
}

/* A tag may be driven by another type than it has, if it allows that one. */
static bool
resolve_card(Arena *arena, const Ask *ask, Json *list, Error *err)
{
    const Json *declared = ask_card_parameters(arena, &ask->card);
    const Json *tags = query_template_tags(ask->card.dataset_query);

    for (const Json *sent = ask->values->first; sent != NULL; sent = sent->next)
    {
        const Json *own = find_parameter(declared, sent);
        const Json *name = own == NULL ? NULL : tag_name(json_get(own, "target"));
        const Json *tag = json_get(tags, json_text_or(name, ""));
        const Json *type = tag == NULL ? NULL : json_get(sent, "type");

        if (own == NULL)
            return unknown(sent, err);
        if (type != NULL && !query_tag_accepts(tag, json_text_or(type, "")))
            return refuse_type(sent, err);
        add_value(arena, list, own, json_get(own, "target"),
                  type != NULL ? type : json_get(own, "type"), sent);
    }
    return true;
}

static bool
maps(const Json *mapping, const Json *declared, int64_t card_id)
{
    return same_text(json_get(mapping, "parameter_id"), json_get(declared, "id")) &&
           json_int_or(json_get(mapping, "card_id"), card_id) == card_id;
}

/* What no mapping names does not touch this card. */
static bool
resolve_dashcard(Arena *arena, const Ask *ask, Json *list, Error *err)
{
    const Json *mappings = ask->dashcard.parameter_mappings;

    for (const Json *sent = ask->values->first; sent != NULL; sent = sent->next)
    {
        const Json *declared = find_parameter(ask->dashboard.parameters, sent);
        const Json *type;

        if (declared == NULL)
            declared = find_parameter(ask->dashcard.inline_parameters, sent);
        if (declared == NULL)
            return unknown(sent, err);
        type = json_get(declared, "type");
        if (type == NULL)
            type = json_get(sent, "type");
        if (!query_type_accepts(json_text_or(type, ""),
                                json_text_or(json_get(sent, "type"), json_text_or(type, ""))))
            return refuse_type(sent, err);
        for (const Json *mapping = mappings == NULL ? NULL : mappings->first; mapping != NULL;
             mapping = mapping->next)
            if (maps(mapping, declared, ask->card.id))
                add_value(arena, list, declared, json_get(mapping, "target"), type, sent);
    }
    return true;
}

/* --- The order ----------------------------------------------------------------------------------
 */

/* The question as it is kept, with these parameters in place of any other. */
static Json *
with_parameters(Arena *arena, const Json *query, Json *parameters)
{
    Json *made = json_new(arena, JSON_OBJECT);

    for (const Json *item = query == NULL ? NULL : query->first; item != NULL; item = item->next)
        if (strcmp(item->key, "parameters") != 0 && strcmp(item->key, "constraints") != 0)
            (void) json_put(arena, made, item->key, json_share(arena, item));
    (void) json_put(arena, made, "parameters", parameters);
    return made;
}

static bool
is_of_split(const Json *split, const QueryColumn *column)
{
    for (const Json *item = split == NULL ? NULL : split->first; item != NULL; item = item->next)
    {
        int64_t id;

        if (item->kind == JSON_TEXT && strcmp(item->text, column->name) == 0)
            return true;
        if (item->kind == JSON_ARRAY &&
            ((json_to_int(json_at(item, 1), &id) && column->field != NULL &&
              column->field->id == id) ||
             strcmp(json_text_or(json_at(item, 1), ""), column->name) == 0))
            return true;
    }
    return false;
}

static void
put_indexes(Arena *arena, Json *question, const char *key, const Json *split, const RunAnswer *flat)
{
    Json *list = json_new(arena, JSON_ARRAY);
    int64_t index = 0;

    for (size_t i = 0; i < flat->column_count; i++)
    {
        if (strcmp(flat->columns[i].source, "breakout") != 0)
            continue;
        if (is_of_split(split, &flat->columns[i]))
            (void) json_add(list, json_new_int(arena, index));
        index++;
    }
    (void) json_put(arena, question, key, list);
}

static const Json *
first_of(const Json *object)
{
    return object == NULL || object->kind != JSON_OBJECT ? NULL : object->first;
}

/* One object over another: each key of either, once, those of the one above first. What is no
 * object says nothing. */
static Json *
lay_over(Arena *arena, const Json *below, const Json *above)
{
    Json *made = json_new(arena, JSON_OBJECT);

    for (const Json *item = first_of(above); item != NULL; item = item->next)
        (void) json_put(arena, made, item->key, json_share(arena, item));
    for (const Json *item = first_of(below); item != NULL; item = item->next)
        if (json_get(made, item->key) == NULL)
            (void) json_put(arena, made, item->key, json_share(arena, item));
    return made;
}

/* The same for {column: {setting: value}}: columns keep what both say. */
static Json *
lay_each_over(Arena *arena, const Json *below, const Json *above)
{
    Json *made = lay_over(arena, below, above);

    for (const Json *item = first_of(above); item != NULL; item = item->next)
        if (item->kind == JSON_OBJECT)
            (void) json_put(arena, made, item->key,
                            lay_over(arena, json_get(below, item->key), item));
    return made;
}

const Json *
ask_settings(Arena *arena, const Ask *ask)
{
    static const char *const by_name[] = { "column_settings", "series_settings" };
    const Json *below = ask->card.visualization_settings;
    const Json *above = ask->dashcard.visualization_settings;
    Json *made;

    /* Of a card that is drawn over another, the dashboard says nothing but in its series. */
    if (above == NULL || !ask->dashcard.card_id.set || ask->dashcard.card_id.value != ask->card.id)
        return below;
    made = lay_over(arena, below, above);
    for (size_t i = 0; i < COUNT_OF(by_name); i++)
        (void) json_put(
            arena, made, by_name[i],
            lay_each_over(arena, json_get(below, by_name[i]), json_get(above, by_name[i])));
    return made;
}

/* A pivot table names its rows and columns by their names; the compiler counts breakouts. */
static bool
split_pivot(Request *req, ResultOrder *order, Json *question, Error *err)
{
    const Json *settings = order->visualization_settings;
    const Json *split = json_get(settings, "pivot_table.column_split");
    RunAnswer flat;
    bool ok = run_compile(req->app->runner, req->arena, &order->run, &flat, err);

    if (ok && split != NULL)
    {
        put_indexes(req->arena, question, "pivot_rows", json_get(split, "rows"), &flat);
        put_indexes(req->arena, question, "pivot_cols", json_get(split, "columns"), &flat);
    }
    if (json_get(settings, "pivot.show_row_totals") != NULL)
        (void) json_put(req->arena, question, "show_row_totals",
                        json_share(req->arena, json_get(settings, "pivot.show_row_totals")));
    if (json_get(settings, "pivot.show_column_totals") != NULL)
        (void) json_put(req->arena, question, "show_column_totals",
                        json_share(req->arena, json_get(settings, "pivot.show_column_totals")));
    run_release(req->app->runner, &flat);
    order->run.pivot = true;
    return ok;
}

bool
ask_order(Request *req, const Ask *ask, ResultOrder *order, Error *err)
{
    Json *list = json_new(req->arena, JSON_ARRAY);
    Json *question;

    if (!check_sent(ask->values, err))
        return false;
    if (ask->values != NULL && ask->values->kind == JSON_ARRAY &&
        !(ask->dashboard.id != 0 ? resolve_dashcard(req->arena, ask, list, err)
                                 : resolve_card(req->arena, ask, list, err)))
        return false;
    question = with_parameters(req->arena, ask->card.dataset_query, list);
    *order = result_order(req, question);
    order->run.saved = true;
    order->run.of_model = strcmp(ask->card.type, "model") == 0 && !ask->pivot;
    if (ask->is_published)
        order->run.who = NULL;
    order->context = ask->dashboard.id != 0 ? "dashboard" : "question";
    order->card_id = ask->card.id;
    order->learns = ask->card.result_metadata == NULL && !ask->pivot;
    order->dashboard_id = ask->dashboard.id;
    order->name = ask->card.name;
    order->visualization_settings = ask_settings(req->arena, ask);
    order->display =
        json_text_or(json_get(ask->dashcard.visualization_settings, "display"), ask->card.display);
    if (!lifetime_of(req, &ask->card, ask->dashboard.id, &order->run.lifetime, err))
        return false;
    return !ask->pivot || split_pivot(req, order, question, err);
}

/* What the compiler says, or, of SQL, its first rows when they come within a moment. */
static bool
learn(Request *req, const Card *card, RunOrder *order, Error *err)
{
    Runner *runner = req->app->runner;
    const Json *columns;
    RunAnswer answer;
    bool ok;

    if (query_is_native(card->dataset_query))
        return learn_card(runner, req->arena, order, card->id, &columns, err);
    ok = run_compile(runner, req->arena, order, &answer, err) &&
         learn_from(req->store, req->arena, card->id, &answer, &columns, err);
    run_release(runner, &answer);
    return ok;
}

void
ask_learn(Request *req, int64_t card_id)
{
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    Ask ask = { 0 };
    ResultOrder order;
    Error ignored;

    if (!card_find(req->store, req->arena, card_id, &ask.card, &ignored) ||
        ask.card.result_metadata != NULL || !ask_order(req, &ask, &order, &ignored))
        return;
    order.run.cancel = cancel;
    order.run.max_ms = LEARN_MS;
    (void) learn(req, &ask.card, &order.run, &ignored); /* its first run tells */
}

bool
ask_dashcard(Request *req, const Dashboard *dashboard, int64_t dashcard_id, int64_t card_id,
             Ask *ask, Error *err)
{
    bool belongs;

    if (!dashcard_find(req->store, req->arena, dashcard_id, &ask->dashcard, err))
        return false;
    belongs = ask->dashcard.card_id.set && ask->dashcard.card_id.value == card_id;
    for (size_t i = 0; i < ask->dashcard.series.count; i++)
        belongs = belongs || ask->dashcard.series.items[i] == card_id;
    if (!belongs || ask->dashcard.dashboard_id != dashboard->id)
        return error_set(err, ERR_NOT_FOUND, "there is no such card on this dashboard");
    ask->dashboard = *dashboard;
    return card_find(req->store, req->arena, card_id, &ask->card, err);
}
