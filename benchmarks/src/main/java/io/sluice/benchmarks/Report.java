package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The results as a table in a Markdown file, between two markers; the rest of the file stays. */
final class Report {
    static final String BEGIN = "<!-- results: written by benchmarks/run, do not edit -->";
    static final String END = "<!-- end of results -->";

    private Report() {}

    /** The table with the line about the machine above it. */
    static String markdown(String machine, List<Row> rows) {
        return machine
                + "\n\n| what | target | result | |\n|---|---|---|---|\n"
                + rows.stream().map(Row::markdown).collect(Collectors.joining("\n"))
                + "\n";
    }

    /** Puts the table between the markers. */
    static void write(Path file, String markdown) throws IOException {
        Files.writeString(file, replaced(Files.readString(file), markdown));
    }

    /**
     * The document with what is between the markers replaced.
     *
     * @throws IllegalArgumentException if the markers are not there
     */
    static String replaced(String document, String markdown) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "no place for results: expected the lines '" + BEGIN + "' and '" + END + "'");
        }
        return document.substring(0, begin + BEGIN.length())
                + "\n\n"
                + markdown
                + "\n"
                + document.substring(end);
    }
}
