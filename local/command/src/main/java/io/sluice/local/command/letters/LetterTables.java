package io.sluice.local.command.letters;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.command.print.TextTable;
import java.util.List;
import java.util.Map;

/** Letters as rows of text. */
public final class LetterTables {
    private LetterTables() {}

    /** One row for each. */
    public static String list(List<JsonNode> letters) {
        TextTable table =
                TextTable.ofText()
                        .row(
                                "id",
                                "died at",
                                "tenant",
                                "reason",
                                "attempts",
                                "last error",
                                "status");
        for (JsonNode letter : letters) {
            table.row(
                    text(letter, "id"),
                    text(letter, "died_at"),
                    text(letter, "tenant_id"),
                    text(letter, "reason"),
                    text(letter, "attempts"),
                    text(letter, "last_error"),
                    text(letter, "status"));
        }
        return table.text();
    }

    /** One row for each of its fields that has a value. */
    public static String one(JsonNode letter) {
        TextTable table = TextTable.ofText();
        for (Map.Entry<String, JsonNode> field : letter.properties()) {
            if (!field.getValue().isNull()) {
                table.row(field.getKey().replace('_', ' '), printable(field.getValue().asText()));
            }
        }
        return table.text();
    }

    private static String text(JsonNode letter, String field) {
        return letter.path(field).isNull() ? "" : printable(letter.path(field).asText());
    }

    /** Nothing that a stream's record says may steer a terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?");
    }
}
