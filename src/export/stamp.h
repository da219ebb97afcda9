/*
 * Dates, times of day and moments of an answer, taken apart and written as clients know them:
 * "2024-06-01T12:20:30.5+02:00". A moment of no zone is not shifted; the offset that the zone has
 * then is put behind it.
 */
#ifndef EXPORT_STAMP_H
#define EXPORT_STAMP_H

#include "base/time.h"
#include "sql/value.h"

typedef enum StampKind
{
    STAMP_DATE,
    STAMP_TIME,
    STAMP_LOCAL, /* a date and a time of no zone */
    STAMP_ZONED
} StampKind;

typedef struct Stamp
{
    StampKind kind;
    Civil at;         /* in the zone of the answer */
    int offset;       /* seconds east of UTC, of STAMP_ZONED and STAMP_TIME */
    const Zone *zone; /* of the others, for their offset; NULL: UTC */
} Stamp;

enum
{
    STAMP_TEXT_SIZE = 48
};

/* Does a column of this type hold dates or times? */
bool stamp_is_type(BaseType type);
/* False when the cell is not a date or a time: it is then shown as the text that it is. */
bool stamp_read(const Value *cell, const Zone *zone, Stamp *stamp);
/* As in the rows of an answer. */
void stamp_write(const Stamp *stamp, char text[STAMP_TEXT_SIZE]);
/* "2024-06-01", "10:20:30", "2024-06-01T10:20:30"; an offset only behind what has one. */
void stamp_write_plain(const Stamp *stamp, bool date_only, char text[STAMP_TEXT_SIZE]);

#endif
