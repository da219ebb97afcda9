/* Keys that are shown by another column: that column is read along the key, in the last stage. */
#include "query/expand.h"

static Node *
display_node(Compiler *c, Stage *stage, const Node *key, const CatalogField *field)
{
    Node *node = node_new(c, NODE_FIELD, key->path);

    node->is_display = true;
    node->id = field->remap_id;
    node->source_field = field->id;
    if (key->source != NULL && key->source != &stage->source)
        node->source_field_alias = key->source->as;
    return node;
}

const CatalogField *
remapped_key(const Compiler *c, const Node *node)
{
    const CatalogField *field = node->column == NULL ? NULL : node->column->field;
    const CatalogField *target;

    if (node->kind != NODE_FIELD || field == NULL || field->remap_id == 0)
        return NULL;
    target = catalog_field(c->catalog, field->remap_id);
    return target == NULL || target->is_hidden ? NULL : field;
}

bool
remap_display(Compiler *c, Stage *stage, const Node *key, Node **display, Error *err)
{
    *display = display_node(c, stage, key, remapped_key(c, key));
    return expand_node(c, stage, *display, err);
}

/* A list of references with the display column before each key. */
static bool
with_displays(Compiler *c, Stage *stage, List *nodes, bool keep_key, Error *err)
{
    List list = list_new(c->arena);

    for (size_t i = 0; i < nodes->count; i++)
    {
        Node *key = nodes->items[i];
        Node *display;

        if (!expand_node(c, stage, key, err))
            return false;
        if (remapped_key(c, key) != NULL)
        {
            if (!remap_display(c, stage, key, &display, err))
                return false;
            display->descending = key->descending;
            list_add(&list, display);
            if (!keep_key)
                continue;
        }
        list_add(&list, key);
    }
    *nodes = list;
    return true;
}

/* Orders and breakouts on a key are on its display first. */
bool
expand_remaps(Compiler *c, Stage *stage, Error *err)
{
    bool grouped = stage->breakouts.count > 0;

    if (!with_displays(c, stage, &stage->breakouts, true, err))
        return false;
    if (!grouped && stage->aggregations.count > 0)
        return true;
    return with_displays(c, stage, &stage->orders, grouped, err);
}
