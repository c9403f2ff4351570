package io.sluice.pipeline.topology.shards;

import io.sluice.pipeline.enforce.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Expects the numbers 0, 1, 2, … of each key, each once and in order, and tells what it saw; fails
 * as often as it was asked to, somewhere.
 */
final class OrderOfKeys extends RichFlatMapFunction<StreamRecord, String> {
    private static final long serialVersionUID = 1;
    private static final Map<String, Seen> SEEN = new ConcurrentHashMap<>();

    /** What all parallel instances of one test saw. */
    static final class Seen {
        final Map<String, Integer> newest = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<String> outOfOrder = new ConcurrentLinkedQueue<>();
        final AtomicInteger failuresToCome = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
    }

    private final String name;
    private transient @Nullable ValueState<Integer> next;

    OrderOfKeys(String name) {
        this.name = name;
    }

    static Seen of(String name) {
        return SEEN.computeIfAbsent(name, n -> new Seen());
    }

    @Override
    public void open(OpenContext context) {
        next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Integer.class));
    }

    @Override
    public void flatMap(StreamRecord record, Collector<String> out) throws Exception {
        ValueState<Integer> state = Objects.requireNonNull(next);
        Seen seen = of(name);
        if (seen.failuresToCome.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            seen.failures.incrementAndGet();
            throw new IllegalStateException("as asked");
        }
        int expected = state.value() == null ? 0 : state.value();
        int number = Integer.parseInt(new String(record.data(), StandardCharsets.UTF_8));
        if (number != expected) {
            seen.outOfOrder.add(record.partitionKey() + ": " + number + " instead of " + expected);
        }
        state.update(number + 1);
        seen.newest.put(record.partitionKey(), number);
    }
}
