/*
 * How Trino writes SQL. Names are folded, values are written out, the offset comes before the
 * limit. Functions of time work in the zone of their argument, so that instants are first put into
 * the report zone. Numbers with a point are decimals whose division rounds: what must not round is
 * made a double.
 */
#include "driver/dialects.h"

#define HOST_START  "(?:^[^:/?#]*://)?(?:[^@/?#]*@)?(?:www\\.)?"
#define HOST_ENDING "(?:(?:com?|org|net|gov|edu|ac|gouv)\\.[a-z]{2}|[^./?#:]+)"
#define MOMENT      "timestamp(6)"
#define INSTANT     "timestamp(6) with time zone"
/* The days from the first of the week to that day, 0 to 6. */
#define DAYS_INTO_WEEK(x) "(day_of_week(" x ") + 7 - %w) %% 7"

// clang-format off
// NOLINTBEGIN(bugprone-suspicious-missing-comma)
static const char *const slots[SLOT_COUNT] = {
    [SLOT_DIVIDE] = "cast(%1 as double) / nullif(%2, 0)",
    [SLOT_BIN] = "floor((cast(%1 as double) - (%2)) / %3) * %3 + (%2)",
    [SLOT_REGEX] = "nullif(regexp_extract(%1, %2), '')",
    [SLOT_SPLIT_PART] = "case when %1 is null then null when %3 < 1 then '' else coalesce(split_part(%1, %2, greatest(%3, 1)), '') end",
    [SLOT_HOST] = "regexp_extract(%1, '" HOST_START "(?:[^./?#]+\\.)*?([^./?#:]+\\." HOST_ENDING ")(?:[:/?#]|$)', 1)",
    [SLOT_DOMAIN] = "regexp_extract(%1, '" HOST_START "(?:[^./?#]+\\.)*?([^./?#:]+)\\." HOST_ENDING "(?:[:/?#]|$)', 1)",
    [SLOT_SUBDOMAIN] = "regexp_extract(%1, '" HOST_START "([^./?#@:]+)(?:\\.[^./?#]+)*?\\.[^./?#:]+\\." HOST_ENDING "(?:[:/?#]|$)', 1)",
    [SLOT_PATH] = "regexp_extract(%1, '^[^:/?#]*://[^/?#]*(/[^?#]*)', 1)",
    [SLOT_STARTS_WITH] = "starts_with(%1, %2)",
    [SLOT_ENDS_WITH] = "substring(%1, greatest(length(%1) - length(%2) + 1, 1)) = %2",
    [SLOT_CONTAINS] = "strpos(%1, %2) > 0",
    [SLOT_TEXT_VALUE] = "%1",
    [SLOT_CAST_TEXT] = "cast(%1 as varchar)",
    [SLOT_CAST_INTEGER] = "cast(round(cast(%1 as double)) as bigint)",
    [SLOT_CAST_FLOAT] = "cast(%1 as double)",
    [SLOT_MEDIAN] = "approx_percentile(%1, 0.5)",
    [SLOT_PERCENTILE] = "approx_percentile(%1, %2)",
    [SLOT_TIME_VALUE] = "cast(%1 as time(6))",
    [SLOT_DATETIME_VALUE] = "cast(replace(%1, 'T', ' ') as " MOMENT ")",
    [SLOT_INSTANT_VALUE] = "cast(from_iso8601_timestamp_nanos(%1) as " INSTANT ")",
    [SLOT_LOCAL] = "at_timezone(%1, %z)",
    [SLOT_TEXT_TO_DATE] = "cast(substring(%1, 1, 10) as date)",
    [SLOT_TEXT_TO_DATETIME] = "cast(from_iso8601_timestamp(replace(%1, ' ', 'T')) as " MOMENT ")",
    [SLOT_TEXT_TO_TIME] = "cast(%1 as time(6))",
    [SLOT_COMPACT_TO_DATETIME] = "date_parse(%1, '%%Y%%m%%d%%H%%i%%s')",
    [SLOT_COMPACT_BYTES_TO_DATETIME] = "date_parse(from_utf8(%1), '%%Y%%m%%d%%H%%i%%s')",
    [SLOT_BYTES_TO_DATETIME] = "cast(from_iso8601_timestamp(replace(from_utf8(%1), ' ', 'T')) as " MOMENT ")",
    [SLOT_FROM_UNIX] = "from_unixtime_nanos(cast(cast(%1 as decimal(38, 9)) * 1000000000 / %2 as decimal(38, 0)))",
    [SLOT_TRUNC_WEEK] = "date_add('day', - %s, date_trunc('week', date_add('day', %s, %1)))",
    [SLOT_TRUNC_DATE] = "date_trunc('%u', cast(%1 as date))",
    [SLOT_TRUNC_DATE_WEEK] = "date_add('day', - %s, date_trunc('week', date_add('day', %s, cast(%1 as date))))",
    [SLOT_TRUNC_TIME] = "date_trunc('%u', cast(%1 as time(6)))",
    [SLOT_EXTRACT_SECOND] = "second(%1)",
    [SLOT_EXTRACT_MINUTE] = "minute(%1)",
    [SLOT_EXTRACT_HOUR] = "hour(%1)",
    [SLOT_EXTRACT_WEEKDAY] = DAYS_INTO_WEEK("%1") " + 1",
    [SLOT_EXTRACT_WEEKDAY_ISO] = "day_of_week(%1)",
    [SLOT_EXTRACT_DAY] = "day(%1)",
    [SLOT_EXTRACT_YEARDAY] = "day_of_year(%1)",
    [SLOT_EXTRACT_WEEK] = "(day_of_year(date_add('day', - (" DAYS_INTO_WEEK("%1") "), %1)) + 6) / 7",
    [SLOT_EXTRACT_WEEK_ISO] = "week(%1)",
    [SLOT_EXTRACT_WEEK_OF] = "(day_of_year(%1) + " DAYS_INTO_WEEK("date_trunc('year', %1)") " - 1) / 7 + 1",
    [SLOT_EXTRACT_WEEK_US] = "(day_of_year(%1) + day_of_week(date_trunc('year', %1)) %% 7 - 1) / 7 + 1",
    [SLOT_EXTRACT_MONTH] = "month(%1)",
    [SLOT_EXTRACT_QUARTER] = "quarter(%1)",
    [SLOT_EXTRACT_YEAR] = "year(%1)",
    [SLOT_ZONED] = "at_timezone(%1, %z)",
    [SLOT_ADD] = "date_add('%u', cast(%2 as bigint), %1)",
    [SLOT_ADD_MILLISECOND] = "date_add('millisecond', cast(%2 as bigint), %1)",
    [SLOT_ADD_QUARTER] = "date_add('quarter', cast(%2 as bigint), %1)",
    [SLOT_DIFF_SECOND] = "date_diff('second', %1, %2)",
    [SLOT_DIFF_DAY] = "date_diff('day', cast(%1 as date), cast(%2 as date))",
    [SLOT_DIFF_MONTH] = "date_diff('month', cast(%1 as date), cast(%2 as date))",
    [SLOT_CONVERT_ZONE] = "cast(at_timezone(%1, %2) as " MOMENT ")",
    [SLOT_CONVERT_ZONE_FROM] = "cast(at_timezone(with_timezone(cast(%1 as " MOMENT "), %3), %2) as " MOMENT ")",
    [SLOT_DIFFABLE] = "cast(%1 as " INSTANT ")",
    [SLOT_DATE_TO_DATETIME] = "cast(%1 as " MOMENT ")",
};
// NOLINTEND(bugprone-suspicious-missing-comma)
// clang-format on

const Dialect trino_dialect = {
    .name = "trino",
    .quote = '"',
    .placeholder = PLACEHOLDER_NONE,
    .max_ident_bytes = 1024,
    .max_values = 65535,
    .max_text_bytes = 1000000, /* query.max-length of a server unless changed */
    .folds_names = true,
    .has_full_join = true,
    .has_grouping_sets = true,
    .offset_before_limit = true,
    .slots = slots,
};
