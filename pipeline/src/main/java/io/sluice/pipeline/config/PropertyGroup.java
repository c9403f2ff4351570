package io.sluice.pipeline.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of one property group; every refusal names group, key, value and what was expected.
 */
final class PropertyGroup {
    /** All groups of the application. */
    static final class Set {
        private final Map<String, Properties> groups;
        private final TreeSet<String> known = new TreeSet<>();

        Set(Map<String, Properties> groups) {
            this.groups = new HashMap<>(groups);
        }

        PropertyGroup group(String name) {
            known.add(name);
            return new PropertyGroup(name, groups.getOrDefault(name, new Properties()));
        }

        void refuseOthers() {
            for (String name : new TreeSet<>(groups.keySet())) {
                if (!known.contains(name)) {
                    throw new IllegalArgumentException(
                            "property group " + name + " is unknown, expected " + known);
                }
            }
        }
    }

    private final String name;
    private final Properties values;
    private final TreeSet<String> known = new TreeSet<>();

    private PropertyGroup(String name, Properties values) {
        this.name = name;
        this.values = values;
    }

    @Nullable String optionalText(String key) {
        known.add(key);
        String value = values.getProperty(key);
        return value == null || value.isBlank() ? null : value.trim();
    }

    String text(String key, String otherwise) {
        String value = optionalText(key);
        return value == null ? otherwise : value;
    }

    /** All values whose keys begin so, by the rest of the key; none of them is unknown. */
    Map<String, String> allBelow(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (String key : values.stringPropertyNames()) {
            String value = key.startsWith(prefix) ? optionalText(key) : null;
            if (value != null) {
                found.put(key.substring(prefix.length()), value);
            }
        }
        return found;
    }

    int count(String key, int otherwise) {
        String value = optionalText(key);
        try {
            int number = value == null ? otherwise : Integer.parseInt(value);
            if (number < 1) {
                throw wrong(key, value, "a whole number of at least 1");
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong(key, value, "a whole number of at least 1");
        }
    }

    Duration duration(String key, Duration otherwise) {
        String value = optionalText(key);
        try {
            return value == null ? otherwise : Duration.parse(value);
        } catch (java.time.format.DateTimeParseException e) {
            throw wrong(key, value, "an ISO 8601 duration such as PT15M");
        }
    }

    <E extends Enum<E>> E oneOf(String key, E otherwise, Class<E> type) {
        String value = optionalText(key);
        try {
            return value == null ? otherwise : Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(key, value, "one of " + java.util.Arrays.toString(type.getEnumConstants()));
        }
    }

    void refuseOthers() {
        for (String key : new TreeSet<>(values.stringPropertyNames())) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "property " + name + "/" + key + " is unknown, expected one of " + known);
            }
        }
    }

    private IllegalArgumentException wrong(String key, @Nullable String value, String expected) {
        return new IllegalArgumentException(
                "property " + name + "/" + key + ": seen '" + value + "', expected " + expected);
    }
}
