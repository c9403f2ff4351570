package io.sluice.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.RecordedInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.util.Collector;

/** Runs of files, sorted by their first numbers, give each tenant's records in their order. */
class OrderedRunsTest {
    private final List<Tuple4<String, Long, Integer, byte[]>> runs = new ArrayList<>();

    @Property
    void recordsComeInOrderWhateverFilesTheyAreIn(@ForAll long seed) {
        Random random = new Random(seed);
        runs.clear();
        List<String> written = new ArrayList<>();
        for (int file = 0; file < 4; file++) {
            RunsOfFile gathered = new RunsOfFile(file, into(runs));
            long[] seq = new long[3];
            for (int i = random.nextInt(60); i > 0; i--) {
                int tenant = random.nextInt(3);
                // Mostly the next number; sometimes a gap, sometimes one that was there before.
                seq[tenant] += random.nextInt(5) == 0 ? 1 + random.nextInt(9) : 1;
                if (random.nextInt(9) == 0) {
                    seq[tenant] = 1L + random.nextInt(9);
                }
                RecordedInput record = record(seq[tenant], random);
                gathered.add("t" + tenant, record);
                written.add(shown("t" + tenant, record, file));
            }
            gathered.end();
        }
        runs.sort(Comparator.comparing(run -> run.f1));
        for (int tenant = 0; tenant < 3; tenant++) {
            String id = "t" + tenant;
            List<Long> order = new ArrayList<>();
            List<String> read = new ArrayList<>();
            OrderedRuns ordered =
                    new OrderedRuns(
                            (record, file) -> {
                                order.add(record.seq());
                                read.add(shown(id, record, file));
                            });
            for (Tuple4<String, Long, Integer, byte[]> run : runs) {
                if (run.f0.equals(id)) {
                    ordered.add(new Run.Reader(run.f1, run.f2, run.f3));
                }
            }
            ordered.end();
            assertThat(order).isSorted();
            assertThat(read)
                    .containsExactlyInAnyOrderElementsOf(
                            written.stream().filter(each -> each.startsWith(id)).toList());
        }
    }

    private static Collector<Tuple4<String, Long, Integer, byte[]>> into(
            List<Tuple4<String, Long, Integer, byte[]>> list) {
        return new Collector<>() {
            @Override
            public void collect(Tuple4<String, Long, Integer, byte[]> run) {
                list.add(run);
            }

            @Override
            public void close() {}
        };
    }

    private static RecordedInput record(long seq, Random random) {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        int from = random.nextInt(bytes.length + 1);
        return new RecordedInput(
                seq,
                AuditKind.values()[random.nextInt(3)],
                random.nextLong(),
                hash,
                bytes,
                from,
                random.nextInt(bytes.length - from + 1));
    }

    private static String shown(String tenantId, RecordedInput record, int file) {
        byte[] input =
                Arrays.copyOfRange(record.bytes(), record.from(), record.from() + record.length());
        return tenantId
                + ' '
                + record.seq()
                + ' '
                + record.kind()
                + ' '
                + record.arrivedAtMillis()
                + ' '
                + file
                + Arrays.toString(record.hash())
                + Arrays.toString(input);
    }
}
