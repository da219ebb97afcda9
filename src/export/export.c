/* The list of formats. */
#include "export/export.h"

#include <string.h>

const ExportFormat export_formats[] = {
    { "csv", "text/csv; charset=utf-8", csv_open },
    { "json", "application/json;charset=utf-8", json_open },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_open },
    { 0 },
};

const ExportFormat *
export_lookup(const char *name)
{
    for (const ExportFormat *format = export_formats; format->name != NULL; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}
