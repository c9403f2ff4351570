package io.sluice.pipeline.enforce;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.MalformedJsonException;
import java.util.Base64;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Turns stream records into events; what is no event leaves by {@link SideOutputs#DEAD_LETTERS} and
 * the job runs on.
 *
 * <p><b>Key and time</b>: none.
 *
 * <p><b>State</b>: none.
 *
 * <p><b>Emits</b>: one event or one dead letter per record.
 *
 * <p><b>On replay</b>: the same record gives the same event or dead letter; dead letters may
 * repeat.
 */
public final class ParseEventFunction extends ProcessFunction<StreamRecord, LogRecord> {
    private static final long serialVersionUID = 1;

    private final String stream;

    @SuppressWarnings("NullAway.Init")
    private transient Counter malformed;

    /** Parses records of that stream; the name goes into dead letters. */
    public ParseEventFunction(String stream) {
        this.stream = stream;
    }

    @Override
    public void open(OpenContext context) {
        malformed = getRuntimeContext().getMetricGroup().counter("deadLetters");
    }

    @Override
    public void processElement(StreamRecord record, Context context, Collector<LogRecord> out) {
        Event event;
        try {
            event = EventJson.read(record.data());
            if (!event.tenantId().equals(record.partitionKey())) {
                throw new MalformedJsonException(
                        "partition key: seen another than the event's tenant, expected "
                                + event.tenantId());
            }
        } catch (MalformedJsonException e) {
            malformed.inc();
            context.output(
                    SideOutputs.DEAD_LETTERS, deadLetter(record, String.valueOf(e.getMessage())));
            return;
        }
        out.collect(new LogRecord(event, record.arrivedAtMillis(), record.sequenceNumber()));
    }

    private DeadLetter deadLetter(StreamRecord record, String detail) {
        return DeadLetter.builder()
                .reason(DeadLetterReason.MALFORMED.wireName())
                .detail(detail)
                .stream(stream)
                .shardId(record.shardId())
                .sequenceNumber(record.sequenceNumber())
                .partitionKey(record.partitionKey())
                .arrivedAtMillis(record.arrivedAtMillis())
                .raw(Base64.getEncoder().encodeToString(record.data()))
                .build();
    }
}
