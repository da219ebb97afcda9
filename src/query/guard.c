/* Row conditions lie below the language: no clause, no template and no nesting gets around the
 * select that is written here in place of the table. */
#include "query/guard.h"

#include <string.h>

static bool
is_number(BaseType type)
{
    return type >= BASE_NUMBER && type <= BASE_DECIMAL;
}

/* A value in the kind of its column; false when it cannot be one, and so matches nothing. */
static bool
value_for(const CatalogField *field, const Json *json, Value *value)
{
    int64_t integer;

    if (json->kind == JSON_BOOL)
        *value = VALUE_OF_BOOL(json->boolean);
    else if (json->text == NULL)
        return false;
    else if (!is_number(field->base_type))
        *value = value_of_text(json->text);
    else if (str_to_int(str_of(json->text), INT64_MIN, INT64_MAX, &integer))
        *value = VALUE_OF_INT(integer);
    else if (json->kind == JSON_NUMBER)
        *value = VALUE_OF_DOUBLE(json_double_or(json, 0));
    else
        return false;
    return true;
}

static void
write_operator(Sql *sql, const char *operator)
{
    if (strcmp(operator, "<") == 0)
        sql_words(sql, " < ");
    else if (strcmp(operator, "<=") == 0)
        sql_words(sql, " <= ");
    else if (strcmp(operator, ">") == 0)
        sql_words(sql, " > ");
    else if (strcmp(operator, ">=") == 0)
        sql_words(sql, " >= ");
    else if (strcmp(operator, "!=") == 0)
        sql_words(sql, " <> ");
    else
        sql_words(sql, " = ");
}

/* Several values: any of them for "=", none of them for "!=". */
static void
write_condition(Sql *sql, const CatalogCondition *condition)
{
    bool all = strcmp(condition->operator, "!=") == 0;
    size_t count = 0;
    Value value;

    sql_words(sql, "(");
    for (const Json *item = condition->values->first; item != NULL; item = item->next)
    {
        if (!value_for(condition->field, item, &value))
            continue;
        if (count++ > 0 && all)
            sql_words(sql, " and ");
        else if (count > 1)
            sql_words(sql, " or ");
        sql_ident(sql, condition->field->name);
        write_operator(sql, condition->operator);
        sql_bind(sql, value);
    }
    if (count == 0)
        sql_words(sql, "1 = 0");
    sql_words(sql, ")");
}

static void
write_conditions(Sql *sql, const CatalogTable *table)
{
    for (size_t i = 0; i < table->condition_count; i++)
    {
        const CatalogCondition *condition = &table->conditions[i];
        bool same = i > 0 && condition->group_id == table->conditions[i - 1].group_id;

        if (i == 0)
            sql_words(sql, "(");
        else if (same)
            sql_words(sql, " and ");
        else
            sql_words(sql, ") or (");
        write_condition(sql, condition);
    }
    sql_words(sql, ")");
}

void
guard_table(Sql *sql, const CatalogTable *table)
{
    if (table->condition_count == 0)
    {
        sql_table(sql, table->schema, table->name);
        return;
    }
    sql_words(sql, "(select * from ");
    sql_table(sql, table->schema, table->name);
    sql_words(sql, " where ");
    write_conditions(sql, table);
    sql_words(sql, ")");
}
