/*
 * Looks into tables, a little: a sample of each for what its columns hold, and, where the owner of
 * the database agreed, the values of columns that have few. Every statement has a limit of rows and
 * of time.
 */
#ifndef SYNC_SCAN_H
#define SYNC_SCAN_H

#include "base/error.h"
#include "base/worker.h"
#include "store/store.h"

enum
{
    SCAN_VALUES = 1000 /* most values of a column that are kept */
};

typedef struct ScanReport
{
    int64_t tables;
    int64_t fields;
    int64_t failed; /* tables that could not be read: told in the log */
} ScanReport;

typedef struct ScanOrder
{
    int64_t database_id;
    int64_t table_id; /* 0: all */
    int64_t field_id; /* 0: all */
    bool values;      /* also the values of columns that have few; else samples only */
    bool anew;        /* also of columns that were sampled before */
    const char *data_folder;
    const Cancel *cancel;
} ScanOrder;

bool scan_database(Store *store, const ScanOrder *order, ScanReport *report, Error *err);

#endif
