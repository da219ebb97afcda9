/*
 * Cells as people read them, from the settings of their column (Metabase's keys: number_style,
 * decimals, date_style...), in English and in French.
 */
#ifndef EXPORT_FORMAT_H
#define EXPORT_FORMAT_H

#include "export/export.h"

/* Adds the text; nothing for null. */
void format_cell(Buf *out, const Value *cell, const ExportColumn *column, const char *locale);
/* "janvier", 1 to 12; "lundi", 1 Monday to 7 Sunday. */
const char *format_month(const char *locale, int month);
const char *format_weekday(const char *locale, int day);
bool format_is_french(const char *locale);
/* "€", or the code when its settings ask for it. */
const char *format_currency_mark(const ExportColumn *column);

#endif
