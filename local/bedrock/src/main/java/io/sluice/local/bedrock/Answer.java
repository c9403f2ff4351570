package io.sluice.local.bedrock;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the model says: readable words chosen by the hash of the request, one word to a token.
 *
 * @param text of the assistant's message
 * @param outputTokens from 1 to the request's maximum
 * @param stopReason {@code end_turn}, {@code max_tokens} or {@code stop_sequence}
 */
record Answer(String text, int outputTokens, String stopReason) {

    private static final List<String> WORDS =
            TextResource.lines("words.txt").stream()
                    .flatMap(line -> List.of(line.split(" ")).stream())
                    .toList();
    private static final int SHORTEST = 24;
    private static final int LONGEST = 152;
    private static final int SENTENCE = 11;

    /** The answer to a request; the same request always gets the same one. */
    static Answer to(ConverseRequest request) {
        SplittableRandom random = new SplittableRandom(request.hash());
        int wanted = random.nextInt(SHORTEST, LONGEST + 1);
        int tokens = Math.min(wanted, request.maxTokens());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            appendWord(text, WORDS.get(random.nextInt(WORDS.size())), i, i == wanted - 1);
        }
        String whole = text.toString();
        int stop = firstStop(whole, request.stopSequences());
        if (stop >= 0) {
            String kept = whole.substring(0, stop);
            return new Answer(kept, Math.max(1, kept.split(" ").length), "stop_sequence");
        }
        return new Answer(whole, tokens, tokens < wanted ? "max_tokens" : "end_turn");
    }

    private static void appendWord(StringBuilder text, String word, int index, boolean last) {
        boolean first = index % SENTENCE == 0;
        if (index > 0) {
            text.append(' ');
        }
        text.append(
                first ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
        if (last || (index + 1) % SENTENCE == 0) {
            text.append('.');
        }
    }

    private static int firstStop(String text, List<String> stopSequences) {
        return stopSequences.stream()
                .mapToInt(text::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }
}
