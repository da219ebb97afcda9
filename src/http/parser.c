/*
 * Bytes to a request head, and chunks to a body. The rules are those of RFC 9112 with every
 * tolerance taken away: what a proxy and we could read differently is refused, whoever is right.
 */
#include "http/parser.h"

#include <string.h>

static const char *const method_names[METHOD_COUNT] = {
    [METHOD_NONE] = "-", [GET] = "GET",       [HEAD] = "HEAD",   [POST] = "POST",
    [PUT] = "PUT",       [DELETE] = "DELETE", [PATCH] = "PATCH", [OPTIONS] = "OPTIONS",
};

enum
{
    METHOD_BYTES_MAX = 20,
    REQUEST_LINE_EXTRA = 32, /* method, two spaces and version around the target */
    CHUNK_DIGITS_MAX = 8     /* 4 GB: more than any body limit */
};

const char *
method_name(HttpMethod method)
{
    return method_names[method];
}

HttpMethod
method_lookup(Str name)
{
    for (int method = GET; method < METHOD_COUNT; method++)
        if (str_is(name, method_names[method]))
            return (HttpMethod) method;
    return METHOD_NONE;
}

static ParseResult
refuse(HttpRefusal *refusal, int status, const char *reason)
{
    *refusal = (HttpRefusal){ .status = status, .reason = reason };
    return PARSE_REFUSED;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_alpha(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int
hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool
is_token_char(char c)
{
    return is_digit(c) || is_alpha(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* --- The head: where does it end? ----------------------------------------------------------- */

/* A line is checked for its end only; its content is checked when the head is whole. */
ParseResult
parser_find_head(HeadScan *scan, Str bytes, const HttpLimits *limits, size_t *head_len,
                 HttpRefusal *refusal)
{
    size_t line_max = limits->uri_bytes + REQUEST_LINE_EXTRA;

    if (bytes.len > 0 && !(bytes.ptr[0] >= 'A' && bytes.ptr[0] <= 'Z'))
        return refuse(refusal, 400, "the request does not begin with a method");
    while (scan->at < bytes.len)
    {
        const char *from = bytes.ptr + scan->at;
        const char *lf = memchr(from, '\n', bytes.len - scan->at);
        size_t line;

        if (lf == NULL)
            break;
        line = (size_t) (lf - from);
        if (line == 0 || lf[-1] != '\r')
            return refuse(refusal, 400, "a line does not end with CR LF");
        if (scan->lines == 0 && line - 1 > line_max)
            return refuse(refusal, 414, "the address is too long");
        scan->at += line + 1;
        if (scan->at > limits->header_bytes + line_max)
            return refuse(refusal, 431, "the header fields are too large");
        if (line == 1)
        {
            if (scan->lines == 0)
                return refuse(refusal, 400, "the request line is empty");
            *head_len = scan->at;
            return PARSE_DONE;
        }
        if (scan->lines++ > limits->header_count)
            return refuse(refusal, 431, "there are too many header fields");
    }
    if (scan->lines == 0 && bytes.len - scan->at > line_max)
        return refuse(refusal, 414, "the address is too long");
    if (bytes.len > limits->header_bytes + line_max)
        return refuse(refusal, 431, "the header fields are too large");
    return PARSE_MORE;
}

/* --- The request line ----------------------------------------------------------------------- */

/* Everything visible but what no client sends raw; escapes are two hexadecimal digits, not %00. */
static bool
target_text_is_valid(Str text, bool is_path)
{
    for (size_t i = 0; i < text.len; i++)
    {
        char c = text.ptr[i];

        if (c <= ' ' || c >= 0x7f || c == '#' || c == '"' || c == '<' || c == '>')
            return false;
        if (c == '\\' && is_path)
            return false;
        if (c != '%')
            continue;
        if (text.len - i < 3 || hex_value(text.ptr[i + 1]) < 0 || hex_value(text.ptr[i + 2]) < 0)
            return false;
        if (text.ptr[i + 1] == '0' && text.ptr[i + 2] == '0')
            return false;
    }
    return true;
}

/* "." and "..", also written with %2e. */
static bool
segment_is_dots(Str segment)
{
    size_t dots = 0;
    size_t i = 0;

    while (i < segment.len)
    {
        if (segment.ptr[i] == '.')
            i++;
        else if (segment.len - i >= 3 && segment.ptr[i] == '%' && segment.ptr[i + 1] == '2' &&
                 (segment.ptr[i + 2] == 'e' || segment.ptr[i + 2] == 'E'))
            i += 3;
        else
            return false;
        dots++;
    }
    return dots == 1 || dots == 2;
}

static bool
is_escape(Str text, size_t at, char high, char low)
{
    return text.len - at >= 3 && text.ptr[at] == '%' && text.ptr[at + 1] == high &&
           (text.ptr[at + 2] | 0x20) == low;
}

/*
 * No dot segment, whether the slash around it is escaped or not, and no control character or
 * backslash hidden in an escape: whoever decodes first, or twice, must see the same path.
 */
static bool
path_is_safe(Str path)
{
    size_t start = 0;

    for (size_t i = 0; i <= path.len; i++)
    {
        bool escaped_slash = i < path.len && is_escape(path, i, '2', 'f');

        if (i == path.len || path.ptr[i] == '/' || escaped_slash)
        {
            if (segment_is_dots((Str){ path.ptr + start, i - start }))
                return false;
            start = escaped_slash ? i + 3 : i + 1;
        }
        if (i < path.len && (is_escape(path, i, '5', 'c') || is_escape(path, i, '7', 'f')))
            return false;
        if (i < path.len && path.ptr[i] == '%' &&
            (path.ptr[i + 1] == '0' || path.ptr[i + 1] == '1'))
            return false;
    }
    return true;
}

/* name[:port] or [v6][:port], in the letters that host names have. */
static bool
host_is_valid(Str host)
{
    size_t i = 0;

    if (host.len == 0 || host.len > 255 + 6)
        return false;
    if (host.ptr[0] == '[')
    {
        for (i = 1; i < host.len && host.ptr[i] != ']'; i++)
            if (hex_value(host.ptr[i]) < 0 && host.ptr[i] != ':' && host.ptr[i] != '.')
                return false;
        if (i < 3 || i == host.len)
            return false;
        i++;
    }
    else
    {
        while (i < host.len && (is_digit(host.ptr[i]) || is_alpha(host.ptr[i]) ||
                                host.ptr[i] == '-' || host.ptr[i] == '.' || host.ptr[i] == '_'))
            i++;
        if (i == 0)
            return false;
    }
    if (i == host.len)
        return true;
    if (host.ptr[i++] != ':' || host.len - i > 5)
        return false;
    for (; i < host.len; i++)
        if (!is_digit(host.ptr[i]))
            return false;
    return true;
}

/* "http://host/path": the host goes to `authority`, the rest stays in *target. */
static bool
split_absolute(Str *target, Str *authority)
{
    size_t scheme;
    size_t end;

    if (str_has_prefix(*target, "http://"))
        scheme = 7;
    else if (str_has_prefix(*target, "https://"))
        scheme = 8;
    else
        return false;
    end = scheme;
    while (end < target->len && target->ptr[end] != '/' && target->ptr[end] != '?')
        end++;
    *authority = (Str){ target->ptr + scheme, end - scheme };
    *target = (Str){ target->ptr + end, target->len - end };
    return host_is_valid(*authority);
}

static ParseResult
read_target(Str target, HttpHead *head, Str *authority, HttpRefusal *refusal)
{
    const char *mark;

    head->target = target;
    if (target.len == 0)
        return refuse(refusal, 400, "the address is empty");
    if (head->method == OPTIONS && str_is(target, "*"))
    {
        head->path = target;
        return PARSE_DONE;
    }
    if (target.ptr[0] != '/' && !split_absolute(&target, authority))
        return refuse(refusal, 400, "the address is not a path");
    mark = target.len == 0 ? NULL : memchr(target.ptr, '?', target.len);
    head->path = target;
    if (mark != NULL)
    {
        head->path.len = (size_t) (mark - target.ptr);
        head->query = (Str){ mark + 1, target.len - head->path.len - 1 };
    }
    if (head->path.len == 0)
        head->path = STR("/");
    if (!target_text_is_valid(head->path, true) || !target_text_is_valid(head->query, false))
        return refuse(refusal, 400, "the address has a character or an escape that is not valid");
    if (!path_is_safe(head->path))
        return refuse(refusal, 400, "the address has a segment that is not accepted");
    return PARSE_DONE;
}

static ParseResult
read_method(Str name, HttpMethod *method, HttpRefusal *refusal)
{
    if (name.len == 0 || name.len > METHOD_BYTES_MAX)
        return refuse(refusal, 400, "the method is not valid");
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] < 'A' || name.ptr[i] > 'Z')
            return refuse(refusal, 400, "the method is not valid");
    *method = method_lookup(name);
    if (*method == METHOD_NONE)
        return refuse(refusal, 501, "the method is not known here");
    return PARSE_DONE;
}

static ParseResult
read_version(Str version, int *minor, HttpRefusal *refusal)
{
    if (version.len != 8 || !str_has_prefix(version, "HTTP/") || !is_digit(version.ptr[5]) ||
        version.ptr[6] != '.' || !is_digit(version.ptr[7]))
        return refuse(refusal, 400, "the request line is not valid");
    if (version.ptr[5] != '1' || (version.ptr[7] != '0' && version.ptr[7] != '1'))
        return refuse(refusal, 505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    *minor = version.ptr[7] - '0';
    return PARSE_DONE;
}

static ParseResult
read_request_line(Str line, const HttpLimits *limits, HttpHead *head, Str *authority,
                  HttpRefusal *refusal)
{
    Str rest = line;
    Str method;
    Str target;

    if (memchr(line.ptr, '\r', line.len) != NULL || memchr(line.ptr, '\0', line.len) != NULL)
        return refuse(refusal, 400, "the request line has a control character");
    if (!str_split(&rest, ' ', &method) || rest.ptr == NULL || !str_split(&rest, ' ', &target) ||
        rest.ptr == NULL)
        return refuse(refusal, 400, "the request line is not valid");
    if (target.len > limits->uri_bytes)
        return refuse(refusal, 414, "the address is too long");
    /* The version first: an HTTP/2 preface is told 505 rather than 501. */
    if (read_version(rest, &head->minor, refusal) != PARSE_DONE ||
        read_method(method, &head->method, refusal) != PARSE_DONE)
        return PARSE_REFUSED;
    return read_target(target, head, authority, refusal);
}

/* --- The fields ----------------------------------------------------------------------------- */

/* What the fields say about length, host and connection, to be judged together. */
typedef struct Framing
{
    unsigned hosts;
    unsigned lengths;
    unsigned codings;
    bool close;
    bool keep;
} Framing;

static ParseResult
read_length(Str value, HttpHead *head, HttpRefusal *refusal)
{
    uint64_t length = 0;

    /* 18 digits fit; a list ("5, 5") has a comma and is refused like any other text. */
    if (value.len == 0 || value.len > 18)
        return refuse(refusal, 400, "Content-Length is not valid");
    for (size_t i = 0; i < value.len; i++)
    {
        if (!is_digit(value.ptr[i]))
            return refuse(refusal, 400, "Content-Length is not valid");
        length = length * 10 + (uint64_t) (value.ptr[i] - '0');
    }
    head->length = length;
    return PARSE_DONE;
}

static void
read_connection(Str value, Framing *framing)
{
    Str token;

    while (str_split(&value, ',', &token))
    {
        token = str_trim(token);
        if (str_is_nocase(token, "close"))
            framing->close = true;
        else if (str_is_nocase(token, "keep-alive"))
            framing->keep = true;
    }
}

static ParseResult
note_field(const HeadField *field, HttpHead *head, Framing *framing, HttpRefusal *refusal)
{
    if (str_is_nocase(field->name, "host"))
    {
        framing->hosts++;
        if (!host_is_valid(field->value))
            return refuse(refusal, 400, "Host is not valid");
        head->host = field->value;
    }
    else if (str_is_nocase(field->name, "content-length"))
    {
        framing->lengths++;
        return read_length(field->value, head, refusal);
    }
    else if (str_is_nocase(field->name, "transfer-encoding"))
    {
        framing->codings++;
        if (!str_is_nocase(field->value, "chunked"))
            return refuse(refusal, 400, "Transfer-Encoding is not known here");
        head->chunked = true;
    }
    else if (str_is_nocase(field->name, "connection"))
        read_connection(field->value, framing);
    else if (str_is_nocase(field->name, "expect"))
    {
        if (!str_is_nocase(field->value, "100-continue"))
            return refuse(refusal, 417, "this expectation cannot be met");
        head->expect_continue = head->minor == 1;
    }
    return PARSE_DONE;
}

static ParseResult
read_field(Str line, HeadField *field, HttpRefusal *refusal)
{
    size_t colon = 0;

    while (colon < line.len && is_token_char(line.ptr[colon]))
        colon++;
    /* A space here is a folded line at the start, or "Name :" later: both are refused. */
    if (colon == 0 || colon == line.len || line.ptr[colon] != ':')
        return refuse(refusal, 400, "a header field has a name that is not valid");
    field->name = (Str){ line.ptr, colon };
    field->value = str_trim((Str){ line.ptr + colon + 1, line.len - colon - 1 });
    for (size_t i = 0; i < field->value.len; i++)
    {
        unsigned char c = (unsigned char) field->value.ptr[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return refuse(refusal, 400, "a header field has a control character");
    }
    return PARSE_DONE;
}

static ParseResult
judge(const Framing *framing, Str authority, HttpHead *head, HttpRefusal *refusal)
{
    if (framing->hosts > 1)
        return refuse(refusal, 400, "there is more than one Host");
    if (framing->hosts == 0 && head->minor == 1)
        return refuse(refusal, 400, "there is no Host");
    if (authority.len > 0 && framing->hosts == 1 && !str_equal(authority, head->host))
        return refuse(refusal, 400, "Host and the address differ");
    if (framing->lengths > 1)
        return refuse(refusal, 400, "there is more than one Content-Length");
    if (framing->codings > 1)
        return refuse(refusal, 400, "there is more than one Transfer-Encoding");
    if (framing->codings > 0 && framing->lengths > 0)
        return refuse(refusal, 400, "there are both Content-Length and Transfer-Encoding");
    if (framing->codings > 0 && head->minor == 0)
        return refuse(refusal, 400, "HTTP/1.0 has no Transfer-Encoding");
    if (authority.len > 0)
        head->host = authority;
    head->keep_alive = !framing->close && (head->minor == 1 || framing->keep);
    return PARSE_DONE;
}

/* The next line without its CR LF; the caller knows that there is one. */
static Str
next_line(Str *rest)
{
    const char *lf = memchr(rest->ptr, '\n', rest->len);
    Str line = { rest->ptr, (size_t) (lf - rest->ptr) - 1 };

    rest->len -= line.len + 2;
    rest->ptr = lf + 1;
    return line;
}

ParseResult
parser_read_head(Str bytes, const HttpLimits *limits, HttpHead *head, HttpRefusal *refusal)
{
    Framing framing = { 0 };
    Str authority = { NULL, 0 };
    Str rest = bytes;

    /* The fields are left as they are: only the first field_count of them are ever read. */
    memset(head, 0, offsetof(HttpHead, fields));
    head->host = (Str){ "", 0 };
    head->field_count = 0;
    head->chunked = head->expect_continue = false;
    head->length = 0;
    if (read_request_line(next_line(&rest), limits, head, &authority, refusal) != PARSE_DONE)
        return PARSE_REFUSED;
    for (;;)
    {
        Str line = next_line(&rest);
        HeadField *field = &head->fields[head->field_count];

        if (line.len == 0)
            break;
        if (head->field_count == HTTP_HEADERS_MAX || head->field_count == limits->header_count)
            return refuse(refusal, 431, "there are too many header fields");
        if (read_field(line, field, refusal) != PARSE_DONE ||
            note_field(field, head, &framing, refusal) != PARSE_DONE)
            return PARSE_REFUSED;
        head->field_count++;
    }
    return judge(&framing, authority, head, refusal);
}

/* --- Chunks --------------------------------------------------------------------------------- */

static bool
take_size_char(ChunkReader *reader, char c)
{
    int digit = hex_value(c);

    if (digit >= 0)
    {
        if (++reader->digits > CHUNK_DIGITS_MAX)
            return false;
        reader->left = reader->left * 16 + (uint64_t) digit;
        return true;
    }
    if (c != '\r' || reader->digits == 0)
        return false;
    reader->state = CHUNK_SIZE_LF;
    return true;
}

/* One byte of framing; data is taken by the caller. */
static bool
take_framing(ChunkReader *reader, char c)
{
    switch (reader->state)
    {
        case CHUNK_SIZE:
            return take_size_char(reader, c);
        case CHUNK_SIZE_LF:
            reader->state = reader->left == 0 ? CHUNK_LAST_CR : CHUNK_DATA;
            return c == '\n';
        case CHUNK_DATA_CR:
            reader->state = CHUNK_DATA_LF;
            return c == '\r';
        case CHUNK_DATA_LF:
            reader->state = CHUNK_SIZE;
            reader->digits = 0;
            return c == '\n';
        case CHUNK_LAST_CR:
            reader->state = CHUNK_LAST_LF;
            return c == '\r';
        case CHUNK_LAST_LF:
            reader->state = CHUNK_END;
            return c == '\n';
        case CHUNK_DATA:
        case CHUNK_END:
            break;
    }
    return false;
}

ParseResult
parser_read_chunk(ChunkReader *reader, Str bytes, Str *data, size_t *used, HttpRefusal *refusal)
{
    size_t at = 0;

    *data = (Str){ bytes.ptr, 0 };
    *used = 0;
    while (at < bytes.len && reader->state != CHUNK_END)
    {
        if (reader->state == CHUNK_DATA)
        {
            size_t len = bytes.len - at < reader->left ? bytes.len - at : (size_t) reader->left;

            *data = (Str){ bytes.ptr + at, len };
            reader->left -= len;
            if (reader->left == 0)
                reader->state = CHUNK_DATA_CR;
            *used = at + len;
            return PARSE_MORE;
        }
        if (!take_framing(reader, bytes.ptr[at]))
            return refuse(refusal, 400, "the body is not in valid chunks");
        at++;
    }
    *used = at;
    return reader->state == CHUNK_END ? PARSE_DONE : PARSE_MORE;
}
