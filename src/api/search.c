/* Search: words without accents and case, in any order; best matches first. */
#include "store/search.h"
#include "api/answer.h"
#include "api/collection.h"
#include "api/review.h"
#include "api/tables.h"
#include "run/index.h"
#include "store/personal.h"

#include <stdlib.h>
#include <string.h>

enum
{
    MAX_WORDS = 12,
    MAX_RESULTS = 1000,
    MAX_VALUES = 1000 /* of models, that have the longest word */
};

#define SEARCH_MODELS                                                                              \
    "card|dataset|metric|dashboard|collection|database|table|segment|measure|document|action|"     \
    "transform|indexed-entity"
#define DISPLAYS                                                                                   \
    "table|bar|line|area|combo|pie|row|scatter|scalar|smartscalar|gauge|progress|funnel|"          \
    "waterfall|"                                                                                   \
    "map|pivot|object|sankey|boxplot|histogram"

typedef struct SearchQuery
{
    const char *q;
    TextList models;
    bool archived;
    int64_t table_db_id;
    int64_t collection;
    IntList created_by;
    IntList last_edited_by;
    IntList ids;
    TextList display_type;
    const char *created_at;
    const char *last_edited_at;
    bool search_native_query;
    bool verified;
    bool calculate_available_models;
    bool include_dashboard_questions;
    const char *personal;
    OptInt limit;
    OptInt offset;
} SearchQuery;

static const Field search_query[] = {
    FIELD(SearchQuery, q, .max = 1000),
    FIELD(SearchQuery, models, .max = 20, .choices = SEARCH_MODELS),
    FIELD(SearchQuery, archived),
    FIELD(SearchQuery, table_db_id, .min = 1, .max = INT64_MAX),
    FIELD(SearchQuery, collection, .min = 1, .max = INT64_MAX),
    FIELD(SearchQuery, created_by, .max = 100),
    FIELD(SearchQuery, last_edited_by, .max = 100),
    FIELD(SearchQuery, ids, .max = 1000),
    FIELD(SearchQuery, display_type, .max = 50, .choices = DISPLAYS),
    FIELD(SearchQuery, created_at, .max = 100),
    FIELD(SearchQuery, last_edited_at, .max = 100),
    FIELD(SearchQuery, search_native_query),
    FIELD(SearchQuery, verified),
    FIELD(SearchQuery, calculate_available_models),
    FIELD(SearchQuery, include_dashboard_questions),
    FIELD_AS(SearchQuery, personal, "filter_items_in_personal_collection",
             .choices = "all|only|only-mine|exclude|exclude-others"),
    FIELD(SearchQuery, limit, .min = 0, .max = INT32_MAX),
    FIELD(SearchQuery, offset, .min = 0, .max = INT32_MAX),
    { 0 },
};

typedef struct Result
{
    Found found;
    double score;
    bool bookmarked;
} Result;

/* One search. */
typedef struct Search
{
    Content content;
    const SearchQuery *query;
    BookmarkList bookmarks;
    ReviewList reviews; /* the last word on each thing */
    Str words[MAX_WORDS];
    size_t word_count;
    Instant now;
} Search;

static bool
has_text(const TextList *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (text != NULL && strcmp(list->items[i], text) == 0)
            return true;
    return list->count == 0;
}

static bool
has_int(const IntList *list, OptInt number)
{
    for (size_t i = 0; i < list->count; i++)
        if (number.set && list->items[i] == number.value)
            return true;
    return list->count == 0;
}

/* Below 0 when the time is before that day or month, 0 when it is in it. */
static int
compare_time(const char *at, Str day)
{
    for (size_t i = 0; i < day.len; i++)
        if (at[i] != day.ptr[i])
            return at[i] < day.ptr[i] ? -1 : 1;
    return 0;
}

/* "2024-01-01~2024-02-01", either side open, or one day. */
static bool
is_in_range(const char *range, const char *at)
{
    Str to = str_of(range), from;

    if (range == NULL)
        return true;
    if (at == NULL || !str_split(&to, '~', &from))
        return false;
    if (to.ptr == NULL)
        return compare_time(at, from) == 0;
    return compare_time(at, from) >= 0 && compare_time(at, to) <= 0;
}

/* ---------------------------------------------------------------------------------- who may see */

static bool
may_see(const Search *it, const Found *found)
{
    OptInt lies_in = found->collection_id;

    if (found->index_id != 0)
        return content_may(&it->content, lies_in, ACCESS_READ);
    if (strcmp(found->model, "database") == 0)
        return sight_of_database(&it->content.sight, found->id);
    if (found->table_id.set && !lies_in.set && strcmp(found->model, "card") != 0 &&
        strcmp(found->model, "dataset") != 0 && strcmp(found->model, "metric") != 0)
        return sight_of_table(&it->content.sight, found->database_id.value, found->table_id.value);
    return content_may(&it->content, lies_in, ACCESS_READ);
}

static bool
fits_personal(const Search *it, const Found *found)
{
    const char *wanted = it->query->personal;
    int64_t me = it->content.req->who.user.id, owner = 0;

    if (found->collection_id.set)
        owner = rights_personal_owner(
            &it->content.rights,
            rights_collection(&it->content.rights, found->collection_id.value));
    if (wanted == NULL || strcmp(wanted, "all") == 0)
        return true;
    if (strcmp(wanted, "only") == 0)
        return owner != 0;
    if (strcmp(wanted, "only-mine") == 0)
        return owner == me;
    return owner == 0 || (strcmp(wanted, "exclude-others") == 0 && owner == me);
}

static const char *
status_of(const Search *it, const Found *found)
{
    return review_status(&it->reviews, found->model, found->id);
}

/* In that collection or below it. */
static bool
fits_collection(const Search *it, const Found *found)
{
    const Collection *in, *top;
    const char *inside;

    if (it->query->collection == 0)
        return true;
    top = rights_collection(&it->content.rights, it->query->collection);
    if (!found->collection_id.set || top == NULL)
        return false;
    in = rights_collection(&it->content.rights, found->collection_id.value);
    inside = collection_inside(it->content.req->arena, top);
    return in != NULL && (in->id == top->id || strncmp(in->location, inside, strlen(inside)) == 0);
}

static bool
fits_filters(const Search *it, const Found *found)
{
    const SearchQuery *query = it->query;

    if (query->table_db_id != 0 &&
        (!found->database_id.set || found->database_id.value != query->table_db_id))
        return false;
    if (query->ids.count > 0 && !has_int(&query->ids, (OptInt){ true, found->id }))
        return false;
    if (found->dashboard_id.set && !query->include_dashboard_questions && it->word_count == 0)
        return false;
    if (query->verified &&
        (status_of(it, found) == NULL || strcmp(status_of(it, found), "verified") != 0))
        return false;
    return has_int(&query->created_by, found->creator_id) &&
           has_int(&query->last_edited_by, found->last_editor_id) &&
           (query->display_type.count == 0 || has_text(&query->display_type, found->display)) &&
           is_in_range(query->created_at, found->created_at) &&
           is_in_range(query->last_edited_at, found->last_edited_at) && fits_personal(it, found) &&
           fits_collection(it, found);
}

/* ------------------------------------------------------------------------------------- how well */

static const char *
find_word(const char *text, Str word)
{
    return text == NULL ? NULL : memmem(text, strlen(text), word.ptr, word.len);
}

/* 0: not there. The beginning of a name is better than that of a word, which is better than the
 * middle of one. */
static double
word_score(const char *name, const char *words, Str word)
{
    const char *at = find_word(name, word);

    if (at == name && name != NULL)
        return 1.0;
    if (at != NULL)
        return at[-1] == ' ' || at[-1] == '_' || at[-1] == '-' ? 0.8 : 0.5;
    return find_word(words, word) != NULL ? 0.3 : 0;
}

/* What people mean more often comes first. */
static double
model_weight(const char *model)
{
    static const struct
    {
        const char *model;
        double weight;
    } weights[] = { { "dashboard", 1.0 },     { "metric", 0.95 }, { "dataset", 0.9 },
                    { "card", 0.8 },          { "segment", 0.5 }, { "measure", 0.5 },
                    { "collection", 0.6 },    { "table", 0.4 },   { "database", 0.3 },
                    { "indexed-entity", 0.2 } };

    for (size_t i = 0; i < COUNT_OF(weights); i++)
        if (strcmp(weights[i].model, model) == 0)
            return weights[i].weight;
    return 0;
}

/* From 1 for what was changed now to 0 for half a year ago. */
static double
recency(const Search *it, const Found *found)
{
    const char *text = found->last_edited_at != NULL ? found->last_edited_at : found->updated_at;
    double days;
    Instant at;

    if (text == NULL || !time_parse(str_of(text), &at))
        return 0;
    days = (double) (it->now - at) / (double) DAY_US;
    return days >= 180 ? 0 : days <= 0 ? 1 : 1 - days / 180;
}

static bool
is_bookmarked(const Search *it, const Found *found)
{
    const char *type = strcmp(found->model, "dataset") == 0 || strcmp(found->model, "metric") == 0
                           ? "card"
                           : found->model;

    for (size_t i = 0; i < it->bookmarks.count; i++)
        if (it->bookmarks.items[i].item_id == found->id &&
            strcmp(it->bookmarks.items[i].type, type) == 0)
            return true;
    return false;
}

/* False when a word is missing. */
static bool
rate(const Search *it, Result *result)
{
    const Found *found = &result->found;
    Arena *arena = it->content.req->arena;
    const char *name = str_fold(arena, str_of(found->name));
    const char *words = found->words;
    double text = 0;

    if (words == NULL)
        words = str_fold(
            arena, str_of(arena_format(arena, "%s %s %s", found->name,
                                       found->table_name == NULL ? "" : found->table_name,
                                       found->description == NULL ? "" : found->description)));
    if (found->dataset_query != NULL)
        words = arena_format(arena, "%s %s", words, str_fold(arena, str_of(found->dataset_query)));
    for (size_t i = 0; i < it->word_count; i++)
    {
        double score = word_score(name, words, it->words[i]);

        if (score == 0)
            return false;
        text += score / (double) it->word_count;
    }
    if (it->word_count > 0 && it->words[0].len == strlen(name))
        text += 0.5;
    result->bookmarked = is_bookmarked(it, found);
    result->score = 10 * text + 2 * model_weight(found->model) + recency(it, found) +
                    (result->bookmarked ? 1 : 0) + (found->collection_position.set ? 1 : 0) +
                    (found->view_count > 100 ? 1 : (double) found->view_count / 100.0);
    return true;
}

static int
compare(const void *left, const void *right)
{
    const Result *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return strcmp(a->found.name, b->found.name);
}

/* -------------------------------------------------------------------------------------- writing */

static const Field shown[] = {
    FIELD(Found, id),
    FIELD(Found, model),
    FIELD(Found, name),
    FIELD(Found, description),
    FIELD(Found, archived),
    FIELD(Found, collection_id),
    FIELD(Found, collection_position),
    FIELD(Found, database_id),
    FIELD(Found, table_id),
    FIELD(Found, table_name),
    FIELD(Found, table_schema),
    FIELD(Found, display),
    FIELD(Found, dashboard_id),
    FIELD(Found, creator_id),
    FIELD(Found, created_at),
    FIELD(Found, updated_at),
    FIELD(Found, last_editor_id),
    FIELD(Found, last_edited_at),
    { 0 },
};

static void
write_place(JsonWriter *w, const Content *content, const Found *found)
{
    const Collection *in = NULL;

    if (found->collection_id.set)
        in = rights_collection(&content->rights, found->collection_id.value);
    json_key(w, "collection");
    json_begin_object(w);
    json_key(w, "id");
    in == NULL ? json_null(w) : json_int(w, in->id);
    json_put_text(w, "name", in == NULL ? NULL : in->name);
    json_put_text(w, "authority_level", in == NULL ? NULL : in->authority_level);
    json_put_text(w, "type", in == NULL ? NULL : in->type);
    json_end_object(w);
}

/* Of a value: the model that it is in, and the column that holds its key. */
static void
write_model(JsonWriter *w, const Search *it, const Found *found)
{
    ModelIndex index;

    if (found->index_id == 0 || !model_index_find(it->content.req->store, it->content.req->arena,
                                                  found->index_id, &index, &(Error){ 0 }))
        return;
    json_put_int(w, "model_id", found->model_id);
    json_put_text(w, "model_name", found->model_name);
    json_put_int(w, "model_index_id", found->index_id);
    json_put_tree(w, "pk_ref", index.pk_ref);
}

static void
write_result(JsonWriter *w, const Search *it, const Result *result)
{
    const Found *found = &result->found;
    const User *creator =
        found->creator_id.set ? content_person(&it->content, found->creator_id.value) : NULL;
    const User *editor = found->last_editor_id.set
                             ? content_person(&it->content, found->last_editor_id.value)
                             : NULL;

    json_begin_object(w);
    bind_write(w, shown, found);
    write_place(w, &it->content, found);
    write_model(w, it, found);
    json_put_text(w, "creator_common_name", creator == NULL ? NULL : creator->common_name);
    json_put_text(w, "last_editor_common_name", editor == NULL ? NULL : editor->common_name);
    json_put_bool(w, "bookmark", result->bookmarked);
    json_put_text(w, "moderated_status", status_of(it, found));
    json_put_null(w, "context");
    json_put_bool(w, "can_write", content_may(&it->content, found->collection_id, ACCESS_WRITE));
    json_key(w, "scores");
    json_begin_array(w);
    json_begin_object(w);
    json_put_text(w, "name", "total");
    json_key(w, "score");
    json_double(w, result->score);
    json_end_object(w);
    json_end_array(w);
    json_end_object(w);
}

static void
write_models(JsonWriter *w, const char *key, const Result *results, size_t count)
{
    const char *seen[16];
    TextList models = { seen, 0 };

    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < count && models.count < COUNT_OF(seen); i++)
        if (models.count == 0 || !has_text(&models, results[i].found.model))
        {
            seen[models.count++] = results[i].found.model;
            json_text(w, results[i].found.model);
        }
    json_end_array(w);
}

static bool
answer_results(const Search *it, Response *res, const Result *results, size_t count, Error *err)
{
    const SearchQuery *query = it->query;
    size_t from = query->offset.set ? (size_t) query->offset.value : 0, written = 0;
    size_t most = query->limit.set ? (size_t) query->limit.value : MAX_RESULTS;
    Answer answer;
    JsonWriter *w = answer_begin(it->content.req, &answer);
    int64_t total = 0;

    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++)
    {
        if (!has_text(&query->models, results[i].found.model))
            continue;
        if ((size_t) total++ < from || written == most)
            continue;
        write_result(w, it, &results[i]);
        written++;
    }
    json_end_array(w);
    write_models(w, "models", results, count);
    if (query->calculate_available_models)
        write_models(w, "available_models", results, count);
    json_put_text(w, "engine", "vigie");
    json_key(w, "table_db_id");
    query->table_db_id == 0 ? json_null(w) : json_int(w, query->table_db_id);
    answer_page_end(w, total, (Page){ query->limit, query->offset });
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* ------------------------------------------------------------------------------------- searching
 */

static void
split_words(Search *it)
{
    Arena *arena = it->content.req->arena;
    Str rest = str_of(it->query->q == NULL ? "" : str_fold(arena, str_of(it->query->q))), word;

    while (it->word_count < MAX_WORDS && str_split(&rest, ' ', &word))
        if (word.len > 0)
            it->words[it->word_count++] = word;
}

/* The longest word leaves the fewest. */
static const char *
longest_word(const Search *it)
{
    Str longest = { 0 };

    for (size_t i = 0; i < it->word_count; i++)
        if (it->words[i].len > longest.len)
            longest = it->words[i];
    return longest.len == 0 ? NULL : str_copy(it->content.req->arena, longest);
}

/* Those of models that give them to who asks; they come one index after the other. */
static bool
find_values(const Search *it, FoundList *list, Error *err)
{
    Request *req = it->content.req;
    const IndexGround ground = { req->app->runner, req->store, req->settings, NULL };
    int64_t looked_at = 0;
    bool is_theirs = false;
    IndexedValueList values;
    FoundList made;

    if (!model_index_search(req->store, req->arena, longest_word(it), MAX_VALUES, &values, err))
        return false;
    made = (FoundList){ ARENA_ARRAY(req->arena, list->count + values.count, Found), list->count };
    memcpy(made.items, list->items, list->count * sizeof(Found));
    for (size_t i = 0; i < values.count; i++)
    {
        const IndexedValue *value = &values.items[i];
        ModelIndex index;

        if (value->index_id != looked_at)
            is_theirs = model_index_find(req->store, req->arena, value->index_id, &index, err) &&
                        index_is_for(&ground, req->arena, &index, &req->who);
        looked_at = value->index_id;
        if (is_theirs)
            made.items[made.count++] = (Found){ .model = "indexed-entity",
                                                .id = value->key,
                                                .name = value->name,
                                                .words = value->words,
                                                .collection_id = value->collection_id,
                                                .database_id = value->database_id,
                                                .index_id = value->index_id,
                                                .model_id = value->model_id,
                                                .model_name = value->model_name };
    }
    *list = made;
    return true;
}

static bool
get_search(Request *req, Response *res, Error *err)
{
    Search it = { .query = req->query, .now = time_now() };
    SearchFilter filter;
    Result *results;
    size_t count = 0;
    FoundList list;

    if (!content_open(req, &it.content, err) ||
        !bookmark_list(req->store, req->arena, req->who.user.id, &it.bookmarks, err) ||
        !review_latest(req->store, req->arena, &it.reviews, err))
        return false;
    split_words(&it);
    filter = (SearchFilter){ .archived = it.query->archived,
                             .word = longest_word(&it),
                             .with_queries = it.query->search_native_query };
    if (!search_all(req->store, req->arena, &filter, &list, err) ||
        (it.word_count > 0 && !filter.archived && has_text(&it.query->models, "indexed-entity") &&
         !find_values(&it, &list, err)))
        return false;
    results = ARENA_ARRAY(req->arena, list.count, Result);
    for (size_t i = 0; i < list.count; i++)
    {
        results[count].found = list.items[i];
        if (may_see(&it, &list.items[i]) && fits_filters(&it, &list.items[i]) &&
            rate(&it, &results[count]))
            count++;
    }
    qsort(results, count, sizeof(Result), compare);
    return answer_results(&it, res, results, count, err);
}

// clang-format off
const Route search_routes[] = {
    ROUTE_ON(API, GET, "/api/search", get_search, USER, "Find anything by its name", .query = search_query),
    { 0 },
};
// clang-format on
