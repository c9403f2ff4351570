package io.sluice.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Bodies of submissions. Seeded, so that two runs send the same. Not thread-safe. */
final class Prompts {
    private static final String[] MODELS = {
        "amazon.nova-micro-v1:0",
        "anthropic.claude-haiku-4-5-20251001-v1:0",
        "meta.llama3-1-8b-instruct-v1:0"
    };

    /** Distinct questions of the realistic mix. */
    static final int QUESTIONS = 10_000;

    /** Exponent of the realistic mix: natural-language queries follow Zipf's law with about 1. */
    private static final double EXPONENT = 1.0;

    private static final AtomicLong NEXT = new AtomicLong();

    private Prompts() {}

    /** No two bodies are the same, so that the cache answers none of them. */
    static Supplier<String> unique() {
        String run = Long.toString(System.currentTimeMillis(), 36);
        return () -> {
            long n = NEXT.incrementAndGet();
            return body(MODELS[0], "question " + run + "-" + n);
        };
    }

    /** No two bodies are the same; all for one model and of one priority. */
    static Supplier<String> of(String model, String priority) {
        String run = Long.toString(System.currentTimeMillis(), 36);
        return () ->
                body(model, "question " + run + "-" + priority + "-" + NEXT.incrementAndGet())
                        .replaceFirst("\\{", "{\"priority\":\"" + priority + "\",");
    }

    /** Questions over three models, of which few are asked often and many seldom. */
    static Supplier<String> zipf(long seed) {
        Random random = new Random(seed);
        String run = Long.toString(System.currentTimeMillis(), 36);
        double[] cumulative = cumulative(QUESTIONS);
        return () -> {
            int question = rank(cumulative, random.nextDouble());
            return body(MODELS[question % MODELS.length], "question " + run + "-z" + question);
        };
    }

    /** Shares of ranks 1 to {@code n}, summed up; the last is 1. */
    static double[] cumulative(int n) {
        double[] sums = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 1 / Math.pow(i + 1, EXPONENT);
            sums[i] = sum;
        }
        for (int i = 0; i < n; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    /** The rank, from 0, that a number from 0 to 1 falls on. */
    static int rank(double[] cumulative, double number) {
        int found = Arrays.binarySearch(cumulative, number);
        return Math.min(found >= 0 ? found : -found - 1, cumulative.length - 1);
    }

    private static String body(String model, String question) {
        return "{\"model\":\""
                + model
                + "\",\"max_tokens\":1024,\"messages\":[{\"role\":\"user\",\"content\":\""
                + question
                + ": what does the contract say about the notice period, and where?\"}]}";
    }
}
