/* Which fields the filters of a question or a dashboard are about. */
#include "api/param_fields.h"

#include "api/database.h"
#include "api/values.h"

#include <string.h>

enum
{
    MOST_FIELDS = 50 /* of one filter */
};

/* The fields of one filter, each once. */
typedef struct Found
{
    TableField fields[MOST_FIELDS];
    size_t count;
} Found;

/* What they may not see, or what is gone, is left out. */
static void
find(Request *req, ParamView view, const Card *card, const Json *target, Found *found)
{
    int64_t id = values_field(card, target);
    TableField *field = &found->fields[found->count];
    Error ignored;

    for (size_t i = 0; i < found->count; i++)
        if (found->fields[i].id == id)
            return;
    if (id == 0 || found->count == MOST_FIELDS)
        return;
    if (view == PARAM_PUBLIC ? field_find(req->store, req->arena, id, field, &ignored)
                             : seen_field(req, id, field, &ignored))
        found->count++;
}

/* Strangers learn what a widget needs, and no names of the database. */
static void
write_public(JsonWriter *w, const TableField *field)
{
    json_begin_object(w);
    json_put_int(w, "id", field->id);
    json_put_text(w, "display_name", field->display_name);
    json_put_text(w, "base_type", field->base_type);
    json_put_text(w, "effective_type", field->effective_type);
    json_put_text(w, "semantic_type", field->semantic_type);
    json_put_text(w, "has_field_values", field->has_field_values);
    json_end_object(w);
}

static void
write_found(JsonWriter *w, ParamView view, const char *key, const Found *found)
{
    if (found->count == 0)
        return;
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < found->count; i++)
    {
        if (view == PARAM_PUBLIC)
        {
            write_public(w, &found->fields[i]);
            continue;
        }
        json_begin_object(w);
        field_write(w, &found->fields[i], NULL);
        json_end_object(w);
    }
    json_end_array(w);
}

void
param_fields_of_card(Request *req, JsonWriter *w, ParamView view, const Card *card,
                     const Json *parameters)
{
    Found *found = ARENA_NEW(req->arena, Found);

    json_key(w, "param_fields");
    json_begin_object(w);
    for (const Json *item = parameters->first; item != NULL; item = item->next)
    {
        const char *id = json_text_or(json_get(item, "id"), NULL);

        found->count = 0;
        find(req, view, card, json_get(item, "target"), found);
        if (id != NULL)
            write_found(w, view, id, found);
    }
    json_end_object(w);
}

static bool
is_of_tag(const Json *target)
{
    return strcmp(json_text_or(json_at(json_at(target, 1), 0), ""), "template-tag") == 0;
}

/* Only of a tag the question has to be known. */
static void
find_mapped(Request *req, ParamView view, const Dashcard *dashcard, const char *id, Found *found)
{
    const Json *mappings = dashcard->parameter_mappings;

    for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
         item = item->next)
    {
        const Json *target = json_get(item, "target");
        int64_t card_id = json_int_or(json_get(item, "card_id"), dashcard->card_id.value);
        Card card = { 0 };

        if (strcmp(json_text_or(json_get(item, "parameter_id"), "-"), id) != 0)
            continue;
        if (!is_of_tag(target) || card_find(req->store, req->arena, card_id, &card, &(Error){ 0 }))
            find(req, view, &card, target, found);
    }
}

void
param_fields_of_dashboard(Request *req, JsonWriter *w, ParamView view, const DashcardList *cards,
                          const Json *parameters)
{
    Found *found = ARENA_NEW(req->arena, Found);

    json_key(w, "param_fields");
    json_begin_object(w);
    for (const Json *item = parameters == NULL ? NULL : parameters->first; item != NULL;
         item = item->next)
    {
        const char *id = json_text_or(json_get(item, "id"), NULL);

        found->count = 0;
        for (size_t i = 0; id != NULL && i < cards->count; i++)
            find_mapped(req, view, &cards->items[i], id, found);
        if (id != NULL)
            write_found(w, view, id, found);
    }
    json_end_object(w);
}
