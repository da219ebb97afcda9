#include "run/learn.h"

#include "run/columns.h"
#include "sql/fingerprint.h"
#include "store/card.h"

enum
{
    MAX_METADATA = 1024 * 1024
};

bool
learn_from(Store *store, Arena *arena, int64_t card_id, const RunAnswer *answer,
           const Json **columns, Error *err)
{
    Buf text = buf_new(arena, MAX_METADATA);
    JsonWriter w = json_writer(&text);
    Json *tree;

    columns_write_metadata(&w, arena, answer);
    if (text.failed)
        return error_set(err, ERR_TOO_LARGE, "the question has too many columns to keep them");
    if (!json_parse(arena, buf_slice(&text), NULL, &tree, err))
        return false;
    *columns = json_get(tree, "columns");
    return answer->is_partial || card_set_result_metadata(store, arena, card_id, *columns, err);
}

bool
learn_card(Runner *runner, Arena *arena, const RunOrder *order, int64_t card_id,
           const Json **columns, Error *err)
{
    RunOrder look = *order;
    RunAnswer answer;
    Card card;
    bool ok;

    if (!card_find(order->store, arena, card_id, &card, err))
        return false;
    look.question = card.dataset_query;
    look.saved = look.whole = true;
    look.pivot = false;
    look.max_rows = FINGERPRINT_ROWS;
    look.small = (SmallCells){ 0 };
    ok = run_answer(runner, arena, &look, &answer, err) &&
         learn_from(order->store, arena, card_id, &answer, columns, err);
    run_release(runner, &answer);
    return ok;
}
