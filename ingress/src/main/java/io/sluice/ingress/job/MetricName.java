package io.sluice.ingress.job;

/** The names of the job's metrics as Flink's REST API spells them. */
final class MetricName {
    private static final String TARGET = ".target.";
    private static final String CIRCUIT = ".breakerState";
    private static final String STREAM = ".stream.";
    private static final String SHARD = ".shardId.";
    private static final String BEHIND = ".millisBehindLatest";

    private MetricName() {}

    /** Whether it tells of a circuit or of a stream. */
    static boolean matters(String name) {
        return isCircuit(name) || (name.endsWith(BEHIND) && name.contains(STREAM));
    }

    /** Whether it is a gauge such as {@code x.target.us-east-1/m.breakerState}. */
    static boolean isCircuit(String name) {
        return name.endsWith(CIRCUIT) && name.contains(TARGET);
    }

    /**
     * The target of a circuit, or the stream of a name such as {@code
     * x.stream.events.shardId.0.millisBehindLatest}.
     */
    static String subject(String name) {
        if (isCircuit(name)) {
            return name.substring(
                    name.indexOf(TARGET) + TARGET.length(), name.length() - CIRCUIT.length());
        }
        int start = name.indexOf(STREAM) + STREAM.length();
        int end = name.indexOf(SHARD, start);
        return name.substring(start, end < 0 ? name.length() - BEHIND.length() : end);
    }
}
