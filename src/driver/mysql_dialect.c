/*
 * How MariaDB and MySQL write SQL. A connection is set to the report time zone before a compiled
 * statement runs; texts are compared by bytes where a question says that case counts.
 */
#include "driver/dialects.h"

/* Where the name of a host stands in an address, up to the last part: what comes before is let go
 * by \K. */
#define HOST_START  "(?:^[^:/?#]*://)?(?:[^@/?#]*@)?(?:www\\\\.)?"
#define HOST_ENDING "(?:(?:com?|org|net|gov|edu|ac|gouv)\\\\.[a-z]{2}|[^./?#:]+)"

// clang-format off
static const char *const slots[SLOT_COUNT] = {
    [SLOT_DIVIDE] = "cast(%1 as double) / nullif(%2, 0)",
    [SLOT_ROUND] = "sign(%1) * floor(abs(%1) + 0.5)", /* halves of a double go to the even number */
    [SLOT_LENGTH] = "char_length(%1)",
    [SLOT_CONCAT] = "concat(%1, %2)",
    [SLOT_REGEX] = "nullif(regexp_substr(%1, concat('(?-i)', %2)), '')",
    [SLOT_SPLIT_PART] = "case when %3 < 1 or %3 > (char_length(%1) - char_length(replace(%1, %2, ''))) / char_length(%2) + 1 then '' else substring_index(substring_index(%1, %2, %3), %2, -1) end",
    [SLOT_HOST] = "nullif(regexp_substr(%1, '" HOST_START "(?:[^./?#]+\\\\.)*?\\\\K[^./?#:]+\\\\." HOST_ENDING "(?=[:/?#]|$)'), '')",
    [SLOT_DOMAIN] = "nullif(regexp_substr(%1, '" HOST_START "(?:[^./?#]+\\\\.)*?\\\\K[^./?#:]+(?=\\\\." HOST_ENDING "(?:[:/?#]|$))'), '')",
    [SLOT_SUBDOMAIN] = "nullif(regexp_substr(%1, '" HOST_START "\\\\K[^./?#@:]+(?=(?:\\\\.[^./?#]+)*?\\\\.[^./?#:]+\\\\." HOST_ENDING "(?:[:/?#]|$))'), '')",
    [SLOT_PATH] = "nullif(regexp_substr(%1, '^[^:/?#]*://[^/?#]*\\\\K/[^?#]*'), '')",
    [SLOT_STARTS_WITH] = "left(%1, char_length(%2)) = cast(%2 as binary)",
    [SLOT_ENDS_WITH] = "right(%1, char_length(%2)) = cast(%2 as binary)",
    [SLOT_CONTAINS] = "locate(cast(%2 as binary), cast(%1 as binary)) > 0",
    [SLOT_TEXT_VALUE] = "%1",
    [SLOT_CAST_TEXT] = "cast(%1 as char)",
    [SLOT_CAST_INTEGER] = "cast(round(cast(%1 as decimal(65, 10))) as signed)",
    [SLOT_CAST_FLOAT] = "cast(%1 as double)",
    [SLOT_AVG] = "avg(cast(%1 as double))", /* of whole numbers it would keep four decimals */
    [SLOT_MEDIAN] = "",
    [SLOT_PERCENTILE] = "",
    [SLOT_TIME_VALUE] = "cast(%1 as time(6))",
    [SLOT_DATETIME_VALUE] = "cast(%1 as datetime(6))",
    [SLOT_INSTANT_VALUE] = "cast(left(%1, 26) as datetime(6))",
    [SLOT_TEXT_TO_DATETIME] = "cast(%1 as datetime(6))",
    [SLOT_COMPACT_TO_DATETIME] = "str_to_date(%1, '%%Y%%m%%d%%H%%i%%s')",
    [SLOT_COMPACT_BYTES_TO_DATETIME] = "str_to_date(convert(%1 using utf8mb4), '%%Y%%m%%d%%H%%i%%s')",
    [SLOT_BYTES_TO_DATETIME] = "cast(convert(%1 using utf8mb4) as datetime(6))",
    [SLOT_FROM_UNIX] = "from_unixtime(%1 / %2)",
    [SLOT_TRUNC_MILLISECOND] = "%1 - interval microsecond(%1) %% 1000 microsecond",
    [SLOT_TRUNC_SECOND] = "cast(date_format(%1, '%%Y-%%m-%%d %%H:%%i:%%s') as datetime)",
    [SLOT_TRUNC_MINUTE] = "cast(date_format(%1, '%%Y-%%m-%%d %%H:%%i:00') as datetime)",
    [SLOT_TRUNC_HOUR] = "cast(date_format(%1, '%%Y-%%m-%%d %%H:00:00') as datetime)",
    [SLOT_TRUNC_DAY] = "cast(date(%1) as datetime)",
    [SLOT_TRUNC_WEEK] = "cast(date(%1) - interval (weekday(%1) + 8 - %w) %% 7 day as datetime)",
    [SLOT_TRUNC_MONTH] = "cast(date_format(%1, '%%Y-%%m-01') as datetime)",
    [SLOT_TRUNC_QUARTER] = "cast(makedate(year(%1), 1) + interval quarter(%1) - 1 quarter as datetime)",
    [SLOT_TRUNC_YEAR] = "cast(makedate(year(%1), 1) as datetime)",
    [SLOT_TRUNC_DATE_WEEK] = "date(%1) - interval (weekday(%1) + 8 - %w) %% 7 day",
    [SLOT_TRUNC_TIME] = "cast(case '%u' when 'hour' then maketime(hour(%1), 0, 0) when 'minute' then maketime(hour(%1), minute(%1), 0) else maketime(hour(%1), minute(%1), second(%1)) end as time)",
    [SLOT_EXTRACT_SECOND] = "second(%1)",
    [SLOT_EXTRACT_MINUTE] = "minute(%1)",
    [SLOT_EXTRACT_HOUR] = "hour(%1)",
    [SLOT_EXTRACT_WEEKDAY] = "(weekday(%1) + 8 - %w) %% 7 + 1",
    [SLOT_EXTRACT_WEEKDAY_ISO] = "weekday(%1) + 1",
    [SLOT_EXTRACT_DAY] = "dayofmonth(%1)",
    [SLOT_EXTRACT_YEARDAY] = "dayofyear(%1)",
    [SLOT_EXTRACT_WEEK] = "ceil(dayofyear(%1 - interval (weekday(%1) + 8 - %w) %% 7 day) / 7)",
    [SLOT_EXTRACT_WEEK_ISO] = "week(%1, 3)",
    [SLOT_EXTRACT_WEEK_OF] = "floor((dayofyear(%1) + (weekday(makedate(year(%1), 1)) + 8 - %w) %% 7 - 1) / 7) + 1",
    [SLOT_EXTRACT_WEEK_US] = "floor((dayofyear(%1) + dayofweek(makedate(year(%1), 1)) - 2) / 7) + 1",
    [SLOT_EXTRACT_MONTH] = "month(%1)",
    [SLOT_EXTRACT_QUARTER] = "quarter(%1)",
    [SLOT_EXTRACT_YEAR] = "year(%1)",
    [SLOT_ADD] = "%1 + interval (%2) %u",
    [SLOT_ADD_MILLISECOND] = "%1 + interval (%2) * 1000 microsecond",
    [SLOT_ADD_QUARTER] = "%1 + interval (%2) quarter",
    [SLOT_DIFF_SECOND] = "timestampdiff(second, %1, %2)",
    [SLOT_DIFF_DAY] = "datediff(%2, %1)",
    [SLOT_DIFF_MONTH] = "timestampdiff(month, date(%1), date(%2))",
    [SLOT_CONVERT_ZONE] = "convert_tz(%1, @@session.time_zone, %2)",
    [SLOT_CONVERT_ZONE_FROM] = "convert_tz(%1, %3, %2)",
    [SLOT_DIFFABLE] = "convert_tz(%1, @@session.time_zone, '+00:00')",
    [SLOT_DIVIDE_WHOLE] = "truncate((%1) / %2, 0)",
    [SLOT_DATE_TO_DATETIME] = "cast(%1 as datetime)",
};
// clang-format on

const Dialect mysql_dialect = {
    .name = "mysql",
    .quote = '`',
    .placeholder = PLACEHOLDER_QUESTION,
    .max_ident_bytes = 64,
    .max_values = 65535,
    .max_text_bytes = 16 * 1024 * 1024 - 1024,
    .backslash_escapes = true,
    .folds_names = true,
    .slots = slots,
};
