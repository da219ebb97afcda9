#include "query/coercion.h"

#include "base/str.h"
#include "query/type.h"

#include <string.h>

typedef enum CoercionFrom
{
    FROM_NUMBER,
    FROM_TEXT,
    FROM_BYTES,
    FROM_MOMENT
} CoercionFrom;

static const struct
{
    CoercionFrom from;
    Coercion coercion;
} rows[] = {
    // clang-format off
    { FROM_NUMBER, { "Coercion/UNIXSeconds->DateTime", SLOT_FROM_UNIX, 1, BASE_INSTANT } },
    { FROM_NUMBER, { "Coercion/UNIXMilliSeconds->DateTime", SLOT_FROM_UNIX, 1000, BASE_INSTANT } },
    { FROM_NUMBER, { "Coercion/UNIXMicroSeconds->DateTime", SLOT_FROM_UNIX, 1000000, BASE_INSTANT } },
    { FROM_NUMBER, { "Coercion/UNIXNanoSeconds->DateTime", SLOT_FROM_UNIX, 1000000000, BASE_INSTANT } },
    { FROM_TEXT, { "Coercion/ISO8601->DateTime", SLOT_TEXT_TO_DATETIME, 0, BASE_DATE_TIME } },
    { FROM_TEXT, { "Coercion/ISO8601->Date", SLOT_TEXT_TO_DATE, 0, BASE_DATE } },
    { FROM_TEXT, { "Coercion/ISO8601->Time", SLOT_TEXT_TO_TIME, 0, BASE_TIME } },
    { FROM_TEXT, { "Coercion/YYYYMMDDHHMMSSString->Temporal", SLOT_COMPACT_TO_DATETIME, 0, BASE_DATE_TIME } },
    { FROM_BYTES, { "Coercion/YYYYMMDDHHMMSSBytes->Temporal", SLOT_COMPACT_BYTES_TO_DATETIME, 0, BASE_DATE_TIME } },
    { FROM_BYTES, { "Coercion/ISO8601Bytes->Temporal", SLOT_BYTES_TO_DATETIME, 0, BASE_DATE_TIME } },
    { FROM_MOMENT, { "Coercion/DateTime->Date", SLOT_MOMENT_TO_DATE, 0, BASE_DATE } },
    { FROM_TEXT, { "Coercion/String->Integer", SLOT_CAST_INTEGER, 0, BASE_INTEGER } },
    { FROM_TEXT, { "Coercion/String->Float", SLOT_CAST_FLOAT, 0, BASE_FLOAT } },
    { FROM_NUMBER, { "Coercion/Float->Integer", SLOT_CAST_INTEGER, 0, BASE_INTEGER } },
    // clang-format on
};

const Coercion *
coercion_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(rows[i].coercion.name, name) == 0)
            return &rows[i].coercion;
    return NULL;
}

static bool
fits(CoercionFrom from, BaseType type)
{
    TypeClass class = type_class(type);

    switch (from)
    {
        case FROM_NUMBER:
            return type_is_number(type);
        case FROM_TEXT:
            return class == CLASS_TEXT;
        case FROM_BYTES:
            return class == CLASS_OTHER;
        case FROM_MOMENT:
            return class == CLASS_DATETIME || class == CLASS_INSTANT;
    }
    return false;
}

bool
coercion_fits(const Coercion *coercion, BaseType base_type)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (&rows[i].coercion == coercion)
            return fits(rows[i].from, base_type);
    return false;
}

const char *
coercion_names(Arena *arena, BaseType base_type)
{
    Buf names = buf_new(arena, 4096);

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (fits(rows[i].from, base_type))
            buf_format(&names, names.len == 0 ? "%s" : ", %s", rows[i].coercion.name);
    return buf_cstr(&names);
}
