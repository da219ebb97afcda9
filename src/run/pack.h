/* A whole result in one piece of memory: what the cache keeps and answers are written from. Shared
 * by counted references; not changed once it is shared. */
#ifndef RUN_PACK_H
#define RUN_PACK_H

#include "sql/row.h"

typedef struct Pack Pack;

/* A sink that fills one; more than `max_bytes` is ERR_TOO_LARGE. A row beyond `max_rows` (0: no
 * limit) stops the query; pack_was_cut tells that this failure is none. */
typedef struct Packer
{
    RowSink sink; /* first, so that a RowSink * is a Packer * */
    Pack *pack;
    size_t max_bytes;
    int64_t max_rows;
} Packer;

Packer packer_new(size_t max_bytes, int64_t max_rows);

Pack *pack_ref(Pack *pack);
/* Sets *pack to NULL; accepts NULL. */
void pack_free(Pack **pack);
const Columns *pack_columns(const Pack *pack);
int64_t pack_rows(const Pack *pack);
/* There were more rows than `max_rows`. */
bool pack_was_cut(const Pack *pack);
size_t pack_bytes(const Pack *pack);
/* begin, each row, end. Cells point into the pack. */
bool pack_replay(const Pack *pack, RowSink *sink, Error *err);

#endif
