package io.sluice.local.command.export;

import java.io.IOException;
import java.util.List;

/**
 * Comma-separated lines as RFC 4180 has them: CRLF after each, quotes around what needs them, and a
 * quote within doubled. A text that a spreadsheet would take for a formula gets an apostrophe in
 * front (OWASP, CSV injection, seen 2026-11). An empty cell is a missing value.
 */
final class CsvLines {
    private static final String FORMULA = "=+-@\t\r";

    private final Appendable out;

    CsvLines(Appendable out) {
        this.out = out;
    }

    /** Writes a line. */
    void line(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        out.append("\r\n");
    }

    /** A text that somebody else chose, so that no spreadsheet runs it. */
    static String text(String value) {
        return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? '\'' + value : value;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
