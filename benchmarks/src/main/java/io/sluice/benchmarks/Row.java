package io.sluice.benchmarks;

/**
 * One line of the report.
 *
 * @param what what was measured
 * @param target what is wanted; {@code –} if it is only there to compare with
 * @param result what was seen
 * @param verdict whether the target is met
 */
record Row(String what, String target, String result, Verdict verdict) {

    /** Whether a target is met. */
    enum Verdict {
        MET("met"),
        MISSED("**missed**"),
        NONE("–");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        static Verdict of(boolean met) {
            return met ? MET : MISSED;
        }
    }

    /** To compare with; no target. */
    static Row reference(String what, String result) {
        return new Row(what, "–", result, Verdict.NONE);
    }

    String markdown() {
        return "| " + what + " | " + target + " | " + result + " | " + verdict.text() + " |";
    }
}
