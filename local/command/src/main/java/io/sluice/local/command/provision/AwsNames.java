package io.sluice.local.command.provision;

import java.util.regex.Pattern;

/**
 * How AWS spells where something is: whatever is printed or asked with it is checked here first.
 */
public final class AwsNames {
    /** Stands for every region or account in a pattern of names. */
    public static final String ANY = "*";

    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    private AwsNames() {}

    /**
     * The partition, as it is.
     *
     * @throws IllegalArgumentException if it is none; begins with {@code partition:}
     */
    public static String partition(String value) {
        return required("partition", value, PARTITION, "a partition, such as aws or aws-cn");
    }

    /**
     * The region, as it is.
     *
     * @throws IllegalArgumentException if it is none; begins with {@code region:}
     */
    public static String region(String value) {
        return required("region", value, REGION, "a region, such as eu-central-1");
    }

    /** The same, or {@link #ANY}. */
    public static String regionOrAny(String value) {
        return value.equals(ANY)
                ? value
                : required("region", value, REGION, "a region, such as eu-central-1, or * for all");
    }

    /**
     * The account's id as it is, or {@link #ANY}.
     *
     * @throws IllegalArgumentException if it is neither; begins with {@code account:}
     */
    public static String accountOrAny(String value) {
        return value.equals(ANY)
                ? value
                : required(
                        "account",
                        value,
                        ACCOUNT,
                        "an account's 12 digits, or * for the role's own");
    }

    private static String required(String name, String value, Pattern form, String expected) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + ": seen '" + value + "', expected " + expected);
        }
        return value;
    }
}
