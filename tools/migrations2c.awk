# migrations2c.awk - turn migrations (NNNN_name.sql) into the table migrations_built_in.
function finish() { if (open) print "    },"; open = 0 }
BEGIN {
    print "/* Generated from the .sql files of migrations/ by tools/migrations2c.awk. Edit those. */"
    print "#include \"store/migrate.h\"\n"
    print "const Migration migrations_built_in[] = {"
}
FNR == 1 {
    finish()
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.sql$/, "", name)
    print "    {\n        .number = " (substr(name, 1, 4) + 0) ",\n        .name = \"" name "\",\n        .text ="
    open = 1
}
{ gsub(/\\/, "&&"); gsub(/"/, "\\\""); print "            \"" $0 "\\n\"" }
END { finish(); print "    { 0 },\n};" }
