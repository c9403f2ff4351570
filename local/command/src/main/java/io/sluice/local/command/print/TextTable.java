package io.sluice.local.command.print;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell. The first column is flush left. */
public final class TextTable {
    private final boolean numbersRight;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(boolean numbersRight) {
        this.numbersRight = numbersRight;
    }

    /** Every column flush left. */
    public static TextTable ofText() {
        return new TextTable(false);
    }

    /** Every column but the first flush right. */
    public static TextTable ofNumbers() {
        return new TextTable(true);
    }

    /** Adds a row; rows may have different lengths. */
    public TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, each ended by a line feed. */
    public String text() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "  " : "   ").append(padded(row.get(i), widths[i], i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String padded(String cell, int width, int column) {
        String padding = " ".repeat(width - cell.length());
        return numbersRight && column > 0 ? padding + cell : cell + padding;
    }
}
