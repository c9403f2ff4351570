package io.sluice.ingress.tokens;

/** What characters beyond ASCII weigh. */
final class Scripts {
    private static final int TWO_BYTES = 0x800;
    private static final int THREE_BYTES = 0x10000;

    /** First and after last code point of Latin, Cyrillic and Arabic letters. */
    private static final int[] ONE_TOKEN = {0x80, 0x250, 0x400, 0x530, 0x600, 0x700};

    /**
     * First and after last code point of the scripts of India and Thai; dashes and quotes; Chinese
     * and Japanese; Korean; full width forms.
     */
    private static final int[] TWO_TOKENS = {
        0x900, 0xE80, 0x2000, 0x2070, 0x3000, 0xA000, 0xAC00, 0xD7B0, 0xFF00, 0x10000
    };

    private Scripts() {}

    /**
     * Tokens that one code point beyond ASCII counts: one for Latin, Cyrillic and Arabic letters;
     * two for those of India, Thai, Chinese, Japanese and Korean, and for dashes and quotes; for
     * all others, Greek, Hebrew and emoji among them, as many as it has bytes.
     */
    static long tokens(int c) {
        if (within(ONE_TOKEN, c)) {
            return 1;
        }
        return within(TWO_TOKENS, c) ? 2 : utf8Bytes(c);
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

    private static boolean within(int[] ranges, int c) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (c >= ranges[i] && c < ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
