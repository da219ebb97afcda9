/* One part of a table on its way: rows of COPY's binary form, masked field by field. */
#ifndef ETL_STREAM_H
#define ETL_STREAM_H

#include "etl/draft.h"

typedef struct Stream Stream;

/* `write` takes what goes to the target, in pieces; it fails with the error of the target. */
Stream *stream_new(Arena *arena, CopyTable *table, const HashKey *key,
                   bool (*write)(void *arg, Str bytes, Error *err), void *arg);
/* A PgChunk: one message of the source. */
bool stream_take(void *stream, Str chunk, Error *err);
/* Sends what is left and the end mark. ERR_UPSTREAM when the source ended too early. */
bool stream_end(Stream *stream, Error *err);
int64_t stream_rows(const Stream *stream);

#endif
