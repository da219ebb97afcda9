/* The first pass: MBQL 4 and MBQL 5 become the same nodes. Clauses are in parse_clause.c. */
#include "query/parse.h"

#include "query/parse_private.h"

#include <string.h>

const Path *
path_key(Compiler *c, const Path *up, const char *key)
{
    Path *path = ARENA_NEW(c->arena, Path);

    *path = (Path){ .up = up, .key = key };
    return path;
}

const Path *
path_index(Compiler *c, const Path *up, size_t index)
{
    Path *path = ARENA_NEW(c->arena, Path);

    *path = (Path){ .up = up, .index = index };
    return path;
}

char
word_letter(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return (char) (letter - 'A' + 'a');
    return letter == '_' ? '-' : letter;
}

static bool
same_word(const char *a, const char *key)
{
    for (; *a != '\0' && word_letter(*a) == *key; a++, key++)
        continue;
    return *a == '\0' && *key == '\0';
}

const Json *
member(const Compiler *c, const Json *object, const char *key)
{
    (void) c;
    if (object == NULL || object->kind != JSON_OBJECT)
        return NULL;
    for (const Json *item = object->first; item != NULL; item = item->next)
        if (same_word(item->key, key))
            return item->kind == JSON_NULL ? NULL : item;
    return NULL;
}

Stage *
stage_new(Compiler *c, const Path *path)
{
    Stage *stage = ARENA_NEW(c->arena, Stage);

    stage->path = path;
    stage->limit = -1;
    stage->expressions = list_new(c->arena);
    stage->filters = list_new(c->arena);
    stage->aggregations = list_new(c->arena);
    stage->breakouts = list_new(c->arena);
    stage->fields = list_new(c->arena);
    stage->orders = list_new(c->arena);
    return stage;
}

/* "source-table": 5 or "card__12"; "source-card": 12. */
static bool
parse_source_id(Compiler *c, const Json *json, const Path *path, int64_t *table_id,
                int64_t *card_id, Error *err)
{
    const Json *table = member(c, json, "source-table");
    const Json *card = member(c, json, "source-card");

    if (card != NULL && !json_to_int(card, card_id))
        return node_error(c, path, "source-card is not a number");
    if (table == NULL)
        return true;
    if (table->kind == JSON_TEXT && strncmp(table->text, "card__", 6) == 0)
    {
        if (!str_to_int(str_of(table->text + 6), 1, INT64_MAX, card_id))
            return node_error(c, path, "source-table names no saved question");
        return true;
    }
    if (!json_to_int(table, table_id))
        return node_error(c, path, "source-table is neither a table nor a saved question");
    return true;
}

static bool
parse_condition(Compiler *c, const Json *json, const Path *path, Node **condition, Error *err)
{
    List nodes = list_new(c->arena);

    if (!parse_nodes(c, json, path, &nodes, err))
        return false;
    *condition = node_call(c, FN_AND, path, 0);
    (*condition)->args = (Node **) nodes.items;
    (*condition)->count = nodes.count;
    return true;
}

static bool
parse_join_source(Compiler *c, const Json *json, Join *join, Error *err)
{
    const Json *stages = member(c, json, "stages");
    const Json *query = member(c, json, "source-query");
    List inner = list_new(c->arena);

    if (stages != NULL)
    {
        const Json *only = stages->first;

        if (!parse_stages(c, stages, path_key(c, join->path, "stages"), &inner, &join->source.stage,
                          err))
            return false;
        /* A stage that only names a table or a card is that table or card. */
        if (inner.count == 1 && only->count == 2 && json_get(only, "lib/type") != NULL)
        {
            join->table_id = join->source.stage->table_id;
            join->card_id = join->source.stage->card_id;
            if (join->table_id != 0 || join->card_id != 0)
                join->source.stage = NULL;
        }
        return true;
    }
    if (query != NULL)
        return parse_stage(c, query, path_key(c, join->path, "source-query"), &inner,
                           &join->source.stage, err);
    return parse_source_id(c, json, join->path, &join->table_id, &join->card_id, err);
}

static bool
parse_join_fields(Compiler *c, const Json *fields, Join *join, Error *err)
{
    List nodes = list_new(c->arena);

    if (fields == NULL)
        return true;
    if (fields->kind == JSON_TEXT)
    {
        join->all_fields = same_word(fields->text, "all");
        return true;
    }
    if (!parse_nodes(c, fields, path_key(c, join->path, "fields"), &nodes, err))
        return false;
    join->fields = (Node **) nodes.items;
    join->field_count = nodes.count;
    return true;
}

static bool
parse_join(Compiler *c, const Json *json, const Path *path, Join *join, Error *err)
{
    static const char *const strategies[] = { "left-join", "right-join", "inner-join",
                                              "full-join" };
    const Json *condition = member(c, json, "condition");
    const Json *strategy = member(c, json, "strategy");
    bool known = strategy == NULL;

    join->path = path;
    if (condition == NULL)
        condition = member(c, json, "conditions");
    if (condition == NULL)
        return node_error(c, path, "a join has no condition");
    for (size_t i = 0; !known && i < COUNT_OF(strategies); i++)
    {
        if (same_word(json_text_or(strategy, ""), strategies[i]))
        {
            join->strategy = (JoinStrategy) i;
            known = true;
        }
    }
    if (!known)
        return node_error(c, path, "there is no such kind of join");
    join->source.as = json_text_or(member(c, json, "alias"), "__join");
    return parse_join_source(c, json, join, err) &&
           parse_condition(c, condition, path_key(c, path, "condition"), &join->condition, err) &&
           parse_join_fields(c, member(c, json, "fields"), join, err);
}

static bool
parse_joins(Compiler *c, const Json *json, Stage *stage, Error *err)
{
    const Path *path = path_key(c, stage->path, "joins");

    if (json == NULL)
        return true;
    if (json->kind != JSON_ARRAY)
        return node_error(c, path, "joins is not a list");
    stage->joins = ARENA_ARRAY(c->arena, json->count, Join *);
    for (const Json *item = json->first; item != NULL; item = item->next)
    {
        Join *join = ARENA_NEW(c->arena, Join);

        if (!parse_join(c, item, path_index(c, path, stage->join_count), join, err))
            return false;
        stage->joins[stage->join_count++] = join;
    }
    return true;
}

/* A map of names in MBQL 4, a list of named clauses in MBQL 5. */
static bool
parse_expressions(Compiler *c, const Json *json, Stage *stage, Error *err)
{
    const Path *path = path_key(c, stage->path, "expressions");

    if (json == NULL)
        return true;
    for (const Json *item = json->first; item != NULL; item = item->next)
    {
        const char *name = item->key;
        Node *node;

        if (!parse_node(c, item, path_key(c, path, name == NULL ? "item" : name), &node, err))
            return false;
        if (name == NULL)
            name = json_text_or(json_get(json_at(item, 1), "lib/expression-name"), NULL);
        if (name == NULL)
            return node_error(c, path, "an expression has no name");
        node->label = name;
        list_add(&stage->expressions, node);
    }
    return true;
}

static bool
parse_order(Compiler *c, const Json *json, const Path *path, List *orders, Error *err)
{
    const Json *first = json_at(json, 0);
    const Json *reference = json_at(json, json->count - 1);
    const Json *direction = first;
    Node *node;

    if (json->kind != JSON_ARRAY || json->count < 2)
        return node_error(c, path, "it does not say by what to order");
    if (first->kind == JSON_ARRAY || first->kind == JSON_NUMBER)
    {
        direction = reference;
        reference = first;
    }
    if (direction->kind != JSON_TEXT)
        return node_error(c, path, "it does not say in which order");
    if (!parse_reference(c, reference, path, &node, err))
        return false;
    node->descending = strncasecmp(direction->text, "desc", 4) == 0;
    if (!node->descending && strncasecmp(direction->text, "asc", 3) != 0)
        return node_error(c, path, "the order is neither asc nor desc");
    list_add(orders, node);
    return true;
}

static bool
parse_orders(Compiler *c, const Json *json, Stage *stage, Error *err)
{
    const Path *path = path_key(c, stage->path, "order-by");
    size_t index = 0;

    if (json == NULL)
        return true;
    if (json->kind == JSON_ARRAY && json->count > 0 && json->first->kind == JSON_TEXT)
        return parse_order(c, json, path, &stage->orders, err);
    for (const Json *item = json->first; item != NULL; item = item->next)
        if (!parse_order(c, item, path_index(c, path, index++), &stage->orders, err))
            return false;
    return true;
}

static bool
parse_limit(Compiler *c, const Json *json, Stage *stage, Error *err)
{
    const Json *limit = member(c, json, "limit");
    const Json *page = member(c, json, "page");
    int64_t number = 0;

    if (limit != NULL && (!json_to_int(limit, &stage->limit) || stage->limit < 0))
        return node_error(c, path_key(c, stage->path, "limit"), "the limit is not a whole number");
    if (page == NULL)
        return true;
    if (!json_to_int(member(c, page, "page"), &number) || number < 1 || number > INT32_MAX ||
        !json_to_int(member(c, page, "items"), &stage->limit) || stage->limit < 0 ||
        stage->limit > INT32_MAX)
        return node_error(c, path_key(c, stage->path, "page"),
                          "a page has a number and a number of items");
    stage->offset = (number - 1) * stage->limit;
    return true;
}

static bool
is_rows(const Json *json)
{
    const Json *op = json->kind == JSON_ARRAY && json->count == 1 ? json->first : json;

    return strcmp(json_text_or(op, ""), "rows") == 0;
}

/* Before 2020, "rows" said that nothing is summed up: alone, as a clause, or as one of a list. */
static bool
parse_aggregations(Compiler *c, const Json *json, Stage *stage, Error *err)
{
    const Path *path = path_key(c, stage->path, "aggregation");
    const Json *sent = member(c, json, "aggregation");
    Json *list;

    if (sent == NULL || is_rows(sent))
        return true;
    if (sent->kind != JSON_ARRAY || sent->count == 0 || sent->first->kind == JSON_TEXT)
        return parse_nodes(c, sent, path, &stage->aggregations, err);
    list = json_new(c->arena, JSON_ARRAY);
    for (const Json *item = sent->first; item != NULL; item = item->next)
        if (!is_rows(item))
            (void) json_add(list, json_share(c->arena, item));
    return parse_nodes(c, list, path, &stage->aggregations, err);
}

/* What both forms of a stage share. */
static bool
parse_stage_clauses(Compiler *c, const Json *json, Stage *stage, Error *err)
{
    const Json *fields = member(c, json, "fields");
    const Json *filter = member(c, json, "filter");

    if (filter == NULL)
        filter = member(c, json, "filters");
    stage->metadata = member(c, json, "source-metadata");
    if (!parse_source_id(c, json, stage->path, &stage->table_id, &stage->card_id, err) ||
        !parse_joins(c, member(c, json, "joins"), stage, err) ||
        !parse_expressions(c, member(c, json, "expressions"), stage, err) ||
        !parse_nodes(c, filter, path_key(c, stage->path, "filter"), &stage->filters, err) ||
        !parse_aggregations(c, json, stage, err) ||
        !parse_references(c, member(c, json, "breakout"), path_key(c, stage->path, "breakout"),
                          &stage->breakouts, err) ||
        !parse_orders(c, member(c, json, "order-by"), stage, err) ||
        !parse_limit(c, json, stage, err))
        return false;
    stage->has_fields = fields != NULL && fields->kind == JSON_ARRAY && fields->count > 0;
    return !stage->has_fields ||
           parse_references(c, fields, path_key(c, stage->path, "fields"), &stage->fields, err);
}

static Stage *
native_stage(Compiler *c, const Json *json, const Path *path)
{
    Stage *stage = stage_new(c, path);

    stage->native = ARENA_NEW(c->arena, Native);
    stage->native->json = json;
    stage->source.open = true;
    return stage;
}

bool
parse_stage(Compiler *c, const Json *json, const Path *path, List *stages, Stage **result,
            Error *err)
{
    const Json *query = member(c, json, "source-query");
    Stage *stage;

    if (json->kind != JSON_OBJECT)
        return node_error(c, path, "a stage is not a map");
    if (member(c, json, "native") != NULL)
    {
        *result = native_stage(c, json, path);
        list_add(stages, *result);
        return true;
    }
    stage = stage_new(c, path);
    if (query != NULL && !parse_stage(c, query, path_key(c, path, "source-query"), stages,
                                      &stage->source.stage, err))
        return false;
    if (!parse_stage_clauses(c, json, stage, err))
        return false;
    if (stage->source.stage == NULL && stage->table_id == 0 && stage->card_id == 0)
        return node_error(c, path, "there is no source: name a table, a question or a stage");
    if (stage->source.stage != NULL && (stage->table_id != 0 || stage->card_id != 0))
        return node_error(c, path, "there are two sources: a stage has one");
    list_add(stages, stage);
    *result = stage;
    return true;
}

bool
parse_stages(Compiler *c, const Json *json, const Path *path, List *stages, Stage **last,
             Error *err)
{
    Stage *before = NULL;
    size_t index = 0;

    if (json->kind != JSON_ARRAY || json->count == 0)
        return node_error(c, path, "there are no stages");
    for (const Json *item = json->first; item != NULL; item = item->next)
    {
        const Path *at = path_index(c, path, index++);
        Stage *stage;

        if (member(c, item, "native") != NULL)
        {
            if (before != NULL)
                return node_error(c, at, "SQL can only be the first stage");
            stage = native_stage(c, item, at);
        }
        else
        {
            stage = stage_new(c, at);
            if (!parse_stage_clauses(c, item, stage, err))
                return false;
            stage->source.stage = before;
            if (before == NULL && stage->table_id == 0 && stage->card_id == 0)
                return node_error(c, at, "there is no source: name a table or a question");
            if (before != NULL && (stage->table_id != 0 || stage->card_id != 0))
                return node_error(c, at, "only the first stage names a table or a question");
        }
        list_add(stages, stage);
        before = stage;
    }
    *last = before;
    return true;
}

bool
parse_question(Compiler *c, const Json *question, List *stages, Stage **last, Error *err)
{
    const Json *list = member(c, question, "stages");
    const Json *query = member(c, question, "query");
    const Json *native = member(c, question, "native");

    if (question == NULL || question->kind != JSON_OBJECT)
        return error_set(err, ERR_INVALID, "a question is a map");
    if (list != NULL)
        return parse_stages(c, list, path_key(c, NULL, "stages"), stages, last, err);
    if (query != NULL && query->kind == JSON_OBJECT)
        return parse_stage(c, query, path_key(c, NULL, "query"), stages, last, err);
    if (native == NULL || native->kind != JSON_OBJECT)
        return error_set(err, ERR_INVALID, "a question has a query, stages or native SQL");
    *last = native_stage(c, native, path_key(c, NULL, "native"));
    list_add(stages, *last);
    return true;
}

bool
pass_parse(Compiler *c, Error *err)
{
    const Json *parameters = member(c, c->question, "parameters");

    c->parameters = parameters;
    return parse_question(c, c->question, &c->stages, &c->stage, err);
}
