package io.sluice.local.notebooks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a note: text, or statements of SQL that run together. */
public final class Paragraph {
    private static final Pattern HEADER =
            Pattern.compile("^%([a-z.]+)(?:\\(([^)]*)\\))?\\s*\n", Pattern.DOTALL);
    private static final List<String> KNOWN = List.of("md", "flink.ssql");

    private final String title;
    private final String interpreter;
    private final String options;
    private final String body;

    private Paragraph(String title, String interpreter, String options, String body) {
        this.title = title;
        this.interpreter = interpreter;
        this.options = options;
        this.body = body;
    }

    /**
     * The paragraph of this text, whose first line names its interpreter: {@code %md} or {@code
     * %flink.ssql}.
     *
     * @throws MalformedNoteException if it does not, or names another
     */
    static Paragraph of(String title, String text) {
        Matcher header = HEADER.matcher(text);
        if (!header.find() || !KNOWN.contains(header.group(1))) {
            throw new MalformedNoteException(
                    "paragraph '"
                            + title
                            + "': its first line names no interpreter of "
                            + String.join(", ", KNOWN));
        }
        String options = header.group(2) == null ? "" : header.group(2);
        return new Paragraph(title, header.group(1), options, text.substring(header.end()));
    }

    /** What stands above its result; may be empty. */
    public String title() {
        return title;
    }

    /** Whether it is SQL. */
    public boolean isSql() {
        return interpreter.equals("flink.ssql");
    }

    /** What stands in parentheses behind the interpreter, such as {@code type=update}. */
    public String options() {
        return options;
    }

    /** Everything but the first line. */
    public String body() {
        return body;
    }
}
