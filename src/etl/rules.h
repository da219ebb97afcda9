/*
 * The masks: what each does to a value, where, and which types can carry it. `rules.def` is the
 * list. No mask ever puts a value of the data in a message.
 */
#ifndef ETL_RULES_H
#define ETL_RULES_H

#include "base/crypto.h"
#include "etl/schema.h"

typedef enum MaskPlace
{
    MASK_SOURCE,
    MASK_HERE
} MaskPlace;

enum
{
    MASK_UNIQUE = 1,
    MASK_ALIKE = 2
};

/* What rules can say besides the name; each mask takes some of them. */
typedef struct MaskArgs
{
    const char *value;
    TextList values;
    const char *unit;
    const char *by;
    int64_t step;
    int64_t first;
    int64_t last;
    int64_t days;
    int64_t percent;
    int64_t length;
} MaskArgs;

typedef struct Mask Mask;
typedef struct MaskUse
{
    const Mask *mask;
    MaskArgs args;
} MaskUse;

/* One value on its way: the field as COPY's binary form has it. */
typedef struct MaskCall
{
    const MaskUse *use;
    const HashKey *key;
    const SourceColumn *column;
    Str value; /* ptr NULL: not selected, because it is always there */
    Str ident; /* the text of the row's id, or of the column `by` */
} MaskCall;

struct Mask
{
    const char *name;
    MaskPlace place;
    unsigned families;
    unsigned flags;
    const char *result; /* the type it gives; "" for that of the column */
    const Field *options;
    /* Writes the expression of the query. NULL: nothing is selected. */
    void (*select)(Sql *sql, const MaskUse *use, const SourceColumn *column);
    /* Writes the field, length first. NULL: what was selected goes through. */
    void (*apply)(const MaskCall *call, Buf *out);
    const char *help;
};

extern const Mask masks[];
extern const size_t mask_count;

const Mask *mask_find(const char *name);
/* A name, or {mask: name, option: value}. */
bool mask_read(Arena *arena, const Json *json, MaskUse *use, Error *err);
/* The mask of a column that a list of the seed names. */
MaskUse mask_default(Arena *arena, const SourceColumn *column);
/* What column_default means for that column: its constant, else null. */
MaskUse mask_constant_default(Arena *arena, const SourceColumn *column);
/* Can the column carry it? `ident_letters`: how long an id can be. */
bool mask_fits(const MaskUse *use, const SourceColumn *column, int64_t ident_letters, Error *err);
SqlType mask_type(const MaskUse *use, const SourceColumn *column);
bool mask_is(const MaskUse *use, const char *name);
bool mask_needs_key(const MaskUse *use);
/* Does apply look at `ident`? */
bool mask_needs_ident(const MaskUse *use);
/* False: nothing has to be selected, apply knows enough. */
bool mask_selects(const MaskUse *use, const SourceColumn *column);
/* "round step 10", for reports. */
const char *mask_shown(Arena *arena, const MaskUse *use);

/* "c"::type when the target holds it as another type, else "c". */
void sql_column(Sql *sql, const SourceColumn *column);

#endif
