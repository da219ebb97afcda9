/* What kinds of values there are for the compiler, and the type of a clause. */
#ifndef QUERY_TYPE_H
#define QUERY_TYPE_H

#include "query/ast.h"

typedef enum TypeClass
{
    CLASS_OTHER,
    CLASS_TEXT,
    CLASS_INTEGER,
    CLASS_FLOAT,
    CLASS_BOOLEAN,
    CLASS_DATE,
    CLASS_DATETIME, /* of no zone */
    CLASS_INSTANT,
    CLASS_TIME
} TypeClass;

TypeClass type_class(BaseType type);
bool type_is_temporal(BaseType type); /* date, date and time, instant: not time alone */
bool type_is_number(BaseType type);
/* Of a node whose arguments have theirs. */
BaseType node_type(const Node *node);
bool unit_is_extraction(Unit unit);
bool unit_is_day_or_more(Unit unit);
bool unit_fits(Unit unit, BaseType type);

#endif
