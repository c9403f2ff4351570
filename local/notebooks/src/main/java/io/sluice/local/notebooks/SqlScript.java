package io.sluice.local.notebooks;

import java.util.ArrayList;
import java.util.List;

/** Splits a script at its semicolons, but not at those in quotes and comments. */
final class SqlScript {
    private SqlScript() {}

    /** The statements, without their semicolons, and without comments at the end of lines. */
    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        int at = 0;
        while (at < script.length()) {
            char c = script.charAt(at);
            int end = at + 1;
            if (c == '\'' || c == '`' || c == '"') {
                int close = script.indexOf(c, at + 1);
                end = close < 0 ? script.length() : close + 1;
                statement.append(script, at, end);
            } else if (script.startsWith("--", at)) {
                int newLine = script.indexOf('\n', at);
                end = newLine < 0 ? script.length() : newLine;
            } else if (c == ';') {
                add(statements, statement);
            } else {
                statement.append(c);
            }
            at = end;
        }
        add(statements, statement);
        return statements;
    }

    private static void add(List<String> statements, StringBuilder statement) {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }
}
