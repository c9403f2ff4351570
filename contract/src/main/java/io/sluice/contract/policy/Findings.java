package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a policy, so that all of it is told at once. */
final class Findings {
    private static final int MOST_SHOWN = 64;

    private final List<String> messages = new ArrayList<>();
    private final boolean unknownKeysAreFine;

    /** Of what a person wrote: nothing may be in it that nobody reads. */
    Findings() {
        this(false);
    }

    private Findings(boolean unknownKeysAreFine) {
        this.unknownKeysAreFine = unknownKeysAreFine;
    }

    /** Of what is stored: a later version may have added keys. */
    static Findings ofStored() {
        return new Findings(true);
    }

    /** A value that is not what was expected. */
    void wrong(String path, @Nullable JsonNode seen, String expected) {
        say(path, "seen " + shown(seen) + ", expected " + expected);
    }

    /** Anything else about a key. */
    void say(String path, String what) {
        messages.add((path.isEmpty() ? "the policy" : path) + ": " + what);
    }

    /** Names the keys of an object that nobody reads. */
    void unknownKeys(String path, JsonNode object, Set<String> known) {
        if (unknownKeysAreFine) {
            return;
        }
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        for (String key : unknown) {
            say(
                    join(path, key),
                    "unknown key, expected one of " + String.join(", ", new TreeSet<>(known)));
        }
    }

    /** Whether nothing is wrong so far. */
    boolean none() {
        return messages.isEmpty();
    }

    /** Throws all of it, if there is anything. */
    void throwIfAny() {
        if (!none()) {
            throw new InvalidPolicyException(messages);
        }
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "nothing";
        }
        if (value.isObject()) {
            return "a mapping";
        }
        if (value.isArray()) {
            return "a list";
        }
        String text = value.isNumber() ? plain(value) : value.asText();
        return "'"
                + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…")
                        .replaceAll("\\p{Cntrl}", "?")
                + "'";
    }

    /** As it was written, as far as numbers allow: never with thousands of zeros. */
    private static String plain(JsonNode number) {
        return number.decimalValue().toString();
    }
}
