package io.sluice.local.command.e2e;

/**
 * Something that goes wrong at some moment of a run.
 *
 * @param atMillis when, from the start of the traffic; not before what comes before it has ended
 * @param kind what happens
 * @param target to which connection, if it is one of the network
 * @param millis how long something is down, or how long bytes are held back
 */
record Disturbance(long atMillis, Kind kind, Service target, long millis) {

    /** What can happen. */
    enum Kind {
        KILL_JOB,
        KILL_INGRESS,
        /** Kinesis, CloudWatch and Bedrock. */
        KILL_AWS,
        KILL_DYNAMODB,
        /** Every process of the system and the services. */
        KILL_EVERYTHING,
        /** One connection is lost. */
        CUT_ONE,
        /** All connections of a service are lost. */
        CUT_ALL,
        /** New connections are turned away, and open ones lost. */
        UNREACHABLE,
        /** Every piece of data arrives late. */
        SLOW,
        /** Connections are as they should be again. */
        CALM,
        /** The job goes on with another parallelism. */
        RESCALE,
        /** The stream gets more shards, or fewer. */
        RESHARD
    }

    /** What the product is connected to. */
    enum Service {
        KINESIS,
        DYNAMODB,
        CLOUDWATCH,
        BEDROCK
    }
}
