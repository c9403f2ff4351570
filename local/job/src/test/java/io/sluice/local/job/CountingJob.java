package io.sluice.local.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Counts the numbers 0, 1, 2, … in keyed state and writes {@code number count} lines: as long as
 * source and state are restored together, each count is its number plus one.
 *
 * <p>The argument names the file to write to; a file {@code <argument>.fail} makes it fail for
 * good, and while there is a file {@code <argument>.slow} it does not end.
 */
public final class CountingJob {
    private CountingJob() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSource(
                        new NumberSequenceSource(0, Long.MAX_VALUE / 2),
                        WatermarkStrategy.noWatermarks(),
                        "numbers",
                        Types.LONG)
                .uid("numbers")
                .setParallelism(1)
                .map(new SlowFunction())
                .uid("slow")
                .setParallelism(1)
                .keyBy(new SameKey())
                .process(new CountFunction(args[0]))
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        env.execute("counting");
    }

    private static final class SameKey implements KeySelector<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long getKey(Long number) {
            return 0L;
        }
    }

    /** About a thousand numbers a second: without back-pressure, checkpoints are quick. */
    private static final class SlowFunction implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            LockSupport.parkNanos(1_000_000);
            return number;
        }
    }

    private static final class CountFunction extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private final String file;
        private transient ValueState<Long> count;

        CountFunction(String file) {
            this.file = file;
        }

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out)
                throws IOException {
            if (Files.exists(Path.of(file + ".fail"))) {
                throw new IOException("told to fail");
            }
            Long before = count.value();
            long now = before == null ? 1 : before + 1;
            count.update(now);
            Files.writeString(
                    Path.of(file),
                    number + " " + now + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            out.collect(now);
        }

        @Override
        public void close() {
            while (Files.exists(Path.of(file + ".slow"))) {
                Thread.interrupted(); // an interrupted thread does not park
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}
