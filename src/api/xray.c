/* X-rays: a dashboard made for rows that nobody has asked about yet. Columns get roles from their
 * types, meanings and samples; the rules of xray.def turn roles into questions. Nothing is kept:
 * what it answers can be saved (save.c). */
#include "api/answer.h"
#include "api/card.h"
#include "api/database.h"
#include "api/tables.h"
#include "base/crypto.h"
#include "sync/personal.h"

#include <string.h>

enum
{
    MOST_CARDS = 12,
    MOST_COLUMNS = 300,
    MOST_KEYS = 4, /* whose tables are looked into */
    FEW_VALUES = 30,
    TOP_VALUES = 15,
    GRID = 24
};

typedef enum Role
{
    NOTHING,
    KEY, /* of another table */
    NUMBER,
    TIME,
    CATEGORY,
    REGION,
    LATITUDE,
    LONGITUDE,
    TEXT,
    NO_ROLE
} Role;

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

typedef struct XColumn
{
    int64_t id;     /* 0: it only has a name */
    int64_t key_id; /* read along this key */
    const char *name, *title;
    const char *type; /* base type */
    const Json *fingerprint;
    Role role;
} XColumn;

/* What is looked at. */
typedef struct Subject
{
    Request *req;
    int64_t database_id;
    int64_t table_id; /* or */
    int64_t card_id;
    const char *title;
    const Json *filter; /* rows that are left out, or NULL */
    int64_t focus_id;   /* only what tells of this field; 0: all */
    XColumn columns[MOST_COLUMNS];
    size_t count;
} Subject;

/* ------------------------------------------------------------------------------------- roles
 */

static bool
is_one_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; text != NULL && i < count; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

static Role
role_of_number(const XColumn *column, const char *semantic)
{
    static const char *const codes[] = { "type/ZipCode", "type/Category" };
    const Json *seen = json_path(column->fingerprint, "type", "type/Number", NULL);

    if (is_one_of(semantic, codes, COUNT_OF(codes)))
        return CATEGORY;
    /* Bins need a least and a greatest. */
    if (json_get(seen, "min") == NULL || json_get(seen, "max") == NULL)
        return NO_ROLE;
    if (semantic != NULL && strcmp(semantic, "type/Latitude") == 0)
        return LATITUDE;
    return semantic != NULL && strcmp(semantic, "type/Longitude") == 0 ? LONGITUDE : NUMBER;
}

static Role
role_of_text(const XColumn *column, const char *semantic)
{
    static const char *const regions[] = { "type/State", "type/Country" };
    static const char *const groups[] = { "type/Category", "type/Source", "type/City",
                                          "type/Company" };
    int64_t values =
        json_int_or(json_path(column->fingerprint, "global", "distinct-count", NULL), 0);

    if (is_one_of(semantic, regions, COUNT_OF(regions)))
        return REGION;
    if (is_one_of(semantic, groups, COUNT_OF(groups)) || (values > 1 && values <= FEW_VALUES))
        return CATEGORY;
    return values > FEW_VALUES ? TEXT : NO_ROLE;
}

/* What names people is asked nothing of. */
static Role
role_of(Arena *arena, const XColumn *column, const char *semantic, const char *entity)
{
    const PersonalHint hint = { column->name, semantic, entity, column->fingerprint };
    const PersonalKind *kind = personal_guess(arena, &hint);
    BaseType type;

    if (semantic != NULL && strcmp(semantic, "type/PK") == 0)
        return NO_ROLE;
    if (semantic != NULL && strcmp(semantic, "type/FK") == 0)
        return KEY;
    if (!base_type_from_name(column->type, &type) ||
        (kind != NULL && strcmp(kind->key, "place") != 0))
        return NO_ROLE;
    if (type >= BASE_NUMBER && type <= BASE_DECIMAL)
        return role_of_number(column, semantic);
    if (type == BASE_DATE || (type >= BASE_DATE_TIME && type <= BASE_INSTANT))
        return TIME;
    if (type == BASE_BOOLEAN)
        return CATEGORY;
    return type == BASE_TEXT ? role_of_text(column, semantic) : NO_ROLE;
}

/* ----------------------------------------------------------------------------------- columns
 */

static XColumn
column_of(const TableField *field)
{
    return (XColumn){ .id = field->id,
                      .name = field->name,
                      .title = field->display_name,
                      .type =
                          field->effective_type != NULL ? field->effective_type : field->base_type,
                      .fingerprint = field->fingerprint };
}

static void
add_column(Subject *subject, const XColumn *column)
{
    if (column->role != NO_ROLE && subject->count < MOST_COLUMNS)
        subject->columns[subject->count++] = *column;
}

/* Along a key, only groups: numbers of another table are not those of these rows. */
static bool
add_table(Subject *subject, const Table *table, const TableField *key, Error *err)
{
    Request *req = subject->req;
    const FieldFilter filter = { .table_id = table->id };
    TableFieldList list;

    if (!seen_fields(req, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        XColumn column = column_of(&list.items[i]);

        column.role = role_of(req->arena, &column, list.items[i].semantic_type, table->entity_type);
        if (key != NULL)
        {
            column.key_id = key->id;
            column.title = arena_format(req->arena, "%s → %s", table->display_name, column.title);
        }
        if (key == NULL || column.role == CATEGORY || column.role == REGION)
            add_column(subject, &column);
    }
    return true;
}

static bool
add_far_tables(Subject *subject, Error *err)
{
    Request *req = subject->req;
    const FieldFilter filter = { .table_id = subject->table_id };
    TableFieldList list;
    int keys = 0;

    if (!seen_fields(req, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count && keys < MOST_KEYS; i++)
    {
        TableField target;
        Table table;

        if (!list.items[i].fk_target_field_id.set ||
            !seen_field(req, list.items[i].fk_target_field_id.value, &target, &(Error){ 0 }) ||
            !seen_table(req, target.table_id, &table, &(Error){ 0 }))
            continue;
        keys++;
        if (!add_table(subject, &table, &list.items[i], err))
            return false;
    }
    return true;
}

static bool
open_table(Subject *subject, int64_t id, Error *err)
{
    Table table;

    if (!seen_table(subject->req, id, &table, err))
        return false;
    subject->database_id = table.db_id;
    subject->table_id = table.id;
    subject->title = table.display_name;
    return add_table(subject, &table, NULL, err) && add_far_tables(subject, err);
}

static bool
open_field(Subject *subject, int64_t id, Error *err)
{
    TableField field;

    subject->focus_id = id;
    return seen_field(subject->req, id, &field, err) && open_table(subject, field.table_id, err);
}

/* A saved question is a table whose columns it told when it ran last. */
static bool
open_card(Subject *subject, int64_t id, Error *err)
{
    Content content;
    Card card;

    if (!card_open(subject->req, id, ACCESS_READ, &content, &card, err))
        return false;
    if (card.result_metadata == NULL)
    {
        (void) error_set(err, ERR_INVALID, "the columns of this question are not known yet");
        return error_hint(err, "Run it once.");
    }
    subject->database_id = card.database_id.value;
    subject->card_id = card.id;
    subject->title = card.name;
    for (const Json *item = card.result_metadata->first; item != NULL; item = item->next)
    {
        const char *type = json_text_or(json_get(item, "base_type"), "type/*");
        XColumn column = { .name = json_text_or(json_get(item, "name"), ""),
                           .type = json_text_or(json_get(item, "effective_type"), type),
                           .fingerprint = json_get(item, "fingerprint") };

        column.title = json_text_or(json_get(item, "display_name"), column.name);
        column.role = role_of(subject->req->arena, &column,
                              json_text_or(json_get(item, "semantic_type"), NULL), NULL);
        add_column(subject, &column);
    }
    return true;
}

/* Rows of a question that is not saved: its table and its filter. */
static bool
open_adhoc(Subject *subject, const char *text, Error *err)
{
    Request *req = subject->req;
    const Json *query;
    int64_t table;
    Json *tree;
    Str plain;

    if ((!base64url_decode(req->arena, str_of(text), &plain) &&
         !base64_decode(req->arena, str_of(text), &plain)) ||
        !json_parse(req->arena, plain, NULL, &tree, &(Error){ 0 }))
        return error_set(err, ERR_INVALID, "a question is given as JSON in base64");
    query = json_get(tree, "query");
    if (!json_to_int(json_get(query, "source-table"), &table))
        return error_set(err, ERR_INVALID, "only rows of a table can be looked at this way");
    subject->filter = json_get(query, "filter");
    return open_table(subject, table, err);
}

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
write_measure(JsonWriter *w, const XCard *card)
{
    static const char *const names[] = {
        [COUNT] = "count", [SUM] = "sum", [AVERAGE] = "avg", [DIFFERENT] = "distinct"
    };

    json_key(w, "aggregation");
    json_begin_array(w);
    json_begin_array(w);
    json_text(w, names[card->rule->measure]);
    if (card->of != NULL)
        write_reference(w, card->of, PLAIN);
    json_end_array(w);
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
    if (subject->table_id != 0)
        json_put_int(w, "source-table", subject->table_id);
    else
        json_put_text(
            w, "source-table",
            arena_format(subject->req->arena, "card__%lld", (long long) subject->card_id));
    if (subject->filter != NULL)
        json_put_tree(w, "filter", subject->filter);
    write_measure(w, card);
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
choose(const Subject *subject, const Rule *rule, XCard *cards, size_t *count)
{
    int made = 0;

    for (size_t o = 0; o == 0 || (rule->of != NOTHING && nth(subject, rule->of, o) != NULL); o++)
        for (size_t b = 0; b == 0 || (rule->by != NOTHING && nth(subject, rule->by, b) != NULL);
             b++)
        {
            const XCard card = { rule, nth(subject, rule->of, o), nth(subject, rule->by, b),
                                 nth(subject, rule->with, 0) };

            if (made == rule->most || *count == MOST_CARDS ||
                (rule->of != NOTHING && card.of == NULL) ||
                (rule->by != NOTHING && card.by == NULL) ||
                (rule->with != NOTHING && card.with == NULL) || !tells_of(subject, &card))
                continue;
            cards[(*count)++] = card;
            made++;
        }
}

/* -------------------------------------------------------------------------------------- answer
 */

/* Numbers four in a row, pictures two. */
typedef struct Layout
{
    int64_t row, col, height;
} Layout;

static void
write_place(JsonWriter *w, Layout *at, const XCard *card)
{
    bool is_number = strcmp(card->rule->display, "scalar") == 0;
    int64_t width = is_number ? GRID / 4 : GRID / 2, height = is_number ? 3 : 6;

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
write_card(JsonWriter *w, const Subject *subject, const XCard *card)
{
    json_key(w, "card");
    json_begin_object(w);
    json_put_null(w, "id");
    json_put_text(w, "name", title_of(subject, card));
    json_put_null(w, "description");
    json_put_text(w, "type", "question");
    json_put_text(w, "display", card->rule->display);
    write_settings(w, card);
    write_question(w, subject, card);
    json_end_object(w);
}

static void
write_dashcards(JsonWriter *w, const Subject *subject)
{
    XCard cards[MOST_CARDS];
    size_t count = 0;
    Layout at = { 0 };

    for (size_t i = 0; i < COUNT_OF(rules); i++)
        choose(subject, &rules[i], cards, &count);
    json_key(w, "dashcards");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++)
    {
        json_begin_object(w);
        json_put_int(w, "id", -1 - (int64_t) i);
        json_put_null(w, "card_id");
        json_put_text(w, "rule", cards[i].rule->key);
        write_place(w, &at, &cards[i]);
        write_card(w, subject, &cards[i]);
        json_put_empty(w, "parameter_mappings");
        json_put_empty(w, "series");
        json_key(w, "visualization_settings");
        json_begin_object(w);
        json_end_object(w);
        json_end_object(w);
    }
    json_end_array(w);
}

static bool
send_dashboard(const Subject *subject, Response *res, Error *err)
{
    Request *req = subject->req;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *name = arena_format(
        req->arena, is_french(req) ? "Un regard sur %s" : "A look at %s", subject->title);

    json_begin_object(w);
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
    write_dashcards(w, subject);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* -------------------------------------------------------------------------------------- routes
 */

static bool
open_by_id(Subject *subject, const char *text,
           bool (*open)(Subject *subject, int64_t id, Error *err), Error *err)
{
    int64_t id;

    return (str_to_int(str_of(text), 1, INT64_MAX, &id) ||
            error_set(err, ERR_NOT_FOUND, "there is no such thing")) &&
           open(subject, id, err);
}

static bool
get_xray(Request *req, Response *res, Error *err)
{
    static const struct
    {
        const char *entity;
        bool (*open)(Subject *subject, int64_t id, Error *err);
    } kinds[] = {
        { "table", open_table },
        { "field", open_field },
        { "model", open_card },
        { "question", open_card },
    };
    const char *entity = route_param(req->match, "entity");
    const char *which = route_param(req->match, "which");
    Subject *subject = ARENA_NEW(req->arena, Subject);

    subject->req = req;
    if (strcmp(entity, "adhoc") == 0)
        return open_adhoc(subject, which, err) && send_dashboard(subject, res, err);
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].entity, entity) == 0)
            return open_by_id(subject, which, kinds[i].open, err) &&
                   send_dashboard(subject, res, err);
    return error_set(err, ERR_NOT_FOUND, "there are no X-rays of that");
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
    ROUTE_ON(API, GET, "/api/automagic-dashboards/database/:id/candidates", get_candidates, USER, "Tables that a dashboard can be made for"),
    ROUTE_ON(API, GET, "/api/automagic-dashboards/:entity/:which",          get_xray,       USER, "A dashboard made for a table, field, model, question, or for adhoc rows; nothing is kept"),
    { 0 },
};
// clang-format on
