/* One line per act: first kept, then written out with the hash that it got. */
#include "auth/audit.h"

#include <string.h>
#include <unistd.h>

/* The line is kept in the app database whatever becomes of standard output. */
static void
write_out(const char *text)
{
    (void) !write(STDOUT_FILENO, text, strlen(text));
}

static const char *
line_text(Arena *arena, const Audit *line)
{
    Buf text = buf_new(arena, 64 * 1024);
    JsonWriter w = json_writer(&text);

    json_begin_object(&w);
    json_put_text(&w, "audit", line->action);
    json_put_int(&w, "id", line->id);
    json_put_text(&w, "time", line->at);
    json_put_text(&w, "actor", line->actor);
    if (line->actor_id.set)
        json_put_int(&w, "actor_id", line->actor_id.value);
    json_put_text(&w, "model", line->model);
    if (line->model_id.set)
        json_put_int(&w, "model_id", line->model_id.value);
    json_put_tree(&w, "details", line->details);
    json_put_text(&w, "ip_address", line->ip_address);
    json_put_text(&w, "hash", line->hash);
    json_end_object(&w);
    buf_char(&text, '\n');
    return buf_cstr(&text);
}

bool
audit_note(Store *store, Arena *arena, const Identity *who, const char *address, const Act *act,
           Error *err)
{
    Audit line = {
        .actor_id = { .set = who != NULL && who->user.id != 0,
                      .value = who == NULL ? 0 : who->user.id },
        .actor = who == NULL ? "server" : identity_name(arena, who),
        .action = act->action,
        .model = act->model,
        .model_id = { .set = act->model_id != 0, .value = act->model_id },
        .details = act->details,
        .ip_address = address,
    };

    if (!audit_add(store, arena, &line, err))
        return false;
    store_after_commit(store, write_out, line_text(arena, &line));
    return true;
}
