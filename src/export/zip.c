/* Parts are deflated; their sizes come in a descriptor behind them, so that nothing is written
 * twice. Archives beyond 4 GB are refused. */
#include "export/zip.h"

#include <string.h>
#include <zlib.h>

enum
{
    MAX_PARTS = 10000,
    OUT_BYTES = 32 * 1024,
    SPEED = 4, /* of 1 to 9 */
    /* of the format */
    VERSION = 20,
    FLAG_SIZES_FOLLOW = 1 << 3,
    FLAG_UTF8 = 1 << 11,
    METHOD_DEFLATE = 8,
    /* 1980-01-01: archives of the same rows are the same bytes */
    DOS_DATE = (1 << 5) | 1
};

typedef struct ZipPart
{
    const char *name;
    uint32_t crc;
    uint64_t plain;
    uint64_t packed;
    uint64_t offset;
} ZipPart;

struct Zip
{
    Arena *arena;
    ByteSink *out;
    uint64_t written;
    ZipPart *parts;
    size_t count;
    size_t room;
    z_stream stream;
    unsigned char piece[OUT_BYTES];
};

static void *
give_memory(void *arena, unsigned count, unsigned size)
{
    return arena_array(arena, count, size);
}

/* It goes with the arena. */
static void
take_memory(void *arena, void *memory)
{
    (void) arena;
    (void) memory;
}

Zip *
zip_open(Arena *arena, ByteSink *out)
{
    Zip *zip = ARENA_NEW(arena, Zip);

    zip->arena = arena;
    zip->out = out;
    zip->stream =
        (z_stream){ .zalloc = give_memory, .zfree = take_memory, .opaque = (void *) arena };
    return zip;
}

/* One state serves all parts. */
static bool
start_squeezing(Zip *zip)
{
    if (zip->stream.state != NULL)
        return deflateReset(&zip->stream) == Z_OK;
    return deflateInit2(&zip->stream, SPEED, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
}

static bool
send(Zip *zip, const void *bytes, size_t len, Error *err)
{
    zip->written += len;
    if (zip->written > UINT32_MAX)
        return error_set(err, ERR_TOO_LARGE, "the result is too large for one sheet: use CSV");
    return len == 0 || zip->out->write(zip->out, bytes, len, err);
}

/* Little-endian numbers of a header. */
typedef struct Header
{
    unsigned char bytes[64];
    size_t len;
} Header;

static void
put16(Header *header, unsigned number)
{
    header->bytes[header->len++] = (unsigned char) (number & 255);
    header->bytes[header->len++] = (unsigned char) (number >> 8 & 255);
}

static void
put32(Header *header, uint64_t number)
{
    put16(header, (unsigned) (number & 65535));
    put16(header, (unsigned) (number >> 16 & 65535));
}

/* What the head of a part and its line in the directory have in common. */
static void
put_common(Header *header, const ZipPart *part, bool sizes)
{
    put16(header, VERSION);
    put16(header, FLAG_SIZES_FOLLOW | FLAG_UTF8);
    put16(header, METHOD_DEFLATE);
    put16(header, 0);
    put16(header, DOS_DATE);
    put32(header, sizes ? part->crc : 0);
    put32(header, sizes ? part->packed : 0);
    put32(header, sizes ? part->plain : 0);
    put16(header, (unsigned) strlen(part->name));
    put16(header, 0);
}

static ZipPart *
next_part(Zip *zip)
{
    if (zip->count == zip->room)
    {
        size_t room = zip->room == 0 ? 16 : zip->room * 2;

        zip->parts =
            arena_grow(zip->arena, zip->parts, zip->room * sizeof(ZipPart), room * sizeof(ZipPart));
        zip->room = room;
    }
    return &zip->parts[zip->count];
}

bool
zip_begin_part(Zip *zip, const char *name, Error *err)
{
    ZipPart *part;
    Header header = { .len = 0 };

    if (zip->count == MAX_PARTS)
        return error_set(err, ERR_TOO_LARGE, "the archive has too many parts");
    part = next_part(zip);
    *part = (ZipPart){ .name = arena_text(zip->arena, name), .offset = zip->written };
    part->crc = (uint32_t) crc32(0, NULL, 0);
    if (!start_squeezing(zip))
        return error_set(err, ERR_INTERNAL, "the archive cannot be compressed");
    put32(&header, 0x04034b50);
    put_common(&header, part, false);
    return send(zip, header.bytes, header.len, err) && send(zip, name, strlen(name), err);
}

static bool
squeeze(Zip *zip, const char *bytes, size_t len, int flush, Error *err)
{
    ZipPart *part = &zip->parts[zip->count];
    int state;

    zip->stream.next_in = (unsigned char *) (uintptr_t) bytes;
    zip->stream.avail_in = (uInt) len;
    do
    {
        size_t made;

        zip->stream.next_out = zip->piece;
        zip->stream.avail_out = OUT_BYTES;
        state = deflate(&zip->stream, flush);
        made = OUT_BYTES - zip->stream.avail_out;
        part->packed += made;
        if (!send(zip, zip->piece, made, err))
            return false;
    } while (zip->stream.avail_out == 0 && state != Z_STREAM_END);
    return true;
}

bool
zip_write(Zip *zip, const char *bytes, size_t len, Error *err)
{
    ZipPart *part = &zip->parts[zip->count];

    part->crc = (uint32_t) crc32(part->crc, (const unsigned char *) bytes, (uInt) len);
    part->plain += len;
    if (part->plain > UINT32_MAX)
        return error_set(err, ERR_TOO_LARGE, "the result is too large for one sheet: use CSV");
    return squeeze(zip, bytes, len, Z_NO_FLUSH, err);
}

bool
zip_end_part(Zip *zip, Error *err)
{
    ZipPart *part = &zip->parts[zip->count];
    Header header = { .len = 0 };

    if (!squeeze(zip, "", 0, Z_FINISH, err))
        return false;
    zip->count++;
    put32(&header, 0x08074b50);
    put32(&header, part->crc);
    put32(&header, part->packed);
    put32(&header, part->plain);
    return send(zip, header.bytes, header.len, err);
}

static bool
send_directory_line(Zip *zip, const ZipPart *part, Error *err)
{
    Header header = { .len = 0 };

    put32(&header, 0x02014b50);
    put16(&header, VERSION);
    put_common(&header, part, true);
    put16(&header, 0);
    put16(&header, 0);
    put16(&header, 0);
    put32(&header, 0);
    put32(&header, part->offset);
    return send(zip, header.bytes, header.len, err) &&
           send(zip, part->name, strlen(part->name), err);
}

bool
zip_end(Zip *zip, Error *err)
{
    uint64_t start = zip->written;
    Header header = { .len = 0 };

    for (size_t i = 0; i < zip->count; i++)
        if (!send_directory_line(zip, &zip->parts[i], err))
            return false;
    put32(&header, 0x06054b50);
    put32(&header, 0);
    put16(&header, (unsigned) zip->count);
    put16(&header, (unsigned) zip->count);
    put32(&header, zip->written - start);
    put32(&header, start);
    put16(&header, 0);
    return send(zip, header.bytes, header.len, err);
}
