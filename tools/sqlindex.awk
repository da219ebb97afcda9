# sqlindex.awk - list every named statement of the .sql files, for the test that prepares them all.
BEGIN {
    print "/* Generated from the .sql files by tools/sqlindex.awk. */"
    print "#include \"sql_index.h\"\n"
}
/^-- name: [a-z0-9_]+$/ { names[++count] = $3; print "extern const char sql_" $3 "[];" }
END {
    print "\nconst SqlStatement sql_statements[] = {"
    for (i = 1; i <= count; i++) print "    { \"" names[i] "\", sql_" names[i] " },"
    print "    { 0 },\n};"
}
