/*
 * Reads tuples of COPY's binary form and writes those of the target. Fields go through as they
 * are, or by the mask's function; a large field is not copied here.
 */
#include "etl/stream.h"

#include <endian.h>
#include <string.h>

enum
{
    HEADER_BYTES = 19,
    PIECE_BYTES = 256 * 1024,
    LARGE_FIELD = 64 * 1024
};

static const char signature[] = "PGCOPY\n\377\r\n";

/* What becomes one column of the target. */
typedef struct Step
{
    const CopyColumn *column;
    int input; /* the field of the source; -1: nothing was selected */
    int ident; /* the field that identifies the row; -1: none */
} Step;

struct Stream
{
    CopyTable *table;
    const HashKey *key;
    bool (*write)(void *arg, Str bytes, Error *err);
    void *arg;
    Step *steps;
    Str *fields; /* of one tuple; ptr NULL: null */
    size_t field_count;
    bool same; /* every field goes through: tuples are not looked into */
    bool begun;
    bool ended;
    int64_t rows;
    Buf out;
};

/* In the order in which copy_select writes its expressions. */
static void
plan_steps(Stream *s)
{
    int next = 0, ident = s->table->ident ? next++ : -1;

    s->same = !s->table->ident;
    for (size_t i = 0; i < s->table->column_count; i++)
    {
        const CopyColumn *column = &s->table->columns[i];
        Step *step = &s->steps[i];
        bool selects = !column->masked || mask_selects(&column->use, column->source);

        *step = (Step){ column, selects ? next++ : -1, ident };
        if (column->masked && column->use.args.by != NULL)
            step->ident = next++;
        s->same = s->same && selects && (!column->masked || column->use.mask->apply == NULL);
    }
    s->field_count = (size_t) next;
}

Stream *
stream_new(Arena *arena, CopyTable *table, const HashKey *key,
           bool (*write)(void *arg, Str bytes, Error *err), void *arg)
{
    Stream *s = ARENA_NEW(arena, Stream);

    s->table = table;
    s->key = key;
    s->write = write;
    s->arg = arg;
    s->steps = ARENA_ARRAY(arena, table->column_count, Step);
    s->fields = ARENA_ARRAY(arena, 2 * table->column_count + 1, Str);
    s->out = buf_new(arena, 8 * 1024 * 1024);
    plan_steps(s);
    return s;
}

static bool
flush(Stream *s, Error *err)
{
    bool done = !s->out.failed || error_set(err, ERR_TOO_LARGE, "a row is too large");

    if (done && s->out.len > 0)
        done = s->write(s->arg, buf_slice(&s->out), err);
    buf_clear(&s->out);
    return done;
}

static uint32_t
read_uint32(const char *at)
{
    uint32_t number;

    memcpy(&number, at, sizeof(number));
    return be32toh(number);
}

static int
read_int16(const char *at)
{
    uint16_t number;

    memcpy(&number, at, sizeof(number));
    return (int16_t) be16toh(number);
}

static void
put_int16(Buf *out, int number)
{
    uint16_t bytes = htobe16((uint16_t) number);

    buf_add(out, (const char *) &bytes, sizeof(bytes));
}

static bool
malformed(Error *err)
{
    return error_set(err, ERR_UPSTREAM, "the source sent something that is not a binary copy");
}

/* -------------------------------------------------------------------------------------- tuples */

/* A field goes through; a large one straight to the target. */
static bool
put_same(Stream *s, Str field, Error *err)
{
    uint32_t len = htobe32(field.ptr == NULL ? UINT32_MAX : (uint32_t) field.len);

    buf_add(&s->out, (const char *) &len, sizeof(len));
    if (field.ptr == NULL)
        return true;
    if (field.len < LARGE_FIELD)
    {
        buf_str(&s->out, field);
        return true;
    }
    return flush(s, err) && s->write(s->arg, field, err);
}

static bool
put_step(Stream *s, const Step *step, Error *err)
{
    static const Str null = { NULL, 0 };
    Str value = step->input < 0 ? null : s->fields[step->input];
    MaskCall call = { .key = s->key, .value = value };

    if (!step->column->masked || step->column->use.mask->apply == NULL ||
        (step->input >= 0 && value.ptr == NULL))
        return put_same(s, value, err);
    call.use = &step->column->use;
    call.column = step->column->source;
    if (step->ident >= 0)
        call.ident = s->fields[step->ident];
    step->column->use.mask->apply(&call, &s->out);
    return true;
}

/* Cuts a tuple in fields. *used: its bytes. */
static bool
read_fields(Stream *s, Str tuple, size_t *used, Error *err)
{
    size_t at = 2;

    for (size_t i = 0; i < s->field_count; i++)
    {
        uint32_t len;

        if (tuple.len - at < 4)
            return malformed(err);
        len = read_uint32(tuple.ptr + at);
        at += 4;
        s->fields[i] = (Str){ NULL, 0 };
        if (len == UINT32_MAX)
            continue;
        if (len > tuple.len - at)
            return malformed(err);
        s->fields[i] = (Str){ tuple.ptr + at, len };
        at += len;
    }
    *used = at;
    return true;
}

static bool
take_tuple(Stream *s, Str chunk, size_t *used, Error *err)
{
    int count = read_int16(chunk.ptr);

    if (count < 0)
    {
        s->ended = true;
        *used = chunk.len;
        return true;
    }
    if ((size_t) count != s->field_count)
        return malformed(err);
    if (!read_fields(s, chunk, used, err))
        return false;
    s->rows++;
    if (s->same && *used < LARGE_FIELD)
    {
        buf_add(&s->out, chunk.ptr, *used);
        return true;
    }
    put_int16(&s->out, (int) s->table->column_count);
    for (size_t i = 0; i < s->table->column_count; i++)
        if (!put_step(s, &s->steps[i], err))
            return false;
    return true;
}

/* The first message begins with the header. */
static bool
take_header(Stream *s, Str *chunk, Error *err)
{
    uint32_t extension;

    if (chunk->len < HEADER_BYTES || memcmp(chunk->ptr, signature, sizeof(signature)) != 0)
        return malformed(err);
    extension = read_uint32(chunk->ptr + HEADER_BYTES - 4);
    if (extension > chunk->len - HEADER_BYTES)
        return malformed(err);
    chunk->ptr += HEADER_BYTES + extension;
    chunk->len -= HEADER_BYTES + extension;
    buf_add(&s->out, signature, sizeof(signature));
    buf_add(&s->out, "\0\0\0\0\0\0\0\0", 8);
    s->begun = true;
    return true;
}

bool
stream_take(void *stream, Str chunk, Error *err)
{
    Stream *s = stream;
    int64_t rows = s->rows;

    if (!s->begun && !take_header(s, &chunk, err))
        return false;
    atomic_fetch_add_explicit(&s->table->bytes, (int64_t) chunk.len, memory_order_relaxed);
    while (chunk.len >= 2 && !s->ended)
    {
        size_t used = 0;

        if (!take_tuple(s, chunk, &used, err))
            return false;
        chunk.ptr += used;
        chunk.len -= used;
    }
    if (chunk.len == 1)
        return malformed(err);
    atomic_fetch_add_explicit(&s->table->rows, s->rows - rows, memory_order_relaxed);
    return s->out.len < PIECE_BYTES || flush(s, err);
}

bool
stream_end(Stream *s, Error *err)
{
    if (!s->ended)
        return error_set(err, ERR_UPSTREAM, "the source stopped in the middle of the table");
    put_int16(&s->out, -1);
    return flush(s, err);
}

int64_t
stream_rows(const Stream *s)
{
    return s->rows;
}
