/* Cells one behind the other: a byte for the kind, then eight bytes, or a length and the text with
 * the zero that ends it. */
#include "run/pack.h"

#include "base/heap.h"

#include <stdatomic.h>
#include <string.h>

enum
{
    FIRST_BYTES = 4096,
    NUMBER_BYTES = 8,
    CELL_BYTES = 1 + NUMBER_BYTES + 1 /* most that a cell takes beside its text */
};

struct Pack
{
    atomic_uint refs;
    Arena *arena; /* of the columns */
    Columns columns;
    char *bytes;
    size_t len;
    size_t size;
    int64_t rows;
    bool was_cut;
};

static bool
packer_begin(RowSink *sink, const Columns *columns, Error *err)
{
    Pack *pack = ((Packer *) sink)->pack;
    Column *items = ARENA_ARRAY(pack->arena, columns->count + 1, Column);

    (void) err;
    for (size_t i = 0; i < columns->count; i++)
        items[i] =
            (Column){ .name = arena_text(pack->arena, columns->items[i].name),
                      .base_type = columns->items[i].base_type,
                      .database_type = arena_text(pack->arena, columns->items[i].database_type) };
    pack->columns = (Columns){ items, columns->count };
    return true;
}

static void
put(Pack *pack, const void *bytes, size_t len)
{
    if (pack->len + len > pack->size)
    {
        pack->size = pack->size == 0 ? FIRST_BYTES : pack->size * 2;
        while (pack->size < pack->len + len)
            pack->size *= 2;
        pack->bytes = heap_grow(pack->bytes, pack->size, 1);
    }
    memcpy(pack->bytes + pack->len, bytes, len);
    pack->len += len;
}

static void
put_cell(Pack *pack, const Value *cell)
{
    unsigned char kind = (unsigned char) cell->kind;
    int64_t number = 0;

    put(pack, &kind, 1);
    if (cell->kind == VALUE_NULL)
        return;
    if (value_has_text(cell))
    {
        uint32_t len = (uint32_t) cell->text.len;

        put(pack, &len, sizeof(len));
        put(pack, cell->text.ptr, len);
        put(pack, "", 1);
        return;
    }
    if (cell->kind == VALUE_BOOL)
        number = cell->boolean;
    else if (cell->kind == VALUE_DOUBLE)
        memcpy(&number, &cell->number, sizeof(number));
    else
        number = cell->integer;
    put(pack, &number, NUMBER_BYTES);
}

static bool
too_large(const Packer *packer, Error *err)
{
    (void) error_set(err, ERR_TOO_LARGE, "the answer is larger than %zu MB",
                     packer->max_bytes >> 20);
    return error_hint(err, SENTENCE("Ask for fewer rows or columns, or download it as a file."));
}

static bool
packer_row(RowSink *sink, const Value *cells, Error *err)
{
    Packer *packer = (Packer *) sink;
    Pack *pack = packer->pack;

    if (packer->max_rows > 0 && pack->rows == packer->max_rows)
    {
        pack->was_cut = true;
        return error_set(err, ERR_CANCELLED, "there are enough rows");
    }
    for (size_t i = 0; i < pack->columns.count; i++)
    {
        size_t len = value_has_text(&cells[i]) ? cells[i].text.len : 0;

        if (len + CELL_BYTES > packer->max_bytes - pack->len)
            return too_large(packer, err);
        put_cell(pack, &cells[i]);
    }
    pack->rows++;
    return true;
}

static bool
packer_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err; /* nothing is kept back */
    return true;
}

Packer
packer_new(size_t max_bytes, int64_t max_rows)
{
    Pack *pack = heap_new(1, sizeof(*pack));

    pack->refs = 1;
    pack->arena = arena_new();
    return (Packer){ .sink = { packer_begin, packer_row, packer_end },
                     .pack = pack,
                     .max_bytes = max_bytes,
                     .max_rows = max_rows };
}

Pack *
pack_ref(Pack *pack)
{
    (void) atomic_fetch_add(&pack->refs, 1);
    return pack;
}

void
pack_free(Pack **pack)
{
    Pack *own = *pack;

    *pack = NULL;
    if (own == NULL || atomic_fetch_sub(&own->refs, 1) != 1)
        return;
    arena_free(&own->arena);
    heap_free(own->bytes);
    heap_free(own);
}

const Columns *
pack_columns(const Pack *pack)
{
    return &pack->columns;
}

int64_t
pack_rows(const Pack *pack)
{
    return pack->rows;
}

bool
pack_was_cut(const Pack *pack)
{
    return pack->was_cut;
}

size_t
pack_bytes(const Pack *pack)
{
    return sizeof(*pack) + pack->size + arena_bytes(pack->arena);
}

static const char *
take_cell(const char *at, Value *cell)
{
    uint32_t len;
    int64_t number;

    cell->kind = (ValueKind) (unsigned char) *at++;
    if (cell->kind == VALUE_NULL)
        return at;
    if (value_has_text(cell))
    {
        memcpy(&len, at, sizeof(len));
        at += sizeof(len);
        cell->text = (Str){ at, len };
        return at + len + 1;
    }
    memcpy(&number, at, sizeof(number));
    if (cell->kind == VALUE_BOOL)
        cell->boolean = number != 0;
    else if (cell->kind == VALUE_DOUBLE)
        memcpy(&cell->number, &number, sizeof(number));
    else
        cell->integer = number;
    return at + NUMBER_BYTES;
}

bool
pack_replay(const Pack *pack, RowSink *sink, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Value *cells = ARENA_ARRAY(arena, pack->columns.count + 1, Value);
    const char *at = pack->bytes;

    if (!sink->begin(sink, &pack->columns, err))
        return false;
    for (int64_t row = 0; row < pack->rows; row++)
    {
        for (size_t i = 0; i < pack->columns.count; i++)
            at = take_cell(at, &cells[i]);
        if (!sink->row(sink, cells, err))
            return false;
    }
    return sink->end(sink, err);
}
