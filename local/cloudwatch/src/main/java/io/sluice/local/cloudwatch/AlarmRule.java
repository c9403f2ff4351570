package io.sluice.local.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of a composite alarm: {@code ALARM(name)}, {@code OK(name)}, {@code
 * INSUFFICIENT_DATA(name)}, {@code TRUE} and {@code FALSE}, joined by {@code NOT}, {@code AND},
 * {@code OR} and parentheses, in that order of strength. Immutable.
 */
final class AlarmRule {

    /** A part of a rule, given the state of each alarm by name or ARN. */
    private interface Term {
        boolean holds(Function<String, String> states);
    }

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*(?:\"([^\"]+)\"|([^\\s()\"]+))\\s*\\)"
                            + "|(AND|OR|NOT|TRUE|FALSE)\\b|([()]))");

    private static final int DEEPEST = 50;

    private final List<Matcher> tokens = new ArrayList<>();
    private final String text;
    private int at;
    private int depth;

    private AlarmRule(String text) {
        this.text = text;
    }

    /** Reads a rule. */
    static Function<Function<String, String>, Boolean> parse(String text) {
        AlarmRule rule = new AlarmRule(text);
        int from = 0;
        Matcher next = TOKEN.matcher(text);
        while (from < text.stripTrailing().length()) {
            if (!next.region(from, text.length()).lookingAt()) {
                throw rule.bad(from);
            }
            from = next.end();
            rule.tokens.add(next);
            next = TOKEN.matcher(text);
        }
        Term term = rule.or();
        if (rule.at < rule.tokens.size()) {
            throw rule.bad(rule.tokens.get(rule.at).start());
        }
        return term::holds;
    }

    private Term or() {
        Term term = and();
        while (takes("OR")) {
            Term left = term;
            Term right = and();
            term = states -> left.holds(states) || right.holds(states);
        }
        return term;
    }

    private Term and() {
        Term term = not();
        while (takes("AND")) {
            Term left = term;
            Term right = not();
            term = states -> left.holds(states) && right.holds(states);
        }
        return term;
    }

    private Term not() {
        if (++depth > DEEPEST) {
            throw CloudWatchException.validation("AlarmRule is nested too deeply");
        }
        Term term;
        if (takes("NOT")) {
            Term inner = not();
            term = states -> !inner.holds(states);
        } else {
            term = single();
        }
        depth--;
        return term;
    }

    private Term single() {
        if (at == tokens.size()) {
            throw bad(text.length());
        }
        Matcher token = tokens.get(at++);
        if (token.group(1) != null) {
            String state = token.group(1);
            String name = token.group(2) == null ? token.group(3) : token.group(2);
            return states -> state.equals(states.apply(name));
        }
        if (token.group().strip().equals("(")) {
            Term inner = or();
            if (!takes(")")) {
                throw bad(at == tokens.size() ? text.length() : tokens.get(at).start());
            }
            return inner;
        }
        boolean constant = "TRUE".equals(token.group(4));
        if (!constant && !"FALSE".equals(token.group(4))) {
            throw bad(token.start());
        }
        return states -> constant;
    }

    private boolean takes(String word) {
        if (at < tokens.size() && tokens.get(at).group().strip().equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    private CloudWatchException bad(int where) {
        return CloudWatchException.validation(
                "AlarmRule is not well formed at character " + (where + 1));
    }
}
