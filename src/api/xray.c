/* X-rays: a dashboard made for rows that nobody has asked about yet. The rules of xray.def turn the
 * roles of columns into questions. Nothing is kept: what it answers can be saved (save.c). */
#include "api/xray.h"

#include "api/answer.h"
#include "api/database.h"
#include "api/needs.h"
#include "api/tables.h"
#include "http/url.h"
#include "store/library.h"

#include <string.h>

enum
{
    MOST_CARDS = 12,
    MOST_PAIRS = 6, /* of a comparison */
    MOST_NEAR = 6,  /* of each kind of looks that lie near */
    TOP_VALUES = 15,
    GRID = 24
};

typedef enum Measure
{
    COUNT,
    SUM,
    AVERAGE,
    DIFFERENT
} Measure;

typedef enum Bucket
{
    PLAIN,
    SPAN, /* days to years, as far as its moments are apart */
    WEEKDAY,
    BINS,
    TOP /* the most frequent first */
} Bucket;

typedef struct Rule
{
    const char *key;
    Measure measure;
    Role of, by, with;
    Bucket bucket;
    const char *display;
    int most;
    const char *english, *french;
} Rule;

static const Rule rules[] = {
#define RULE(key, measure, of, by, with, bucket, display, most, english, french)                   \
    { key, measure, of, by, with, bucket, display, most, english, french },
#include "api/xray.def"
#undef RULE
};

/* ----------------------------------------------------------------------------------- questions
 */

/* One card: a rule with the columns that it is asked of. */
typedef struct XCard
{
    const Rule *rule;
    const XColumn *of, *by, *with; /* or NULL */
} XCard;

static bool
is_french(Request *req)
{
    return strncmp(request_locale(req), "fr", 2) == 0;
}

static const char *
fill(Arena *arena, const char *words, const char *const *names, const char *const *values,
     size_t count)
{
    Buf text = buf_new(arena, 4096);

    while (*words != '\0')
    {
        size_t found = count;

        for (size_t i = 0; i < count && found == count; i++)
            if (strncmp(words, names[i], strlen(names[i])) == 0)
                found = i;
        if (found == count)
            buf_char(&text, *words++);
        else
        {
            buf_text(&text, values[found]);
            words += strlen(names[found]);
        }
    }
    return buf_cstr(&text);
}

static const char *
title_of(const Subject *subject, const XCard *card)
{
    static const char *const names[] = { "{table}", "{of}", "{by}" };
    const char *const values[] = { subject->title, card->of == NULL ? "" : card->of->title,
                                   card->by == NULL ? "" : card->by->title };

    return fill(subject->req->arena,
                is_french(subject->req) ? card->rule->french : card->rule->english, names, values,
                COUNT_OF(names));
}

/* So that a line has some dozens of points. */
static const char *
span_of(const XColumn *column)
{
    static const struct
    {
        Instant longest;
        const char *unit;
    } spans[] = {
        { 3 * DAY_US, "hour" },        { 60 * DAY_US, "day" },           { 400 * DAY_US, "week" },
        { 6 * 366 * DAY_US, "month" }, { 15 * 366 * DAY_US, "quarter" },
    };
    const Json *seen = json_path(column->fingerprint, "type", "type/DateTime", NULL);
    bool is_date = strcmp(column->type, "type/Date") == 0;
    Instant first, last;

    if (!time_parse(str_of(json_text_or(json_get(seen, "earliest"), "")), &first) ||
        !time_parse(str_of(json_text_or(json_get(seen, "latest"), "")), &last))
        return "month";
    for (size_t i = is_date ? 1 : 0; i < COUNT_OF(spans); i++)
        if (last - first <= spans[i].longest)
            return spans[i].unit;
    return "year";
}

static void
write_reference(JsonWriter *w, const XColumn *column, Bucket bucket)
{
    json_begin_array(w);
    json_text(w, "field");
    if (column->id != 0)
        json_int(w, column->id);
    else
        json_text(w, column->name);
    json_begin_object(w);
    json_put_text(w, "base-type", column->type);
    if (column->key_id != 0)
        json_put_int(w, "source-field", column->key_id);
    if (bucket == SPAN || bucket == WEEKDAY)
        json_put_text(w, "temporal-unit", bucket == SPAN ? span_of(column) : "day-of-week");
    if (bucket == BINS)
    {
        json_key(w, "binning");
        json_begin_object(w);
        json_put_text(w, "strategy", "default");
        json_end_object(w);
    }
    json_end_object(w);
    json_end_array(w);
}

static void
write_measure(JsonWriter *w, const Subject *subject, const XCard *card)
{
    static const char *const names[] = {
        [COUNT] = "count", [SUM] = "sum", [AVERAGE] = "avg", [DIFFERENT] = "distinct"
    };

    json_key(w, "aggregation");
    json_begin_array(w);
    if (subject->measure != NULL)
        json_tree(w, subject->measure);
    else
    {
        json_begin_array(w);
        json_text(w, names[card->rule->measure]);
        if (card->of != NULL)
            write_reference(w, card->of, PLAIN);
        json_end_array(w);
    }
    json_end_array(w);
}

static void
write_groups(JsonWriter *w, const XCard *card)
{
    json_key(w, "breakout");
    json_begin_array(w);
    write_reference(w, card->by, card->rule->bucket);
    if (card->with != NULL)
        write_reference(w, card->with, card->rule->bucket);
    json_end_array(w);
    if (card->rule->bucket != TOP)
        return;
    json_key(w, "order-by");
    json_begin_array(w);
    json_begin_array(w);
    json_text(w, "desc");
    json_begin_array(w);
    json_text(w, "aggregation");
    json_int(w, 0);
    json_end_array(w);
    json_end_array(w);
    json_end_array(w);
    /* A map shows all of its regions. */
    if (card->rule->by != REGION)
        json_put_int(w, "limit", TOP_VALUES);
}

static void
write_question(JsonWriter *w, const Subject *subject, const XCard *card)
{
    json_key(w, "dataset_query");
    json_begin_object(w);
    json_put_int(w, "database", subject->database_id);
    json_put_text(w, "type", "query");
    json_key(w, "query");
    json_begin_object(w);
    if (subject->card_id == 0)
        json_put_int(w, "source-table", subject->table_id);
    else
        json_put_text(
            w, "source-table",
            arena_format(subject->req->arena, "card__%lld", (long long) subject->card_id));
    if (subject->filter != NULL)
        json_put_tree(w, "filter", subject->filter);
    write_measure(w, subject, card);
    if (card->by != NULL)
        write_groups(w, card);
    json_end_object(w);
    json_end_object(w);
}

static void
write_settings(JsonWriter *w, const XCard *card)
{
    json_key(w, "visualization_settings");
    json_begin_object(w);
    if (card->with != NULL)
    {
        json_put_text(w, "map.type", "pin");
        json_put_text(w, "map.latitude_column", card->by->name);
        json_put_text(w, "map.longitude_column", card->with->name);
    }
    else if (strcmp(card->rule->display, "map") == 0)
        json_put_text(w, "map.type", "region");
    json_end_object(w);
}

/* ------------------------------------------------------------------------------------- choice
 */

static const XColumn *
nth(const Subject *subject, Role role, size_t n)
{
    for (size_t i = 0; i < subject->count; i++)
        if (subject->columns[i].role == role && n-- == 0)
            return &subject->columns[i];
    return NULL;
}

static bool
tells_of(const Subject *subject, const XCard *card)
{
    int64_t id = subject->focus_id;

    return id == 0 || (card->of != NULL && card->of->id == id && card->of->key_id == 0) ||
           (card->by != NULL && card->by->id == id && card->by->key_id == 0) ||
           (card->with != NULL && card->with->id == id && card->with->key_id == 0);
}

/* The cards of one rule; each column is asked once by it, the first of the others with each. */
static void
choose(const Subject *subject, const Rule *rule, int most, XCard *cards, size_t *count)
{
    int made = 0;

    /* A metric is asked in the place of how many there are. */
    if (subject->measure != NULL && rule->measure != COUNT)
        return;
    for (size_t o = 0; o == 0 || (rule->of != NOTHING && nth(subject, rule->of, o) != NULL); o++)
        for (size_t b = 0; b == 0 || (rule->by != NOTHING && nth(subject, rule->by, b) != NULL);
             b++)
        {
            const XCard card = { rule, nth(subject, rule->of, o), nth(subject, rule->by, b),
                                 nth(subject, rule->with, 0) };

            if (made == most || *count == MOST_CARDS || (rule->of != NOTHING && card.of == NULL) ||
                (rule->by != NOTHING && card.by == NULL) ||
                (rule->with != NOTHING && card.with == NULL) || !tells_of(subject, &card))
                continue;
            cards[(*count)++] = card;
            made++;
        }
}

/* What is asked for: rows, perhaps beside others of the same kind, perhaps by one rule alone. */
typedef struct Look
{
    Subject *subject;
    Subject *other;   /* or NULL */
    const Rule *rule; /* NULL: all of them */
    const char *cell; /* or NULL */
} Look;

static size_t
choose_all(const Look *look, XCard *cards)
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if (look->rule == NULL)
            choose(look->subject, &rules[i], rules[i].most, cards, &count);
        else if (look->rule == &rules[i])
            choose(look->subject, &rules[i], MOST_CARDS, cards, &count);
    return look->other != NULL && count > MOST_PAIRS ? MOST_PAIRS : count;
}

/* -------------------------------------------------------------------------------------- answer
 */

/* Numbers four in a row, pictures two; of a comparison always two. */
typedef struct Layout
{
    int64_t row, col, height;
    bool is_paired;
} Layout;

static void
write_place(JsonWriter *w, Layout *at, const XCard *card)
{
    bool is_number = strcmp(card->rule->display, "scalar") == 0;
    int64_t width = is_number && !at->is_paired ? GRID / 4 : GRID / 2, height = is_number ? 3 : 6;

    if (at->col + width > GRID || (at->col > 0 && height != at->height))
    {
        at->row += at->height;
        at->col = 0;
    }
    json_put_int(w, "row", at->row);
    json_put_int(w, "col", at->col);
    json_put_int(w, "size_x", width);
    json_put_int(w, "size_y", height);
    at->col += width;
    at->height = height;
}

static void
write_card(JsonWriter *w, const Subject *subject, const XCard *card, const char *name)
{
    json_key(w, "card");
    json_begin_object(w);
    json_put_null(w, "id");
    json_put_text(w, "name", name);
    json_put_null(w, "description");
    json_put_text(w, "type", "question");
    json_put_text(w, "display", card->rule->display);
    write_settings(w, card);
    write_question(w, subject, card);
    json_end_object(w);
}

static void
write_dashcard(JsonWriter *w, const Subject *subject, const XCard *card, Layout *at, size_t index)
{
    const char *name = title_of(subject, card);

    if (at->is_paired)
        name = arena_format(subject->req->arena, "%s – %s", name, subject->label);
    json_begin_object(w);
    json_put_int(w, "id", -1 - (int64_t) index);
    json_put_null(w, "card_id");
    json_put_text(w, "rule", card->rule->key);
    write_place(w, at, card);
    write_card(w, subject, card, name);
    json_put_empty(w, "parameter_mappings");
    json_put_empty(w, "series");
    json_key(w, "visualization_settings");
    json_begin_object(w);
    json_end_object(w);
    json_end_object(w);
}

static void
write_dashcards(JsonWriter *w, const Look *look, const XCard *cards, size_t count)
{
    Layout at = { .is_paired = look->other != NULL };
    size_t index = 0;

    json_key(w, "dashcards");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++)
    {
        write_dashcard(w, look->subject, &cards[i], &at, index++);
        if (look->other != NULL)
            write_dashcard(w, look->other, &cards[i], &at, index++);
    }
    json_end_array(w);
}

static const char *
name_of(const Look *look)
{
    Request *req = look->subject->req;
    const char *label = look->subject->label;

    if (look->other != NULL)
        return arena_format(req->arena,
                            is_french(req) ? "Comparaison : %s et %s" : "%s compared with %s",
                            label, look->other->label);
    if (look->rule != NULL || look->cell != NULL)
        return arena_format(req->arena, is_french(req) ? "%s de plus près" : "A closer look at %s",
                            label);
    return arena_format(req->arena, is_french(req) ? "Un regard sur %s" : "A look at %s", label);
}

/* ---------------------------------------------------------------------------------- looks nearby
 */

static const char *
address_of(Arena *arena, const char *entity, const char *which, const char *cell)
{
    Buf path = buf_new(arena, 65536);

    buf_text(&path, "/auto/dashboard/");
    url_add(&path, entity);
    buf_char(&path, '/');
    url_add(&path, which);
    if (cell != NULL)
    {
        buf_text(&path, "/cell/");
        url_add(&path, cell);
    }
    return buf_cstr(&path);
}

static const char *
address_of_id(Arena *arena, const char *entity, int64_t id)
{
    return address_of(arena, entity, arena_format(arena, "%lld", (long long) id), NULL);
}

static void
write_link(JsonWriter *w, const char *url, const char *title)
{
    json_begin_object(w);
    json_put_text(w, "url", url);
    json_put_text(w, "title", title);
    json_put_null(w, "description");
    json_end_object(w);
}

static void
write_look_at(JsonWriter *w, Request *req, const char *entity, int64_t id, const char *title)
{
    write_link(
        w, address_of_id(req->arena, entity, id),
        arena_format(req->arena, is_french(req) ? "Un regard sur %s" : "A look at %s", title));
}

/* The rules that had more to ask than there was room for, and the fields that were asked. */
static void
write_zoom_in(JsonWriter *w, const Look *look, const char *base)
{
    const Subject *subject = look->subject;
    Arena *arena = subject->req->arena;
    size_t fields = 0;

    json_key(w, "zoom-in");
    json_begin_array(w);
    for (size_t i = 0; look->rule == NULL && i < COUNT_OF(rules); i++)
    {
        XCard cards[MOST_CARDS];
        size_t count = 0;

        choose(subject, &rules[i], MOST_CARDS, cards, &count);
        if (count > (size_t) rules[i].most)
            write_link(
                w, arena_format(arena, "%s/rule/%s/%s", base, subject->entity, rules[i].key),
                arena_format(arena,
                             is_french(subject->req) ? "D’autres comme « %s »" : "More like “%s”",
                             title_of(subject, &cards[0])));
    }
    for (size_t i = 0; subject->focus_id == 0 && i < subject->count && fields < MOST_NEAR; i++)
        if (subject->columns[i].id != 0 && subject->columns[i].key_id == 0)
        {
            fields++;
            write_look_at(w, subject->req, "field", subject->columns[i].id,
                          subject->columns[i].title);
        }
    json_end_array(w);
}

/* All rows of what these are some of. */
static void
write_zoom_out(JsonWriter *w, const Look *look)
{
    const Subject *subject = look->subject;
    bool is_part = subject->filter != NULL || subject->focus_id != 0;
    Table table;

    json_key(w, "zoom-out");
    json_begin_array(w);
    if (subject->table_id != 0 && (is_part || subject->measure != NULL) &&
        seen_table(subject->req, subject->table_id, &table, &(Error){ 0 }))
        write_look_at(w, subject->req, "table", table.id, table.display_name);
    else if (is_part && subject->table_id == 0)
        write_look_at(w, subject->req, "question", subject->card_id, subject->title);
    json_end_array(w);
}

/* Tables that keys lead to, and that keys come from. */
static bool
write_linked(JsonWriter *w, const Subject *subject, Error *err)
{
    Request *req = subject->req;
    int64_t seen[MOST_NEAR];
    TableFieldList from = { 0 };
    size_t count = 0;

    if (subject->table_id != 0 &&
        !field_list_referring(req->store, req->arena, subject->table_id, &from, err))
        return false;
    json_key(w, "related");
    json_begin_array(w);
    for (size_t i = 0; i < subject->count + from.count && count < MOST_NEAR; i++)
    {
        int64_t field = i < subject->count ? subject->columns[i].id : 0, target;
        TableField key;
        Table table;
        bool again = false;

        if (i >= subject->count)
            target = from.items[i - subject->count].table_id;
        else if (subject->columns[i].role != KEY || field == 0 ||
                 !seen_field(req, field, &key, &(Error){ 0 }) || !key.fk_target_field_id.set ||
                 !seen_field(req, key.fk_target_field_id.value, &key, &(Error){ 0 }))
            continue;
        else
            target = key.table_id;
        for (size_t s = 0; s < count; s++)
            again = again || seen[s] == target;
        if (again || target == subject->table_id || !seen_table(req, target, &table, &(Error){ 0 }))
            continue;
        seen[count++] = target;
        write_look_at(w, req, "table", target, table.display_name);
    }
    json_end_array(w);
    return true;
}

static const char *
words_of_comparison(Request *req, const char *with)
{
    return arena_format(req->arena, is_french(req) ? "Comparer avec %s" : "Compare with %s", with);
}

/* Some rows with all of them; all with the segments that were defined. */
static bool
write_comparisons(JsonWriter *w, const Subject *subject, const char *base, Error *err)
{
    Request *req = subject->req;
    DefinitionList segments = { 0 };

    if (subject->table_id != 0 && subject->measure == NULL &&
        !segment_list(req->store, req->arena, subject->table_id, &segments, err))
        return false;
    json_key(w, "compare");
    json_begin_array(w);
    if (subject->filter != NULL && subject->table_id != 0 && subject->card_id == 0 &&
        subject->focus_id == 0)
        write_link(
            w,
            arena_format(req->arena, "%s/compare/table/%lld", base, (long long) subject->table_id),
            words_of_comparison(req, subject->title));
    for (size_t i = 0; i < segments.count && i < MOST_NEAR && subject->focus_id == 0; i++)
        if (segments.items[i].id != subject->segment_id)
            write_link(w,
                       arena_format(req->arena, "%s/compare/segment/%lld", base,
                                    (long long) segments.items[i].id),
                       words_of_comparison(req, segments.items[i].name));
    json_end_array(w);
    return true;
}

static bool
write_nearby(JsonWriter *w, const Look *look, Error *err)
{
    const Subject *subject = look->subject;
    const char *base = address_of(subject->req->arena, subject->entity, subject->which, look->cell);

    json_key(w, "related");
    json_begin_object(w);
    if (look->other == NULL)
    {
        write_zoom_in(w, look, base);
        write_zoom_out(w, look);
        if (!write_linked(w, subject, err) || !write_comparisons(w, subject, base, err))
            return false;
    }
    json_end_object(w);
    return true;
}

/* -------------------------------------------------------------------------------------- routes
 */

void
xray_write_head(JsonWriter *w, const Request *req, const char *name)
{
    json_put_text(w, "name", name);
    json_put_text(w, "transient_name", name);
    json_put_null(w, "description");
    json_put_int(w, "creator_id", req->who.user.id);
    json_put_null(w, "collection_id");
    json_put_bool(w, "auto_apply_filters", true);
    json_put_text(w, "width", "fixed");
    json_put_empty(w, "parameters");
    json_key(w, "param_fields");
    json_begin_object(w);
    json_end_object(w);
    json_put_empty(w, "tabs");
}

static bool
send_dashboard(const Look *look, Response *res, Error *err)
{
    Request *req = look->subject->req;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *name = name_of(look);
    XCard cards[MOST_CARDS];
    size_t count = choose_all(look, cards);

    json_begin_object(w);
    xray_write_head(w, req, name);
    write_dashcards(w, look, cards, count);
    if (!write_nearby(w, look, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
find_rule(const char *key, const Rule **rule, Error *err)
{
    *rule = NULL;
    for (size_t i = 0; key != NULL && i < COUNT_OF(rules); i++)
        if (strcmp(rules[i].key, key) == 0)
            *rule = &rules[i];
    return key == NULL || *rule != NULL ||
           error_set(err, ERR_NOT_FOUND, "there is no such rule of X-rays");
}

static bool
open_look(Request *req, Look *look, Error *err)
{
    const char *other = route_param(req->match, "other");

    *look = (Look){ .cell = route_param(req->match, "cell") };
    if (!find_rule(route_param(req->match, "rule"), &look->rule, err) ||
        !subject_open(req, route_param(req->match, "entity"), route_param(req->match, "which"),
                      look->cell, &look->subject, err))
        return false;
    if (other == NULL)
        return true;
    if (!subject_open(req, other, route_param(req->match, "with"), NULL, &look->other, err))
        return false;
    return subject_is_like(look->subject, look->other) ||
           error_set(err, ERR_INVALID, "only rows of the same table can be compared");
}

static bool
get_xray(Request *req, Response *res, Error *err)
{
    Look look;

    return open_look(req, &look, err) && send_dashboard(&look, res, err);
}

/* Databases, tables and questions that its questions need. */
static bool
get_needs(Request *req, Response *res, Error *err)
{
    Needs needs = needs_new(req);
    Content content;
    Look look;

    if (!open_look(req, &look, err) || !content_open(req, &content, err))
        return false;
    if (look.subject->table_id != 0)
        needs_add_table(&needs, look.subject->table_id);
    for (size_t i = 0; i < look.subject->count; i++)
    {
        TableField key;

        if (look.subject->columns[i].key_id != 0 &&
            seen_field(req, look.subject->columns[i].id, &key, &(Error){ 0 }))
            needs_add_table(&needs, key.table_id);
    }
    return (look.subject->card_id == 0 ||
            needs_add_card(&needs, &content, look.subject->card_id, err)) &&
           needs_answer(&needs, &content, res, err);
}

static void
write_candidate(Request *req, JsonWriter *w, const Table *table)
{
    json_begin_object(w);
    json_put_text(w, "url",
                  arena_format(req->arena, "/auto/dashboard/table/%lld", (long long) table->id));
    json_put_text(w, "title",
                  arena_format(req->arena, is_french(req) ? "Un regard sur %s" : "A look at %s",
                               table->display_name));
    json_put_text(w, "description", table->description);
    json_put_int(w, "score", table->estimated_row_count.value);
    json_key(w, "table");
    json_begin_object(w);
    table_write(w, table);
    json_end_object(w);
    json_end_object(w);
}

/* The tables of a database, by schema, for whoever begins with it. */
static bool
get_candidates(Request *req, Response *res, Error *err)
{
    const TableFilter filter = { .db_id = req->id };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Database database;
    TableList list;

    if (!seen_database(req, req->id, &database, err) || !seen_tables(req, &filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count;)
    {
        const char *schema = list.items[i].schema == NULL ? "" : list.items[i].schema;

        json_begin_object(w);
        json_put_text(w, "id", arena_format(req->arena, "%lld/%s", (long long) req->id, schema));
        json_put_text(w, "schema", schema);
        json_key(w, "tables");
        json_begin_array(w);
        for (; i < list.count &&
               strcmp(list.items[i].schema == NULL ? "" : list.items[i].schema, schema) == 0;
             i++)
            write_candidate(req, w, &list.items[i]);
        json_end_array(w);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route xray_routes[] = {
    ROUTE_ON(API, GET, "/api/automagic-dashboards/database/:id/candidates",                                get_candidates, USER, "Tables that a dashboard can be made for"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which",                                         get_xray,       USER, "A dashboard made for a table, field, segment, model, question or metric, or for adhoc rows; nothing is kept"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/query_metadata",                          get_needs,      USER, "Databases, tables and fields that its questions need"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/rule/:prefix/:rule",                      get_xray,       USER, "All that one rule of X-rays has to ask"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/compare/:other/:with",                    get_xray,       USER, "Beside other rows of the same table"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/rule/:prefix/:rule/compare/:other/:with", get_xray,       USER, "The same, by one rule"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/cell/:cell",                              get_xray,       USER, "The same for the rows behind one cell"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/cell/:cell/rule/:prefix/:rule",           get_xray,       USER, "The rows behind one cell, by one rule"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/cell/:cell/compare/:other/:with",         get_xray,       USER, "The rows behind one cell beside others"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which/cell/:cell/rule/:prefix/:rule/compare/:other/:with", get_xray, USER, "The same, by one rule"),
    { 0 },
};
// clang-format on
