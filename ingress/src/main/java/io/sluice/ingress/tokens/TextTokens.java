package io.sluice.ingress.tokens;

/**
 * The estimated tokens of a text. Pure, in whole numbers, in one pass.
 *
 * <p>The text is cut as byte-pair tokenizers cut it before they look into their vocabulary: words
 * (a new one where upper case follows lower case), numbers, runs of blanks, single signs. A word
 * counts one token, or more by its length; numbers one for each digit or three; blanks one for each
 * four; a sign one; other scripts by code point. What is estimated:
 *
 * <ul>
 *   <li>is never more than the text's UTF-8 bytes, which byte-level tokenizers cannot exceed;
 *   <li>grows with the text: adding to either end never lowers it;
 *   <li>is at least a quarter of the bytes ({@link #MOST_BYTES_PER_TOKEN}), so a text made against
 *       it can have at most four times as many tokens as estimated. Words of natural language and
 *       identifiers of code are not below it: see the figures that {@code TokenEstimatesTest}
 *       prints.
 * </ul>
 */
final class TextTokens {
    /** The most bytes that one estimated token stands for. */
    static final long MOST_BYTES_PER_TOKEN = 4;

    private static final long WHOLE = 1_000;
    private static final long BLANKS_PER_TOKEN = 4;

    private enum Kind {
        NOTHING,
        WORD,
        NUMBER,
        BLANK,
        OTHER
    }

    private final FamilyWeights weights;
    private long done;
    private Kind kind = Kind.NOTHING;
    private long run;
    private long runLength;
    private boolean lowerBefore;

    private TextTokens(FamilyWeights weights) {
        this.weights = weights;
    }

    /** The estimate for a text. */
    static long of(String text, FamilyWeights weights) {
        TextTokens tokens = new TextTokens(weights);
        text.codePoints().forEach(tokens::add);
        tokens.endRun(true);
        return (tokens.done + WHOLE - 1) / WHOLE;
    }

    private void add(int c) {
        if (c >= 'a' && c <= 'z') {
            inRun(Kind.WORD, weights.lowerCase());
            lowerBefore = true;
        } else if (c >= 'A' && c <= 'Z') {
            if (lowerBefore) {
                endRun(false);
            }
            inRun(Kind.WORD, weights.upperCase());
            lowerBefore = false;
        } else if (c >= '0' && c <= '9') {
            inRun(Kind.NUMBER, 0);
        } else if (c == ' ' || c == '\t') {
            inRun(Kind.BLANK, 0);
        } else {
            inRun(Kind.OTHER, c < 0x80 ? FamilyWeights.SIGN : Scripts.tokens(c) * WHOLE);
        }
    }

    private void inRun(Kind now, long weight) {
        if (now != kind) {
            boolean freeSpace = kind == Kind.BLANK && runLength == 1 && now != Kind.NUMBER;
            endRun(!freeSpace);
            kind = now;
        }
        run += weight;
        runLength++;
    }

    /** Books the run; a single space goes with the word after it. */
    private void endRun(boolean blanksCount) {
        switch (kind) {
            case WORD -> done += Math.max(FamilyWeights.LEAST, run);
            case NUMBER -> done += groups(weights.digitsPerToken()) * WHOLE;
            case BLANK -> done += blanksCount ? groups(BLANKS_PER_TOKEN) * WHOLE : 0;
            case OTHER -> done += run;
            case NOTHING -> {}
        }
        kind = Kind.NOTHING;
        run = 0;
        runLength = 0;
        lowerBefore = false;
    }

    private long groups(long size) {
        return (runLength + size - 1) / size;
    }
}
