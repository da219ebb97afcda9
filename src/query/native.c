/* SQL templates: {{tags}}, [[optional parts]], field filters, snippets, saved questions. The text
 * of the person goes in as it is; values go in as quoted constants, never as text. */
#include "query/emit.h"
#include "query/expand.h"
#include "query/guard.h"
#include "query/params.h"
#include "query/parse.h"
#include "query/quotes.h"
#include "query/type.h"

#include <string.h>

typedef struct Template
{
    Compiler *c;
    Stage *stage;
    const Json *tags;
    const Json *parameters;
    const Path *path;
    int depth; /* of snippets */
} Template;

static NativePart *
add_part(Template *t, Native *native)
{
    if (native->count == native->size)
    {
        size_t size = native->size == 0 ? 16 : native->size * 2;

        native->parts = arena_grow(t->c->arena, native->parts, native->size * sizeof(NativePart),
                                   size * sizeof(NativePart));
        native->size = size;
    }
    return &native->parts[native->count++];
}

static void
add_text(Template *t, Native *native, Str text)
{
    NativePart *part = add_part(t, native);

    part->kind = PART_TEXT;
    part->text = text;
}

/* -------------------------------------------------------------------------------------- values */

static const Json *
next_parameter(const Template *t, const Json *tag, const char *name, const Json *after)
{
    const Json *item = after != NULL ? after->next : NULL;

    if (after == NULL && t->parameters != NULL && t->parameters->kind == JSON_ARRAY)
        item = t->parameters->first;
    for (; item != NULL; item = item->next)
        if (parameter_is_for(t->c, item, tag, name))
            return item;
    return NULL;
}

/* The value that was sent; the default when none was, or when a required one is null. */
static const Json *
tag_value(const Template *t, const Json *tag, const char *name, bool *sent)
{
    const Json *parameter = next_parameter(t, tag, name, NULL);
    const Json *value = json_get(parameter, "value");
    bool required = json_bool_or(member(t->c, tag, "required"), false);

    *sent = parameter != NULL && value != NULL;
    if (!param_is_empty(value))
        return value;
    if (*sent && !required)
        return NULL;
    value = json_get(tag, "default");
    return param_is_empty(value) ? NULL : value;
}

static bool
read_number(Template *t, const char *name, const Json *item, List *values, Error *err)
{
    Str rest, piece;

    if (item->kind == JSON_NUMBER || item->kind == JSON_BOOL)
    {
        Value *value = ARENA_NEW(t->c->arena, Value);

        *value = value_of_scalar(item);
        list_add(values, value);
        return true;
    }
    rest = str_of(json_text_or(item, ""));
    while (str_split(&rest, ',', &piece))
    {
        Value *value = ARENA_NEW(t->c->arena, Value);
        Value text = value_of_str(str_trim(piece));
        int64_t integer;

        if (text.text.len == 0)
            continue;
        if (str_to_int(text.text, INT64_MIN, INT64_MAX, &integer))
            *value = VALUE_OF_INT(integer);
        else
            *value = VALUE_OF_DOUBLE(value_to_double(&text, -1e308));
        if (value->kind == VALUE_DOUBLE && value->number == -1e308)
            return node_error(t->c, t->path, "the value of %s is not a number", name);
        list_add(values, value);
    }
    return true;
}

static bool
read_values(Template *t, const char *name, const char *type, const Json *value, List *values,
            Error *err)
{
    const Json *item = value->kind == JSON_ARRAY ? value->first : value;
    size_t count = value->kind == JSON_ARRAY ? value->count : 1;

    for (size_t i = 0; i < count; i++, item = item->next)
    {
        Value *plain = ARENA_NEW(t->c->arena, Value);
        Moment moment;

        if (strcmp(type, "number") == 0)
        {
            if (!read_number(t, name, item, values, err))
                return false;
            continue;
        }
        *plain = value_of_scalar(item);
        if (strcmp(type, "date") == 0 && value_has_text(plain) &&
            moment_read(t->c, plain->text, &moment))
        {
            const char *whole =
                moment_text(t->c, &moment.civil, moment.has_time ? BASE_DATE_TIME : BASE_DATE);

            *plain = value_of_str((Str){ whole, moment.has_time ? 19 : 10 });
            plain->text.ptr = str_copy(t->c->arena, plain->text);
        }
        if (strcmp(type, "boolean") == 0)
            *plain = VALUE_OF_BOOL(value_to_bool(plain, false));
        else if (!value_has_text(plain))
            *plain = VALUE_OF_TEXT(value_to_text(t->c->arena, plain));
        list_add(values, plain);
    }
    return true;
}

static bool
variable(Template *t, Native *native, const Json *tag, const char *name, const char *type,
         bool *has_value, Error *err)
{
    bool sent;
    const Json *value = tag_value(t, tag, name, &sent);
    List values = list_new(t->c->arena);
    NativePart *part;
    Value *plain;

    *has_value = value != NULL;
    if (value == NULL)
        return true;
    if (!read_values(t, name, type, value, &values, err))
        return false;
    if (values.count == 0)
        return node_error(t->c, t->path, "the value of %s is empty", name);
    plain = ARENA_ARRAY(t->c->arena, values.count, Value);
    for (size_t i = 0; i < values.count; i++)
        plain[i] = *(Value *) values.items[i];
    part = add_part(t, native);
    part->kind = PART_LIST;
    part->values = plain;
    part->count = values.count;
    return true;
}

/* ------------------------------------------------------------------------------- field filters */

/* The column of a field filter: of its table, or what its alias says. */
static bool
tag_column(Template *t, const Json *tag, const char *name, Node **result, Error *err)
{
    const Json *dimension = member(t->c, tag, "dimension");
    const char *alias = json_text_or(member(t->c, tag, "alias"), "");
    const CatalogField *field;
    OutColumn *column = ARENA_NEW(t->c->arena, OutColumn);
    Node *node;

    if (dimension == NULL || !parse_node(t->c, dimension, t->path, &node, err))
        return dimension != NULL ? false
                                 : node_error(t->c, t->path, "the tag %s has no field", name);
    field = node->kind == NODE_FIELD ? catalog_field(t->c->catalog, node->id) : NULL;
    if (field == NULL)
        return node_error(t->c, t->path, "the tag %s has no such field", name);
    *column = (OutColumn){ .alias = field->name,
                           .name = field->name,
                           .field = field,
                           .base_type = field->base_type,
                           .type = field->effective_type,
                           .physical = true };
    node->column = column;
    node->type = field->effective_type;
    node->name = alias[0] == '\0' ? NULL : alias;
    node->id = field->id;
    *result = node;
    return true;
}

static bool
typed_clause(Template *t, Node *clause, Error *err)
{
    if (!expand_node(t->c, t->stage, clause, err))
        return false;
    return check_node(t->c, clause, err);
}

static bool
field_filter(Template *t, Native *native, const Json *tag, const char *name, bool *has_value,
             Error *err)
{
    const char *widget = json_text_or(member(t->c, tag, "widget-type"), "category");
    const Json *options = member(t->c, tag, "options");
    const Json *parameter = next_parameter(t, tag, name, NULL);
    Node *column, *filter, *all;
    bool sent;
    const Json *value = tag_value(t, tag, name, &sent);
    NativePart *part;

    *has_value = value != NULL;
    if (value == NULL)
        return true;
    if (!tag_column(t, tag, name, &column, err))
        return false;
    all = node_call(t->c, FN_AND, t->path, 0);
    all->args = ARENA_ARRAY(t->c->arena, 32, Node *);
    do
    {
        const char *type = json_text_or(member(t->c, parameter, "type"), widget);
        const Json *one = parameter != NULL && !param_is_empty(json_get(parameter, "value"))
                              ? json_get(parameter, "value")
                              : value;

        if (strcmp(type, "category") == 0 || strcmp(type, "id") == 0)
            type = strncmp(widget, "date", 4) == 0 || strchr(widget, '/') != NULL ? widget : type;
        if (!param_filter(t->c, type, one, options, column, &filter, err) ||
            !typed_clause(t, filter, err))
            return false;
        all->args[all->count++] = filter;
        parameter = parameter == NULL ? NULL : next_parameter(t, tag, name, parameter);
    } while (parameter != NULL && all->count < 32);
    part = add_part(t, native);
    part->kind = PART_FILTER;
    part->node = all;
    return true;
}

static bool
unit_tag(Template *t, Native *native, const Json *tag, const char *name, Error *err)
{
    bool sent;
    const Json *value = tag_value(t, tag, name, &sent);
    NativePart *part;
    Node *column;

    if (!tag_column(t, tag, name, &column, err))
        return false;
    column->unit = UNIT_NONE;
    if (value != NULL)
    {
        column->unit = unit_from_name(json_text_or(value, NULL));
        if (column->unit == UNIT_NONE || !unit_fits(column->unit, column->type))
            return node_error(t->c, t->path, "%s is no unit of time for %s",
                              json_text_or(value, "this"), name);
    }
    part = add_part(t, native);
    part->kind = PART_UNIT;
    part->node = column;
    return true;
}

/* ---------------------------------------------------------------------------------------- tags */

static bool read_template(Template *t, Native *native, Str text, Error *err);

static bool
snippet(Template *t, Native *native, Str name, const Json *tag, Error *err)
{
    const char *wanted = json_text_or(member(t->c, tag, "snippet-name"), NULL);
    const CatalogItem *item;
    bool done;

    if (wanted == NULL)
        wanted = str_copy(t->c->arena, str_trim(name));
    item = catalog_item(t->c->catalog, CATALOG_SNIPPET,
                        json_int_or(member(t->c, tag, "snippet-id"), 0), wanted);
    if (item == NULL || item->text == NULL)
        return node_error(t->c, t->path, "there is no snippet %s", wanted);
    if (++t->depth > 10)
        return node_error(t->c, t->path, "snippets refer to each other in a circle");
    done = read_template(t, native, str_of(item->text), err);
    t->depth--;
    return done;
}

static bool
card_tag(Template *t, Native *native, Str name, const Json *tag, Error *err)
{
    int64_t id = json_int_or(member(t->c, tag, "card-id"), 0);
    size_t len = 1;
    NativePart *part;
    Stage *stage;

    while (len < name.len && name.ptr[len] >= '0' && name.ptr[len] <= '9')
        len++;
    if (id == 0 && !str_to_int((Str){ name.ptr + 1, len - 1 }, 1, INT64_MAX, &id))
        return node_error(t->c, t->path, "a saved question is named by its number");
    if (!resolve_card(t->c, id, t->path, &stage, err) || !expand_stage(t->c, stage, err))
        return false;
    part = add_part(t, native);
    part->kind = PART_CARD;
    part->stage = stage;
    return true;
}

static bool
table_tag(Template *t, Native *native, const Json *tag, Error *err)
{
    const CatalogTable *table =
        catalog_table(t->c->catalog, json_int_or(member(t->c, tag, "table-id"), 0));
    NativePart *part;

    if (table == NULL)
        return node_error(t->c, t->path, "the tag has no such table");
    part = add_part(t, native);
    part->kind = PART_TABLE;
    part->table = table;
    return true;
}

/* One {{tag}}. `has_value` false drops the block around it. */
static bool
read_tag(Template *t, Native *native, Str inside, bool in_block, bool *has_value, Error *err)
{
    Str trimmed = str_trim(inside);
    const char *name = str_copy(t->c->arena, trimmed);
    const Json *tag = json_get(t->tags, name);
    const char *type = json_text_or(member(t->c, tag, "type"), NULL);

    *has_value = true;
    if (str_has_prefix(trimmed, "snippet:"))
        return snippet(t, native, (Str){ trimmed.ptr + 8, trimmed.len - 8 }, tag, err);
    if (trimmed.len > 1 && trimmed.ptr[0] == '#')
        return card_tag(t, native, trimmed, tag, err);
    if (tag == NULL)
        return node_error(t->c, t->path, "there is no tag called %s", name);
    if (type == NULL)
        type = "text";
    if (strcmp(type, "card") == 0)
        return card_tag(t, native, trimmed, tag, err);
    if (strcmp(type, "snippet") == 0)
        return snippet(t, native, trimmed, tag, err);
    if (strcmp(type, "table") == 0)
        return table_tag(t, native, tag, err);
    if (strcmp(type, "temporal-unit") == 0)
        return unit_tag(t, native, tag, name, err);
    if (strcmp(type, "dimension") == 0)
    {
        if (!field_filter(t, native, tag, name, has_value, err))
            return false;
        if (!*has_value && !in_block)
            add_text(t, native, STR("1 = 1"));
        return true;
    }
    if (!variable(t, native, tag, name, type, has_value, err))
        return false;
    if (!*has_value && !in_block)
        return node_error(t->c, t->path, "missing required parameters: %s has no value", name);
    return true;
}

/* The length of a comment that begins here, or 0. */
static size_t
comment_length(Str rest)
{
    const char *end;

    if (str_has_prefix(rest, "--"))
    {
        end = memchr(rest.ptr, '\n', rest.len);
        return end == NULL ? rest.len : (size_t) (end - rest.ptr) + 1;
    }
    if (!str_has_prefix(rest, "/*"))
        return 0;
    end = memmem(rest.ptr, rest.len, "*/", 2);
    return end == NULL ? rest.len : (size_t) (end - rest.ptr) + 2;
}

static const char *
find_end(Str rest, const char *mark)
{
    return memmem(rest.ptr, rest.len, mark, 2);
}

/* Text with tags, without blocks inside; the parts go to `native`. */
static bool
read_parts(Template *t, Native *native, Str text, bool in_block, bool *complete, Error *err)
{
    size_t start = 0;
    size_t at = 0;

    *complete = true;
    while (at < text.len)
    {
        Str rest = { text.ptr + at, text.len - at };
        size_t comment = comment_length(rest);
        const char *end;
        bool has_value;

        if (comment > 0 || !str_has_prefix(rest, "{{"))
        {
            at += comment > 0 ? comment : 1;
            continue;
        }
        end = find_end(rest, "}}");
        if (end == NULL)
            return node_error(t->c, t->path, "a tag is not closed with }}");
        add_text(t, native, (Str){ text.ptr + start, at - start });
        if (!read_tag(t, native, (Str){ rest.ptr + 2, (size_t) (end - rest.ptr) - 2 }, in_block,
                      &has_value, err))
            return false;
        *complete = *complete && has_value;
        at += (size_t) (end - rest.ptr) + 2;
        start = at;
    }
    add_text(t, native, (Str){ text.ptr + start, text.len - start });
    return true;
}

static bool
read_block(Template *t, Native *native, Str inside, Error *err)
{
    size_t before = native->count;
    bool complete;

    if (!read_parts(t, native, inside, true, &complete, err))
        return false;
    if (!complete)
        native->count = before;
    return true;
}

static bool
read_template(Template *t, Native *native, Str text, Error *err)
{
    size_t start = 0;
    size_t at = 0;
    bool complete;

    while (at < text.len)
    {
        Str rest = { text.ptr + at, text.len - at };
        size_t comment = comment_length(rest);
        const char *end = comment == 0 && str_has_prefix(rest, "[[") ? find_end(rest, "]]") : NULL;

        if (end == NULL)
        {
            at += comment > 0 ? comment : 1;
            continue;
        }
        if (!read_parts(t, native, (Str){ text.ptr + start, at - start }, false, &complete, err) ||
            !read_block(t, native, (Str){ rest.ptr + 2, (size_t) (end - rest.ptr) - 2 }, err))
            return false;
        at += (size_t) (end - rest.ptr) + 2;
        start = at;
    }
    return read_parts(t, native, (Str){ text.ptr + start, text.len - start }, false, &complete,
                      err);
}

bool
native_expand(Compiler *c, Stage *stage, const Json *parameters, Error *err)
{
    const Json *json = stage->native->json;
    const Json *text = member(c, json, "query");
    Template t = { .c = c,
                   .stage = stage,
                   .tags = member(c, json, "template-tags"),
                   .parameters = parameters,
                   .path = stage->path };

    if (text == NULL)
        text = member(c, json, "native");
    if (text == NULL || text->kind != JSON_TEXT)
        return node_error(c, stage->path, "there is no SQL text");
    if (c->options.saved && parameters != NULL && !check_tag_parameters(c, t.tags, parameters, err))
        return false;
    return read_template(&t, stage->native, (Str){ text->text, text->len }, err);
}

/* ---------------------------------------------------------------------------------------- emit */

/* Without the semicolons and blanks at the end. */
static Str
without_end(Str text)
{
    while (text.len > 0 && strchr("; \t\r\n", text.ptr[text.len - 1]) != NULL)
        text.len--;
    return text;
}

static void
emit_constant(Emitter *x, Value value)
{
    switch (value.kind)
    {
        case VALUE_INT:
            sql_int(x->sql, value.integer);
            break;
        case VALUE_DOUBLE:
            sql_double(x->sql, value.number);
            break;
        case VALUE_BOOL:
            sql_append_literal(x->sql,
                               dialect_slot(x->c->dialect, value.boolean ? SLOT_TRUE : SLOT_FALSE));
            break;
        case VALUE_NULL:
            sql_words(x->sql, "null");
            break;
        default:
            sql_quoted(x->sql, value.text.ptr);
            break;
    }
}

/* In the open. */
static bool
emit_open_part(Emitter *x, const NativePart *part, Error *err)
{
    switch (part->kind)
    {
        case PART_TEXT:
            return true;
        case PART_VALUE:
        case PART_LIST:
            for (size_t i = 0; i < part->count; i++)
            {
                if (i > 0)
                    sql_words(x->sql, ", ");
                emit_constant(x, part->values[i]);
            }
            return true;
        case PART_FILTER:
            sql_words(x->sql, "(");
            if (!emit_condition(x, part->node, err))
                return false;
            sql_words(x->sql, ")");
            return true;
        case PART_UNIT:
            return emit_node(x, part->node, err);
        case PART_CARD:
            sql_words(x->sql, "(");
            if (!emit_stage(x->c, part->stage, err))
                return false;
            sql_words(x->sql, ")");
            return true;
        case PART_TABLE:
            guard_table(x->sql, part->table);
            return true;
    }
    return true;
}

/* One value where quotes stand around the tag: its text, which cannot end them. */
static bool
emit_inside(Emitter *x, const NativePart *part, Error *err)
{
    const char *text = part->count == 1 ? value_to_text(x->sql->arena, &part->values[0]) : NULL;

    if ((part->kind != PART_VALUE && part->kind != PART_LIST) || text == NULL)
        return node_error(x->c, x->stage->path,
                          "a tag that stands inside quotes takes one value: take the quotes away");
    sql_inside_quotes(x->sql, text);
    return true;
}

/* What goes in at a tag, by where the tag stands. */
static bool
emit_part(Emitter *x, const NativePart *part, Quotes *quotes, bool last, Error *err)
{
    if (part->kind == PART_TEXT)
    {
        Str text = last ? without_end(part->text) : part->text;

        if (quotes->is_after_value && text.len > 0 && text.ptr[0] == '\'')
            sql_words(x->sql, " ");
        quotes->is_after_value = false;
        quotes_read(quotes, text);
        sql_native(x->sql, text);
        return true;
    }
    if (quotes->place == PLACE_TEXT)
        return emit_inside(x, part, err);
    if (quotes->place != PLACE_OPEN)
        return node_error(x->c, x->stage->path,
                          "a tag stands inside a quoted name or a comment: no value can go there");
    if (quotes_touch(quotes))
        sql_words(x->sql, " ");
    quotes->is_after_value = true;
    return emit_open_part(x, part, err);
}

bool
emit_native(Compiler *c, const Stage *stage, Error *err)
{
    Quotes quotes = quotes_begin(c->dialect);
    Emitter x = { .c = c, .sql = c->sql, .stage = stage };
    const Native *native = stage->native;

    for (size_t i = 0; i < native->count; i++)
        if (!emit_part(&x, &native->parts[i], &quotes, i + 1 == native->count, err))
            return false;
    if (stage != c->stage && quotes.place != PLACE_OPEN && quotes.place != PLACE_LINE)
        return node_error(c, stage->path, "the SQL of a saved question ends inside quotes");
    /* A comment at the end must not swallow what follows. */
    if (stage != c->stage)
        sql_words(c->sql, "\n");
    return true;
}
