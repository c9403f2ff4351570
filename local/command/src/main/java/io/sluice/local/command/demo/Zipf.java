package io.sluice.local.command.demo;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ranks by Zipf's law: rank {@code k} (from 0) is drawn with a probability proportional to {@code
 * 1/(k+1)^exponent}. Immutable.
 */
final class Zipf {
    private final double[] cumulative;

    Zipf(int ranks, double exponent) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    /** A rank between 0 and the number of ranks, the end excluded. */
    int draw(RandomGenerator random) {
        int at = Arrays.binarySearch(cumulative, random.nextDouble());
        return Math.min(at >= 0 ? at : -at - 1, cumulative.length - 1);
    }
}
