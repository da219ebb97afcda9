/* Number formats of spreadsheets: "#,##0.00\ \"€\"", "0.0%", "mmmm yyyy". */
#include "export/xlsx_style.h"

#include "export/cell.h"
#include "export/format.h"
#include "export/stamp.h"

#include <string.h>

enum
{
    FIRST_OWN_FORMAT = 164
};

static const char begin[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
static const char middle[] =
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>";

/* From STYLE_DATE on. */
static const char *const date_codes[] = { "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss", "hh:mm:ss",
                                          "mmmm\\ yyyy", "yyyy" };

static XlsxStyle
date_style(const ExportColumn *column)
{
    const char *unit = column->unit == NULL ? "" : column->unit;

    if (column->type >= BASE_TIME && column->type <= BASE_TIME_WITH_ZONE_OFFSET)
        return STYLE_TIME;
    if (strcmp(unit, "month") == 0)
        return STYLE_MONTH;
    if (strcmp(unit, "year") == 0)
        return STYLE_YEAR;
    return cell_is_day(column) ? STYLE_DATE : STYLE_MOMENT;
}

/* Words of a format code stand in quotes, which XML writes &quot;. */
static void
add_words(Buf *out, const char *words)
{
    if (words[0] == '\0')
        return;
    buf_text(out, "&quot;");
    for (; *words != '\0'; words++)
        if (strchr("\"&<>\\", *words) == NULL && (unsigned char) *words >= 0x20)
            buf_char(out, *words);
    buf_text(out, "&quot;");
}

static void
add_decimals(Buf *out, int64_t decimals)
{
    if (decimals > 0)
        buf_char(out, '.');
    for (int64_t i = 0; i < decimals && i < 20; i++)
        buf_char(out, '0');
}

/* "#,##0.00" with what stands before and behind; false when the column asks for nothing. */
static bool
add_number_code(Buf *out, const ExportColumn *column)
{
    const char *style = json_text_or(json_get(column->settings, "number_style"), "");
    const char *before = json_text_or(json_get(column->settings, "prefix"), "");
    const char *behind = json_text_or(json_get(column->settings, "suffix"), "");
    int64_t decimals = json_int_or(json_get(column->settings, "decimals"), -1);
    bool currency = strcmp(style, "currency") == 0;
    bool percent = strcmp(style, "percent") == 0;

    if (!currency && !percent && decimals < 0 && before[0] == '\0' && behind[0] == '\0')
        return false;
    if (decimals < 0)
        decimals = currency ? 2 : percent ? 1 : 0;
    add_words(out, before);
    buf_text(out, percent ? "0" : "#,##0");
    add_decimals(out, decimals);
    if (percent)
        buf_char(out, '%');
    if (currency)
    {
        buf_text(out, "\\ ");
        add_words(out, format_currency_mark(column));
    }
    add_words(out, behind);
    return true;
}

static void
add_format(Buf *out, unsigned number, const char *code)
{
    buf_format(out, "<numFmt numFmtId=\"%u\" formatCode=\"%s\"/>", number, code);
}

/* The number of formats. */
static unsigned
add_formats(Buf *out, const ExportPlan *plan, unsigned *styles)
{
    unsigned count = COUNT_OF(date_codes);
    Buf code = buf_new(out->arena, 4096);

    for (unsigned i = 0; i < COUNT_OF(date_codes); i++)
        add_format(out, FIRST_OWN_FORMAT + i, date_codes[i]);
    for (size_t i = 0; i < plan->count; i++)
    {
        const ExportColumn *column = &plan->columns[i];

        buf_clear(&code);
        styles[i] = STYLE_PLAIN;
        if (stamp_is_type(column->type))
            styles[i] = date_style(column);
        else if (plan->formatted && add_number_code(&code, column))
        {
            add_format(out, FIRST_OWN_FORMAT + count, buf_cstr(&code));
            styles[i] = STYLE_DATE + count++;
        }
    }
    return count;
}

void
xlsx_styles(Buf *out, const ExportPlan *plan, unsigned *styles)
{
    Buf formats = buf_new(out->arena, EXPORT_ROW_BYTES);
    unsigned count = add_formats(&formats, plan, styles);

    buf_text(out, begin);
    buf_format(out, "<numFmts count=\"%u\">", count);
    buf_str(out, buf_slice(&formats));
    buf_text(out, "</numFmts>");
    buf_text(out, middle);
    buf_format(out, "<cellXfs count=\"%u\"><xf/><xf fontId=\"1\" applyFont=\"1\"/>",
               STYLE_DATE + count);
    for (unsigned i = 0; i < count; i++)
        buf_format(out, "<xf numFmtId=\"%u\" applyNumberFormat=\"1\"/>", FIRST_OWN_FORMAT + i);
    buf_text(out, "</cellXfs></styleSheet>");
}
