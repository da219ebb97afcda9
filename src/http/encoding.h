/* Content codings: which one a client takes, and compressing at once or as a stream. */
#ifndef HTTP_ENCODING_H
#define HTTP_ENCODING_H

#include "base/error.h"
#include "base/str.h"

typedef enum HttpEncoding
{
    ENCODING_IDENTITY,
    ENCODING_GZIP,
    ENCODING_ZSTD,
    ENCODING_BR, /* only for files that were compressed when the binary was built */
    ENCODING_COUNT
} HttpEncoding;

#define ENCODING_BIT(encoding) (1U << (encoding))

const char *encoding_name(HttpEncoding encoding); /* "gzip" */
/*
 * The best of the `offered` bits for an Accept-Encoding value (NULL: only identity): the highest
 * q-value, then br, zstd, gzip, identity. q=0 excludes. Identity when nothing fits.
 */
HttpEncoding encoding_choose(const char *accept, unsigned offered);
/* Text, JSON, JavaScript, SVG, XML, CSS, fonts that are not compressed. */
bool encoding_helps(const char *type);

/* Appends the compressed form; gzip or zstd only. `level` 0 means the default of the server. */
bool encoding_compress(HttpEncoding encoding, int level, Str input, Buf *out, Error *err);

typedef struct Encoder Encoder;
/* What comes out goes to `sink`, in pieces; its failure is passed on. */
typedef bool EncoderSink(void *arg, const char *bytes, size_t len, Error *err);

Encoder *encoder_new(HttpEncoding encoding, EncoderSink *sink, void *arg);
void encoder_free(Encoder **encoder);
bool encoder_write(Encoder *encoder, const char *bytes, size_t len, Error *err);
/* Everything given so far can be read by the client. */
bool encoder_flush(Encoder *encoder, Error *err);
bool encoder_end(Encoder *encoder, Error *err);

#endif
