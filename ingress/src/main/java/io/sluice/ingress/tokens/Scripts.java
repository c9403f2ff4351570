package io.sluice.ingress.tokens;

/** What characters beyond ASCII weigh. */
final class Scripts {
    private static final int AFTER_CYRILLIC = 0x530;
    private static final int HEBREW = 0x590;
    private static final int AFTER_ARABIC = 0x700;
    private static final int TWO_BYTES = 0x800;
    private static final int DEVANAGARI = 0x900;
    private static final int AFTER_THAI = 0xE80;
    private static final int PUNCTUATION = 0x2000;
    private static final int AFTER_PUNCTUATION = 0x2070;
    private static final int CJK = 0x3000;
    private static final int AFTER_CJK = 0xA000;
    private static final int HANGUL = 0xAC00;
    private static final int AFTER_HANGUL = 0xD7B0;
    private static final int FULL_WIDTH = 0xFF00;
    private static final int THREE_BYTES = 0x10000;

    private Scripts() {}

    /**
     * Tokens that one code point beyond ASCII counts: one for Latin, Greek, Cyrillic, Hebrew and
     * Arabic letters; two for the scripts of India, Thai, Chinese, Japanese, Korean, and dashes and
     * quotes; for all others, emoji among them, as many as it has bytes.
     */
    static long tokens(int c) {
        if (c < AFTER_CYRILLIC || within(c, HEBREW, AFTER_ARABIC)) {
            return 1;
        }
        return within(c, DEVANAGARI, AFTER_THAI)
                        || within(c, PUNCTUATION, AFTER_PUNCTUATION)
                        || within(c, CJK, AFTER_CJK)
                        || within(c, HANGUL, AFTER_HANGUL)
                        || within(c, FULL_WIDTH, THREE_BYTES)
                ? 2
                : utf8Bytes(c);
    }

    /** How many bytes a code point has in UTF-8. */
    static int utf8Bytes(int c) {
        if (c < 0x80) {
            return 1;
        }
        if (c < TWO_BYTES) {
            return 2;
        }
        return c < THREE_BYTES ? 3 : 4;
    }

    private static boolean within(int c, int first, int after) {
        return c >= first && c < after;
    }
}
