/*
 * YAML text to the same tree as JSON, in an arena. One document; bounded in bytes, depth and nodes
 * (copies made by aliases count); duplicate keys, tags of other programs and merge keys are
 * refused. Plain words are typed as JSON types them: `yes`, `0o17`, `12:30:45` and `01000` are
 * text. Each node knows its line.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/json.h"

/* 1 MB, depth 64, 100,000 nodes. ERR_INVALID names line and reason, never the content. */
bool yaml_parse(Arena *arena, Str text, Json **tree, Error *err);
/* The way back: text that reads to an equal tree, in lines that people and git compare. */
void yaml_write(Buf *out, const Json *tree);

#endif
