/* Builds SQL text. Knows quoting and placeholders; knows no statement and no database. */
#include "sql/sql.h"

#include <math.h>
#include <string.h>

static void
fail(Sql *sql, const char *reason)
{
    if (sql->failure == NULL)
        sql->failure = reason;
}

static void
add(Sql *sql, const char *text, size_t len)
{
    if (sql->text.arena == NULL)
        sql->text = buf_new(sql->arena, sql->dialect->max_text_bytes);
    buf_add(&sql->text, text, len);
    if (sql->text.failed)
        fail(sql, "the statement is too long");
}

/* `text` between `quote`s, which are doubled inside; so is the backslash where it means something.
 */
static void
add_quoted(Sql *sql, const char *text, char quote, bool backslash)
{
    add(sql, &quote, 1);
    for (const char *c = text; *c != '\0'; c++)
    {
        if (*c == quote || (backslash && *c == '\\'))
            add(sql, c, 1);
        add(sql, c, 1);
    }
    add(sql, &quote, 1);
}

void
sql_append_literal(Sql *sql, const char *literal)
{
    add(sql, literal, strlen(literal));
}

void
sql_ident(Sql *sql, const char *name)
{
    size_t len = strlen(name);

    if (len == 0 && !sql->dialect->has_empty_names)
        fail(sql, "a name is empty");
    else if (len > sql->dialect->max_ident_bytes)
        fail(sql, "a name is too long");
    else if (!str_is_utf8(str_of(name)))
        fail(sql, "a name is not UTF-8");
    else
        add_quoted(sql, name, sql->dialect->quote, sql->dialect->backslash_in_names);
}

void
sql_table(Sql *sql, const char *schema, const char *name)
{
    if (schema != NULL && schema[0] != '\0')
    {
        sql_ident(sql, schema);
        add(sql, ".", 1);
    }
    sql_ident(sql, name);
}

static void
add_constant(Sql *sql, const Value *value)
{
    switch (value->kind)
    {
        case VALUE_NULL:
            sql_words(sql, "null");
            break;
        case VALUE_BOOL:
            sql_append_literal(sql, value->boolean ? "true" : "false");
            break;
        case VALUE_INT:
            sql_int(sql, value->integer);
            break;
        case VALUE_DOUBLE:
            sql_double(sql, value->number);
            break;
        default:
            sql_quoted(sql, value_to_text(sql->arena, value));
            break;
    }
}

void
sql_bind(Sql *sql, Value value)
{
    if (sql->dialect->placeholder == PLACEHOLDER_NONE)
    {
        add_constant(sql, &value);
        return;
    }
    if (sql->value_count == sql->dialect->max_values)
    {
        fail(sql, "there are too many values");
        return;
    }
    if (sql->value_count == sql->value_size)
    {
        size_t size = sql->value_size == 0 ? 8 : 2 * sql->value_size;

        sql->values = arena_grow(sql->arena, sql->values, sql->value_size * sizeof(Value),
                                 size * sizeof(Value));
        sql->value_size = size;
    }
    sql->values[sql->value_count++] = value;
    if (sql->dialect->placeholder == PLACEHOLDER_QUESTION)
    {
        add(sql, "?", 1);
        return;
    }
    add(sql, "$", 1);
    sql_int(sql, (int64_t) sql->value_count);
}

void
sql_int(Sql *sql, int64_t value)
{
    Value integer = VALUE_OF_INT(value);
    const char *digits = value_to_text(sql->arena, &integer);

    add(sql, digits, strlen(digits));
}

void
sql_quoted(Sql *sql, const char *text)
{
    if (!str_is_utf8(str_of(text)))
        fail(sql, "a text is not UTF-8");
    else
        add_quoted(sql, text, '\'', sql->dialect->backslash_escapes);
}

void
sql_inside_quotes(Sql *sql, const char *text)
{
    if (!str_is_utf8(str_of(text)))
        fail(sql, "a text is not UTF-8");
    for (; *text != '\0'; text++)
    {
        if (*text == '\'' || (*text == '\\' && sql->dialect->backslash_escapes))
            add(sql, text, 1);
        add(sql, text, 1);
    }
}

void
sql_double(Sql *sql, double value)
{
    Value number = VALUE_OF_DOUBLE(value);
    const char *digits = isfinite(value) ? value_to_text(sql->arena, &number) : "null";

    add(sql, digits, strlen(digits));
}

void
sql_native(Sql *sql, Str text)
{
    if (!str_is_utf8(text) || memchr(text.ptr, '\0', text.len) != NULL)
        fail(sql, "the SQL text is not UTF-8");
    else
        add(sql, text.ptr, text.len);
}

const char *
dialect_slot(const Dialect *dialect, DialectSlot slot)
{
    static const char *const usual[] = {
#define SLOT(id, text) [id] = text,
#include "sql/dialect_slot.def"
#undef SLOT
    };

    if (dialect->slots != NULL && dialect->slots[slot] != NULL)
        return dialect->slots[slot];
    return usual[slot];
}

bool
sql_done(const Sql *sql, Error *err)
{
    if (sql->failure == NULL)
        return true;
    return error_set(err, sql->text.failed ? ERR_TOO_LARGE : ERR_INVALID,
                     "the SQL statement cannot be written: %s", sql->failure);
}

const char *
sql_cstr(const Sql *sql)
{
    return buf_cstr(&sql->text);
}
