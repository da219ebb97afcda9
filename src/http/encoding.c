/*
 * gzip and zstd. Windows and tables are kept small, because many streams may be open at one time:
 * a gzip stream takes some 270 KB, a zstd stream some 600 KB (1.7 MB as the library would have it,
 * for answers that are 3 % smaller).
 */
#include "http/encoding.h"

#include "base/heap.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum
{
    GZIP_LEVEL = 5,
    GZIP_WINDOW = 15 + 16, /* 32 KB, with the gzip wrapper */
    ZSTD_LEVEL = 3,
    ZSTD_WINDOW_LOG = 16,
    ZSTD_TABLE_LOG = 14,
    PIECE_BYTES = 16 * 1024
};

struct Encoder
{
    EncoderSink *sink;
    void *arg;
    z_stream gzip;
    ZSTD_CCtx *zstd; /* NULL for gzip */
    char piece[PIECE_BYTES];
};

static const char *const names[ENCODING_COUNT] = {
    [ENCODING_IDENTITY] = "identity",
    [ENCODING_GZIP] = "gzip",
    [ENCODING_ZSTD] = "zstd",
    [ENCODING_BR] = "br",
};

const char *
encoding_name(HttpEncoding encoding)
{
    return names[encoding];
}

/* --- Negotiation ---------------------------------------------------------------------------- */

/* "0.5" in thousandths; anything malformed counts as 0, so that it excludes. */
static int
read_q(Str text)
{
    int value;
    int unit = 100;

    if (text.len == 0 || text.len > 5 || (text.ptr[0] != '0' && text.ptr[0] != '1'))
        return 0;
    value = (text.ptr[0] - '0') * 1000;
    if (text.len > 1 && text.ptr[1] != '.')
        return 0;
    for (size_t i = 2; i < text.len; i++, unit /= 10)
    {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return 0;
        value += (text.ptr[i] - '0') * unit;
    }
    return value > 1000 ? 1000 : value;
}

static int
quality(Str params)
{
    Str param;

    while (str_split(&params, ';', &param))
    {
        param = str_trim(param);
        if (str_has_prefix(param, "q=") || str_has_prefix(param, "Q="))
            return read_q((Str){ param.ptr + 2, param.len - 2 });
    }
    return 1000;
}

static void
note_coding(Str name, int q, int q_of[ENCODING_COUNT], int *q_any)
{
    if (str_is(name, "*"))
        *q_any = q;
    if (str_is_nocase(name, "x-gzip"))
        name = STR("gzip");
    for (int i = 0; i < ENCODING_COUNT; i++)
        if (str_is_nocase(name, names[i]))
            q_of[i] = q;
}

HttpEncoding
encoding_choose(const char *accept, unsigned offered)
{
    static const HttpEncoding order[] = { ENCODING_BR, ENCODING_ZSTD, ENCODING_GZIP,
                                          ENCODING_IDENTITY };
    int q_of[ENCODING_COUNT] = { -1, -1, -1, -1 };
    int q_any = -1;
    HttpEncoding best = ENCODING_IDENTITY;
    int best_q = 0;
    Str rest = str_of(accept);
    Str item;

    if (accept == NULL)
        return ENCODING_IDENTITY;
    while (str_split(&rest, ',', &item))
    {
        Str params = item;
        Str name;

        (void) str_split(&params, ';', &name); /* there is always a first part */
        note_coding(str_trim(name), quality(params), q_of, &q_any);
    }
    for (size_t i = 0; i < COUNT_OF(order); i++)
    {
        int q = q_of[order[i]] >= 0 ? q_of[order[i]] : q_any;

        if (order[i] == ENCODING_IDENTITY && q < 0)
            q = 1;
        if ((offered & ENCODING_BIT(order[i])) != 0 && q > best_q)
        {
            best = order[i];
            best_q = q;
        }
    }
    return best;
}

bool
encoding_helps(const char *type)
{
    static const char *const types[] = {
        "application/json",
        "application/javascript",
        "application/xml",
        "application/manifest+json",
        "application/geo+json",
        "application/x-ndjson",
        "image/svg+xml",
        "font/ttf",
        "application/problem+json",
    };
    Str media = str_of(type);
    Str rest = media;

    (void) str_split(&rest, ';', &media); /* there is always a first part */
    media = str_trim(media);
    if (media.len > 5 && str_is_nocase((Str){ media.ptr, 5 }, "text/"))
        return true;
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_is_nocase(media, types[i]))
            return true;
    return false;
}

/* --- Streams -------------------------------------------------------------------------------- */

Encoder *
encoder_new(HttpEncoding encoding, EncoderSink *sink, void *arg)
{
    Encoder *encoder = heap_new(1, sizeof(Encoder));

    encoder->sink = sink;
    encoder->arg = arg;
    if (encoding == ENCODING_ZSTD)
        encoder->zstd = ZSTD_createCCtx();
    if (encoder->zstd != NULL)
    {
        (void) ZSTD_CCtx_setParameter(encoder->zstd, ZSTD_c_compressionLevel, ZSTD_LEVEL);
        (void) ZSTD_CCtx_setParameter(encoder->zstd, ZSTD_c_windowLog, ZSTD_WINDOW_LOG);
        (void) ZSTD_CCtx_setParameter(encoder->zstd, ZSTD_c_hashLog, ZSTD_TABLE_LOG);
        (void) ZSTD_CCtx_setParameter(encoder->zstd, ZSTD_c_chainLog, ZSTD_TABLE_LOG);
        return encoder;
    }
    if (encoding != ENCODING_GZIP || deflateInit2(&encoder->gzip, GZIP_LEVEL, Z_DEFLATED,
                                                  GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    {
        heap_free(encoder);
        return NULL;
    }
    return encoder;
}

void
encoder_free(Encoder **encoder)
{
    if (*encoder == NULL)
        return;
    if ((*encoder)->zstd != NULL)
        (void) ZSTD_freeCCtx((*encoder)->zstd);
    else
        (void) deflateEnd(&(*encoder)->gzip); /* tells of unsent data, which an abort leaves */
    heap_free(*encoder);
    *encoder = NULL;
}

static bool
zstd_run(Encoder *encoder, const char *bytes, size_t len, ZSTD_EndDirective end, Error *err)
{
    ZSTD_inBuffer input = { .src = bytes, .size = len };

    for (;;)
    {
        ZSTD_outBuffer output = { .dst = encoder->piece, .size = PIECE_BYTES };
        size_t left = ZSTD_compressStream2(encoder->zstd, &output, &input, end);

        if (ZSTD_isError(left))
            return error_set(err, ERR_INTERNAL, "compression failed: %s", ZSTD_getErrorName(left));
        if (output.pos > 0 && !encoder->sink(encoder->arg, encoder->piece, output.pos, err))
            return false;
        if (end == ZSTD_e_continue ? input.pos == input.size : left == 0)
            return true;
    }
}

static bool
gzip_run(Encoder *encoder, const char *bytes, size_t len, int flush, Error *err)
{
    z_stream *z = &encoder->gzip;
    int code;

    z->next_in = (Bytef *) bytes; /* zlib reads it only */
    z->avail_in = (uInt) len;
    do
    {
        size_t made;

        z->next_out = (Bytef *) encoder->piece;
        z->avail_out = PIECE_BYTES;
        code = deflate(z, flush);
        if (code == Z_STREAM_ERROR)
            return error_set(err, ERR_INTERNAL, "compression failed");
        made = PIECE_BYTES - z->avail_out;
        if (made > 0 && !encoder->sink(encoder->arg, encoder->piece, made, err))
            return false;
    } while (z->avail_out == 0 || (flush == Z_FINISH && code != Z_STREAM_END));
    return true;
}

bool
encoder_write(Encoder *encoder, const char *bytes, size_t len, Error *err)
{
    const size_t most = 1U << 30; /* zlib counts in 32 bits */

    while (len > 0)
    {
        size_t now = len < most ? len : most;

        if (encoder->zstd != NULL ? !zstd_run(encoder, bytes, now, ZSTD_e_continue, err)
                                  : !gzip_run(encoder, bytes, now, Z_NO_FLUSH, err))
            return false;
        bytes += now;
        len -= now;
    }
    return true;
}

bool
encoder_flush(Encoder *encoder, Error *err)
{
    return encoder->zstd != NULL ? zstd_run(encoder, NULL, 0, ZSTD_e_flush, err)
                                 : gzip_run(encoder, NULL, 0, Z_SYNC_FLUSH, err);
}

bool
encoder_end(Encoder *encoder, Error *err)
{
    return encoder->zstd != NULL ? zstd_run(encoder, NULL, 0, ZSTD_e_end, err)
                                 : gzip_run(encoder, NULL, 0, Z_FINISH, err);
}

/* --- At once -------------------------------------------------------------------------------- */

static bool
into_buf(void *arg, const char *bytes, size_t len, Error *err)
{
    Buf *out = arg;

    buf_add(out, bytes, len);
    if (out->failed)
        return error_set(err, ERR_TOO_LARGE, "the compressed form is too large");
    return true;
}

bool
encoding_compress(HttpEncoding encoding, int level, Str input, Buf *out, Error *err)
{
    CLEANUP(encoder_free) Encoder *encoder = encoder_new(encoding, into_buf, out);

    if (encoder == NULL)
        return error_set(err, ERR_INTERNAL, "compression is not possible");
    if (level != 0 && encoder->zstd != NULL)
        (void) ZSTD_CCtx_setParameter(encoder->zstd, ZSTD_c_compressionLevel, level);
    else if (level != 0)
        (void) deflateParams(&encoder->gzip, level, Z_DEFAULT_STRATEGY);
    return encoder_write(encoder, input.ptr, input.len, err) && encoder_end(encoder, err);
}
