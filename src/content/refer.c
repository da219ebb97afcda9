/* One walk over a tree; rows of tables say which members and which clauses refer to something. */
#include "content/refer.h"

#include <stdlib.h>
#include <string.h>

enum
{
    MOST_NOTES = 50,
    ENTITY_BYTES = 21,
    KEY_BYTES = 64 * 1024
};

static const char *const kind_words[KIND_COUNT] = {
    [KIND_COLLECTION] = "collection",
    [KIND_SNIPPET] = "snippet",
    [KIND_SEGMENT] = "segment",
    [KIND_MEASURE] = "measure",
    [KIND_DASHBOARD] = "dashboard",
    [KIND_CARD] = "card",
    [KIND_TAB] = "tab",
};

void
note_add(ContentNotes *notes, Arena *arena, const char *path, unsigned line, const char *format,
         ...)
{
    ContentNote *note;
    va_list args;

    if (notes->list.count >= MOST_NOTES)
    {
        notes->more++;
        return;
    }
    if (notes->list.arena == NULL)
        notes->list = list_new(arena);
    note = ARENA_NEW(arena, ContentNote);
    va_start(args, format);
    *note = (ContentNote){ path, line, arena_vformat(arena, format, args) };
    va_end(args);
    list_add(&notes->list, note);
}

bool
is_entity_id(const char *text)
{
    return strlen(text) == ENTITY_BYTES &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
               ENTITY_BYTES;
}

static Arena *
arena_of(const Referral *r)
{
    return r->names->arena;
}

/* Where it stands, for what is said of it. */
static void
complain(Referral *r, const Json *json, const char *text)
{
    note_add(r->notes, arena_of(r), r->path, json->line, "%s%s%s", r->to_names ? r->label : "",
             r->to_names ? ": " : "", text);
}

/* A reference that was not found: of the store, or of what the file says. What is gone leaves an
 * empty place. */
static Json *
not_found(Referral *r, const Json *json, const char *why)
{
    if (r->err->code != ERR_NONE)
        r->failed = true;
    else
        complain(r, json, why);
    return json_new(arena_of(r), JSON_NULL);
}

static Json *
wrong_number(Referral *r, const Json *json, const char *what)
{
    return not_found(r, json,
                     arena_format(arena_of(r), "%s %s: numbers of an instance are not read, %s",
                                  what, json->text, "name it as an export does"));
}

/* ---------------------------------------------------------------------------- single references */

Json *
refer_entity(Referral *r, ContentKind kind, const Json *json)
{
    Arena *arena = arena_of(r);
    const char *entity;
    int64_t id = 0;

    if (json->kind == JSON_NULL)
        return json_new(arena, JSON_NULL);
    if (r->to_names)
    {
        entity = json_to_int(json, &id) ? names_entity(r->names, kind, id) : NULL;
        if (entity == NULL)
            return not_found(r, json,
                             arena_format(arena, "it refers to the %s %s, which is gone",
                                          kind_words[kind], json_print(arena, json)));
        if (r->used != NULL)
            map_put(r->used[kind], entity, (void *) r->label);
        return json_new_text(arena, entity);
    }
    if (json->kind == JSON_NUMBER)
        return wrong_number(r, json, kind_words[kind]);
    entity = json_text_or(json, "");
    id = names_number(r->names, kind, entity);
    if (id != 0)
        return json_new_int(arena, id);
    return not_found(r, json,
                     arena_format(arena, "there is no %s %s, neither here nor in the files",
                                  kind_words[kind], entity));
}

static Json *
turn_card(Referral *r, const Json *json)
{
    return refer_entity(r, KIND_CARD, json);
}

static Json *
turn_snippet(Referral *r, const Json *json)
{
    return refer_entity(r, KIND_SNIPPET, json);
}

static Json *
turn_tab(Referral *r, const Json *json)
{
    return refer_entity(r, KIND_TAB, json);
}

static Json *
turn_database(Referral *r, const Json *json)
{
    Arena *arena = arena_of(r);
    const Database *database;
    const char *why = NULL;
    int64_t id = 0;

    if (json->kind == JSON_NULL)
        return json_new(arena, JSON_NULL);
    if (r->to_names)
    {
        database = json_to_int(json, &id) ? names_database(r->names, id) : NULL;
        return database != NULL
                   ? json_new_text(arena, database->name)
                   : not_found(r, json,
                               arena_format(arena, "it asks the database %s, which is gone",
                                            json_print(arena, json)));
    }
    if (json->kind == JSON_NUMBER)
        return wrong_number(r, json, "database");
    database = names_database_called(r->names, json_text_or(json, ""), &why);
    return database != NULL ? json_new_int(arena, database->id) : not_found(r, json, why);
}

Json *
refer_table(Referral *r, const Json *json)
{
    Arena *arena = arena_of(r);
    const char *why = "a table is named as [database, schema, table]";
    int64_t id = 0;
    Json *path;

    if (json->kind == JSON_NULL)
        return json_new(arena, JSON_NULL);
    if (r->to_names)
    {
        path = json_to_int(json, &id) ? names_table_path(r->names, id, r->err) : NULL;
        return path != NULL ? path
                            : not_found(r, json,
                                        arena_format(arena, "it refers to the table %s, %s",
                                                     json_print(arena, json), "which is gone"));
    }
    if (json->kind == JSON_NUMBER)
        return wrong_number(r, json, "table");
    if (names_is_table_path(json))
        id = names_table_at(r->names, json, &why, r->err);
    return id != 0 ? json_new_int(arena, id) : not_found(r, json, why);
}

static Json *
turn_field(Referral *r, const Json *json)
{
    Arena *arena = arena_of(r);
    const char *why = "a field is named as [database, schema, table, field]";
    int64_t id = 0;
    Json *path;

    if (json->kind == JSON_NULL)
        return json_new(arena, JSON_NULL);
    if (r->to_names)
    {
        if (!json_to_int(json, &id))
            return refer(r, json);
        path = names_field_path(r->names, id, r->err);
        return path != NULL ? path
                            : not_found(r, json,
                                        arena_format(arena, "it refers to the field %s, %s",
                                                     json_print(arena, json), "which is gone"));
    }
    if (json->kind == JSON_NUMBER)
        return wrong_number(r, json, "field");
    if (!names_is_field_path(json))
        return json->kind == JSON_ARRAY ? refer(r, json) : not_found(r, json, why);
    id = names_field_at(r->names, json, &why, r->err);
    return id != 0 ? json_new_int(arena, id) : not_found(r, json, why);
}

/* A table, or a saved question: card__7 here, its entity id in files. */
static Json *
turn_source(Referral *r, const Json *json)
{
    Arena *arena = arena_of(r);
    Json *made;
    int64_t id;

    if (json->kind != JSON_TEXT)
        return refer_table(r, json);
    if (!r->to_names)
    {
        made = refer_entity(r, KIND_CARD, json);
        return made->kind == JSON_NUMBER
                   ? json_new_text(arena, arena_format(arena, "card__%s", made->text))
                   : made;
    }
    if (strncmp(json->text, "card__", 6) != 0 ||
        !str_to_int(str_of(json->text + 6), 1, INT64_MAX, &id))
        return json_share(arena, json);
    return refer_entity(r, KIND_CARD, json_new_int(arena, id));
}

/* --------------------------------------------------------------------------- questions inside SQL
 */

/* {{#7-name}} and {{#entity-name}}: what follows the sign, in either form. */
static size_t
tag_number(const Referral *r, const char *text, const char **turned)
{
    Arena *arena = arena_of(r);
    size_t len = r->to_names ? strspn(text, "0123456789") : ENTITY_BYTES;
    const char *entity;
    int64_t id = 0;

    *turned = NULL;
    if (len == 0 || strnlen(text, len) < len)
        return 0;
    if (!r->to_names)
    {
        id = names_number(r->names, KIND_CARD, arena_text_n(arena, text, len));
        *turned = id == 0 ? NULL : arena_format(arena, "%lld", (long long) id);
        return len;
    }
    entity = str_to_int((Str){ text, len }, 1, INT64_MAX, &id)
                 ? names_entity(r->names, KIND_CARD, id)
                 : NULL;
    *turned = entity;
    return len;
}

/* "#7-name", the key and the name of a tag. */
static const char *
turn_tag_name(const Referral *r, const char *name)
{
    const char *turned;
    size_t len = name[0] == '#' ? tag_number(r, name + 1, &turned) : 0;

    if (len == 0 || turned == NULL)
        return name;
    return arena_format(arena_of(r), "#%s%s", turned, name + 1 + len);
}

/* Its number is not that of its name: then the name is only a name, as in files of Metabase. */
static bool
is_other_card(const Json *tag, const char *name)
{
    int64_t id = 0;

    return json_to_int(json_get(tag, "card-id"), &id) && id != strtoll(name + 1, NULL, 10);
}

static bool
is_card_tag(const Json *json)
{
    return json->kind == JSON_OBJECT &&
           strcmp(json_text_or(json_get(json, "type"), ""), "card") == 0;
}

/* At the sign of {{#7-name}}: the tag of that name, or NULL. */
static const Json *
tag_at(const Referral *r, const Json *object, const char *sign)
{
    const Json *tags = json_get(object, "template-tags");
    Str name = str_trim((Str){ sign, strcspn(sign, "}") });

    return json_get(tags == NULL ? json_get(object, "template_tags") : tags,
                    str_copy(arena_of(r), name));
}

static Json *
turn_sql(const Referral *r, const Json *object, const Json *json)
{
    Buf text = buf_new(arena_of(r), 4 * 1024 * 1024);
    Json *made;

    for (const char *c = json->text; *c != '\0';)
    {
        const char *sign = c;
        const char *turned = NULL;
        size_t len = 0;

        if (strncmp(c, "{{", 2) == 0)
            sign = c + 2 + strspn(c + 2, " ");
        if (sign != c && *sign == '#' && !is_other_card(tag_at(r, object, sign), sign))
            len = tag_number(r, sign + 1, &turned);
        if (turned != NULL)
        {
            buf_add(&text, c, (size_t) (sign - c) + 1);
            buf_text(&text, turned);
            c = sign + 1 + len;
            continue;
        }
        buf_char(&text, *c++);
    }
    made = json_new_text(arena_of(r), buf_cstr(&text));
    made->line = json->line;
    return made;
}

/* -------------------------------------------------------------------------------------- clauses */

static bool
has_head(const Json *json, const char *head)
{
    return json->kind == JSON_ARRAY && json->count >= 2 &&
           strcmp(json_text_or(json->first, ""), head) == 0;
}

static Json *
turn_segment(Referral *r, const Json *json)
{
    return refer_entity(r, KIND_SEGMENT, json);
}

static Json *
turn_measure(Referral *r, const Json *json)
{
    return refer_entity(r, KIND_MEASURE, json);
}

typedef Json *Turn(Referral *r, const Json *json);

/* [head, it, ...] and [head, {...}, it]. A field may also be named by a text: a column. */
static const struct
{
    const char *head;
    Turn *turn;
} clauses[] = {
    { "field", turn_field },     { "field-id", turn_field }, { "fk->", turn_field },
    { "segment", turn_segment }, { "metric", turn_card },    { "measure", turn_measure },
};

static Turn *
clause_of(const Json *json)
{
    for (size_t i = 0; i < COUNT_OF(clauses); i++)
        if (has_head(json, clauses[i].head))
            return clauses[i].turn;
    return NULL;
}

/* The item of a clause that refers: by a number here, by a path or an entity id in files. */
static bool
is_reference(const Referral *r, const Json *item, bool is_field)
{
    if (item->kind == JSON_NUMBER)
        return true;
    if (r->to_names)
        return false;
    return is_field ? names_is_field_path(item)
                    : item->kind == JSON_TEXT && is_entity_id(item->text);
}

static Json *
turn_clause(Referral *r, const Json *json, Turn *turn)
{
    Json *made = json_new(arena_of(r), JSON_ARRAY);
    bool done = false;
    size_t at = 0;

    for (const Json *item = json->first; item != NULL; item = item->next, at++)
    {
        bool here = at > 0 && at < 3 && (!done || has_head(json, "fk->")) &&
                    is_reference(r, item, turn == turn_field);

        (void) json_add(made, here ? turn(r, item) : refer(r, item));
        done = done || here;
    }
    return made;
}

/* -------------------------------------------------------------------------------------- members */

static const struct
{
    const char *key;
    Turn *turn;
} members[] = {
    { "source-table", turn_source }, { "source-card", turn_card },
    { "card-id", turn_card },        { "card_id", turn_card },
    { "snippet-id", turn_snippet },  { "table-id", refer_table },
    { "table_id", refer_table },     { "source-field", turn_field },
    { "tabId", turn_tab },           { "fk_target_field_id", turn_field },
};

static bool
is_question(const Json *object)
{
    return json_get(object, "query") != NULL || json_get(object, "native") != NULL ||
           json_get(object, "stages") != NULL;
}

/* Where a click leads. */
static Json *
turn_target(Referral *r, const Json *object, const Json *json)
{
    const char *type = json_text_or(json_get(object, "linkType"), "");

    if (strcmp(type, "dashboard") == 0)
        return refer_entity(r, KIND_DASHBOARD, json);
    return strcmp(type, "question") == 0 ? refer_entity(r, KIND_CARD, json) : refer(r, json);
}

/* The thing that a card of links shows: what else is kept of it is read anew. */
static Json *
turn_link(Referral *r, const Json *object)
{
    static const struct
    {
        const char *model;
        ContentKind kind;
    } models[] = { { "card", KIND_CARD },           { "question", KIND_CARD },
                   { "dataset", KIND_CARD },        { "metric", KIND_CARD },
                   { "dashboard", KIND_DASHBOARD }, { "collection", KIND_COLLECTION } };
    const char *model = json_text_or(json_get(object, "model"), "");
    const Json *id = json_get(object, "id");
    Json *made = json_new(arena_of(r), JSON_OBJECT);
    Json *turned = NULL;

    for (size_t i = 0; i < COUNT_OF(models) && turned == NULL; i++)
        if (strcmp(model, models[i].model) == 0)
            turned = refer_entity(r, models[i].kind, id);
    if (turned == NULL && strcmp(model, "table") == 0)
        turned = refer_table(r, id);
    if (turned == NULL && strcmp(model, "database") == 0)
        turned = turn_database(r, id);
    (void) json_put(arena_of(r), made, "id", turned == NULL ? refer(r, id) : turned);
    for (const Json *item = object->first; item != NULL; item = item->next)
        if (strcmp(item->key, "model") == 0 || strcmp(item->key, "name") == 0 ||
            strcmp(item->key, "description") == 0 || strcmp(item->key, "display") == 0)
            (void) json_put(arena_of(r), made, item->key, json_share(arena_of(r), item));
    return made;
}

/* A clause inside a text: ["ref",["field",7,null]]. Keys of settings are such. */
static const char *
turn_text(Referral *r, const char *text)
{
    Buf printed;
    JsonWriter w;
    Json *tree;

    if ((strncmp(text, "[\"ref\",", 7) != 0 && strncmp(text, "[\"dimension\",", 13) != 0) ||
        !json_parse(arena_of(r), str_of(text), NULL, &tree, &(Error){ 0 }))
        return text;
    printed = buf_new(arena_of(r), KEY_BYTES);
    w = json_writer(&printed);
    json_tree(&w, refer(r, tree));
    return printed.failed ? text : buf_cstr(&printed);
}

static Json *
turn_member(Referral *r, const Json *object, const Json *item)
{
    if (strcmp(item->key, "database") == 0 && is_question(object))
        return turn_database(r, item);
    if (strcmp(item->key, "targetId") == 0)
        return turn_target(r, object, item);
    if (strcmp(item->key, "entity") == 0 && json_get(item, "model") != NULL &&
        json_get(item, "id") != NULL)
        return turn_link(r, item);
    if (item->kind == JSON_TEXT &&
        (strcmp(item->key, "query") == 0 || strcmp(item->key, "native") == 0 ||
         strcmp(item->key, "content") == 0))
        return turn_sql(r, object, item);
    if (strcmp(item->key, "name") == 0 && item->kind == JSON_TEXT && is_card_tag(object) &&
        !is_other_card(object, item->text))
        return json_new_text(arena_of(r), turn_tag_name(r, item->text));
    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (strcmp(item->key, members[i].key) == 0)
            return members[i].turn(r, item);
    return refer(r, item);
}

static Json *
turn_object(Referral *r, const Json *json)
{
    Json *made = json_new(arena_of(r), JSON_OBJECT);

    for (const Json *item = json->first; item != NULL && !r->failed; item = item->next)
    {
        const char *key = is_card_tag(item) && !is_other_card(item, item->key)
                              ? turn_tag_name(r, item->key)
                              : turn_text(r, item->key);

        (void) json_put(arena_of(r), made, key, turn_member(r, json, item));
    }
    return made;
}

static Json *
turn_list(Referral *r, const Json *json)
{
    Json *made = json_new(arena_of(r), JSON_ARRAY);
    Json **last = &made->first;

    for (const Json *item = json->first; item != NULL && !r->failed; item = item->next)
    {
        *last = refer(r, item);
        last = &(*last)->next;
        made->count++;
    }
    return made;
}

Json *
refer(Referral *r, const Json *tree)
{
    Turn *turn = clause_of(tree);
    Json *made;

    if (turn != NULL)
        made = turn_clause(r, tree, turn);
    else if (tree->kind == JSON_OBJECT)
        made = turn_object(r, tree);
    else if (tree->kind == JSON_TEXT)
        made = json_new_text(arena_of(r), turn_text(r, tree->text));
    else if (tree->kind == JSON_ARRAY)
        made = turn_list(r, tree);
    else
        made = json_share(arena_of(r), tree);
    made->line = tree->line;
    return made;
}

Json *
refer_columns(Referral *r, const Json *columns)
{
    Json *made = refer(r, columns);

    for (Json *column = made->first; column != NULL && !r->failed; column = column->next)
    {
        const Json *id = json_get(column, "id");

        if (id != NULL)
            (void) json_put(arena_of(r), column, "id", turn_field(r, id));
    }
    return made;
}
