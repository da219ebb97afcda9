/* The audit log and its chain of hashes. Query history and views are not here. */
#include "store/activity.h"

#include "store/store_private.h"

#include <string.h>

enum
{
    DEFAULT_LIMIT = 50,
    MAX_LINE_BYTES = 256 * 1024
};

extern const char sql_audit_lock[], sql_audit_add[], sql_audit_move_head[], sql_audit_list[],
    sql_audit_after[], sql_audit_newest[];

/* The row as it is kept; details are text here, so that what is hashed is what is stored. */
typedef struct AuditRow
{
    Audit line;
    const char *details;
} AuditRow;

/* The hash of the line before, and this line as a JSON array, which no two lines share. */
static const char *
chain_hash(Arena *arena, const char *previous, const AuditRow *row)
{
    Buf text = buf_new(arena, MAX_LINE_BYTES);
    JsonWriter w = json_writer(&text);

    buf_text(&text, previous);
    json_begin_array(&w);
    json_int(&w, row->line.id);
    json_text(&w, row->line.at);
    json_int(&w, row->line.actor_id.set ? row->line.actor_id.value : 0);
    json_text(&w, row->line.actor);
    json_text(&w, row->line.action);
    json_text(&w, row->line.model);
    json_int(&w, row->line.model_id.set ? row->line.model_id.value : 0);
    json_text(&w, row->details);
    json_text(&w, row->line.ip_address);
    json_end_array(&w);
    return sha256_hex(arena, buf_slice(&text));
}

static bool
insert_line(Store *tx, Arena *arena, const AuditRow *row, Error *err)
{
    const Audit *line = &row->line;

    return store_query(tx, arena, sql_audit_add,
                       VALUES(VALUE_OF_INT(line->id), VALUE_OF_TEXT(line->at),
                              value_of_opt_int(line->actor_id), VALUE_OF_TEXT(line->actor),
                              VALUE_OF_TEXT(line->action), VALUE_OF_TEXT(line->model),
                              value_of_opt_int(line->model_id), VALUE_OF_TEXT(row->details),
                              VALUE_OF_TEXT(line->ip_address), VALUE_OF_TEXT(line->hash)),
                       NULL, err) &&
           store_query(tx, arena, sql_audit_move_head,
                       VALUES(VALUE_OF_INT(line->id), VALUE_OF_TEXT(line->hash)), NULL, err);
}

bool
audit_add(Store *store, Arena *arena, Audit *line, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    AuditRow row = { .line = *line };
    const char *previous;
    Rows rows;

    row.details = line->details == NULL ? NULL : json_print(arena, line->details);
    if (row.details != NULL && strlen(row.details) > MAX_LINE_BYTES / 8)
        return error_set(err, ERR_TOO_LARGE, "the details of an audit line are too long");
    if (!store_join(store, &tx, err) ||
        !store_expect(tx, arena, sql_audit_lock, NULL, 0, "audit head", 1, &rows, err))
        return false;
    row.line.id = value_to_int(&rows.row[0][0], 0) + 1;
    previous = value_to_text(arena, &rows.row[0][1]);
    row.line.at = time_text(arena, time_now());
    row.line.hash = chain_hash(arena, previous, &row);
    if (!insert_line(tx, arena, &row, err) || !store_commit(&tx, err))
        return false;
    *line = row.line;
    return true;
}

static AuditRow
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    AuditRow row = { 0 };
    RowReader details;

    row.line.id = row_int(&reader);
    row.line.at = row_text(&reader);
    row.line.actor_id = row_opt_int(&reader);
    row.line.actor = row_text(&reader);
    row.line.action = row_text(&reader);
    row.line.model = row_text(&reader);
    row.line.model_id = row_opt_int(&reader);
    details = reader;
    row.line.details = row_json(&details);
    row.details = row_text(&reader);
    row.line.ip_address = row_text(&reader);
    row.line.hash = row_text(&reader);
    return row;
}

bool
audit_list(Store *store, Arena *arena, const AuditFilter *filter, AuditList *list, Error *err)
{
    int64_t limit = filter->limit > 0 ? filter->limit : DEFAULT_LIMIT;
    AuditList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_audit_list,
                     VALUES(value_of_id(filter->actor_id), VALUE_OF_TEXT(filter->action),
                            VALUE_OF_TEXT(filter->model), value_of_id(filter->model_id),
                            value_of_id(filter->before_id), VALUE_OF_INT(limit)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Audit);
    for (; made.count < rows.count; made.count++)
        made.items[made.count] = read_row(arena, rows.row[made.count]).line;
    *list = made;
    return true;
}

bool
audit_newest(Store *store, Arena *arena, const char *action, const char *model, AuditList *list,
             Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_audit_newest,
                     VALUES(VALUE_OF_TEXT(action), VALUE_OF_TEXT(model)), &rows, err))
        return false;
    *list = (AuditList){ .items = ARENA_ARRAY(arena, rows.count + 1, Audit) };
    for (; list->count < rows.count; list->count++)
        list->items[list->count] = read_row(arena, rows.row[list->count]).line;
    return true;
}

/* Where the check of the chain stands. */
typedef struct Chain
{
    char hash[2 * SHA256_BYTES + 1];
    int64_t lines;
    int64_t broken_id;
} Chain;

static void
check_row(Arena *arena, const AuditRow *row, Chain *chain)
{
    const char *hash = chain_hash(arena, chain->hash, row);

    if (row->line.id != chain->lines + 1)
        chain->broken_id = chain->lines + 1; /* one is missing */
    else if (row->line.hash == NULL || strcmp(hash, row->line.hash) != 0)
        chain->broken_id = row->line.id;
    else
    {
        memcpy(chain->hash, hash, sizeof(chain->hash));
        chain->lines++;
    }
}

static bool
walk_chain(Store *tx, Chain *chain, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    ArenaMark mark = arena_mark(arena);
    Rows rows = { .count = 1 };

    while (rows.count > 0 && chain->broken_id == 0)
    {
        arena_rewind(arena, mark);
        if (!store_query(tx, arena, sql_audit_after, VALUES(VALUE_OF_INT(chain->lines)), &rows,
                         err))
            return false;
        for (size_t i = 0; i < rows.count && chain->broken_id == 0; i++)
        {
            AuditRow row = read_row(arena, rows.row[i]);

            check_row(arena, &row, chain);
        }
    }
    return true;
}

bool
audit_verify(Store *store, Arena *arena, int64_t *lines, int64_t *broken_id, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Chain chain = { .lines = 0 };
    Rows rows;

    memset(chain.hash, '0', sizeof(chain.hash) - 1);
    /* Holding the head keeps new lines out meanwhile. */
    if (!store_join(store, &tx, err) ||
        !store_expect(tx, arena, sql_audit_lock, NULL, 0, "audit head", 1, &rows, err) ||
        !walk_chain(tx, &chain, err) || !store_commit(&tx, err))
        return false;
    /* Lines cut from the end leave a chain that holds: the head tells. */
    if (chain.broken_id == 0 && (value_to_int(&rows.row[0][0], 0) != chain.lines ||
                                 strcmp(value_to_text(arena, &rows.row[0][1]), chain.hash) != 0))
        chain.broken_id = chain.lines + 1;
    *lines = chain.lines;
    *broken_id = chain.broken_id;
    return true;
}
