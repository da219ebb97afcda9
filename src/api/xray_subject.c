/* Opens what an X-ray looks at. Columns get roles from their types, meanings and samples. */
#include "api/xray.h"

#include "api/card.h"
#include "api/database.h"
#include "api/mbql4.h"
#include "base/crypto.h"
#include "store/library.h"
#include "sync/personal.h"

#include <string.h>

enum
{
    MOST_KEYS = 4, /* whose tables are looked into */
    FEW_VALUES = 30,
    MOST_WORDS = 3 /* conditions that a title tells */
};

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
    if (column->role != NO_ROLE && subject->count < XRAY_COLUMNS)
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

/* ["segment", 7]: it stays what the segment is. */
static bool
open_segment(Subject *subject, int64_t id, Error *err)
{
    Arena *arena = subject->req->arena;
    Json *filter = json_new(arena, JSON_ARRAY);
    Definition segment;

    if (!segment_find(subject->req->store, arena, id, &segment, err) ||
        !open_table(subject, segment.table_id, err))
        return false;
    (void) json_add(filter, json_new_text(arena, "segment"));
    (void) json_add(filter, json_new_int(arena, id));
    subject->segment_id = id;
    subject->filter = filter;
    subject->label = segment.name;
    return true;
}

static void
add_learned(Subject *subject, const Json *item)
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

/* A saved question is a table whose columns it told when it was saved, or when it ran. */
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
        add_learned(subject, item);
    return true;
}

/* A metric is asked instead of how many rows there are; the columns are those of its table. */
static bool
open_metric(Subject *subject, int64_t id, Error *err)
{
    Arena *arena = subject->req->arena;
    Json *measure = json_new(arena, JSON_ARRAY);
    Content content;
    Card card;

    if (!card_open(subject->req, id, ACCESS_READ, &content, &card, err))
        return false;
    if (card.type == NULL || strcmp(card.type, "metric") != 0 || !card.table_id.set)
        return error_set(err, ERR_INVALID, "only metrics of the rows of a table can be looked at");
    if (!open_table(subject, card.table_id.value, err))
        return false;
    (void) json_add(measure, json_new_text(arena, "metric"));
    (void) json_add(measure, json_new_int(arena, id));
    subject->card_id = id;
    subject->measure = measure;
    subject->title = card.name;
    return true;
}

/* ------------------------------------------------------------------------- questions and cells
 */

/* JSON that came through a path, in either alphabet of base64. */
static bool
read_base64(Arena *arena, const char *text, Json **tree)
{
    Str plain;

    return (base64url_decode(arena, str_of(text), &plain) ||
            base64_decode(arena, str_of(text), &plain)) &&
           json_parse(arena, plain, NULL, tree, &(Error){ 0 });
}

/* The rows that a question is about, before it groups them. */
static bool
open_rows(Subject *subject, const Json *query, Error *err)
{
    const Json *inner = json_get(mbql4_of(subject->req->arena, query), "query");
    const Json *source = json_get(inner, "source-table");
    int64_t id;

    if (json_get(inner, "joins") != NULL || json_get(inner, "expressions") != NULL)
        return error_set(err, ERR_INVALID, "only rows of one table can be looked at this way");
    subject->filter = json_get(inner, "filter");
    if (json_to_int(source, &id))
        return open_table(subject, id, err);
    if (source != NULL && source->kind == JSON_TEXT && strncmp(source->text, "card__", 6) == 0 &&
        str_to_int(str_of(source->text + 6), 1, INT64_MAX, &id))
        return open_card(subject, id, err);
    return error_set(err, ERR_INVALID, "only rows of a table can be looked at this way");
}

static bool
open_adhoc(Subject *subject, const char *text, Error *err)
{
    Json *tree;

    if (!read_base64(subject->req->arena, text, &tree) || tree->kind != JSON_OBJECT)
        return error_set(err, ERR_INVALID, "a question is given as JSON in base64");
    return open_rows(subject, tree, err);
}

/* A cell of a question that groups rows of a table tells of that table; of SQL, of its own
 * columns. */
static bool
open_behind(Subject *subject, int64_t id, Error *err)
{
    Content content;
    Card card;

    if (!card_open(subject->req, id, ACCESS_READ, &content, &card, err))
        return false;
    return query_is_native(card.dataset_query) ? open_card(subject, id, err)
                                               : open_rows(subject, card.dataset_query, err);
}

/* What a cell may say; whether its columns exist is seen when it is asked. */
static bool
is_condition(const Json *clause)
{
    static const char *const comparisons[] = { "=",
                                               "!=",
                                               "<",
                                               "<=",
                                               ">",
                                               ">=",
                                               "between",
                                               "inside",
                                               "is-null",
                                               "not-null",
                                               "is-empty",
                                               "not-empty",
                                               "contains",
                                               "does-not-contain",
                                               "starts-with",
                                               "ends-with",
                                               "time-interval",
                                               "segment" };
    const char *op = clause->kind == JSON_ARRAY ? json_text_or(clause->first, "") : "";

    if (strcmp(op, "and") != 0 && strcmp(op, "or") != 0 && strcmp(op, "not") != 0)
        return clause->count > 1 && is_one_of(op, comparisons, COUNT_OF(comparisons));
    for (const Json *item = clause->first->next; item != NULL; item = item->next)
        if (!is_condition(item))
            return false;
    return clause->count > 1;
}

static const char *
title_of_reference(const Subject *subject, const Json *reference)
{
    const Json *named = json_at(reference, 1);
    int64_t id = 0;

    (void) json_to_int(named, &id);
    for (size_t i = 0; i < subject->count; i++)
        if (id != 0 ? subject->columns[i].id == id && subject->columns[i].key_id == 0
                    : strcmp(subject->columns[i].name, json_text_or(named, "")) == 0)
            return subject->columns[i].title;
    return NULL;
}

/* "Category: Widget"; what is no plain equality is not told. */
static void
tell(const Subject *subject, const Json *clause, Buf *words, int *told)
{
    const char *op = json_text_or(clause->first, "");
    const Json *value = json_at(clause, clause->count - 1);

    if (strcmp(op, "and") == 0)
        for (const Json *item = clause->first->next; item != NULL; item = item->next)
            tell(subject, item, words, told);
    else if (strcmp(op, "=") == 0 && *told < MOST_WORDS &&
             (value->kind == JSON_TEXT || value->kind == JSON_NUMBER))
    {
        const char *title = title_of_reference(subject, json_at(clause, 1));

        if (title == NULL)
            return;
        buf_format(words, "%s%s: %s", (*told)++ == 0 ? "" : ", ", title, value->text);
    }
}

static void
narrow(Subject *subject, const Json *condition)
{
    Arena *arena = subject->req->arena;
    Buf words = buf_new(arena, 1000);
    Json *both = json_new(arena, JSON_ARRAY);
    int told = 0;

    tell(subject, condition, &words, &told);
    if (told > 0)
        subject->label =
            arena_format(arena, "%s (%s)", subject->title, words.failed ? "…" : buf_cstr(&words));
    if (subject->filter == NULL)
    {
        subject->filter = condition;
        return;
    }
    (void) json_add(both, json_new_text(arena, "and"));
    (void) json_add(both, json_share(arena, subject->filter));
    (void) json_add(both, json_share(arena, condition));
    subject->filter = both;
}

static bool
narrow_to_cell(Subject *subject, const char *cell, Error *err)
{
    Json *condition;

    if (!read_base64(subject->req->arena, cell, &condition) || !is_condition(condition))
        return error_set(err, ERR_INVALID, "a cell is given as a filter: JSON in base64");
    narrow(subject, condition);
    return true;
}

/* ---------------------------------------------------------------------------------------- opening
 */

static const struct
{
    const char *entity;
    bool (*open)(Subject *subject, int64_t id, Error *err);
    bool (*open_cell)(Subject *subject, int64_t id, Error *err); /* NULL: the same */
} kinds[] = {
    { "table", open_table, NULL },          { "field", open_field, NULL },
    { "segment", open_segment, NULL },      { "model", open_card, NULL },
    { "question", open_card, open_behind }, { "metric", open_metric, NULL },
};

static bool
open_by_name(Subject *subject, bool of_cell, Error *err)
{
    int64_t id;

    if (strcmp(subject->entity, "adhoc") == 0)
        return open_adhoc(subject, subject->which, err);
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
    {
        if (strcmp(kinds[i].entity, subject->entity) != 0)
            continue;
        if (!str_to_int(str_of(subject->which), 1, INT64_MAX, &id))
            return error_set(err, ERR_NOT_FOUND, "there is no such thing");
        return of_cell && kinds[i].open_cell != NULL ? kinds[i].open_cell(subject, id, err)
                                                     : kinds[i].open(subject, id, err);
    }
    return error_set(err, ERR_NOT_FOUND, "there are no X-rays of that");
}

bool
subject_open(Request *req, const char *entity, const char *which, const char *cell,
             Subject **subject, Error *err)
{
    Subject *made = ARENA_NEW(req->arena, Subject);

    made->req = req;
    made->entity = entity;
    made->which = which;
    if (!open_by_name(made, cell != NULL, err) ||
        (cell != NULL && !narrow_to_cell(made, cell, err)))
        return false;
    if (made->label == NULL)
        made->label = made->title;
    *subject = made;
    return true;
}

bool
subject_is_like(const Subject *a, const Subject *b)
{
    return a->table_id == b->table_id && a->card_id == b->card_id && a->focus_id == b->focus_id;
}
