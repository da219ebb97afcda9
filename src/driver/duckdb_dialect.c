/* How DuckDB writes SQL: close to the usual text. A connection is set to the report time zone
 * before a compiled statement runs. Its regular expressions are those of RE2, without looking
 * around. */
#include "driver/dialects.h"

#define HOST_START  "(?:^[^:/?#]*://)?(?:[^@/?#]*@)?(?:www\\.)?"
#define HOST_ENDING "(?:(?:com?|org|net|gov|edu|ac|gouv)\\.[a-z]{2}|[^./?#:]+)"

// clang-format off
static const char *const slots[SLOT_COUNT] = {
    [SLOT_DIVIDE] = "cast(%1 as double) / nullif(%2, 0)",
    [SLOT_REGEX] = "nullif(regexp_extract(%1, %2), '')",
    [SLOT_SPLIT_PART] = "case when %3 < 1 then '' else split_part(%1, %2, %3) end",
    [SLOT_HOST] = "nullif(regexp_extract(%1, '" HOST_START "(?:[^./?#]+\\.)*?([^./?#:]+\\." HOST_ENDING ")(?:[:/?#]|$)', 1), '')",
    [SLOT_DOMAIN] = "nullif(regexp_extract(%1, '" HOST_START "(?:[^./?#]+\\.)*?([^./?#:]+)\\." HOST_ENDING "(?:[:/?#]|$)', 1), '')",
    [SLOT_SUBDOMAIN] = "nullif(regexp_extract(%1, '" HOST_START "([^./?#@:]+)(?:\\.[^./?#]+)*?\\.[^./?#:]+\\." HOST_ENDING "(?:[:/?#]|$)', 1), '')",
    [SLOT_PATH] = "nullif(regexp_extract(%1, '^[^:/?#]*://[^/?#]*(/[^?#]*)', 1), '')",
    [SLOT_CAST_INTEGER] = "cast(round(cast(%1 as double)) as bigint)",
    [SLOT_CAST_FLOAT] = "cast(%1 as double)",
    [SLOT_COMPACT_TO_DATETIME] = "strptime(%1, '%%Y%%m%%d%%H%%M%%S')",
    [SLOT_COMPACT_BYTES_TO_DATETIME] = "strptime(decode(%1), '%%Y%%m%%d%%H%%M%%S')",
    [SLOT_BYTES_TO_DATETIME] = "cast(decode(%1) as timestamp)",
    [SLOT_FROM_UNIX] = "to_timestamp(cast(%1 as double) / %2)",
    [SLOT_TRUNC_TIME] = "cast(date_trunc('%u', date '1970-01-01' + cast(%1 as time)) as time)",
    [SLOT_ADD_QUARTER] = "%1 + (%2) * interval '3 month'",
    [SLOT_DIFF_SECOND] = "datesub('second', %1, %2)",
    [SLOT_DIFF_DAY] = "datediff('day', cast(%1 as date), cast(%2 as date))",
    /* Its own datesub takes the last day of a short month for the 31st. */
    [SLOT_DIFF_MONTH] = "datediff('month', cast(%1 as date), cast(%2 as date)) + case when cast(%2 as date) >= cast(%1 as date) and day(cast(%2 as date)) < day(cast(%1 as date)) then -1 when cast(%2 as date) < cast(%1 as date) and day(cast(%2 as date)) > day(cast(%1 as date)) then 1 else 0 end",
    /* A value without a type leaves the columns of the statement unknown. */
    [SLOT_CONVERT_ZONE] = "%1 at time zone cast(%2 as text)",
    [SLOT_CONVERT_ZONE_FROM] = "(%1 at time zone cast(%3 as text)) at time zone cast(%2 as text)",
    [SLOT_DIVIDE_WHOLE] = "cast(trunc((%1) / %2) as bigint)",
};
// clang-format on

const Dialect duckdb_dialect = {
    .name = "duckdb",
    .quote = '"',
    .placeholder = PLACEHOLDER_DOLLAR,
    .max_ident_bytes = 1024,
    .max_values = 65535,
    .max_text_bytes = 1000000,
    .folds_names = true,
    .has_full_join = true,
    .has_grouping_sets = true,
    .slots = slots,
};
