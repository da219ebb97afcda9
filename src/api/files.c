/* Content as files, over HTTP: an archive out, an archive in. */
#include "content/content.h"

#include "api/answer.h"
#include "api/tables.h"

enum
{
    MOST_PARTS = 4
};

typedef struct ExportQuery
{
    const char *collection;
} ExportQuery;

static const Field export_query[] = {
    FIELD(ExportQuery, collection, .max = 21),
    { 0 },
};

/* A number or an entity id; without one, everything. */
static bool
find_collection(Request *req, const char *text, Collection *found, Error *err)
{
    int64_t id;

    *found = (Collection){ .name = "content" };
    if (text == NULL)
        return true;
    if (str_to_int(str_of(text), 1, INT64_MAX, &id))
        return collection_find(req->store, req->arena, id, found, err);
    return collection_find_by_entity_id(req->store, req->arena, text, found, err);
}

static bool
get_files(Request *req, Response *res, Error *err)
{
    const ExportQuery *query = req->query;
    Collection collection;
    ContentFiles files;
    ContentNotes notes;
    Str archive;

    if (!find_collection(req, query->collection, &collection, err) ||
        !content_export(req->store, req->arena, collection.id, &files, &notes, err) ||
        !content_pack(req->arena, &files, &archive, err) ||
        !api_audit(req, req->store, "content-export", "Collection", collection.id,
                   api_detail(req, "name", collection.name), err))
        return false;
    response_attachment(res, arena_format(req->arena, "%s.zip", collection.name));
    response_body(res, "application/zip", archive);
    return true;
}

typedef struct ImportQuery
{
    bool dry_run;
    bool prune;
    bool managed;
} ImportQuery;

static const Field import_query[] = {
    FIELD(ImportQuery, dry_run),
    FIELD(ImportQuery, prune),
    FIELD(ImportQuery, managed),
    { 0 },
};

static bool
read_archive(Request *req, ContentFiles *files, Error *err)
{
    const FormPart *file;
    FormPart *parts;
    size_t count;

    if (!request_multipart(req->http, MOST_PARTS, &parts, &count, err))
        return false;
    file = form_part(parts, count, "file");
    if (file == NULL)
        return error_field(err, "file", "send a ZIP archive of an export.");
    return content_unpack(req->arena, file->body, files, err);
}

/* The first of what is wrong; a dry run tells all. */
static bool
refuse(const ContentPlan *plan, Error *err)
{
    const ContentNote *note = plan->problems.list.items[0];

    (void) error_field(err, "file", "%s%s%s", note->path == NULL ? "" : note->path,
                       note->path == NULL ? "" : ": ", note->text);
    return error_hint(err,
                      "Nothing was changed. A dry run (dry_run=true) tells all that is wrong.");
}

static bool
post_files(Request *req, Response *res, Error *err)
{
    const ImportQuery *query = req->query;
    const ContentOrder order = { .dry_run = query->dry_run,
                                 .prune = query->prune,
                                 .manage = query->managed,
                                 .user_id = req->who.user.id,
                                 .who = &req->who,
                                 .address = req->http->client_address };
    ContentFiles files;
    ContentPlan plan;
    Answer answer;
    JsonWriter *w;

    if (!read_archive(req, &files, err) ||
        !content_import(req->store, req->arena, &files, &order, &plan, err))
        return false;
    if (plan.problems.list.count > 0 && !query->dry_run)
        return refuse(&plan, err);
    w = answer_begin(req, &answer);
    content_plan_write(w, &plan);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route files_routes[] = {
    ROUTE_ON(ADMIN, GET,  "/api/vigie/content/files", get_files,  ADMIN, "Collections, questions and dashboards as files, in a ZIP archive", .query = export_query),
    ROUTE_ON(ADMIN, POST, "/api/vigie/content/files", post_files, ADMIN, "Make and change them as the files of an archive say (multipart: file), or see what that would be", .query = import_query),
    { 0 },
};
// clang-format on
