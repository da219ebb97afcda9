/*
 * A workbook of one sheet, written row by row: text stands in its cell, so that no table of texts
 * is kept; dates are numbers with a style, as spreadsheets want them.
 */
#include "export/cell.h"
#include "export/export.h"
#include "export/stamp.h"
#include "export/xlsx_style.h"
#include "export/zip.h"

#include <string.h>

enum
{
    MAX_ROWS = 1048576,
    MAX_COLUMNS = 16384,
    MAX_CELL_LETTERS = 32767,
    SHEET_PIECE = 64 * 1024,
    EPOCH_DAYS = 25569 /* from 1899-12-30 to 1970-01-01 */
};

typedef struct XlsxSink
{
    RowSink sink; /* first, so that a RowSink * is a XlsxSink * */
    const ExportPlan *plan;
    Zip *zip;
    Buf text; /* of the sheet, not yet sent */
    Buf cell;
    unsigned *styles; /* by column */
    int64_t row;
} XlsxSink;

static const char content_types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
    "</Types>";

static const char root_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

static const char book_relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/styles\" Target=\"styles.xml\"/></Relationships>";

static const char book_begin[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
    "<sheets><sheet name=\"";
static const char book_end[] = "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

static const char sheet_begin[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
    "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>";

/* --- Text ------------------------------------------------------------------------------------- */

/* XML has no place for control characters; a text longer than a cell may be is cut. */
static void
add_escaped(Buf *out, Str text)
{
    bool valid = str_is_utf8(text);
    size_t letters = 0;

    for (size_t i = 0; i < text.len; i++)
    {
        unsigned char c = (unsigned char) text.ptr[i];

        if ((c & 0xC0) != 0x80 && letters++ == MAX_CELL_LETTERS)
            return;
        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else if (c >= 0x80 && !valid)
            buf_char(out, '?');
        else if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
            buf_char(out, (char) c);
    }
}

static void
add_text_cell(XlsxSink *xlsx, Str text, unsigned style)
{
    if (style == STYLE_HEAD)
        buf_text(&xlsx->text, "<c t=\"inlineStr\" s=\"1\"><is><t xml:space=\"preserve\">");
    else
        buf_text(&xlsx->text, "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    add_escaped(&xlsx->text, text);
    buf_text(&xlsx->text, "</t></is></c>");
}

/* --- Cells ------------------------------------------------------------------------------------ */

static double
serial_of(const Stamp *stamp)
{
    const Civil *at = &stamp->at;
    double clock = (at->hour * 3600 + at->minute * 60 + at->second) / 86400.0 + at->micro / 86400e6;

    if (stamp->kind == STAMP_TIME)
        return clock;
    return (double) (civil_to_days(at->year, at->month, at->day) + EPOCH_DAYS) + clock;
}

static void
add_number_cell(XlsxSink *xlsx, Str digits, unsigned style)
{
    if (style == STYLE_PLAIN)
        buf_text(&xlsx->text, "<c><v>");
    else
        buf_format(&xlsx->text, "<c s=\"%u\"><v>", style);
    buf_str(&xlsx->text, digits);
    buf_text(&xlsx->text, "</v></c>");
}

/* A day that spreadsheets can count; those before 1900 stay text. */
static bool
add_moment_cell(XlsxSink *xlsx, const Value *cell, const ExportColumn *column, unsigned style)
{
    JsonWriter number = json_writer(&xlsx->cell);
    Stamp stamp;

    if (!stamp_read(cell, column->zone, &stamp) || stamp.at.year < 1900 ||
        (stamp.kind == STAMP_TIME && style != STYLE_TIME))
        return false;
    json_double(&number, serial_of(&stamp));
    add_number_cell(xlsx, buf_slice(&xlsx->cell), style == STYLE_PLAIN ? STYLE_MOMENT : style);
    return true;
}

static bool
is_finite_number(Str digits)
{
    return digits.len > 0 && digits.len <= 15 &&
           strspn(digits.ptr, "-+.0123456789eE") == digits.len;
}

static void
add_cell(XlsxSink *xlsx, const Value *cell, const ExportColumn *column, unsigned style)
{
    bool is_moment = (cell->kind >= VALUE_DATE && cell->kind <= VALUE_INSTANT) ||
                     (cell->kind == VALUE_TEXT && stamp_is_type(column->type));

    buf_clear(&xlsx->cell);
    if (cell->kind == VALUE_NULL)
    {
        buf_text(&xlsx->text, "<c/>");
        return;
    }
    if (is_moment && add_moment_cell(xlsx, cell, column, style))
        return;
    if (cell->kind == VALUE_BOOL)
    {
        buf_text(&xlsx->text,
                 cell->boolean ? "<c t=\"b\"><v>1</v></c>" : "<c t=\"b\"><v>0</v></c>");
        return;
    }
    cell_write_plain(&xlsx->cell, cell, column);
    if ((cell->kind == VALUE_INT || cell->kind == VALUE_DOUBLE || cell->kind == VALUE_DECIMAL) &&
        is_finite_number(buf_slice(&xlsx->cell)))
        add_number_cell(xlsx, buf_slice(&xlsx->cell), style);
    else
        add_text_cell(xlsx, buf_slice(&xlsx->cell), style);
}

/* --- The sheet -------------------------------------------------------------------------------- */

static bool
send_piece(XlsxSink *xlsx, size_t enough, Error *err)
{
    bool ok;

    if (xlsx->text.failed || xlsx->cell.failed)
        return error_set(err, ERR_TOO_LARGE, "a row of the result is too large to be exported");
    if (xlsx->text.len < enough)
        return true;
    ok = zip_write(xlsx->zip, xlsx->text.ptr, xlsx->text.len, err);
    buf_clear(&xlsx->text);
    return ok;
}

static bool
send_part(Zip *zip, const char *name, Str text, Error *err)
{
    return zip_begin_part(zip, name, err) && zip_write(zip, text.ptr, text.len, err) &&
           zip_end_part(zip, err);
}

static Str
styles_part(XlsxSink *xlsx)
{
    buf_clear(&xlsx->text);
    xlsx_styles(&xlsx->text, xlsx->plan, xlsx->styles);
    return buf_slice(&xlsx->text);
}

/* A sheet's name has at most 31 letters, and none of []:*?/\ . */
static Str
book_part(XlsxSink *xlsx)
{
    const char *name = xlsx->plan->sheet == NULL ? "Query result" : xlsx->plan->sheet;
    size_t letters = 0;

    buf_clear(&xlsx->text);
    buf_clear(&xlsx->cell);
    for (const char *at = name; *at != '\0'; at++)
    {
        if ((*at & 0xC0) != 0x80 && letters++ == 31)
            break;
        buf_char(&xlsx->cell, strchr("[]:*?/\\'", *at) == NULL ? *at : ' ');
    }
    buf_text(&xlsx->text, book_begin);
    add_escaped(&xlsx->text, buf_slice(&xlsx->cell));
    buf_text(&xlsx->text, book_end);
    return buf_slice(&xlsx->text);
}

static void
add_widths(XlsxSink *xlsx)
{
    size_t at = 0;

    buf_text(&xlsx->text, "<cols>");
    for (size_t i = 0; i < xlsx->plan->count; i++)
    {
        const ExportColumn *column = &xlsx->plan->columns[i];
        size_t letters = str_letters(str_of(column->title)) + 2;
        size_t least = column->type == BASE_TEXT ? 20 : xlsx->styles[i] == STYLE_MOMENT ? 20 : 12;

        if (column->is_hidden)
            continue;
        at++;
        letters = letters < least ? least : letters > 60 ? 60 : letters;
        buf_format(&xlsx->text, "<col min=\"%zu\" max=\"%zu\" width=\"%zu\" customWidth=\"1\"/>",
                   at, at, letters);
    }
    buf_text(&xlsx->text, at == 0 ? "<col min=\"1\" max=\"1\" width=\"12\"/></cols>" : "</cols>");
}

static bool
xlsx_begin(RowSink *sink, const Columns *columns, Error *err)
{
    XlsxSink *xlsx = (XlsxSink *) sink;
    Zip *zip = xlsx->zip;

    (void) columns; /* the plan knows them */
    if (xlsx->plan->count > MAX_COLUMNS)
        return error_set(err, ERR_TOO_LARGE, "a sheet has at most %d columns: use CSV",
                         MAX_COLUMNS);
    xlsx->styles = ARENA_ARRAY(xlsx->text.arena, xlsx->plan->count + 1, unsigned);
    if (!send_part(zip, "[Content_Types].xml", str_of(content_types), err) ||
        !send_part(zip, "_rels/.rels", str_of(root_relations), err) ||
        !send_part(zip, "xl/_rels/workbook.xml.rels", str_of(book_relations), err) ||
        !send_part(zip, "xl/styles.xml", styles_part(xlsx), err) ||
        !send_part(zip, "xl/workbook.xml", book_part(xlsx), err) ||
        !zip_begin_part(zip, "xl/worksheets/sheet1.xml", err))
        return false;
    buf_clear(&xlsx->text);
    buf_text(&xlsx->text, sheet_begin);
    add_widths(xlsx);
    buf_text(&xlsx->text, "<sheetData><row>");
    for (size_t i = 0; i < xlsx->plan->count; i++)
        if (!xlsx->plan->columns[i].is_hidden)
            add_text_cell(xlsx, str_of(xlsx->plan->columns[i].title), STYLE_HEAD);
    buf_text(&xlsx->text, "</row>");
    xlsx->row = 1;
    return send_piece(xlsx, SHEET_PIECE, err);
}

static bool
xlsx_row(RowSink *sink, const Value *cells, Error *err)
{
    XlsxSink *xlsx = (XlsxSink *) sink;

    if (++xlsx->row > MAX_ROWS)
        return error_set(err, ERR_TOO_LARGE, "a sheet has at most %d rows: use CSV", MAX_ROWS);
    buf_text(&xlsx->text, "<row>");
    for (size_t i = 0; i < xlsx->plan->count; i++)
        if (!xlsx->plan->columns[i].is_hidden)
            add_cell(xlsx, &cells[xlsx->plan->columns[i].at], &xlsx->plan->columns[i],
                     xlsx->styles[i]);
    buf_text(&xlsx->text, "</row>");
    return send_piece(xlsx, SHEET_PIECE, err);
}

static bool
xlsx_end(RowSink *sink, Error *err)
{
    XlsxSink *xlsx = (XlsxSink *) sink;

    buf_text(&xlsx->text, "</sheetData></worksheet>");
    return send_piece(xlsx, 0, err) && zip_end_part(xlsx->zip, err) && zip_end(xlsx->zip, err);
}

RowSink *
xlsx_open(Arena *arena, const ExportPlan *plan, ByteSink *out)
{
    XlsxSink *xlsx = ARENA_NEW(arena, XlsxSink);

    *xlsx = (XlsxSink){ .sink = { xlsx_begin, xlsx_row, xlsx_end },
                        .plan = plan,
                        .zip = zip_open(arena, out),
                        .text = buf_new(arena, EXPORT_ROW_BYTES),
                        .cell = buf_new(arena, EXPORT_ROW_BYTES) };
    return &xlsx->sink;
}
