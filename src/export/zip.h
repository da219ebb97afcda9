/* A ZIP archive that is written as it goes: sizes follow what they are of, nothing is kept but the
 * list of names. */
#ifndef EXPORT_ZIP_H
#define EXPORT_ZIP_H

#include "export/export.h"

typedef struct Zip Zip;

/* Lives in the arena, with all that zlib holds: an archive that breaks needs no end. */
Zip *zip_open(Arena *arena, ByteSink *out);
/* The name is copied. One part is open at a time. */
bool zip_begin_part(Zip *zip, const char *name, Error *err);
bool zip_write(Zip *zip, const char *bytes, size_t len, Error *err);
bool zip_end_part(Zip *zip, Error *err);
bool zip_end(Zip *zip, Error *err);

#endif
