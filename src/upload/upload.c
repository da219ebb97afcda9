/* Two passes: the first row and what every column can be; then the rows as values. */
#include "upload/upload.h"

#include "base/map.h"

#include <string.h>

enum
{
    NAME_BYTES = 55 /* of a column: room for a number behind it */
};

/* Small letters, digits and single underscores; never empty. */
static const char *
plain_name(Arena *arena, const char *text, size_t max, const char *otherwise)
{
    const char *folded = str_fold(arena, str_of(text));
    Buf name = buf_new(arena, max);

    for (; *folded != '\0' && name.len < max; folded++)
    {
        bool plain = (*folded >= 'a' && *folded <= 'z') || (*folded >= '0' && *folded <= '9');

        if (plain)
            buf_char(&name, *folded);
        else if (name.len > 0 && name.ptr[name.len - 1] != '_')
            buf_char(&name, '_');
    }
    while (name.len > 0 && name.ptr[name.len - 1] == '_')
        name.ptr[--name.len] = '\0';
    return name.len == 0 ? otherwise : buf_cstr(&name);
}

static const char *
unique_name(Arena *arena, Map *taken, const char *name)
{
    const char *found = name;

    for (int i = 2; map_has(taken, found); i++)
        found = arena_format(arena, "%s_%d", name, i);
    map_put(taken, found, taken);
    return found;
}

static bool
read_header(Upload *upload, Error *err)
{
    Map *taken = map_new(upload->arena);
    const Str *cells;
    size_t count;

    if (!sheet_next(upload->sheet, &cells, &count, err))
        return false;
    if (cells == NULL)
        return error_set(err, ERR_INVALID, "the file has no rows");
    map_put(taken, LOAD_ROW_ID, taken);
    upload->columns = ARENA_ARRAY(upload->arena, count, UploadColumn);
    upload->count = count;
    for (size_t i = 0; i < count; i++)
    {
        const char *otherwise = arena_format(upload->arena, "column_%zu", i + 1);
        const char *title = str_copy(upload->arena, str_trim(cells[i]));

        upload->columns[i].title = title[0] == '\0' ? otherwise : title;
        upload->columns[i].name = unique_name(
            upload->arena, taken, plain_name(upload->arena, title, NAME_BYTES, otherwise));
    }
    return true;
}

static bool
check_width(const Upload *upload, const Str *cells, size_t count, Error *err)
{
    for (size_t i = upload->count; i < count; i++)
        if (cells[i].len > 0)
            return error_set(err, ERR_INVALID,
                             "line %lld has %zu values, and the first row names %zu columns",
                             (long long) sheet_line(upload->sheet), count, upload->count);
    return true;
}

/* What every value of each column can be. */
static bool
guess_columns(Upload *upload, Guess *guesses, Error *err)
{
    CLEANUP(arena_free) Arena *scratch = arena_new();
    ArenaMark mark = arena_mark(scratch);
    const Str *cells;
    size_t count;

    for (size_t i = 0; i < upload->count; i++)
        guesses[i] = guess_begin();
    for (;;)
    {
        if (!sheet_next(upload->sheet, &cells, &count, err))
            return false;
        if (cells == NULL)
            return true;
        if (!check_width(upload, cells, count, err))
            return false;
        for (size_t i = 0; i < count && i < upload->count; i++)
            guess_value(&guesses[i], scratch, cells[i]);
        arena_rewind(scratch, mark);
        upload->rows++;
    }
}

bool
upload_open(Arena *arena, const char *filename, Str body, Upload *upload, Error *err)
{
    Guess *guesses;

    *upload = (Upload){ .arena = arena };
    if (!sheet_open(arena, filename, body, &upload->sheet, err) || !read_header(upload, err))
        return false;
    guesses = ARENA_ARRAY(arena, upload->count, Guess);
    if (!guess_columns(upload, guesses, err))
        return false;
    for (size_t i = 0; i < upload->count; i++)
        upload->columns[i].writing =
            guess_end(&guesses[i], sheet_has_decimal_commas(upload->sheet));
    return upload->rows > 0 ||
           error_set(err, ERR_INVALID, "the file has names of columns and no rows");
}

void
upload_close(Upload *upload)
{
    sheet_close(&upload->sheet);
}

/* ------------------------------------------------------------------------ into what exists already
 */

static UploadColumn *
find_column(const Upload *upload, const char *name)
{
    for (size_t i = 0; i < upload->count; i++)
        if (strcmp(upload->columns[i].name, name) == 0)
            return &upload->columns[i];
    return NULL;
}

/* Names that only one of both has, for the message. */
static bool
check_names(const Upload *upload, const LoadColumn *columns, size_t count, Error *err)
{
    Buf missing = buf_new(upload->arena, 1000), unknown = buf_new(upload->arena, 1000);

    for (size_t i = 0; i < count; i++)
        if (find_column(upload, columns[i].name) == NULL)
            buf_format(&missing, "%s%s", missing.len > 0 ? ", " : "", columns[i].name);
    for (size_t i = 0; i < upload->count; i++)
    {
        bool known = false;

        for (size_t k = 0; k < count; k++)
            known = known || strcmp(columns[k].name, upload->columns[i].name) == 0;
        if (!known)
            buf_format(&unknown, "%s%s", unknown.len > 0 ? ", " : "", upload->columns[i].title);
    }
    if (missing.len == 0 && unknown.len == 0)
        return true;
    (void) error_set(err, ERR_INVALID, "the columns of the file are not those of the table%s%s%s%s",
                     missing.len > 0 ? "; the file lacks " : "", buf_cstr(&missing),
                     unknown.len > 0 ? "; the table lacks " : "", buf_cstr(&unknown));
    return error_hint(
        err, SENTENCE("Upload it as a new table, or give the file the columns of the table."));
}

bool
upload_fit(Upload *upload, const LoadColumn *columns, size_t count, Error *err)
{
    Guess *guesses = ARENA_ARRAY(upload->arena, upload->count, Guess);

    upload->rows = 0;
    if (!check_names(upload, columns, count, err) || !sheet_rewind(upload->sheet, err) ||
        !read_header(upload, err) || !guess_columns(upload, guesses, err))
        return false;
    for (size_t i = 0; i < count; i++)
    {
        UploadColumn *column = find_column(upload, columns[i].name);

        column->writing = guess_end_as(&guesses[column - upload->columns], columns[i].type,
                                       sheet_has_decimal_commas(upload->sheet));
        if (column->writing.type == BASE_ANY)
            return error_set(err, ERR_INVALID,
                             "the column %s has values that the table does not take",
                             column->title);
    }
    return true;
}

/* ---------------------------------------------------------------------------------------- names */

const char *
upload_title(Arena *arena, const char *filename)
{
    const char *slash = strrchr(filename, '/');
    const char *begin = slash == NULL ? filename : slash + 1;
    const char *dot = strrchr(begin, '.');
    size_t len = dot == NULL || dot == begin ? strlen(begin) : (size_t) (dot - begin);

    return len == 0 ? "upload" : arena_text_n(arena, begin, len);
}

const char *
upload_table_name(Arena *arena, const char *filename, size_t max)
{
    return plain_name(arena, upload_title(arena, filename), max, "upload");
}

/* ----------------------------------------------------------------------------------------- rows */

typedef struct UploadRows
{
    LoadRows rows; /* first, so that a LoadRows * is an UploadRows * */
    Upload *upload;
    Value *values;
    Arena *row;
    ArenaMark mark;
} UploadRows;

static bool
next_row(LoadRows *rows, const Value **values, Error *err)
{
    UploadRows *own = (UploadRows *) rows;
    const Upload *upload = own->upload;
    const Str *cells;
    size_t count;

    arena_rewind(own->row, own->mark);
    if (!sheet_next(upload->sheet, &cells, &count, err))
        return false;
    *values = cells == NULL ? NULL : own->values;
    for (size_t i = 0; cells != NULL && i < upload->count; i++)
    {
        const UploadColumn *column = &upload->columns[i];
        Str text = i < count ? cells[i] : (Str){ "", 0 };

        /* Every value was read before: this cannot be. */
        if (!writing_read(&column->writing, own->row, text, &own->values[i]))
            return error_set(err, ERR_INTERNAL, "line %lld, column %s: the value changed",
                             (long long) sheet_line(upload->sheet), column->title);
    }
    return true;
}

bool
upload_load(Upload *upload, Conn *conn, const char *schema, const char *table, LoadMode mode,
            Error *err)
{
    CLEANUP(arena_free) Arena *row = arena_new();
    LoadColumn *columns = ARENA_ARRAY(upload->arena, upload->count, LoadColumn);
    UploadRows rows = { .rows = { next_row },
                        .upload = upload,
                        .values = ARENA_ARRAY(upload->arena, upload->count, Value),
                        .row = row,
                        .mark = arena_mark(row) };
    LoadTable target = { schema, table, columns, upload->count, mode };
    const Str *cells;
    size_t count;

    for (size_t i = 0; i < upload->count; i++)
        columns[i] = (LoadColumn){ upload->columns[i].name, upload->columns[i].writing.type };
    /* After the row of names. */
    return sheet_rewind(upload->sheet, err) && sheet_next(upload->sheet, &cells, &count, err) &&
           conn_load(conn, &target, &rows.rows, err);
}
