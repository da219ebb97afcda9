/* Types of clauses from the table of functions. */
#include "query/type.h"

TypeClass
type_class(BaseType type)
{
    switch (type)
    {
        case BASE_TEXT:
        case BASE_TEXT_LIKE:
            return CLASS_TEXT;
        case BASE_INTEGER:
        case BASE_BIG_INTEGER:
            return CLASS_INTEGER;
        case BASE_NUMBER:
        case BASE_FLOAT:
        case BASE_DECIMAL:
            return CLASS_FLOAT;
        case BASE_BOOLEAN:
            return CLASS_BOOLEAN;
        case BASE_DATE:
            return CLASS_DATE;
        case BASE_TIME:
        case BASE_TIME_WITH_TZ:
        case BASE_TIME_WITH_LOCAL_TZ:
        case BASE_TIME_WITH_ZONE_OFFSET:
            return CLASS_TIME;
        case BASE_DATE_TIME:
        case BASE_TEMPORAL:
            return CLASS_DATETIME;
        case BASE_DATE_TIME_WITH_TZ:
        case BASE_DATE_TIME_WITH_LOCAL_TZ:
        case BASE_DATE_TIME_WITH_ZONE_OFFSET:
        case BASE_DATE_TIME_WITH_ZONE_ID:
        case BASE_INSTANT:
            return CLASS_INSTANT;
        default:
            return CLASS_OTHER;
    }
}

bool
type_is_temporal(BaseType type)
{
    TypeClass class = type_class(type);

    return class == CLASS_DATE || class == CLASS_DATETIME || class == CLASS_INSTANT;
}

bool
type_is_number(BaseType type)
{
    TypeClass class = type_class(type);

    return class == CLASS_INTEGER || class == CLASS_FLOAT;
}

bool
unit_is_extraction(Unit unit)
{
    return unit_rows[unit].kind == UNIT_KIND_EXTRACT;
}

bool
unit_is_day_or_more(Unit unit)
{
    return unit >= UNIT_DAY && unit <= UNIT_YEAR;
}

bool
unit_fits(Unit unit, BaseType type)
{
    bool of_day = (unit >= UNIT_MILLISECOND && unit <= UNIT_HOUR) ||
                  (unit >= UNIT_SECOND_OF_MINUTE && unit <= UNIT_HOUR_OF_DAY);

    if (unit == UNIT_NONE || unit == UNIT_DEFAULT)
        return true;
    switch (type_class(type))
    {
        case CLASS_DATE:
            return !of_day;
        case CLASS_TIME:
            return of_day;
        case CLASS_INTEGER:
        case CLASS_FLOAT:
        case CLASS_BOOLEAN:
            return false;
        default:
            return true;
    }
}

static BaseType
value_type(const Node *node)
{
    switch (node->value.kind)
    {
        case VALUE_BOOL:
            return BASE_BOOLEAN;
        case VALUE_INT:
            return BASE_INTEGER;
        case VALUE_DOUBLE:
        case VALUE_DECIMAL:
            return BASE_FLOAT;
        case VALUE_TEXT:
            return BASE_TEXT;
        default:
            return BASE_ANY;
    }
}

/* Integers stay integers; a time plus an interval is a time. */
static BaseType
arithmetic_type(const Node *node)
{
    BaseType type = BASE_INTEGER;

    for (size_t i = 0; i < node->count; i++)
    {
        BaseType one = node->args[i]->type;

        if (type_is_temporal(one) || type_class(one) == CLASS_TIME)
            return one;
        if (type_class(one) != CLASS_INTEGER)
            type = BASE_FLOAT;
    }
    return type;
}

static BaseType
branch_type(const Node *node)
{
    for (size_t i = 0; i < node->count; i++)
    {
        bool is_value = i % 2 == 1 || (node->has_default && i + 1 == node->count);

        if (is_value && node->args[i]->type != BASE_ANY)
            return node->args[i]->type;
    }
    return BASE_ANY;
}

static BaseType
first_type(const Node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->args[i]->type != BASE_ANY)
            return node->args[i]->type;
    return BASE_ANY;
}

static BaseType
moment_type(const Node *node)
{
    BaseType type = node->args[0]->type;

    return type_is_temporal(type) || type_class(type) == CLASS_TIME ? type : BASE_DATE_TIME;
}

BaseType
node_type(const Node *node)
{
    if (node->kind == NODE_VALUE)
        return node->typed ? node->type : value_type(node);
    switch (function_rows[node->fn].result)
    {
        case RESULT_BOOLEAN:
            return BASE_BOOLEAN;
        case RESULT_INTEGER:
            return BASE_INTEGER;
        case RESULT_FLOAT:
            return BASE_FLOAT;
        case RESULT_TEXT:
            return BASE_TEXT;
        case RESULT_DATE:
            return BASE_DATE;
        case RESULT_DATETIME:
            return BASE_DATE_TIME;
        case RESULT_INSTANT:
            return BASE_DATE_TIME_WITH_LOCAL_TZ;
        case RESULT_TIME:
            return BASE_TIME;
        case RESULT_INTERVAL:
            return BASE_INTERVAL;
        case RESULT_NUMBER:
            return arithmetic_type(node);
        case RESULT_FIRST:
            return node->count == 0 ? BASE_INTEGER : first_type(node);
        case RESULT_BRANCH:
            return branch_type(node);
        case RESULT_MOMENT:
            return moment_type(node);
    }
    return BASE_ANY;
}
