package io.sluice.local.notebooks;

import java.util.regex.Pattern;

/**
 * What may stand in a form. Values go into the SQL as they are, so each has the shape of its form's
 * default, and no shape has a quote, a space or a comment in it.
 */
enum FormShape {
    /** A whole number that something is divided by or counted to. */
    NUMBER("[1-9][0-9]{0,8}", "a whole number from 1 to 999999999, such as 60"),

    /** A day of the calendar as SQL writes it. */
    DATE("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a date, such as 2026-11-01"),

    /** Where a service is. */
    ADDRESS(
            "(?!.*--)https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?",
            "an address, such as https://kinesis.us-east-1.amazonaws.com"),

    /** Where files lie. */
    FOLDER(
            "(?!.*--)(s3|file)://[A-Za-z0-9._~%+@=/-]+",
            "a folder's address without two dashes side by side, such as s3://bucket/prefix or"
                    + " file:///data/audit"),

    /** What a stream, a table or a region is called. */
    NAME(
            "[A-Za-z0-9._]+(-[A-Za-z0-9._]+)*",
            "a name of letters, digits and any of . _ - (not twice), such as sluice-events");

    private final Pattern form;
    private final String expected;

    FormShape(String form, String expected) {
        this.form = Pattern.compile(form);
        this.expected = expected;
    }

    /** The shape that a form's default has; the first that fits. */
    static FormShape of(String formDefault) {
        for (FormShape shape : values()) {
            if (shape.form.matcher(formDefault).matches()) {
                return shape;
            }
        }
        throw new MalformedNoteException(
                "seen the default '"
                        + formDefault
                        + "' in a form, expected a number, a date, an address, a folder's address or a name");
    }

    /**
     * Refuses a value of another shape.
     *
     * @param name the form's, for the message
     * @throws MalformedNoteException says what was seen, what is expected and what to do
     */
    void require(String name, String value) {
        if (!form.matcher(value).matches()) {
            throw new MalformedNoteException(
                    name
                            + ": seen '"
                            + value
                            + "', expected "
                            + expected
                            + ". Give it as --set "
                            + name
                            + "=VALUE, or leave it out for the default");
        }
    }
}
