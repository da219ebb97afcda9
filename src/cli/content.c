/* vigie content: dashboards as files, on the app database, beside a running server or without one.
 */
#include "content/content.h"
#include "auth/audit.h"
#include "cli/cli.h"
#include "cli/start.h"

#include <stdio.h>
#include <string.h>

enum
{
    EXIT_SOMETHING_TO_DO = 2
};

// clang-format off
static const CommandOption export_options[] = {
    { "collection", "ID", "Only this collection with all below it: its number or entity id; a personal one only so" },
    { 0 },
};

static const CommandOption import_options[] = {
    { "dry-run", NULL,    "Only show what would be done; exit code 2 when that is something" },
    { "prune",   NULL,    "Put into the trash what lies in a collection of the files and has no file" },
    { "managed", NULL,    "From now on people only read these collections: files alone change them" },
    { "as",      "EMAIL", "Who is noted as the author; else the first administrator" },
    { 0 },
};
// clang-format on

static bool
open_store(Call *call, Store **store, Error *err)
{
    Config config;

    return call_config(call, &config, err) && start_store_ready(call->arena, &config, store, err);
}

/* On standard error, so that a plan can be piped. */
static void
say_notes(const ContentNotes *notes)
{
    (void) fflush(stdout);
    for (size_t i = 0; i < notes->list.count; i++)
    {
        const ContentNote *note = notes->list.items[i];

        if (note->path != NULL && note->line > 0)
            (void) fprintf(stderr, "%s:%u: %s\n", note->path, note->line, note->text);
        else
            (void) fprintf(stderr, "%s%s%s\n", note->path == NULL ? "" : note->path,
                           note->path == NULL ? "" : ": ", note->text);
    }
    if (notes->more > 0)
        (void) fprintf(stderr, "and %zu more\n", notes->more);
}

/* ---------------------------------------------------------------------------------------- export
 */

static bool
find_collection(Store *store, Arena *arena, const char *text, int64_t *id, Error *err)
{
    Collection collection;

    if (str_to_int(str_of(text), 1, INT64_MAX, id))
        return true;
    if (!collection_find_by_entity_id(store, arena, text, &collection, err))
        return false;
    *id = collection.id;
    return true;
}

static bool
cmd_export(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    const char *only = call_option(call, "collection");
    ContentWritten written;
    ContentFiles files;
    ContentNotes notes;
    const char *folder;
    int64_t id = 0;

    if (!call_word(call, 0, "folder", &folder, err) || !open_store(call, &store, err) ||
        (only != NULL && !find_collection(store, call->arena, only, &id, err)) ||
        !content_export(store, call->arena, id, &files, &notes, err) ||
        !content_write_folder(call->arena, folder, &files, &written, err))
        return false;
    say("%zu files: %zu written, %zu unchanged, %zu removed\n", files.count, written.written,
        written.same, written.removed);
    say_notes(&notes);
    return true;
}

/* ---------------------------------------------------------------------------------------- import
 */

/* Changes need an author; the first administrator is there from the set-up on. */
static bool
find_author(Call *call, Store *store, int64_t *id, Error *err)
{
    const UserFilter filter = { .status = USER_ACTIVE };
    const char *email = call_option(call, "as");
    UserList list;
    User user;

    if (email != NULL)
    {
        if (!user_find_by_email(store, call->arena, email, &user, err))
            return false;
        *id = user.id;
        return user.is_active || error_set(err, ERR_INVALID, "%s is deactivated", email);
    }
    if (!user_list(store, call->arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].is_superuser && (*id == 0 || list.items[i].id < *id))
            *id = list.items[i].id;
    if (*id != 0)
        return true;
    (void) error_set(err, ERR_INVALID, "there is no administrator to note as the author");
    return error_hint(err, "Make one first: vigie user create-admin EMAIL.");
}

static void
say_step(const ContentStep *step)
{
    say("%-8s %-10s %s", content_act_name(step->act), step->model, step->name);
    for (size_t i = 0; step->act == CONTENT_CHANGE && i < step->change_count; i++)
        say("%s%s", i == 0 ? ": " : ", ", step->changes[i].key);
    say("%s\n", step->is_public ? " [published]" : "");
}

static void
say_plan(const ContentPlan *plan, bool dry_run)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->steps[i].act != CONTENT_SAME)
            say_step(&plan->steps[i]);
    say("%zu created, %zu changed, %zu put into the trash, %zu unchanged%s\n",
        plan->acts[CONTENT_CREATE], plan->acts[CONTENT_CHANGE], plan->acts[CONTENT_TRASH],
        plan->acts[CONTENT_SAME], dry_run ? " (nothing was done)" : "");
    if (plan->managed > 0)
        say("%zu managed by these files from now on\n", plan->managed);
}

static bool
cmd_import(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    ContentOrder order = { .dry_run = call_option(call, "dry-run") != NULL,
                           .prune = call_option(call, "prune") != NULL,
                           .manage = call_option(call, "managed") != NULL,
                           .address = "command line" };
    ContentFiles files;
    ContentPlan plan;
    const char *folder;

    if (!call_word(call, 0, "folder", &folder, err) ||
        !content_read_folder(call->arena, folder, &files, err) || !open_store(call, &store, err) ||
        !find_author(call, store, &order.user_id, err) ||
        !content_import(store, call->arena, &files, &order, &plan, err))
        return false;
    if (plan.problems.list.count > 0)
    {
        say_notes(&plan.problems);
        return error_set(err, ERR_INVALID, "the files were refused, nothing was changed");
    }
    say_plan(&plan, order.dry_run);
    if (order.dry_run && content_plan_acts(&plan))
        call->exit_code = EXIT_SOMETHING_TO_DO;
    return true;
}

/* --------------------------------------------------------------------------------------- release
 */

static bool
release(Call *call, Store *tx, int64_t id, Collection *it, Error *err)
{
    Json *details = json_new(call->arena, JSON_OBJECT);
    const Act act = {
        .action = "collection-released", .model = "Collection", .model_id = id, .details = details
    };

    if (!collection_find(tx, call->arena, id, it, err))
        return false;
    if (!it->is_remote_synced)
        return error_set(err, ERR_INVALID, "%s is not managed by files", it->name);
    (void) json_put(call->arena, details, "name", json_new_text(call->arena, it->name));
    return collection_manage(tx, call->arena, it, false, err) &&
           audit_note(tx, call->arena, NULL, "command line", &act, err);
}

static bool
cmd_release(Call *call, Error *err)
{
    CLEANUP(store_close) Store *store = NULL;
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *which;
    Collection it;
    int64_t id = 0;

    if (!call_word(call, 0, "collection", &which, err) || !open_store(call, &store, err) ||
        !find_collection(store, call->arena, which, &id, err) || !store_begin(store, &tx, err) ||
        !release(call, tx, id, &it, err) || !store_commit(&tx, err))
        return false;
    say("people may change %s again\n", it.name);
    return true;
}

// clang-format off
const Command content_commands[] = {
    { "export", "FOLDER", "Write collections, questions and dashboards as files", cmd_export, NULL, export_options, true },
    { "import", "FOLDER", "Make and change them as the files say, all or nothing", cmd_import, NULL, import_options, true },
    { "release", "COLLECTION", "Let people change a managed collection again: its number or entity id", cmd_release, NULL, NULL, true },
    { 0 },
};
// clang-format on
