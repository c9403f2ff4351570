package io.sluice.local.command.e2e;

import io.sluice.local.command.e2e.Disturbance.Kind;
import io.sluice.local.command.e2e.Disturbance.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong in one run, when, and how models behave meanwhile; the seed alone decides.
 *
 * <p>Each run kills the job, one of the services and, half of the time, the ingress, and disturbs
 * connections. The seeds that are multiples of {@value #RESCALED_SEEDS} rescale the job or reshard
 * the stream in addition; those that come one after them kill everything at once.
 *
 * @param seed from which the rest follows
 * @param disturbances in the order of their time
 * @param behavior of the embedded Bedrock
 */
record ChaosPlan(long seed, List<Disturbance> disturbances, String behavior) {
    /** Every so-manieth seed rescales or reshards. */
    static final int RESCALED_SEEDS = 5;

    /** How long traffic goes on. */
    static final long LENGTH_MILLIS = 24_000;

    /** Enough calls under way, and perhaps a checkpoint, before the first disturbance. */
    private static final long FIRST_MILLIS = 3_000;

    private static final int NETWORK_EVENTS = 8;

    /** The plan of a seed. */
    static ChaosPlan of(long seed) {
        Random random = new Random(seed);
        List<Disturbance> all = new ArrayList<>();
        all.add(kill(random, Kind.KILL_JOB));
        all.add(kill(random, random.nextBoolean() ? Kind.KILL_AWS : Kind.KILL_DYNAMODB));
        if (random.nextBoolean()) {
            all.add(kill(random, Kind.KILL_INGRESS));
        }
        switch ((int) Math.floorMod(seed, (long) RESCALED_SEEDS)) {
            case 0 -> all.add(kill(random, random.nextBoolean() ? Kind.RESCALE : Kind.RESHARD));
            case 1 -> all.add(kill(random, Kind.KILL_EVERYTHING));
            default -> {
                // What happens to parts is enough.
            }
        }
        for (int i = 0; i < NETWORK_EVENTS; i++) {
            disturbNetwork(random, all);
        }
        all.sort(Comparator.comparingLong(Disturbance::atMillis));
        return new ChaosPlan(seed, List.copyOf(all), behavior(random));
    }

    private static Disturbance kill(Random random, Kind kind) {
        return new Disturbance(moment(random), kind, Service.BEDROCK, 200L + random.nextInt(2_500));
    }

    private static void disturbNetwork(Random random, List<Disturbance> all) {
        Service target = Service.values()[random.nextInt(Service.values().length)];
        long at = moment(random);
        long millis = 500L + random.nextInt(3_000);
        switch (random.nextInt(6)) {
            case 0 -> {
                all.add(new Disturbance(at, Kind.UNREACHABLE, target, millis));
                all.add(new Disturbance(at + millis, Kind.CALM, target, 0));
            }
            case 1 -> {
                all.add(new Disturbance(at, Kind.SLOW, target, 50L + random.nextInt(400)));
                all.add(new Disturbance(at + millis, Kind.CALM, target, 0));
            }
            case 2 -> all.add(new Disturbance(at, Kind.CUT_ALL, target, 0));
            default -> all.add(new Disturbance(at, Kind.CUT_ONE, target, 0));
        }
    }

    private static long moment(Random random) {
        return FIRST_MILLIS + random.nextInt((int) (LENGTH_MILLIS - FIRST_MILLIS));
    }

    /** Somewhat more than half of all calls are answered. */
    private static String behavior(Random random) {
        return "{\"model\":\"*\",\"latency_ms\":{\"min\":20,\"max\":"
                + (500 + random.nextInt(2_500))
                + "},\"drip_ms\":"
                + (200 + random.nextInt(3_000))
                + ",\"mix\":{\"seed\":"
                + random.nextInt(1_000_000)
                + ",\"throttle\":0.15,\"hang\":0.01,\"drip\":0.08,\"cut_unseen\":0.02,"
                + "\"cut_before\":0.02,\"cut_amid\":0.02,\"errors\":{"
                + "\"InternalServerException\":0.04,\"ServiceUnavailableException\":0.04,"
                + "\"ModelTimeoutException\":0.01,\"ModelErrorException\":0.02}}}";
    }

    /** The same behaviour without calls that are never answered: work is to come to an end. */
    String behaviorAtTheEnd() {
        return behavior.replaceFirst("\"hang\":[0-9.]+,", "");
    }

    /** What a person needs in order to follow the run. */
    String describe() {
        StringBuilder text = new StringBuilder("seed " + seed + ": models " + behavior);
        for (Disturbance d : disturbances) {
            text.append(
                    String.format(
                            "%n  %6d ms %-15s %s %d",
                            d.atMillis(), d.kind(), d.target(), d.millis()));
        }
        return text.toString();
    }
}
