/* The third pass: sources point into the catalog. Saved questions become stages, metrics bring
 * their filters, segments and measures become their definitions, templates become parts. */
#include "query/params.h"
#include "query/parse.h"

#include <inttypes.h>
#include <string.h>

enum
{
    MAX_SAVED = 200 /* saved things brought into one question, each use counted */
};

static bool resolve_list(Compiler *c, Stage *stage, List *list, Error *err);

static bool
circle(Compiler *c, int64_t id)
{
    for (int i = 0; i < c->card_depth; i++)
        if (c->cards[i] == id)
            return true;
    return c->card_depth == (int) COUNT_OF(c->cards);
}

static bool
parse_card(Compiler *c, const CatalogItem *card, const Path *path, Stage **last, Error *err)
{
    List stages = list_new(c->arena);

    if (circle(c, card->id))
        return node_error(c, path, "saved questions refer to each other in a circle");
    if (!parse_question(c, card->content, &stages, last, err))
        return false;
    (*last)->is_model = card->type != NULL && strcmp(card->type, "model") == 0;
    (*last)->metadata = card->metadata;
    (*last)->saved_id = card->id;
    return true;
}

static const CatalogItem *
find_card(Compiler *c, int64_t id, const Path *path, Error *err)
{
    const CatalogItem *card = catalog_item(c->catalog, CATALOG_CARD, id, NULL);

    if (card == NULL)
        (void) node_error(c, path, "there is no saved question %" PRId64, id);
    return card;
}

bool
resolve_card(Compiler *c, int64_t id, const Path *path, Stage **stage, Error *err)
{
    const CatalogItem *card = find_card(c, id, path, err);
    bool done;

    if (card == NULL || !parse_card(c, card, path, stage, err))
        return false;
    if (++c->card_total > MAX_SAVED)
        return node_error(c, path, "the question uses too many saved questions");
    c->cards[c->card_depth++] = id;
    done = resolve_stage(c, *stage, err);
    c->card_depth--;
    return done;
}

/* What is before goes in front of what the list has. */
static void
prepend(Compiler *c, List *list, const List *before)
{
    List both = list_new(c->arena);

    for (size_t i = 0; i < before->count; i++)
        list_add(&both, before->items[i]);
    for (size_t i = 0; i < list->count; i++)
        list_add(&both, list->items[i]);
    *list = both;
}

/* A metric as the source: its table, joins, expressions and filters become those of the stage. */
static void
adopt_metric(Compiler *c, Stage *stage, Stage *metric)
{
    Join **joins = ARENA_ARRAY(c->arena, stage->join_count + metric->join_count, Join *);

    memcpy(joins, metric->joins == NULL ? joins : metric->joins,
           metric->join_count * sizeof(Join *));
    if (stage->join_count > 0)
        memcpy(joins + metric->join_count, stage->joins, stage->join_count * sizeof(Join *));
    stage->joins = joins;
    stage->join_count += metric->join_count;
    stage->table_id = metric->table_id;
    stage->card_id = metric->card_id;
    stage->source.stage = metric->source.stage;
    prepend(c, &stage->expressions, &metric->expressions);
    prepend(c, &stage->filters, &metric->filters);
    stage->adopted = true;
}

static bool
resolve_source(Compiler *c, Stage *stage, Error *err)
{
    const CatalogItem *card;

    if (stage->card_id != 0)
    {
        Stage *metric;

        card = find_card(c, stage->card_id, stage->path, err);
        if (card == NULL)
            return false;
        if (card->type == NULL || strcmp(card->type, "metric") != 0)
            return resolve_card(c, stage->card_id, stage->path, &stage->source.stage, err);
        if (!parse_card(c, card, stage->path, &metric, err))
            return false;
        stage->card_id = 0;
        adopt_metric(c, stage, metric);
        if (stage->card_id != 0)
            return resolve_source(c, stage, err);
    }
    if (stage->table_id != 0)
    {
        stage->source.table = catalog_table(c->catalog, stage->table_id);
        if (stage->source.table == NULL)
            return node_error(c, stage->path, "there is no table %" PRId64, stage->table_id);
        return true;
    }
    return resolve_stage(c, stage->source.stage, err);
}

static bool
resolve_join(Compiler *c, Join *join, Error *err)
{
    if (join->card_id != 0)
        return resolve_card(c, join->card_id, join->path, &join->source.stage, err);
    if (join->table_id != 0)
    {
        join->source.table = catalog_table(c->catalog, join->table_id);
        if (join->source.table == NULL)
            return node_error(c, join->path, "there is no table %" PRId64, join->table_id);
        return true;
    }
    if (join->source.stage == NULL)
        return node_error(c, join->path, "a join has no source");
    return resolve_stage(c, join->source.stage, err);
}

/* The filters or the aggregation of a definition, in any of its forms. */
static const Json *
definition_part(Compiler *c, const Json *content, const char *a, const char *b)
{
    const Json *inner = member(c, content, "query");
    const Json *stages = member(c, content, "stages");
    const Json *part;

    if (inner != NULL)
        content = inner;
    if (stages != NULL)
        content = stages->first;
    part = member(c, content, a);
    return part != NULL || b == NULL ? part : member(c, content, b);
}

static bool
saved_item(Compiler *c, const Node *node, CatalogKind kind, const CatalogItem **item, Error *err)
{
    int64_t id = node->args[0]->kind == NODE_VALUE ? value_to_int(&node->args[0]->value, 0) : 0;

    *item = id == 0 ? NULL : catalog_item(c->catalog, kind, id, NULL);
    if (*item == NULL)
        return node_error(c, node->path, "there is no such %s", function_rows[node->fn].name);
    if (++c->card_total > MAX_SAVED || ++c->saved_depth > 20)
        return node_error(c, node->path, "definitions refer to each other in a circle");
    return true;
}

static bool
resolve_segment(Compiler *c, Node *node, Error *err)
{
    const CatalogItem *item;
    List filters = list_new(c->arena);
    const Json *part;

    if (!saved_item(c, node, CATALOG_SEGMENT, &item, err))
        return false;
    part = definition_part(c, item->content, "filter", "filters");
    if (part == NULL || !parse_nodes(c, part, node->path, &filters, err))
        return part != NULL ? false : node_error(c, node->path, "the segment has no filter");
    node->fn = FN_AND;
    node->args = (Node **) filters.items;
    node->count = filters.count;
    return true;
}

/* The aggregation takes the place of the node and keeps the names that the node was given. */
static void
take_place(Node *node, Node *other, const char *title)
{
    Node copy = *other;

    copy.name = node->name != NULL ? node->name : other->name;
    copy.display_name = node->display_name;
    if (copy.display_name == NULL)
        copy.display_name = other->display_name != NULL ? other->display_name : title;
    copy.uuid = node->uuid;
    *node = copy;
}

static bool
resolve_measure(Compiler *c, Node *node, Error *err)
{
    const CatalogItem *item;
    List list = list_new(c->arena);
    const Json *part;

    if (!saved_item(c, node, CATALOG_MEASURE, &item, err))
        return false;
    part = definition_part(c, item->content, "aggregation", NULL);
    if (part == NULL || !parse_nodes(c, part, node->path, &list, err) || list.count == 0)
        return node_error(c, node->path, "the measure has no aggregation");
    take_place(node, list.items[0], item->name);
    return true;
}

static bool
resolve_metric(Compiler *c, Stage *stage, Node *node, Error *err)
{
    const CatalogItem *item;
    Stage *metric;

    if (!saved_item(c, node, CATALOG_CARD, &item, err) ||
        !parse_card(c, item, node->path, &metric, err))
        return false;
    if (metric->aggregations.count == 0)
        return node_error(c, node->path, "the metric has no aggregation");
    if (!stage->adopted)
        for (size_t i = 0; i < metric->filters.count; i++)
            list_add(&stage->filters, metric->filters.items[i]);
    stage->adopted = true;
    take_place(node, metric->aggregations.items[0], item->name);
    return true;
}

static bool
resolve_node(Compiler *c, Stage *stage, Node *node, Error *err)
{
    int depth = c->saved_depth;
    bool done = true;

    if (node->kind != NODE_CALL)
        return true;
    if (node->fn == FN_SEGMENT)
        done = resolve_segment(c, node, err);
    else if (node->fn == FN_MEASURE)
        done = resolve_measure(c, node, err);
    else if (node->fn == FN_METRIC)
        done = resolve_metric(c, stage, node, err);
    if (!done)
        return false;
    if (node->fn == FN_SEGMENT || node->fn == FN_MEASURE || node->fn == FN_METRIC)
        return resolve_node(c, stage, node, err);
    for (size_t i = 0; i < node->count; i++)
        if (!resolve_node(c, stage, node->args[i], err))
            return false;
    c->saved_depth = depth;
    return true;
}

static bool
resolve_list(Compiler *c, Stage *stage, List *list, Error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (!resolve_node(c, stage, list->items[i], err))
            return false;
    return true;
}

bool
resolve_stage(Compiler *c, Stage *stage, Error *err)
{
    if (stage->native != NULL)
        return native_expand(c, stage, stage == c->stages.items[0] ? c->parameters : NULL, err);
    if (!resolve_source(c, stage, err))
        return false;
    for (size_t i = 0; i < stage->join_count; i++)
        if (!resolve_join(c, stage->joins[i], err) ||
            !resolve_node(c, stage, stage->joins[i]->condition, err))
            return false;
    return resolve_list(c, stage, &stage->aggregations, err) &&
           resolve_list(c, stage, &stage->expressions, err) &&
           resolve_list(c, stage, &stage->filters, err);
}

bool
pass_resolve(Compiler *c, Error *err)
{
    return resolve_stage(c, c->stage, err);
}
