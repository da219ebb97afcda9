/* The first sheet of an Excel file, row by row as it is unpacked. Texts that cells share and the
 * formats that mark dates are read once, before. */
#include "base/time.h"
#include "upload/sheet_private.h"
#include "upload/xml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
    TEXT_BYTES = 64 << 20, /* of all shared texts */
    MOST_STYLES = 65536,
    DAY_SECONDS = 86400
};

typedef struct Xlsx
{
    Archive archive;
    Str sheet; /* the name of its part */
    Part part;
    Xml xml;
    Str *texts;
    size_t text_count;
    bool *dates; /* by style */
    size_t style_count;
    int64_t first_day; /* day 0 of its calendar, since 1970 */
    char *window;
} Xlsx;

/* --- Parts before the sheet ---------------------------------------------------------------------
 */

/* Calls `take` for each token until it says stop or the part ends. */
typedef bool TakeToken(Sheet *sheet, Xml *xml, const XmlToken *token, void *arg, Error *err);

static bool
read_part(Sheet *sheet, Str name, TakeToken *take, void *arg, Error *err)
{
    const Xlsx *xlsx = sheet->kind;
    bool ok = true;
    XmlToken token;
    Part part;
    Xml xml;

    if (!part_open(&xlsx->archive, name, &part, err))
        return false;
    xml = (Xml){ .part = &part, .window = xlsx->window };
    do
        ok = xml_next(&xml, &token, err) && take(sheet, &xml, &token, arg, err);
    while (ok && token.kind != XML_END);
    part_close(&part);
    return ok;
}

static bool
has_part(const Xlsx *xlsx, Str name)
{
    for (size_t i = 0; i < xlsx->archive.count; i++)
        if (str_equal(xlsx->archive.entries[i].name, name))
            return true;
    return false;
}

static bool
take_workbook(Sheet *sheet, Xml *xml, const XmlToken *token, void *arg, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    const char **id = arg;
    const char *text;

    (void) xml;
    (void) err;
    if (token->kind != XML_OPEN)
        return true;
    text =
        str_is(token->name, "workbookPr") ? xml_attribute(sheet->arena, token, "date1904") : NULL;
    if (text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0))
        xlsx->first_day = civil_to_days(1904, 1, 1);
    if (str_is(token->name, "sheet") && *id == NULL)
        *id = xml_attribute(sheet->arena, token, "r:id");
    return true;
}

/* The target of the sheet's id: beside the workbook, or from the root of the archive. */
static bool
take_relation(Sheet *sheet, Xml *xml, const XmlToken *token, void *arg, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    const char *wanted = arg;
    const char *id, *target;

    (void) xml;
    (void) err;
    if (token->kind != XML_OPEN || !str_is(token->name, "Relationship"))
        return true;
    id = xml_attribute(sheet->arena, token, "Id");
    target = xml_attribute(sheet->arena, token, "Target");
    if (id != NULL && target != NULL && strcmp(id, wanted) == 0)
        xlsx->sheet =
            str_of(target[0] == '/' ? target + 1 : arena_format(sheet->arena, "xl/%s", target));
    return true;
}

static bool
find_sheet(Sheet *sheet, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    const char *id = NULL;

    if (!read_part(sheet, STR("xl/workbook.xml"), take_workbook, &id, err))
        return false;
    if (id == NULL)
        return error_set(err, ERR_INVALID, "the file has no sheet");
    return read_part(sheet, STR("xl/_rels/workbook.xml.rels"), take_relation, (void *) id, err) &&
           (xlsx->sheet.len > 0 || error_set(err, ERR_INVALID, "the file has no sheet"));
}

/* The text of an element: all <t> inside it, but those that say how to pronounce. */
static bool
read_texts(Xml *xml, const char *element, Buf *out, Error *err)
{
    bool wanted = false;
    int said = 0;
    XmlToken token;

    for (;;)
    {
        if (!xml_next(xml, &token, err))
            return false;
        if (token.kind == XML_END)
            return error_set(err, ERR_INVALID, "the file is damaged: its XML is not whole");
        if (token.kind == XML_TEXT && wanted && said == 0)
            xml_text(out, token.text);
        if (token.kind == XML_CLOSE && str_is(token.name, element))
            return true;
        if (str_is(token.name, "rPh") && !token.is_empty)
            said += token.kind == XML_OPEN ? 1 : -1;
        if (str_is(token.name, "t"))
            wanted = token.kind == XML_OPEN && !token.is_empty;
    }
}

typedef struct Texts
{
    size_t size;
    size_t bytes;
} Texts;

static bool
take_text(Sheet *sheet, Xml *xml, const XmlToken *token, void *arg, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    Texts *texts = arg;
    bool is_empty = token->is_empty;
    Buf out = buf_new(sheet->arena, SHEET_CELL_BYTES);

    if (token->kind != XML_OPEN || !str_is(token->name, "si"))
        return true;
    if (!is_empty && !read_texts(xml, "si", &out, err))
        return false;
    texts->bytes += out.len;
    if (out.failed || texts->bytes > TEXT_BYTES)
        return error_set(err, ERR_TOO_LARGE, "the texts of the file are too long");
    if (xlsx->text_count == texts->size)
    {
        size_t size = texts->size == 0 ? 1024 : texts->size * 2;

        xlsx->texts =
            arena_grow(sheet->arena, xlsx->texts, texts->size * sizeof(Str), size * sizeof(Str));
        texts->size = size;
    }
    xlsx->texts[xlsx->text_count++] = str_of(buf_cstr(&out));
    return true;
}

/* --- Formats of dates ---------------------------------------------------------------------------
 */

/* The numbers of formats that every Excel knows. */
static bool
is_known_date(int64_t format)
{
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
           (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

/* A format that shows days, months, years or hours, apart from texts in quotes and brackets. */
static bool
is_date_code(const char *code)
{
    char closes = '\0';

    for (; *code != '\0'; code++)
    {
        if (closes != '\0')
            closes = *code == closes ? '\0' : closes;
        else if (*code == '"')
            closes = '"';
        else if (*code == '[')
            closes = ']';
        else if (*code == '\\' && code[1] != '\0')
            code++;
        else if (strchr("dmyhsDMYHS", *code) != NULL)
            return true;
    }
    return false;
}

typedef struct Styles
{
    int64_t *formats; /* numbers of own formats that show dates */
    size_t format_count;
    bool in_cells; /* inside cellXfs */
} Styles;

static bool
shows_date(const Styles *styles, int64_t format)
{
    for (size_t i = 0; i < styles->format_count; i++)
        if (styles->formats[i] == format)
            return true;
    return is_known_date(format);
}

static bool
take_style(Sheet *sheet, Xml *xml, const XmlToken *token, void *arg, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    Styles *styles = arg;
    const char *id, *code;
    int64_t format = 0;

    (void) xml;
    (void) err;
    if (str_is(token->name, "cellXfs"))
        styles->in_cells = token->kind == XML_OPEN && !token->is_empty;
    if (token->kind != XML_OPEN)
        return true;
    id = xml_attribute(sheet->arena, token, "numFmtId");
    if (id != NULL && !str_to_int(str_of(id), 0, INT32_MAX, &format))
        format = 0;
    code = str_is(token->name, "numFmt") ? xml_attribute(sheet->arena, token, "formatCode") : NULL;
    if (code != NULL && is_date_code(code) && styles->format_count < MOST_STYLES)
        styles->formats[styles->format_count++] = format;
    if (str_is(token->name, "xf") && styles->in_cells && xlsx->style_count < MOST_STYLES)
        xlsx->dates[xlsx->style_count++] = shows_date(styles, format);
    return true;
}

/* --- Rows ---------------------------------------------------------------------------------------
 */

/* Days since day 0 as ISO: a date, or a date and a time, or a time alone. */
static Str
date_text(Sheet *sheet, double serial)
{
    const Xlsx *xlsx = sheet->kind;
    double days = floor(serial);
    int64_t seconds = llround((serial - days) * DAY_SECONDS);
    int year, month, day;
    char *text;

    if (seconds == DAY_SECONDS)
    {
        seconds = 0;
        days++;
    }
    civil_from_days(xlsx->first_day + (int64_t) days, &year, &month, &day);
    if (days == 0 && seconds > 0)
        text = arena_format(sheet->row, "%02d:%02d:%02d", (int) (seconds / 3600),
                            (int) (seconds / 60 % 60), (int) (seconds % 60));
    else if (seconds == 0)
        text = arena_format(sheet->row, "%04d-%02d-%02d", year, month, day);
    else
        text =
            arena_format(sheet->row, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day,
                         (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
    return str_of(text);
}

/* What is between <v> and </v>, by the kind of the cell. */
static Str
value_text(Sheet *sheet, Str raw, const char *kind, int64_t style)
{
    const Xlsx *xlsx = sheet->kind;
    int64_t index;
    char *end;
    double serial;

    if (strcmp(kind, "s") == 0)
        return str_to_int(raw, 0, (int64_t) xlsx->text_count - 1, &index) ? xlsx->texts[index]
                                                                          : (Str){ "", 0 };
    if (strcmp(kind, "b") == 0)
        return str_is(raw, "1") ? STR("true") : STR("false");
    if (strcmp(kind, "e") == 0)
        return (Str){ "", 0 };
    if (strcmp(kind, "n") != 0 || style < 0 || (size_t) style >= xlsx->style_count ||
        !xlsx->dates[style])
        return raw;
    serial = strtod(raw.ptr, &end);
    /* 2,958,465 is the last day of the year 9999. */
    return *end != '\0' || !(serial >= 0 && serial < 2958466) ? raw : date_text(sheet, serial);
}

/* "AB12": 27. */
static bool
read_column(const char *reference, size_t *column)
{
    size_t number = 0;

    if (reference == NULL)
        return true;
    for (; *reference >= 'A' && *reference <= 'Z' && number < 1000000; reference++)
        number = number * 26 + (size_t) (*reference - 'A') + 1;
    *column = number == 0 ? *column : number - 1;
    return number > 0;
}

/* From <c ...> to </c>. */
static bool
read_cell(Sheet *sheet, const XmlToken *open, size_t *column, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    const char *kind = xml_attribute(sheet->row, open, "t");
    const char *style_text = xml_attribute(sheet->row, open, "s");
    Buf raw = buf_new(sheet->row, SHEET_CELL_BYTES + 1);
    int64_t style = -1;
    bool in_value = false;
    XmlToken token;

    (void) read_column(xml_attribute(sheet->row, open, "r"), column);
    if (style_text != NULL && !str_to_int(str_of(style_text), 0, MOST_STYLES, &style))
        style = -1;
    kind = kind == NULL ? "n" : kind;
    if (open->is_empty)
        return sheet_add(sheet, (*column)++, (Str){ "", 0 }, err);
    do
    {
        if (!xml_next(&xlsx->xml, &token, err))
            return false;
        if (token.kind == XML_TEXT && in_value)
            xml_text(&raw, token.text);
        if (str_is(token.name, "is") && token.kind == XML_OPEN && !token.is_empty &&
            !read_texts(&xlsx->xml, "is", &raw, err))
            return false;
        if (str_is(token.name, "v"))
            in_value = token.kind == XML_OPEN && !token.is_empty;
    } while (token.kind != XML_END && !(token.kind == XML_CLOSE && str_is(token.name, "c")));
    if (raw.failed)
        return error_set(err, ERR_TOO_LARGE, "line %lld has a value of more than %d bytes",
                         (long long) sheet->line, SHEET_CELL_BYTES);
    return sheet_add(sheet, (*column)++, value_text(sheet, str_of(buf_cstr(&raw)), kind, style),
                     err);
}

static bool
xlsx_next(Sheet *sheet, bool *end, Error *err)
{
    Xlsx *xlsx = sheet->kind;
    size_t column = 0;
    XmlToken token;

    for (;;)
    {
        if (!xml_next(&xlsx->xml, &token, err))
            return false;
        *end = token.kind == XML_END;
        if (*end || (token.kind == XML_CLOSE && str_is(token.name, "row")))
            return true;
        if (token.kind != XML_OPEN)
            continue;
        if (str_is(token.name, "row"))
        {
            sheet->line++;
            if (token.is_empty)
                return true;
        }
        if (str_is(token.name, "c") && !read_cell(sheet, &token, &column, err))
            return false;
    }
}

static bool
xlsx_rewind(Sheet *sheet, Error *err)
{
    Xlsx *xlsx = sheet->kind;

    part_close(&xlsx->part);
    xlsx->xml = (Xml){ .part = &xlsx->part, .window = xlsx->window };
    return part_open(&xlsx->archive, xlsx->sheet, &xlsx->part, err);
}

static void
xlsx_close(Sheet *sheet)
{
    part_close(&((Xlsx *) sheet->kind)->part);
}

bool
xlsx_read_open(Sheet *sheet, Error *err)
{
    Xlsx *xlsx = ARENA_NEW(sheet->arena, Xlsx);
    Styles styles = { .formats = ARENA_ARRAY(sheet->arena, MOST_STYLES, int64_t) };
    Texts texts = { 0 };

    sheet->kind = xlsx;
    sheet->rewind = xlsx_rewind;
    sheet->next = xlsx_next;
    sheet->close = xlsx_close;
    xlsx->first_day = civil_to_days(1899, 12, 30);
    xlsx->dates = ARENA_ARRAY(sheet->arena, MOST_STYLES, bool);
    xlsx->window = arena_alloc(sheet->arena, XML_WINDOW);
    return archive_open(sheet->arena, sheet->body, &xlsx->archive, err) && find_sheet(sheet, err) &&
           (!has_part(xlsx, STR("xl/sharedStrings.xml")) ||
            read_part(sheet, STR("xl/sharedStrings.xml"), take_text, &texts, err)) &&
           (!has_part(xlsx, STR("xl/styles.xml")) ||
            read_part(sheet, STR("xl/styles.xml"), take_style, &styles, err));
}
