/* Parts of a ZIP archive that lies in memory, unpacked as they are read. Made for files of
 * strangers: everything is bounded, nothing of the archive is believed. */
#ifndef UPLOAD_UNZIP_H
#define UPLOAD_UNZIP_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <zlib.h>

typedef struct ZipEntry
{
    Str name;
    Str packed;
    unsigned method;
} ZipEntry;

typedef struct Archive
{
    ZipEntry *entries;
    size_t count;
} Archive;

/* The names point into `bytes`. */
bool archive_open(Arena *arena, Str bytes, Archive *archive, Error *err);

/* One part while it is read. */
typedef struct Part
{
    z_stream stream;
    bool is_packed;
    bool is_open;
    Str rest; /* of what is not packed */
    uint64_t unpacked;
} Part;

/* ERR_INVALID when there is none of that name. */
bool part_open(const Archive *archive, Str name, Part *part, Error *err);
/* At most `size` bytes; *len is 0 at the end. */
bool part_read(Part *part, char *bytes, size_t size, size_t *len, Error *err);
void part_close(Part *part);

#endif
