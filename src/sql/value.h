/*
 * A cell of a result or a bound value, and what is known of its column. Drivers make values, sinks
 * read them; a value made by a driver lives until the next row, its text is ended by zero.
 */
#ifndef SQL_VALUE_H
#define SQL_VALUE_H

#include "base/str.h"
#include "base/time.h"

typedef enum ValueKind
{
    VALUE_NULL,
    VALUE_BOOL,     /* boolean */
    VALUE_INT,      /* integer */
    VALUE_DOUBLE,   /* number */
    VALUE_DECIMAL,  /* text, digits as the database wrote them */
    VALUE_TEXT,     /* text */
    VALUE_DATE,     /* text: 2024-06-01 */
    VALUE_TIME,     /* text: 10:20:30.123456, perhaps with an offset */
    VALUE_DATETIME, /* text: 2024-06-01T10:20:30.123456, of no zone */
    VALUE_INSTANT,  /* integer: microseconds since 1970 in UTC */
    VALUE_BYTES,    /* text: any bytes */
    VALUE_JSON      /* text: JSON as the database wrote it */
} ValueKind;

typedef struct Value
{
    ValueKind kind;
    union
    {
        bool boolean;
        int64_t integer;
        double number;
        Str text;
    };
} Value;

#define VALUE_OF_NULL        ((Value){ .kind = VALUE_NULL })
#define VALUE_OF_INT(n)      ((Value){ .kind = VALUE_INT, .integer = (n) })
#define VALUE_OF_BOOL(b)     ((Value){ .kind = VALUE_BOOL, .boolean = (b) })
#define VALUE_OF_DOUBLE(d)   ((Value){ .kind = VALUE_DOUBLE, .number = (d) })
#define VALUE_OF_INSTANT(at) ((Value){ .kind = VALUE_INSTANT, .integer = (at) })
/* The text is not copied. NULL gives the null value. */
#define VALUE_OF_TEXT(t) value_of_text(t)
/* The two arguments "values, count" of a call: query(sql, VALUES(VALUE_OF_INT(1)), &rows, err). */
#define VALUES(...) (const Value[]){ __VA_ARGS__ }, COUNT_OF(((const Value[]){ __VA_ARGS__ }))

Value value_of_text(const char *text);
Value value_of_str(Str text);
/* 0 stands for no row, hence null. */
Value value_of_id(int64_t id);

bool value_has_text(const Value *value); /* is `text` the member in use? */
/* Lenient reading: numbers from text and booleans, booleans from 0, 1, t, f, true, false. */
int64_t value_to_int(const Value *value, int64_t fallback);
double value_to_double(const Value *value, double fallback);
bool value_to_bool(const Value *value, bool fallback);
/* The text form of any value, ended by zero; NULL for null. Bytes become hexadecimal digits. */
const char *value_to_text(Arena *arena, const Value *value);
/* A copy whose text belongs to `arena` and is ended by zero. */
Value value_copy(Arena *arena, const Value *value);
const char *value_kind_name(ValueKind kind);

typedef enum BaseType
{
#define BASE_TYPE(id, name) id,
#include "sql/base_type.def"
#undef BASE_TYPE
    BASE_TYPE_COUNT
} BaseType;

/* "type/Integer" */
const char *base_type_name(BaseType type);
/* False when there is no such type. */
bool base_type_from_name(const char *name, BaseType *type);

typedef struct Column
{
    const char *name;
    BaseType base_type;
    const char *database_type; /* as the database calls it; "" when not known */
} Column;

typedef struct Columns
{
    const Column *items;
    size_t count;
} Columns;

#endif
