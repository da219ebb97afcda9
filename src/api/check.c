/* What to look at again before or after something is published. Each look adds findings; what they
 * say is in check.def. Nothing is changed, and questions are only compiled, unless it is SQL whose
 * columns nobody knows yet. */
#include "api/answer.h"
#include "api/ask.h"
#include "api/tables.h"
#include "api/values.h"
#include "base/map.h"
#include "run/small.h"
#include "store/metadata.h"
#include "store/share.h"
#include "sync/personal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef enum Level
{
    DANGER,
    WARNING,
    NOTICE,
    LEVEL_COUNT
} Level;

static const char *const level_names[] = {
    [DANGER] = "danger",
    [WARNING] = "warning",
    [NOTICE] = "notice",
};

typedef enum FindingKind
{
#define FINDING(id, key, level, english, french, english_todo, french_todo) id,
#include "api/check.def"
#undef FINDING
} FindingKind;

static const struct
{
    const char *key;
    Level level;
    const char *english, *french, *english_todo, *french_todo;
} finding_rows[] = {
#define FINDING(id, key, level, english, french, english_todo, french_todo)                        \
    [id] = { key, level, english, french, english_todo, french_todo },
#include "api/check.def"
#undef FINDING
};

typedef struct Finding
{
    FindingKind kind;
    const Card *card;         /* NULL: of the dashboard itself, or of a card that is no question */
    const Dashcard *dashcard; /* or NULL */
    const char *what;         /* a column, a filter, an address; or NULL */
    const PersonalKind *is;   /* or NULL */
} Finding;

typedef struct Check
{
    Request *req;
    const Json *small_cells;
    List findings;
} Check;

static void
add(Check *check, Finding finding)
{
    Finding *made = ARENA_NEW(check->req->arena, Finding);

    *made = finding;
    list_add(&check->findings, made);
}

/* -------------------------------------------------------------------------------------- words
 */

static bool
is_blank(const char *text)
{
    return text == NULL || strspn(text, " \t\r\n") == strlen(text);
}

/* The first address of a text that is sent in the clear; NULL: there is none. */
static const char *
clear_link(Arena *arena, const char *text)
{
    const char *at = text == NULL ? NULL : strstr(text, "http://");

    return at == NULL ? NULL : arena_text_n(arena, at, strcspn(at, " \t\r\n\"'<>()[]"));
}

static void
check_links(Check *check, const Json *tree, const Finding *where)
{
    const char *link =
        tree == NULL || tree->kind != JSON_TEXT ? NULL : clear_link(check->req->arena, tree->text);
    Finding finding = *where;

    finding.kind = FOUND_LINK;
    finding.what = link;
    if (link != NULL)
        add(check, finding);
    for (const Json *item = tree == NULL ? NULL : tree->first; item != NULL; item = item->next)
        check_links(check, item, where);
}

/* How much light one part of a colour gives, as WCAG measures it. */
static double
light_of_part(unsigned part)
{
    double share = part / 255.0;

    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* Marks need three times the light of their ground, or a third of it: a white page is the ground.
 */
static bool
is_faint(const char *colour)
{
    unsigned red, green, blue;

    if (strlen(colour) != 7 || sscanf(colour, "#%2x%2x%2x", &red, &green, &blue) != 3)
        return false;
    return 1.05 / (0.2126 * light_of_part(red) + 0.7152 * light_of_part(green) +
                   0.0722 * light_of_part(blue) + 0.05) <
           3;
}

/* Colours of marks, not those behind cells or of the classes of a map. */
static void
check_colours(Check *check, const Json *tree, const Finding *where)
{
    bool is_slices = strcmp(tree->key == NULL ? "" : tree->key, "pie.colors") == 0;
    Finding finding = *where;

    if (strcmp(tree->key == NULL ? "" : tree->key, "table.column_formatting") == 0)
        return;
    for (const Json *item = tree->first; item != NULL; item = item->next)
    {
        if (item->kind == JSON_TEXT && item->key != NULL &&
            (is_slices || strcmp(item->key, "color") == 0) && is_faint(item->text))
        {
            finding.kind = FOUND_FAINT;
            finding.what = item->text;
            add(check, finding);
        }
        check_colours(check, item, where);
    }
}

/* What the settings of a card show. */
static void
check_settings(Check *check, const Json *settings, const Finding *where)
{
    if (settings == NULL)
        return;
    check_links(check, settings, where);
    check_colours(check, settings, where);
}

static void
check_description(Check *check, const char *description, const Card *card)
{
    const char *link = clear_link(check->req->arena, description);

    if (is_blank(description))
        add(check, (Finding){ FOUND_UNDESCRIBED, .card = card });
    if (link != NULL)
        add(check, (Finding){ FOUND_LINK, .card = card, .what = link });
}

/* ------------------------------------------------------------------------------------ columns
 */

static const PersonalKind *
kind_of_field(Check *check, const TableField *field)
{
    Table table = { 0 };
    PersonalHint hint = { .name = field->name,
                          .semantic_type = field->semantic_type,
                          .fingerprint = field->fingerprint };

    /* A table that is gone says nothing of its columns. */
    if (table_find(check->req->store, check->req->arena, field->table_id, &table, &(Error){ 0 }))
        hint.entity_type = table.entity_type;
    return personal_guess(check->req->arena, &hint);
}

static void
check_column(Check *check, const Card *card, const RunAnswer *answer, const QueryColumn *column)
{
    const TableField *field =
        column->field == NULL ? NULL : known_field(answer->known, column->field->id);
    const PersonalHint hint = { .name = column->name, .semantic_type = column->semantic_type };
    const PersonalKind *is = NULL;

    /* A count of names names nobody; a part of a date is no birthday. */
    if (strcmp(column->source, "aggregation") == 0 || column->unit != NULL)
        return;
    is = field == NULL ? personal_guess(check->req->arena, &hint) : kind_of_field(check, field);
    if (is != NULL)
        add(check,
            (Finding){ FOUND_PERSONAL, .card = card, .what = column->display_name, .is = is });
}

/* Does the SQL say anything of groups? */
static bool
says_groups(Arena *arena, const char *sql)
{
    static const char *const words[] = { "group by", "count(", "sum(", "avg(", "median(" };
    const char *text = str_fold(arena, str_of(sql));

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strstr(text, words[i]) != NULL)
            return true;
    return false;
}

static bool
check_known_columns(Check *check, const Card *card)
{
    const Json *metadata = card->result_metadata;

    if (metadata == NULL || metadata->count == 0)
        return false;
    for (const Json *item = metadata->first; item != NULL; item = item->next)
    {
        const PersonalHint hint = { .name = json_text_or(json_get(item, "name"), ""),
                                    .semantic_type =
                                        json_text_or(json_get(item, "semantic_type"), NULL),
                                    .fingerprint = json_get(item, "fingerprint") };
        const PersonalKind *is = personal_guess(check->req->arena, &hint);

        if (is != NULL)
            add(check, (Finding){ FOUND_PERSONAL, .card = card, .what = hint.name, .is = is });
    }
    return true;
}

/* SQL whose columns nobody knows is asked for one row. */
static void
ask_columns(Check *check, const Card *card, ResultOrder *order)
{
    RunAnswer answer;
    Error failure;

    order->run.max_rows = 1;
    if (!run_answer(check->req->app->runner, check->req->arena, &order->run, &answer, &failure))
        add(check, (Finding){ FOUND_BROKEN, .card = card,
                              .what = arena_text(check->req->arena, failure.message) });
    else if (answer.column_count == 0)
        add(check, (Finding){ FOUND_UNKNOWN, .card = card });
    else
        for (size_t i = 0; i < answer.column_count; i++)
            check_column(check, card, &answer, &answer.columns[i]);
    run_release(check->req->app->runner, &answer);
}

static void
check_sql(Check *check, const Card *card, const RunAnswer *answer, ResultOrder *order)
{
    if (!says_groups(check->req->arena, sql_cstr(&answer->parts[0].sql)))
        add(check, (Finding){ FOUND_SQL_ROWS, .card = card });
    if (!check_known_columns(check, card))
        ask_columns(check, card, order);
}

static void
check_count(Check *check, const Card *card, const CompiledQuery *part)
{
    const char *key = arena_format(check->req->arena, "%lld", (long long) card->id);
    const SmallCells small = {
        .below = 2,
        .count_column =
            json_text_or(json_path(check->small_cells, "count_columns", key, NULL), NULL),
    };
    const char *why = small_refusal(&small, part);

    if (part->group_count == GROUP_OF_ONE)
        add(check, (Finding){ FOUND_ROWS, .card = card });
    if (check->small_cells != NULL && why != NULL)
        add(check, (Finding){ FOUND_SMALL, .card = card, .what = why });
}

/* What the question gives, without values for its filters. */
static void
check_answer(Check *check, const Card *card)
{
    Request *req = check->req;
    ResultOrder order = result_order(req, card->dataset_query);
    RunAnswer answer;
    Error failure;

    order.run.saved = true;
    order.run.who = NULL;
    order.run.small.below = 2;
    if (!run_compile(req->app->runner, req->arena, &order.run, &answer, &failure))
        add(check, (Finding){ FOUND_BROKEN, .card = card,
                              .what = arena_text(req->arena, failure.message) });
    else
    {
        check_count(check, card, &answer.parts[0]);
        for (size_t i = 0; i < answer.column_count; i++)
            check_column(check, card, &answer, &answer.columns[i]);
        order.run.small.below = 0;
        if (answer.parts[0].group_count == GROUP_OF_SQL)
            check_sql(check, card, &answer, &order);
    }
    run_release(req->app->runner, &answer);
}

/* ------------------------------------------------------------------------------------ filters
 */

static bool
lists_values(const Json *parameter)
{
    const char *kind = json_text_or(json_get(parameter, "values_query_type"), "list");
    const char *source = json_text_or(json_get(parameter, "values_source_type"), "");

    return strcmp(kind, "none") != 0 && strcmp(source, "static-list") != 0;
}

/* Does the list of this filter's values name people? */
static bool
check_values(Check *check, const Card *card, const Dashcard *dashcard, const Json *parameter,
             const Json *target)
{
    int64_t id = lists_values(parameter) ? values_field(card, target) : 0;
    const PersonalKind *is;
    TableField field;

    if (id == 0 || !field_find(check->req->store, check->req->arena, id, &field, &(Error){ 0 }))
        return false;
    is = kind_of_field(check, &field);
    if (is != NULL)
        add(check, (Finding){ FOUND_VALUES, card, dashcard,
                              json_text_or(json_get(parameter, "name"), ""), is });
    return is != NULL;
}

/* Is a filter of the dashboard tied to the tag? */
static bool
is_tied(const Dashcard *dashcard, const Card *card, const char *tag)
{
    const Json *mappings = dashcard->parameter_mappings;

    for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
         item = item->next)
    {
        const Json *reference = json_at(json_get(item, "target"), 1);

        if (json_int_or(json_get(item, "card_id"), card->id) == card->id &&
            strcmp(json_text_or(json_at(reference, 0), ""), "template-tag") == 0 &&
            strcmp(json_text_or(json_at(reference, 1), ""), tag) == 0)
            return true;
    }
    return false;
}

static void
check_tags(Check *check, const Card *card, const Dashcard *dashcard)
{
    const Json *tags = query_template_tags(card->dataset_query);

    for (const Json *tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next)
    {
        const char *kind = json_text_or(json_get(tag, "type"), "text");
        const char *name = json_text_or(json_get(tag, "name"), tag->key == NULL ? "" : tag->key);
        const Json *usual = json_get(tag, "default");
        bool is_filled = usual != NULL && usual->kind != JSON_NULL;
        bool is_open = dashcard == NULL || is_tied(dashcard, card, name);

        if (json_bool_or(json_get(tag, "required"), false) && !is_filled &&
            (dashcard == NULL || !is_open))
            add(check, (Finding){ FOUND_UNFILLED, card, dashcard, name, NULL });
        else if (is_open && strcmp(kind, "text") == 0)
            add(check, (Finding){ FOUND_OPEN, card, dashcard, name, NULL });
    }
}

/* --------------------------------------------------------------------------------------- things
 */

static void
check_question(Check *check, const Card *card)
{
    check_description(check, card->description, card);
    check_settings(check, card->visualization_settings, &(Finding){ .card = card });
    if (card->archived)
        add(check, (Finding){ FOUND_ARCHIVED, .card = card });
    else
        check_answer(check, card);
}

static void
check_card(Check *check, const Card *card)
{
    const Json *parameters = ask_card_parameters(check->req->arena, card);

    check_question(check, card);
    check_tags(check, card, NULL);
    for (const Json *item = parameters->first; item != NULL; item = item->next)
        (void) check_values(check, card, NULL, item, json_get(item, "target"));
}

static bool
is_known(const IntList *known, int64_t id)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i] == id)
            return true;
    return false;
}

static bool
check_shown_card(Check *check, const Dashcard *dashcard, int64_t id, IntList *known, Error *err)
{
    Card *card = ARENA_NEW(check->req->arena, Card);

    if (!card_find(check->req->store, check->req->arena, id, card, err))
        return false;
    if (!is_known(known, id))
    {
        known->items[known->count++] = id;
        check_question(check, card);
    }
    check_tags(check, card, dashcard);
    return true;
}

/* The first mapping of a filter to a column that looks personal is enough. */
static bool
check_filter(Check *check, const Json *parameter, const DashcardList *list, Error *err)
{
    const char *id = json_text_or(json_get(parameter, "id"), "");

    for (size_t i = 0; i < list->count; i++)
    {
        const Json *mappings = list->items[i].parameter_mappings;

        for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
             item = item->next)
        {
            int64_t card_id = json_int_or(json_get(item, "card_id"), list->items[i].card_id.value);
            Card *card = ARENA_NEW(check->req->arena, Card);

            if (strcmp(json_text_or(json_get(item, "parameter_id"), "-"), id) != 0)
                continue;
            if (!card_find(check->req->store, check->req->arena, card_id, card, err))
                return false;
            if (check_values(check, card, NULL, parameter, json_get(item, "target")))
                return true;
        }
    }
    return true;
}

static bool
check_dashcard(Check *check, const Dashcard *dashcard, IntList *known, Error *err)
{
    const Json *title = json_get(dashcard->visualization_settings, "card.title");

    check_settings(check, dashcard->visualization_settings, &(Finding){ .dashcard = dashcard });
    if (!dashcard->card_id.set)
        return true;
    if (title != NULL && title->kind == JSON_TEXT && is_blank(title->text))
        add(check, (Finding){ FOUND_NO_TITLE, .dashcard = dashcard });
    if (!check_shown_card(check, dashcard, dashcard->card_id.value, known, err))
        return false;
    for (size_t i = 0; i < dashcard->series.count; i++)
        if (!check_shown_card(check, dashcard, dashcard->series.items[i], known, err))
            return false;
    return true;
}

static bool
check_dashboard(Check *check, const Dashboard *dashboard, Error *err)
{
    const Json *parameters = dashboard->parameters;
    IntList known = { 0 };
    DashcardList list;
    size_t most = 0;

    if (!dashcard_list(check->req->store, check->req->arena, dashboard->id, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        most += 1 + list.items[i].series.count;
    known.items = ARENA_ARRAY(check->req->arena, most + 1, int64_t);
    check_description(check, dashboard->description, NULL);
    if (dashboard->archived)
        add(check, (Finding){ FOUND_ARCHIVED, .card = NULL });
    for (size_t i = 0; i < list.count; i++)
        if (!check_dashcard(check, &list.items[i], &known, err))
            return false;
    for (const Json *item = parameters == NULL ? NULL : parameters->first; item != NULL;
         item = item->next)
        if (!check_filter(check, item, &list, err))
            return false;
    return true;
}

/* -------------------------------------------------------------------------------------- answer
 */

/* The words of the table with what they are about. */
static const char *
fill(Arena *arena, const char *words, const char *what, const char *is)
{
    Buf text = buf_new(arena, 4096);

    for (const char *at = words; *at != '\0'; at++)
    {
        bool named = strncmp(at, "{what}", 6) == 0;

        if (!named && strncmp(at, "{is}", 4) != 0)
        {
            buf_char(&text, *at);
            continue;
        }
        buf_text(&text, named ? what : is);
        at += named ? 5 : 3;
    }
    return buf_cstr(&text);
}

static void
write_words(JsonWriter *w, const char *key, const char *english, const char *french)
{
    json_key(w, key);
    json_begin_object(w);
    json_put_text(w, "en", english);
    json_put_text(w, "fr", french);
    json_end_object(w);
}

static void
put_id(JsonWriter *w, const char *key, int64_t id)
{
    if (id != 0)
        json_put_int(w, key, id);
    else
        json_put_null(w, key);
}

static void
write_finding(const Check *check, JsonWriter *w, const Finding *it)
{
    Arena *arena = check->req->arena;
    const char *what = it->what == NULL ? "" : it->what;

    json_begin_object(w);
    json_put_text(w, "level", level_names[finding_rows[it->kind].level]);
    json_put_text(w, "kind", finding_rows[it->kind].key);
    put_id(w, "card_id", it->card == NULL ? 0 : it->card->id);
    json_put_text(w, "card_name", it->card == NULL ? NULL : it->card->name);
    put_id(w, "dashcard_id", it->dashcard == NULL ? 0 : it->dashcard->id);
    json_put_text(w, "what", it->what);
    json_put_text(w, "about", it->is == NULL ? NULL : it->is->key);
    write_words(
        w, "text",
        fill(arena, finding_rows[it->kind].english, what, it->is == NULL ? "" : it->is->english),
        fill(arena, finding_rows[it->kind].french, what, it->is == NULL ? "" : it->is->french));
    write_words(w, "todo", finding_rows[it->kind].english_todo, finding_rows[it->kind].french_todo);
    json_end_object(w);
}

/* The gravest first. */
static void
write_findings(const Check *check, JsonWriter *w)
{
    size_t counts[LEVEL_COUNT] = { 0 };

    json_key(w, "findings");
    json_begin_array(w);
    for (int level = 0; level < LEVEL_COUNT; level++)
        for (size_t i = 0; i < check->findings.count; i++)
        {
            const Finding *it = check->findings.items[i];

            if ((int) finding_rows[it->kind].level != level)
                continue;
            write_finding(check, w, it);
            counts[level]++;
        }
    json_end_array(w);
    json_key(w, "levels");
    json_begin_object(w);
    for (int level = 0; level < LEVEL_COUNT; level++)
        json_put_int(w, level_names[level], (int64_t) counts[level]);
    json_end_object(w);
}

static bool
run_check(Check *check, const char *model, bool *is_public, bool *is_embeddable, Error *err)
{
    Request *req = check->req;
    Dashboard dashboard;
    Card *card = ARENA_NEW(req->arena, Card);

    if (strcmp(model, "card") == 0)
    {
        if (!card_find(req->store, req->arena, req->id, card, err))
            return false;
        check_card(check, card);
        *is_public = card->public_uuid != NULL;
        *is_embeddable = card->enable_embedding;
        return true;
    }
    if (strcmp(model, "dashboard") != 0)
        return error_set(err, ERR_NOT_FOUND, "only a card or a dashboard is published");
    if (!dashboard_find(req->store, req->arena, req->id, &dashboard, err))
        return false;
    *is_public = dashboard.public_uuid != NULL;
    *is_embeddable = dashboard.enable_embedding;
    return check_dashboard(check, &dashboard, err);
}

static bool
get_check(Request *req, Response *res, Error *err)
{
    const char *model = route_param(req->match, "model");
    Check check = { .req = req, .findings = list_new(req->arena) };
    bool is_public, is_embeddable;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Share share;

    if (!share_find(req->store, req->arena, model, req->id, &share, err))
        return false;
    check.small_cells = share.small_cells;
    if (!run_check(&check, model, &is_public, &is_embeddable, err))
        return false;
    json_begin_object(w);
    json_put_text(w, "model", model);
    json_put_int(w, "id", req->id);
    json_put_bool(w, "is_public", is_public);
    json_put_bool(w, "is_embeddable", is_embeddable);
    json_put_tree(w, "small_cells", share.small_cells);
    write_findings(&check, w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route check_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/vigie/share/check/:model/:id", get_check, ADMIN, "What to look at again before or after publishing: personal columns, single rows, links, filters"),
    { 0 },
};
// clang-format on
