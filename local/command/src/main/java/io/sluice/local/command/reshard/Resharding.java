package io.sluice.local.command.reshard;

import io.sluice.local.command.FindingException;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.status.FlinkRest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Reshards the events stream of a running system. */
public final class Resharding {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AwsClients clients;
    private final FlinkRest flink;
    private final Progress progress;

    /** For the system whose stream, tables and job these are. */
    public Resharding(AwsClients clients, FlinkRest flink, Progress progress) {
        this.clients = clients;
        this.flink = flink;
        this.progress = progress;
    }

    /**
     * Splits or merges until the stream has that many shards and the job reads them.
     *
     * @param pause how long writes pause at most
     * @return how many shards it had
     */
    public int to(int shards, Duration pause)
            throws IOException, FindingException, InterruptedException {
        return new Reshard(
                        new KinesisEvents(clients.kinesis()),
                        new FlinkReader(flink, progress::warn),
                        new TableWriters(clients.dynamoDb(), Clock.systemUTC(), progress::warn),
                        new RealPace(),
                        progress::step)
                .to(shards, pause, PATIENCE)
                .shardsBefore();
    }
}
