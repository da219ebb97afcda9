/* Styles of the cells of a workbook: dates by their unit, numbers by the settings of their column.
 */
#ifndef EXPORT_XLSX_STYLE_H
#define EXPORT_XLSX_STYLE_H

#include "export/export.h"

/* The first ones, always there; those of columns with settings follow. */
typedef enum XlsxStyle
{
    STYLE_PLAIN,
    STYLE_HEAD,
    STYLE_DATE,
    STYLE_MOMENT,
    STYLE_TIME,
    STYLE_MONTH,
    STYLE_YEAR,
    STYLE_COUNT
} XlsxStyle;

/* Writes xl/styles.xml and the number of each column's style. */
void xlsx_styles(Buf *out, const ExportPlan *plan, unsigned *styles);

#endif
