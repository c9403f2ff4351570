package io.sluice.local.command.reshard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.local.command.status.FlinkRest;
import io.sluice.local.command.status.Snapshots;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The job, through Flink's REST API; what Flink does not tell now is empty. */
final class FlinkReader implements Reader {
    private static final String OPEN_SHARDS = ".openShards";
    private static final String WAITING_SHARDS = ".waitingShards";

    private final FlinkRest flink;
    private final Consumer<String> warnings;

    /**
     * @param warnings takes what a person should know and what does not end the procedure
     */
    FlinkReader(FlinkRest flink, Consumer<String> warnings) {
        this.flink = flink;
        this.warnings = warnings;
    }

    @Override
    public OptionalLong lagMillis() throws InterruptedException {
        try {
            Optional<String> job = job();
            Long lag =
                    job.isEmpty()
                            ? null
                            : flink.millisBehindLatest(job.get()).get(Names.EVENTS_STREAM);
            return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong shardsRead() throws InterruptedException {
        return sum(OPEN_SHARDS);
    }

    @Override
    public OptionalLong waitingShards() throws InterruptedException {
        return sum(WAITING_SHARDS);
    }

    @Override
    public void checkpoint() throws InterruptedException {
        try {
            Optional<String> job = job();
            if (job.isPresent()) {
                new Snapshots(flink).checkpoint(job.get());
            }
        } catch (IOException e) {
            warnings.accept(e.getMessage() + "; waiting for the next");
        }
    }

    private OptionalLong sum(String metric) throws InterruptedException {
        try {
            Optional<String> job = job();
            return job.isEmpty() ? OptionalLong.empty() : flink.sum(job.get(), metric);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private Optional<String> job() throws IOException, InterruptedException {
        return flink.job()
                .filter(job -> job.path("state").asText().equals("RUNNING"))
                .map(job -> job.path("jid"))
                .map(JsonNode::asText);
    }
}
