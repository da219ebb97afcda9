/* The list at the end of the archive is what counts; parts of unknown methods are refused when they
 * are asked for. */
#include "upload/unzip.h"

#include <string.h>

enum
{
    END_BYTES = 22,
    COMMENT_BYTES = 65535,
    ENTRY_BYTES = 46,
    LOCAL_BYTES = 30,
    MOST_ENTRIES = 10000
};

/* A part that grows beyond this is no table that anybody wrote. */
static const uint64_t most_unpacked = (uint64_t) 1 << 30;

static unsigned
word(const char *at)
{
    const unsigned char *bytes = (const unsigned char *) at;

    return bytes[0] | (unsigned) bytes[1] << 8;
}

static uint32_t
number(const char *at)
{
    return word(at) | (uint32_t) word(at + 2) << 16;
}

static bool
broken(Error *err)
{
    return error_set(err, ERR_INVALID, "the file is damaged: it is no whole .xlsx");
}

static const char *
find_end(Str bytes)
{
    size_t back = END_BYTES;

    for (; back <= bytes.len && back <= END_BYTES + COMMENT_BYTES; back++)
        if (memcmp(bytes.ptr + bytes.len - back, "PK\005\006", 4) == 0)
            return bytes.ptr + bytes.len - back;
    return NULL;
}

/* Where the packed bytes begin is told beside them. */
static bool
read_local(Str bytes, size_t at, size_t packed, ZipEntry *entry)
{
    size_t begin;

    if (at + LOCAL_BYTES > bytes.len || memcmp(bytes.ptr + at, "PK\003\004", 4) != 0)
        return false;
    begin = at + LOCAL_BYTES + word(bytes.ptr + at + 26) + word(bytes.ptr + at + 28);
    if (begin > bytes.len || packed > bytes.len - begin)
        return false;
    entry->packed = (Str){ bytes.ptr + begin, packed };
    return true;
}

static bool
read_entry(Str bytes, size_t *at, ZipEntry *entry)
{
    const char *head = bytes.ptr + *at;
    size_t name, next;

    if (*at + ENTRY_BYTES > bytes.len || memcmp(head, "PK\001\002", 4) != 0)
        return false;
    name = word(head + 28);
    next = *at + ENTRY_BYTES + name + word(head + 30) + word(head + 32);
    if (next > bytes.len)
        return false;
    entry->name = (Str){ head + ENTRY_BYTES, name };
    entry->method = (word(head + 8) & 1) != 0 ? UINT16_MAX : word(head + 10); /* bit 0: encrypted */
    *at = next;
    return read_local(bytes, number(head + 42), number(head + 20), entry);
}

bool
archive_open(Arena *arena, Str bytes, Archive *archive, Error *err)
{
    const char *end = bytes.len < END_BYTES ? NULL : find_end(bytes);
    size_t count = end == NULL ? 0 : word(end + 10);
    size_t at = end == NULL ? 0 : number(end + 16);

    if (end == NULL || at > bytes.len || count > MOST_ENTRIES)
        return broken(err);
    archive->entries = ARENA_ARRAY(arena, count + 1, ZipEntry);
    archive->count = count;
    for (size_t i = 0; i < count; i++)
        if (!read_entry(bytes, &at, &archive->entries[i]))
            return broken(err);
    return true;
}

bool
part_open(const Archive *archive, Str name, Part *part, Error *err)
{
    const ZipEntry *found = NULL;

    *part = (Part){ .is_open = false };
    for (size_t i = 0; i < archive->count && found == NULL; i++)
        if (str_equal(archive->entries[i].name, name))
            found = &archive->entries[i];
    if (found == NULL)
        return error_set(err, ERR_INVALID, "the file is no Excel table: it has no %.*s",
                         (int) (name.len > 100 ? 100 : name.len), name.ptr);
    if (found->method != 0 && found->method != Z_DEFLATED)
        return error_set(err, ERR_MEDIA, "the file is encrypted, or packed in a way not read here");
    part->is_packed = found->method == Z_DEFLATED;
    part->rest = found->packed;
    if (part->is_packed)
    {
        part->stream.next_in = (Bytef *) found->packed.ptr;
        part->stream.avail_in = (uInt) found->packed.len;
        part->is_open = inflateInit2(&part->stream, -MAX_WBITS) == Z_OK;
        if (!part->is_open)
            return error_set(err, ERR_INTERNAL, "no memory to unpack the file");
    }
    return true;
}

static bool
unpack(Part *part, char *bytes, size_t size, size_t *len, Error *err)
{
    int status;

    part->stream.next_out = (Bytef *) bytes;
    part->stream.avail_out = (uInt) size;
    status = inflate(&part->stream, Z_NO_FLUSH);
    *len = size - part->stream.avail_out;
    /* With input left to read and no room filled, nothing more will come. */
    if ((status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) ||
        (*len == 0 && status != Z_STREAM_END))
        return broken(err);
    return true;
}

bool
part_read(Part *part, char *bytes, size_t size, size_t *len, Error *err)
{
    if (part->is_packed)
    {
        if (!unpack(part, bytes, size, len, err))
            return false;
    }
    else
    {
        *len = part->rest.len < size ? part->rest.len : size;
        memcpy(bytes, part->rest.ptr, *len);
        part->rest = (Str){ part->rest.ptr + *len, part->rest.len - *len };
    }
    part->unpacked += *len;
    return part->unpacked <= most_unpacked ||
           error_set(err, ERR_TOO_LARGE, "the table in the file is too large");
}

void
part_close(Part *part)
{
    if (part->is_open)
        (void) inflateEnd(&part->stream);
    part->is_open = false;
}
