/* COPY's binary form: what goes through, what is masked, what is refused. */
#include "etl/stream.h"
#include "test.h"

#include <string.h>

static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";

typedef struct Sent
{
    Buf bytes;
    size_t pieces;
} Sent;

static bool
take(void *arg, Str bytes, Error *err)
{
    Sent *sent = arg;

    (void) err;
    buf_str(&sent->bytes, bytes);
    sent->pieces++;
    return true;
}

/* id, kept; name, masked by its id. */
static void
two_columns(Arena *arena, CopyTable *table)
{
    SourceColumn *source = ARENA_ARRAY(arena, 2, SourceColumn);

    source[0] = (SourceColumn){ .name = "id", .type = { .name = "text" }, .family = FAMILY_TEXT };
    source[1] = (SourceColumn){ .name = "name", .type = { .name = "text" }, .family = FAMILY_TEXT };
    *table = (CopyTable){
        .name = "t", .columns = ARENA_ARRAY(arena, 2, CopyColumn), .column_count = 2, .ident = true
    };
    table->columns[0] = (CopyColumn){ .name = "id", .source = &source[0] };
    table->columns[1] = (CopyColumn){ .name = "name",
                                      .source = &source[1],
                                      .masked = true,
                                      .use = { .mask = mask_find("placeholder") } };
}

static bool
feed(Arena *arena, CopyTable *table, const Str *chunks, size_t count, Sent *sent, Error *err)
{
    Stream *stream;

    *sent = (Sent){ .bytes = buf_new(arena, 64 * 1024 * 1024) };
    stream = stream_new(arena, table, NULL, take, sent);
    for (size_t i = 0; i < count; i++)
        if (!stream_take(stream, chunks[i], err))
            return false;
    return stream_end(stream, err);
}

#define CHUNK(literal) ((Str){ literal, sizeof(literal) - 1 })

TEST(etl_stream_masks_by_the_id_and_keeps_null)
{
    static const Str chunks[] = {
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"
              "\0\3\0\0\0\1"
              "7\0\0\0\1"
              "7\0\0\0\1\1"),
        CHUNK("\0\3\0\0\0\1"
              "8\0\0\0\1"
              "8\377\377\377\377"),
        CHUNK("\377\377"),
    };
    static const char expected[] = "\0\2\0\0\0\1"
                                   "7\0\0\0\35[valeur unique anonymis\303\251e 7]"
                                   "\0\2\0\0\0\1"
                                   "8\377\377\377\377\377\377";
    CLEANUP(arena_free) Arena *arena = arena_new();
    CopyTable table;
    Sent sent;
    Error err;

    two_columns(arena, &table);
    CHECK_OK(feed(arena, &table, chunks, COUNT_OF(chunks), &sent, &err), &err);
    CHECK_INT(sent.bytes.len, sizeof(header) - 1 + sizeof(expected) - 1);
    CHECK(memcmp(sent.bytes.ptr, header, sizeof(header) - 1) == 0);
    CHECK(memcmp(sent.bytes.ptr + sizeof(header) - 1, expected, sizeof(expected) - 1) == 0);
    CHECK_INT(table.rows, 2);
}

TEST(etl_stream_refuses_what_is_not_a_copy)
{
    static const Str cases[] = {
        CHUNK("1\tZoe\n"),
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\7"),
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\2\0\0\0\1x"),
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\3\0\0\0\1"),
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\3\0\0\0\7x\0\0\0\1x\0\0\0\1\1"),
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\3\0\0\0\1x\0\0\0\1x\0\0\0\1\1\1"),
        CHUNK("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\3\0\0\0\1x\0\0\0\1x\0\0\0\1\1"),
    };
    CLEANUP(arena_free) Arena *arena = arena_new();
    CopyTable table;
    Sent sent;
    Error err;

    two_columns(arena, &table);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK_ERROR(feed(arena, &table, &cases[i], 1, &sent, &err), &err, ERR_UPSTREAM);
}

TEST(etl_stream_sends_large_fields_in_pieces)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const size_t size = 10 * 1024 * 1024;
    Buf row = buf_new(arena, size + 1000);
    char *large = arena_alloc(arena, size);
    Str chunks[2] = { { 0 }, CHUNK("\377\377") };
    CopyTable table;
    Sent sent;
    Error err;

    two_columns(arena, &table);
    memset(large, 'x', size);
    buf_add(&row, header, sizeof(header) - 1);
    buf_add(&row,
            "\0\3\0\0\0\1"
            "7\0\240\0\0",
            11);
    buf_add(&row, large, size);
    buf_add(&row, "\0\0\0\1\1", 5);
    chunks[0] = buf_slice(&row);
    CHECK_OK(feed(arena, &table, chunks, 2, &sent, &err), &err);
    CHECK(sent.pieces >= 3);
    CHECK(sent.bytes.len > size);
}
