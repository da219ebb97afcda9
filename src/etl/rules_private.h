/* Between the files of the masks: the functions that rules.def names. */
#ifndef ETL_RULES_PRIVATE_H
#define ETL_RULES_PRIVATE_H

#include "etl/rules.h"

typedef void MaskSelect(Sql *sql, const MaskUse *use, const SourceColumn *column);
typedef void MaskApply(const MaskCall *call, Buf *out);

MaskSelect select_filled, select_filled_list, select_present, select_value, select_number,
    select_column_default, select_constant, select_trunc, select_round, select_range,
    select_partial, select_first, select_department, select_domain;
MaskApply apply_placeholder, apply_placeholder_email, apply_placeholder_list, apply_empty_json,
    apply_hash, apply_first_name, apply_last_name, apply_full_name, apply_city, apply_email,
    apply_phone, apply_date_shift, apply_noise;

#endif
