/* Content as files: there and back, what a plan says, what is refused. */
#include "content/content.h"
#include "store/database.h"
#include "store/library.h"
#include "store/metadata.h"
#include "store/revision.h"
#include "store_setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
    ROUNDS = 300
};

typedef struct World
{
    Store *store;
    Arena *arena;
    int64_t user;
    int64_t table;
    int64_t total;
    const char *segment;
    Collection top;
    Card card;
    Card on_card;
    Dashboard dashboard;
} World;

static Json *
tree(World *w, const char *format, ...)
{
    Json *made = NULL;
    va_list args;
    Error err;

    va_start(args, format);
    CHECK_OK(json_parse(w->arena, str_of(arena_vformat(w->arena, format, args)), NULL, &made, &err),
             &err);
    va_end(args);
    return made;
}

static void
make_table(World *w, const char *database)
{
    Database db = database_new(w->arena);
    Table table = { .schema = "main", .name = "orders", .display_name = "Orders", .active = true };
    TableField field = { .name = "total",
                         .display_name = "Total",
                         .base_type = "type/Float",
                         .database_type = "REAL",
                         .active = true };
    bool created;
    Error err;

    db.name = database;
    db.engine = "sqlite";
    db.details = json_new(w->arena, JSON_OBJECT);
    CHECK_OK(database_create(w->store, w->arena, &db, &err), &err);
    table.db_id = db.id;
    CHECK_OK(table_put(w->store, w->arena, &table, &created, &err), &err);
    field.table_id = table.id;
    CHECK_OK(field_put(w->store, w->arena, &field, &created, &err), &err);
    w->table = table.id;
    w->total = field.id;
}

static Card
make_card(World *w, const char *name, const Json *query)
{
    Card card = card_new(w->arena);
    Error err;

    card.name = name;
    card.display = "bar";
    card.dataset_query = query;
    card.visualization_settings = json_new(w->arena, JSON_OBJECT);
    card.creator_id = w->user;
    card.collection_id = (OptInt){ true, w->top.id };
    CHECK_OK(card_create(w->store, w->arena, &card, &err), &err);
    return card;
}

static void
make_dashboard(World *w)
{
    Dashboard made = dashboard_new(w->arena);
    Tab tab = { .id = -1, .name = "Vue" };
    Dashcard cards[2] = { { .id = -1, .size_x = 12, .size_y = 6, .row = 2 },
                          { .id = -2, .size_x = 24, .size_y = 1 } };
    TabList tabs = { &tab, 1 };
    DashcardList list = { cards, 2 };
    Error err;

    made.name = "Board";
    made.creator_id = w->user;
    made.collection_id = (OptInt){ true, w->top.id };
    CHECK_OK(dashboard_create(w->store, w->arena, &made, &err), &err);
    for (size_t i = 0; i < 2; i++)
    {
        cards[i].dashboard_tab_id = (OptInt){ true, -1 };
        cards[i].inline_parameters = json_new(w->arena, JSON_ARRAY);
        cards[i].parameter_mappings = json_new(w->arena, JSON_ARRAY);
        cards[i].visualization_settings = tree(w, "{\"text\": \"# A\\n\\nb\"}");
    }
    cards[0].card_id = (OptInt){ true, w->card.id };
    cards[0].series = (IntList){ &w->on_card.id, 1 };
    cards[0].parameter_mappings =
        tree(w,
             "[{\"card_id\": %d, \"parameter_id\": \"p\", \"target\": [\"dimension\", [\"field\", "
             "%d, null]]}, {\"card_id\": 987654, \"parameter_id\": \"p\", \"target\": []}]",
             (int) w->card.id, (int) w->total);
    CHECK_OK(dashboard_arrange(w->store, w->arena, made.id, &tabs, &list, &err), &err);
    w->dashboard = made;
}

static World
make_world(Store *store, Arena *arena)
{
    World w = { .store = store, .arena = arena };
    User user = { .email = "ada@example.org", .is_superuser = true };
    Definition segment = { .name = "Large" };
    Error err;

    CHECK_OK(user_create(store, arena, &user, NULL, &err), &err);
    w.user = user.id;
    make_table(&w, "Shop");
    w.top = (Collection){ .name = "Sales" };
    CHECK_OK(collection_create(store, arena, &w.top, &err), &err);
    segment.creator_id = w.user;
    segment.table_id = w.table;
    segment.definition =
        tree(&w, "{\"source-table\": %d, \"filter\": [\">\", [\"field\", %d, null], 9]}",
             (int) w.table, (int) w.total);
    CHECK_OK(segment_create(store, arena, &segment, &err), &err);
    w.segment = segment.entity_id;
    w.card = make_card(&w, "Orders",
                       tree(&w,
                            "{\"type\": \"query\", \"database\": 1, \"query\": {\"source-table\": "
                            "%d, \"filter\": [\"segment\", %d]}}",
                            (int) w.table, (int) segment.id));
    w.on_card = make_card(&w, "Orders",
                          tree(&w,
                               "{\"type\": \"query\", \"database\": 1, \"query\": "
                               "{\"source-table\": \"card__%d\"}}",
                               (int) w.card.id));
    make_dashboard(&w);
    return w;
}

static ContentFiles export(World *w)
{
    ContentNotes notes;
    ContentFiles files;
    Error err;

    CHECK_OK(content_export(w->store, w->arena, 0, &files, &notes, &err), &err);
    CHECK_INT(notes.list.count, 0);
    return files;
}

static ContentPlan
import(World *w, const ContentFiles *files, bool dry_run, bool prune)
{
    ContentOrder order = { .dry_run = dry_run, .prune = prune, .user_id = w->user };
    ContentPlan plan;
    Error err = { 0 };

    CHECK_OK(content_import(w->store, w->arena, files, &order, &plan, &err), &err);
    return plan;
}

static void
check_acts(const ContentPlan *plan, size_t created, size_t changed, size_t trashed)
{
    for (size_t i = 0; i < plan->problems.list.count; i++)
        print_message("%s\n", ((ContentNote *) plan->problems.list.items[i])->text);
    CHECK_INT(plan->problems.list.count, 0);
    CHECK_INT(plan->acts[CONTENT_CREATE], created);
    CHECK_INT(plan->acts[CONTENT_CHANGE], changed);
    CHECK_INT(plan->acts[CONTENT_TRASH], trashed);
}

static void
check_same(const ContentFiles *a, const ContentFiles *b)
{
    CHECK_INT(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
    {
        CHECK_STR(a->items[i].path, b->items[i].path);
        CHECK_STR(a->items[i].text.ptr, b->items[i].text.ptr);
    }
}

/* The file whose path holds that; its text may be changed. */
static ContentFile *
file_of(const ContentFiles *files, const char *part)
{
    for (size_t i = 0; i < files->count; i++)
        if (strstr(files->items[i].path, part) != NULL)
            return &files->items[i];
    fail_msg("no file of %s", part);
    return NULL;
}

static void
replace(World *w, ContentFile *file, const char *old, const char *new)
{
    const char *text = arena_text_n(w->arena, file->text.ptr, file->text.len);
    const char *at = strstr(text, old);

    assert_non_null(at);
    file->text =
        str_of(arena_format(w->arena, "%.*s%s%s", (int) (at - text), text, new, at + strlen(old)));
}

STORE_TEST(content_goes_out_and_comes_back_as_the_same_bytes)
{
    World w = make_world(store, arena);
    ContentFiles before = export(&w);
    ContentFiles after;
    ContentPlan plan;
    RevisionList history;
    Card card;
    Error err;

    CHECK_INT(before.count, 5);
    assert_null(strstr(file_of(&before, "board")->text.ptr, "987654"));
    plan = import(&w, &before, false, true);
    check_acts(&plan, 0, 0, 0);
    CHECK_OK(collection_delete(store, arena, &w.top, &err), &err);
    CHECK_INT(export(&w).count, 0);

    plan = import(&w, &before, true, false);
    check_acts(&plan, 4, 0, 0);
    CHECK_INT(plan.steps[0].id, 0);
    CHECK_INT(export(&w).count, 0);
    plan = import(&w, &before, false, false);
    check_acts(&plan, 4, 0, 0);
    after = export(&w);
    check_same(&before, &after);
    plan = import(&w, &before, false, true);
    check_acts(&plan, 0, 0, 0);

    CHECK_OK(card_find_by_entity_id(store, arena, w.card.entity_id, &card, &err), &err);
    CHECK(card.id != w.card.id);
    CHECK_INT(card.database_id.value, 1);
    CHECK_INT(card.creator_id, w.user);
    CHECK_OK(revision_list(store, arena, "Card", card.id, (OptInt){ 0 }, 9, &history, &err), &err);
    CHECK_INT(history.count, 1);
    CHECK(history.items[0].is_creation);
    CHECK_INT(
        ask_int(store, arena, "select count(*) from vigie_audit where action = 'card-create'"), 2);
}

STORE_TEST(content_that_changed_is_found_by_its_entity_id)
{
    World w = make_world(store, arena);
    ContentFiles files = export(&w);
    RevisionList history;
    ContentPlan plan;
    Dashboard board;
    Card card;
    Error err;

    /* Both cards have the same name: their files do not. */
    replace(&w, file_of(&files, w.card.entity_id), "name: Orders", "name: All orders");
    replace(&w, file_of(&files, w.card.entity_id), "display: bar", "display: line");
    replace(&w, file_of(&files, "board"), "row: 2", "row: 3");
    plan = import(&w, &files, true, false);
    check_acts(&plan, 0, 2, 0);
    plan = import(&w, &files, false, false);
    check_acts(&plan, 0, 2, 0);
    CHECK_OK(card_find(store, arena, w.card.id, &card, &err), &err);
    CHECK_STR(card.name, "All orders");
    CHECK_STR(card.display, "line");
    CHECK_OK(
        revision_list(store, arena, "Dashboard", w.dashboard.id, (OptInt){ 0 }, 9, &history, &err),
        &err);
    CHECK_INT(history.count, 1);
    plan = import(&w, &files, false, false);
    check_acts(&plan, 0, 0, 0);

    /* In the trash, it comes back. */
    CHECK_OK(dashboard_find(store, arena, w.dashboard.id, &board, &err), &err);
    board.archived = true;
    CHECK_OK(dashboard_update(store, arena, &board, &err), &err);
    plan = import(&w, &files, false, false);
    check_acts(&plan, 0, 1, 0);
    CHECK_OK(dashboard_find(store, arena, w.dashboard.id, &board, &err), &err);
    CHECK(!board.archived);
}

STORE_TEST(content_without_a_file_goes_to_the_trash_when_asked)
{
    World w = make_world(store, arena);
    ContentFiles files = export(&w);
    ContentFiles fewer = { ARENA_ARRAY(arena, files.count, ContentFile), 0 };
    ContentPlan plan;
    Card card;
    Error err;

    for (size_t i = 0; i < files.count; i++)
        if (strstr(files.items[i].path, "board") == NULL &&
            strstr(files.items[i].path, w.on_card.entity_id) == NULL)
            fewer.items[fewer.count++] = files.items[i];
    plan = import(&w, &fewer, false, false);
    check_acts(&plan, 0, 0, 0);
    plan = import(&w, &fewer, false, true);
    check_acts(&plan, 0, 0, 2);
    CHECK_OK(card_find(store, arena, w.on_card.id, &card, &err), &err);
    CHECK(card.archived && card.archived_directly);
    plan = import(&w, &fewer, false, true);
    check_acts(&plan, 0, 0, 0);
}

/* One change of one file makes all of them refused, with that line and those words. */
static void
check_refused(World *w, const char *part, const char *old, const char *new, unsigned line,
              const char *words)
{
    ContentFiles files = export(w);
    const ContentFiles before = export(w);
    const ContentNote *note;
    ContentFiles after;
    ContentPlan plan;

    replace(w, file_of(&files, part), old, new);
    plan = import(w, &files, false, true);
    if (plan.problems.list.count == 0)
        fail_msg("%s was not refused", new);
    note = plan.problems.list.items[0];
    if (strstr(note->text, words) == NULL || note->line != line)
        fail_msg("line %u: %s", note->line, note->text);
    after = export(w);
    check_same(&before, &after);
}

STORE_TEST(content_that_is_wrong_is_refused_as_a_whole)
{
    World w = make_world(store, arena);
    const char *card = w.card.entity_id;

    check_refused(&w, card, "display:", "disply:", 4, "disply: there is no such key");
    check_refused(&w, card, "database: Shop", "database: Shopp", 6, "there is no database Shopp");
    check_refused(&w, card, "[Shop, main, orders]", "[Shop, main, order]", 9,
                  "there is no table main.order in Shop");
    check_refused(&w, "large", "orders, total]", "orders, totl]", 5,
                  "there is no field totl in main.orders of Shop");
    check_refused(&w, card, "[Shop, main, orders]", "1", 9, "numbers of an instance are not read");
    check_refused(&w, card, w.segment, "AAAAAAAAAAAAAAAAAAAAA", 8, "there is no segment AAA");
    check_refused(&w, card, "display: bar", "display: 7", 4, "display: value must be");
    check_refused(&w, card, "display: bar", "display: [", 0, "the YAML is not valid");
    check_refused(&w, card, w.top.entity_id, "AAAAAAAAAAAAAAAAAAAAA", 3,
                  "there is no collection AAAAAAAAAAAAAAAAAAAAA");
    check_refused(&w, card, "model: Card", "model: Document", 12, "a Document is not read");
    check_refused(&w, card, card, "short", 2, "entity_id: value must be 21");
    check_refused(&w, card, card, w.on_card.entity_id, 2, "has the same");
    check_refused(&w, "board", "size_x: 12", "size_x: 40", 23, "size_x");
    check_refused(&w, "board", "dashboard_tab_id: ", "dashboard_tab_id: A", 9,
                  "the entity_id of one of the tabs");
    check_refused(&w, "sales.yaml", "name: Sales", "name: Sales\npersonal_owner_id: a@example.org",
                  2, "what is personal is not read");
    check_refused(&w, "sales.yaml", "name: Sales",
                  arena_format(arena, "name: Sales\nparent_id: %s", w.top.entity_id), 2,
                  "parent_id");
}

/* As Metabase writes them: more keys than ours, in another order, beside files of other things. */
STORE_TEST(content_of_a_metabase_export_is_read)
{
    World w = make_world(store, arena);
    ContentFile items[] = {
        { "collections/main/reports.yaml",
          STR("name: Reports\ndescription: null\nentity_id: CollectionOfReports_1\nslug: reports\n"
              "created_at: '2024-08-28T09:46:18.671622Z'\narchived: false\ntype: null\n"
              "parent_id: null\npersonal_owner_id: null\nnamespace: null\nauthority_level: null\n"
              "archive_operation_id: null\narchived_directly: null\nis_sample: false\n"
              "is_remote_synced: false\n"
              "serdes/meta:\n- id: CollectionOfReports_1\n  label: reports\n  model: "
              "Collection\n") },
        { "collections/main/reports/large.yaml",
          STR("name: Large orders\nentity_id: CardOfLargeOrders____\ncollection_id: "
              "CollectionOfReports_1\ncreator_id: someone@example.org\ndisplay: bar\n"
              "archived: false\ntype: question\nquery_type: query\ndatabase_id: Shop\n"
              "table_id: [Shop, main, orders]\nenable_embedding: true\npublic_uuid: "
              "11111111-1111-4111-8111-111111111111\nmade_public_by_id: someone@example.org\n"
              "metabase_version: v1.58.0\ncard_schema: 23\nparameters: []\n"
              "parameter_mappings: []\nvisualization_settings:\n  column_settings: null\n"
              "dataset_query:\n  lib/type: mbql/query\n  database: Shop\n  stages:\n"
              "  - lib/type: mbql.stage/mbql\n    source-table: [Shop, main, orders]\n"
              "    filters:\n    - - '>'\n      - {lib/uuid: a1}\n      - - field\n"
              "        - {lib/uuid: a2, base-type: type/Float}\n        - - Shop\n          - "
              "main\n"
              "          - orders\n          - total\n      - 10\n"
              "result_metadata:\n- name: total\n  base_type: type/Float\n  fingerprint: {}\n"
              "serdes/meta:\n- id: CardOfLargeOrders____\n  label: large_orders\n  model: "
              "Card\n") },
        { "collections/main/reports/board.yaml",
          STR("name: All\nentity_id: DashboardOfReports__1\ncollection_id: CollectionOfReports_1\n"
              "creator_id: someone@example.org\nwidth: full\nauto_apply_filters: true\n"
              "initially_published_at: null\ntabs:\n- entity_id: TabOfTheDashboard___1\n"
              "  name: One\n  position: 0\n  serdes/meta:\n  - {id: DashboardOfReports__1, model: "
              "Dashboard}\n  - {id: TabOfTheDashboard___1, model: DashboardTab}\ndashcards:\n"
              "- entity_id: DashcardOfDashboard_1\n  card_id: CardOfLargeOrders____\n"
              "  dashboard_tab_id: TabOfTheDashboard___1\n  row: 0\n  col: 0\n  size_x: 12\n"
              "  size_y: 6\n  action_id: null\n  series:\n  - card_id: CardOfLargeOrders____\n"
              "    position: 0\n  parameter_mappings: []\n  visualization_settings: {}\n"
              "  created_at: '2024-08-28T09:46:24.692002Z'\n  serdes/meta:\n"
              "  - {id: DashboardOfReports__1, model: Dashboard}\n"
              "  - {id: DashcardOfDashboard_1, model: DashboardCard}\n"
              "serdes/meta:\n- {id: DashboardOfReports__1, label: all, model: Dashboard}\n") },
        { "collections/main/reports/sql.yaml",
          STR("name: SQL\nentity_id: CardOfSqlOnLarge_____\ncollection_id: CollectionOfReports_1\n"
              "display: table\ndataset_query:\n  type: native\n  database: Shop\n  native:\n"
              "    query: select * from {{#42-large}}\n    template-tags:\n      '#42-large':\n"
              "        {type: card, name: '#42-large', id: t, display-name: L, card-id: "
              "CardOfLargeOrders____}\n"
              "serdes/meta:\n- {id: CardOfSqlOnLarge_____, model: Card}\n") },
        { "collections/snippets/folder.yaml",
          STR("name: Folder\nentity_id: CollectionOfSnippets1\nnamespace: snippets\n"
              "serdes/meta:\n- {id: CollectionOfSnippets1, model: Collection}\n") },
        { "databases/shop/shop.yaml", STR("name: Shop\nengine: postgres\n") },
    };
    const ContentFiles files = { items, COUNT_OF(items) };
    ContentPlan plan = import(&w, &files, false, false);
    Card card;
    Error err;

    check_acts(&plan, 4, 0, 0);
    CHECK_OK(card_find_by_entity_id(store, arena, "CardOfLargeOrders____", &card, &err), &err);
    CHECK_STR(json_print(arena, json_path(card.dataset_query, "stages", NULL)),
              arena_format(arena,
                           "[{\"filters\":[[\">\",{\"lib/uuid\":\"a1\"},[\"field\",{\"base-type\":"
                           "\"type/Float\",\"lib/uuid\":\"a2\"},%d],10]],\"lib/type\":\"mbql.stage/"
                           "mbql\",\"source-table\":%d}]",
                           (int) w.total, (int) w.table));
    CHECK_INT(card.table_id.value, w.table);
    /* No file shows anything to strangers. */
    assert_null(card.public_uuid);
    CHECK(!card.enable_embedding);
    plan = import(&w, &files, true, false);
    check_acts(&plan, 0, 0, 0);
}

/* One to four bytes of one file are others. */
static void
damage(World *w, const ContentFiles *files, unsigned *seed)
{
    static const char bytes[] = "[]{}:,-#'\"|&*! \n\tn0A_1e9\\\x01\xc3\xa9\xf0";
    ContentFile *file = &files->items[(unsigned) rand_r(seed) % files->count];
    char *text = arena_text_n(w->arena, file->text.ptr, file->text.len);
    int count = 1 + rand_r(seed) % 4;

    for (int i = 0; i < count; i++)
        text[(unsigned) rand_r(seed) % file->text.len] =
            bytes[(unsigned) rand_r(seed) % (sizeof(bytes) - 1)];
    file->text = (Str){ text, file->text.len };
}

STORE_TEST(content_of_databases_with_one_name_is_refused)
{
    World w = make_world(store, arena);
    ContentFiles files = export(&w);
    const ContentNote *note;
    ContentPlan plan;

    replace(&w, file_of(&files, w.card.entity_id), "display: bar", "display: line");
    make_table(&w, "Shop");
    plan = import(&w, &files, false, false);
    assert_true(plan.problems.list.count > 0);
    note = plan.problems.list.items[0];
    CHECK_STR(note->text, "2 databases are called Shop: rename all but one");
}

STORE_TEST(content_that_is_damaged_is_read_or_refused_and_a_dry_run_changes_nothing)
{
    World w = make_world(store, arena);
    const ContentFiles before = export(&w);
    ContentFiles after;
    unsigned seed = 7;

    for (int i = 0; i < ROUNDS; i++)
    {
        CLEANUP(arena_free) Arena *round = arena_new();
        ContentOrder order = { .dry_run = true, .prune = i % 2 == 0, .user_id = w.user };
        ContentFiles files = { ARENA_ARRAY(round, before.count, ContentFile), before.count };
        World damaged = w;
        ContentPlan plan;
        Error err = { 0 };

        memcpy(files.items, before.items, before.count * sizeof(ContentFile));
        damaged.arena = round;
        damage(&damaged, &files, &seed);
        CHECK_OK(content_import(store, round, &files, &order, &plan, &err), &err);
    }
    after = export(&w);
    check_same(&before, &after);
}

TEST(content_folders_mirror_what_was_exported)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char folder[] = "/tmp/vigie-test-XXXXXX";
    ContentFile items[] = { { "collections/main/a.yaml", STR("name: A\n") },
                            { "collections/main/a/b.yaml", STR("name: B\n") } };
    ContentFiles files = { items, 2 };
    ContentFiles read;
    ContentWritten written;
    Error err;
    FILE *other;

    assert_non_null(mkdtemp(folder));
    CHECK_OK(content_write_folder(arena, folder, &files, &written, &err), &err);
    CHECK_INT(written.written, 2);
    other = fopen(arena_format(arena, "%s/README.yaml", folder), "w");
    assert_non_null(other);
    (void) fclose(other);
    CHECK_OK(content_read_folder(arena, folder, &read, &err), &err);
    CHECK_INT(read.count, 2);
    CHECK_STR(read.items[1].path, "collections/main/a/b.yaml");
    files.count = 1;
    CHECK_OK(content_write_folder(arena, folder, &files, &written, &err), &err);
    CHECK_INT(written.same, 1);
    CHECK_INT(written.removed, 1);
    CHECK(access(arena_format(arena, "%s/README.yaml", folder), F_OK) == 0);
    CHECK(system(arena_format(arena, "rm -r %s", folder)) == 0);
}

TEST(content_archives_hold_the_same_files_and_no_others)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    ContentFile items[] = { { "collections/main/a.yaml", STR("name: A\n") },
                            { "../../etc/collections/main/b.yaml", STR("name: B\n") },
                            { "/etc/passwd.yaml", STR("x") },
                            { "settings.yaml", STR("x") },
                            { "collections/main/notes.txt", STR("x") },
                            { "repo-1/databases/d/tables/t/segments/s.yaml", STR("name: S\n") } };
    ContentFiles files = { items, COUNT_OF(items) };
    ContentFiles read;
    Str archive;
    Error err;

    CHECK_OK(content_pack(arena, &files, &archive, &err), &err);
    CHECK_OK(content_unpack(arena, archive, &read, &err), &err);
    CHECK_INT(read.count, 3);
    CHECK_STR(read.items[0].path, "collections/main/a.yaml");
    CHECK_STR(read.items[1].path, "collections/main/b.yaml");
    CHECK_STR(read.items[2].path, "databases/d/tables/t/segments/s.yaml");
    CHECK_STR(read.items[0].text.ptr, "name: A\n");
    CHECK_ERROR(content_unpack(arena, STR("no archive"), &read, &err), &err, ERR_MEDIA);
}
