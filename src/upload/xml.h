/* The little of XML that office files use, read as it is unpacked: tags, attributes, texts. What
 * declares entities or document types is refused. */
#ifndef UPLOAD_XML_H
#define UPLOAD_XML_H

#include "upload/unzip.h"

typedef enum XmlKind
{
    XML_END, /* of the document */
    XML_OPEN,
    XML_CLOSE,
    XML_TEXT
} XmlKind;

/* Lives until the next token. */
typedef struct XmlToken
{
    XmlKind kind;
    Str name;       /* of a tag, without its prefix */
    Str attributes; /* as written */
    bool is_empty;  /* <tag/>: no XML_CLOSE follows */
    Str text;       /* as written: see xml_text */
} XmlToken;

enum
{
    XML_WINDOW = 256 * 1024 /* longest tag */
};

/* Begins with a part that is open and a window of XML_WINDOW bytes. */
typedef struct Xml
{
    Part *part;
    char *window;
    size_t at, end;
    bool is_over; /* the part has no more */
} Xml;

bool xml_next(Xml *xml, XmlToken *token, Error *err);
/* The decoded value; NULL when the tag has no such attribute. Its name is written with its prefix.
 */
const char *xml_attribute(Arena *arena, const XmlToken *tag, const char *name);
/* Adds the decoded text. */
void xml_text(Buf *out, Str text);

#endif
