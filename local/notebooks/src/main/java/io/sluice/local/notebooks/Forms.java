package io.sluice.local.notebooks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Zeppelin's dynamic forms in their plain spelling: {@code ${name=default}}. Forms with choices and
 * check boxes are not known here.
 */
final class Forms {
    private static final Pattern FORM = Pattern.compile("\\$\\{([a-z_]+)=([^}|,]*)}");
    private static final Pattern ANY = Pattern.compile("\\$\\{[^}]*}?");

    private Forms() {}

    /** Names and defaults, in the order in which they stand. */
    static Map<String, String> defaults(String text) {
        Map<String, String> defaults = new LinkedHashMap<>();
        Matcher form = FORM.matcher(text);
        while (form.find()) {
            String earlier = defaults.putIfAbsent(form.group(1), form.group(2));
            if (earlier != null && !earlier.equals(form.group(2))) {
                throw new MalformedNoteException(
                        "the form '" + form.group(1) + "' has two defaults in one paragraph");
            }
        }
        return defaults;
    }

    /**
     * The text with each form replaced by its value, or by its default if there is none.
     *
     * @throws MalformedNoteException if a form is spelt in a way that is not known here, or a value
     *     has another shape than the form's default
     */
    static String filled(String text, Map<String, String> values) {
        Matcher form = FORM.matcher(text);
        String filled =
                form.replaceAll(
                        match -> {
                            String value = values.getOrDefault(match.group(1), match.group(2));
                            FormShape.of(match.group(2)).require(match.group(1), value);
                            return Matcher.quoteReplacement(value);
                        });
        Matcher left = ANY.matcher(filled);
        if (left.find()) {
            throw new MalformedNoteException(
                    "seen the form " + left.group() + ", expected ${name=default}");
        }
        return filled;
    }
}
