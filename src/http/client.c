/*
 * Outgoing HTTP through libcurl, one handle per call. Redirects are followed here and not by
 * libcurl, so that every address passes the same checks; the check against private addresses is
 * made on the socket address itself, after the name was resolved.
 */
#include "http/client.h"

#include "http/address.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>

enum
{
    CONNECT_MS = 10 * 1000,
    TOTAL_MS = 60 * 1000,
    HEADERS_MAX = 100,
    HEADER_BYTES_MAX = 64 * 1024,
    PAUSE_FIRST_MS = 200,
    PAUSE_MAX_MS = 10 * 1000,
    POLL_MS = 500
};

static const size_t max_bytes_default = 16 * 1024 * 1024;

/* One call, over its redirects and retries. */
typedef struct Attempt
{
    const HttpCall *call;
    Arena *arena;
    Error *err;
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    CURLU *url;
    char *host; /* for messages */
    HttpMethod method;
    bool same_host; /* credentials may be sent */
    int64_t deadline;

    bool refused; /* the address is private */
    bool failed;  /* a callback filled the error */
    bool handed;  /* bytes were given to call->receive */
    Buf body;
    TextPair *fields;
    size_t field_count;
    size_t field_bytes;
} Attempt;

static void
attempt_free(Attempt *attempt)
{
    if (attempt->multi != NULL && attempt->easy != NULL)
        (void) curl_multi_remove_handle(attempt->multi, attempt->easy);
    curl_easy_cleanup(attempt->easy);
    curl_slist_free_all(attempt->headers);
    (void) curl_multi_cleanup(attempt->multi);
    curl_url_cleanup(attempt->url);
}

void
client_setup(void)
{
    (void) curl_global_init(
        CURL_GLOBAL_DEFAULT); /* what fails here fails again at the first call */
}

/* --- Addresses ------------------------------------------------------------------------------ */

static char *
url_part(Attempt *attempt, CURLUPart part)
{
    char *text = NULL;
    char *copy;

    if (curl_url_get(attempt->url, part, &text, 0) != CURLUE_OK)
        return NULL;
    copy = arena_text(attempt->arena, text);
    curl_free(text);
    return copy;
}

/* Takes an address, or one relative to the last, and checks it. */
static bool
set_url(Attempt *attempt, const char *text)
{
    const char *scheme;

    if (curl_url_set(attempt->url, CURLUPART_URL, text, 0) != CURLUE_OK)
        return error_set(attempt->err, ERR_INVALID, "the address to call is not valid");
    scheme = url_part(attempt, CURLUPART_SCHEME);
    attempt->host = url_part(attempt, CURLUPART_HOST);
    if (scheme == NULL || attempt->host == NULL ||
        (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0))
        return error_set(attempt->err, ERR_INVALID,
                         "the address to call does not begin with http:// or https://");
    if (url_part(attempt, CURLUPART_USER) != NULL || url_part(attempt, CURLUPART_PASSWORD) != NULL)
        return error_set(attempt->err, ERR_INVALID,
                         "the address of %s has a user or a password in it", attempt->host);
    return true;
}

static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *wanted)
{
    Attempt *attempt = arg;
    Address address;

    (void) purpose;
    if (attempt->call->public_only &&
        (!address_from_socket(&wanted->addr, &address) || address_is_private(&address)))
    {
        attempt->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}

/* --- What comes back ------------------------------------------------------------------------ */

static long
status_of(const Attempt *attempt)
{
    long status = 0;

    (void) curl_easy_getinfo(attempt->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static size_t
take_body(char *bytes, size_t size, size_t count, void *arg)
{
    Attempt *attempt = arg;
    long status = status_of(attempt);

    if (attempt->call->receive != NULL && status >= 200 && status <= 299)
    {
        attempt->handed = true;
        attempt->failed =
            !attempt->call->receive(attempt->call->receive_arg, bytes, size * count, attempt->err);
        return attempt->failed ? 0 : size * count;
    }
    buf_add(&attempt->body, bytes, size * count);
    if (!attempt->body.failed)
        return size * count;
    attempt->failed = true;
    (void) error_set(attempt->err, ERR_TOO_LARGE, "the answer of %s is larger than %zu bytes",
                     attempt->host, attempt->body.max);
    return 0;
}

static void
lower(char *text)
{
    for (; *text != '\0'; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char) (*text + 'a' - 'A');
}

/* Fields beyond the limits are left out. */
static size_t
take_header(char *bytes, size_t size, size_t count, void *arg)
{
    Attempt *attempt = arg;
    Str value = { bytes, size * count };
    char *key;
    Str name;

    while (value.len > 0 && (value.ptr[value.len - 1] == '\n' || value.ptr[value.len - 1] == '\r'))
        value.len--;
    /* Each answer begins with its own line: what an earlier one said is forgotten. */
    if (str_has_prefix(value, "HTTP/"))
        attempt->field_count = 0;
    else if (str_split(&value, ':', &name) && value.ptr != NULL &&
             attempt->field_count < HEADERS_MAX &&
             attempt->field_bytes + size * count < HEADER_BYTES_MAX)
    {
        key = str_copy(attempt->arena, name);
        lower(key);
        attempt->field_bytes += size * count;
        attempt->fields[attempt->field_count++] =
            (TextPair){ .key = key, .value = str_copy(attempt->arena, str_trim(value)) };
    }
    return size * count;
}

const char *
reply_header(const HttpReply *reply, const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++)
        if (strcmp(reply->headers[i].key, name) == 0)
            return reply->headers[i].value;
    return NULL;
}

/* --- The call ------------------------------------------------------------------------------- */

static bool
add_header(Attempt *attempt, const char *name, const char *value)
{
    struct curl_slist *more;

    if (strpbrk(name, "\r\n:") != NULL || strpbrk(value, "\r\n") != NULL)
        return error_set(attempt->err, ERR_INVALID, "a header for %s has a line end in it",
                         attempt->host);
    more = curl_slist_append(attempt->headers, arena_format(attempt->arena, "%s: %s", name, value));
    if (more == NULL)
        return error_set(attempt->err, ERR_INTERNAL, "libcurl is out of memory");
    attempt->headers = more;
    return true;
}

/* Credentials stay with the host that they were given for. */
static bool
is_secret_header(const char *name)
{
    return strcasecmp(name, "Authorization") == 0 || strcasecmp(name, "Cookie") == 0 ||
           strcasestr(name, "key") != NULL || strcasestr(name, "token") != NULL;
}

static bool
set_headers(Attempt *attempt)
{
    const HttpCall *call = attempt->call;

    curl_slist_free_all(attempt->headers);
    attempt->headers = NULL;
    for (size_t i = 0; i < call->header_count; i++)
        if ((attempt->same_host || !is_secret_header(call->headers[i].key)) &&
            !add_header(attempt, call->headers[i].key, call->headers[i].value))
            return false;
    if (attempt->method != GET && attempt->method != HEAD)
    {
        /* libcurl would wait for 100 and would invent a type. */
        struct curl_slist *more = curl_slist_append(attempt->headers, "Expect:");

        if (more == NULL)
            return error_set(attempt->err, ERR_INTERNAL, "libcurl is out of memory");
        attempt->headers = more;
        if (!add_header(attempt, "Content-Type",
                        call->body_type == NULL ? "application/octet-stream" : call->body_type))
            return false;
    }
    (void) curl_easy_setopt(attempt->easy, CURLOPT_HTTPHEADER, attempt->headers);
    return true;
}

/* Options that are constants of the library cannot fail; a missing one shows at the call. */
static void
set_method(Attempt *attempt)
{
    CURL *easy = attempt->easy;
    const HttpCall *call = attempt->call;

    (void) curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    if (attempt->method == HEAD)
        (void) curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (attempt->method != GET)
    {
        (void) curl_easy_setopt(easy, CURLOPT_POST, 1L);
        (void) curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body.len > 0 ? call->body.ptr : "");
        (void) curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) call->body.len);
        (void) curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method_name(attempt->method));
    }
    if (call->user != NULL && attempt->same_host)
    {
        (void) curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        (void) curl_easy_setopt(easy, CURLOPT_USERNAME, call->user);
        (void) curl_easy_setopt(easy, CURLOPT_PASSWORD,
                                call->password == NULL ? "" : call->password);
    }
}

static bool
set_options(Attempt *attempt)
{
    CURL *easy = attempt->easy;
    const HttpCall *call = attempt->call;
    int64_t left_ms = (attempt->deadline - time_monotonic()) / 1000;

    curl_easy_reset(easy);
    (void) curl_easy_setopt(easy, CURLOPT_CURLU, attempt->url);
    (void) curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    (void) curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void) curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    (void) curl_easy_setopt(easy, CURLOPT_USERAGENT, "vigie");
    (void) curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                            (long) (call->connect_ms == 0 ? CONNECT_MS : call->connect_ms));
    (void) curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long) (left_ms < 1 ? 1 : left_ms));
    (void) curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, call->insecure ? 0L : 1L);
    (void) curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, call->insecure ? 0L : 2L);
    if (call->ca_file != NULL)
        (void) curl_easy_setopt(easy, CURLOPT_CAINFO, call->ca_file);
    /* A proxy would connect where we may not look. */
    if (call->public_only)
        (void) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    (void) curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    (void) curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, attempt);
    (void) curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    (void) curl_easy_setopt(easy, CURLOPT_WRITEDATA, attempt);
    (void) curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    (void) curl_easy_setopt(easy, CURLOPT_HEADERDATA, attempt);
    set_method(attempt);
    return set_headers(attempt);
}

static void
wake(void *arg)
{
    (void) curl_multi_wakeup(arg); /* without it the cancel is seen half a second later */
}

/* Until the transfer ends; CURLE_ABORTED_BY_CALLBACK with the error filled when it was cancelled.
 */
static CURLcode
transfer(Attempt *attempt)
{
    int running = 1;
    int left;
    CURLMsg *message;

    if (curl_multi_add_handle(attempt->multi, attempt->easy) != CURLM_OK)
        return CURLE_FAILED_INIT;
    while (running > 0)
    {
        if (curl_multi_perform(attempt->multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (!cancel_check(attempt->call->cancel, attempt->err))
        {
            attempt->failed = true;
            return CURLE_ABORTED_BY_CALLBACK;
        }
        if (running > 0 && curl_multi_poll(attempt->multi, NULL, 0, POLL_MS, NULL) != CURLM_OK)
            return CURLE_FAILED_INIT;
    }
    message = curl_multi_info_read(attempt->multi, &left);
    return message == NULL ? CURLE_FAILED_INIT : message->data.result;
}

static bool
explain(Attempt *attempt, CURLcode code)
{
    if (attempt->failed)
        return false;
    if (attempt->refused)
    {
        (void) error_set(attempt->err, ERR_DENIED, "%s is an address of a private network",
                         attempt->host);
        return error_hint(attempt->err, "Only public addresses may be called from here.");
    }
    if (code == CURLE_OPERATION_TIMEDOUT)
        return error_set(attempt->err, ERR_TIMEOUT, "%s did not answer in time", attempt->host);
    return error_set(attempt->err, ERR_UPSTREAM, "%s cannot be reached: %s", attempt->host,
                     curl_easy_strerror(code));
}

/* One exchange with one address. */
static bool
attempt_once(Attempt *attempt, CURLcode *code)
{
    attempt->refused = attempt->failed = false;
    attempt->field_count = attempt->field_bytes = 0;
    buf_clear(&attempt->body);
    if (!set_options(attempt))
    {
        attempt->failed = true;
        *code = CURLE_FAILED_INIT;
        return false;
    }
    cancel_on(attempt->call->cancel, wake, attempt->multi);
    *code = transfer(attempt);
    cancel_on(attempt->call->cancel, NULL, NULL);
    (void) curl_multi_remove_handle(attempt->multi, attempt->easy);
    return *code == CURLE_OK;
}

/* --- Redirects and retries ------------------------------------------------------------------ */

static const char *
field(const Attempt *attempt, const char *name)
{
    const HttpReply reply = { .headers = attempt->fields, .header_count = attempt->field_count };

    return reply_header(&reply, name);
}

/* Goes to the next address: false when there is none or it must not be called. */
static bool
redirect(Attempt *attempt, bool *ok)
{
    const char *location = field(attempt, "location");
    long status = status_of(attempt);
    const char *old_host = attempt->host;
    const char *old_port = url_part(attempt, CURLUPART_PORT);
    bool was_https = strcmp(url_part(attempt, CURLUPART_SCHEME), "https") == 0;
    const char *port;

    if (location == NULL ||
        (status != 301 && status != 302 && status != 303 && status != 307 && status != 308))
        return false;
    *ok = set_url(attempt, location);
    if (*ok && was_https && strcmp(url_part(attempt, CURLUPART_SCHEME), "https") != 0)
        *ok = error_set(attempt->err, ERR_UPSTREAM, "%s leads from https to http", old_host);
    if (!*ok)
        return false;
    port = url_part(attempt, CURLUPART_PORT);
    if (strcasecmp(attempt->host, old_host) != 0 || (port == NULL) != (old_port == NULL) ||
        (port != NULL && strcmp(port, old_port) != 0))
        attempt->same_host = false;
    if (status != 307 && status != 308 && attempt->method != HEAD)
        attempt->method = GET;
    return true;
}

static bool
attempt_follow(Attempt *attempt, CURLcode *code)
{
    bool ok = attempt_once(attempt, code);

    for (unsigned i = 0; ok && i < attempt->call->redirects && redirect(attempt, &ok); i++)
        ok = attempt_once(attempt, code);
    return ok;
}

static bool
is_worth_again(const Attempt *attempt, CURLcode code)
{
    long status = status_of(attempt);

    if (attempt->method != GET || attempt->handed || attempt->failed || attempt->refused)
        return false;
    if (code != CURLE_OK)
        return code != CURLE_OPERATION_TIMEDOUT && code != CURLE_PEER_FAILED_VERIFICATION &&
               code != CURLE_SSL_CACERT_BADFILE && code != CURLE_URL_MALFORMAT;
    return status == 429 || (status >= 500 && status != 501);
}

/* False when there is no time left for it, or the call was cancelled. */
static bool
pause_before(Attempt *attempt, unsigned round)
{
    int64_t wait_ms = (int64_t) PAUSE_FIRST_MS << (round < 6 ? round : 6);
    const char *after = field(attempt, "retry-after");
    int64_t seconds;
    int64_t until;
    Error ignored;

    if (wait_ms > PAUSE_MAX_MS)
        wait_ms = PAUSE_MAX_MS;
    if (after != NULL && str_to_int(str_of(after), 0, 3600, &seconds) && seconds * 1000 > wait_ms)
        wait_ms = seconds * 1000;
    until = time_monotonic() + wait_ms * 1000;
    if (until >= attempt->deadline)
        return false;
    cancel_on(attempt->call->cancel, wake, attempt->multi);
    while (time_monotonic() < until && cancel_check(attempt->call->cancel, &ignored))
    {
        int64_t left = (until - time_monotonic()) / 1000 + 1;

        (void) curl_multi_poll(attempt->multi, NULL, 0, (int) (left < POLL_MS ? left : POLL_MS),
                               NULL); /* a failed wait is a short one */
    }
    cancel_on(attempt->call->cancel, NULL, NULL);
    return true;
}

static bool
attempt_call(Attempt *attempt, HttpReply *reply)
{
    CURLcode code;
    bool ok = false;

    for (unsigned round = 0;; round++)
    {
        attempt->method = attempt->call->method == METHOD_NONE ? GET : attempt->call->method;
        attempt->same_host = true;
        if (!set_url(attempt, attempt->call->url))
            return false;
        code = CURLE_OK;
        ok = attempt_follow(attempt, &code);
        if ((!ok && code == CURLE_OK) || !is_worth_again(attempt, code) ||
            round >= attempt->call->retries || !pause_before(attempt, round))
            break;
    }
    if (!ok)
        return code == CURLE_OK ? false : explain(attempt, code);
    *reply = (HttpReply){ .status = (int) status_of(attempt),
                          .host = attempt->host,
                          .headers = attempt->fields,
                          .header_count = attempt->field_count,
                          .body = { buf_cstr(&attempt->body), attempt->body.len } };
    return true;
}

bool
client_call(Arena *arena, const HttpCall *call, HttpReply *reply, Error *err)
{
    size_t max_bytes = call->max_bytes == 0 ? max_bytes_default : call->max_bytes;
    unsigned total_ms = call->total_ms == 0 ? TOTAL_MS : call->total_ms;
    CLEANUP(attempt_free)
    Attempt attempt = {
        .call = call,
        .arena = arena,
        .err = err,
        .multi = curl_multi_init(),
        .easy = curl_easy_init(),
        .url = curl_url(),
        .deadline = time_monotonic() + (int64_t) total_ms * 1000,
        .body = buf_new(arena, max_bytes),
        .fields = ARENA_ARRAY(arena, HEADERS_MAX, TextPair),
    };

    if (attempt.multi == NULL || attempt.easy == NULL || attempt.url == NULL)
        return error_set(err, ERR_INTERNAL, "libcurl cannot be used");
    return attempt_call(&attempt, reply);
}

bool
client_fetch(Arena *arena, const HttpCall *call, HttpReply *reply, Error *err)
{
    HttpReply answer;

    if (!client_call(arena, call, &answer, err))
        return false;
    if (answer.status < 200 || answer.status > 299)
        return error_set(err, ERR_UPSTREAM, "%s answered with the status %d", answer.host,
                         answer.status);
    *reply = answer;
    return true;
}
