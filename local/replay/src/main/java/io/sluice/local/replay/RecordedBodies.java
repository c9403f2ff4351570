package io.sluice.local.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple5;

/** Fetches the bodies of records that differ, which the fold does not see, from their files. */
final class RecordedBodies {
    private RecordedBodies() {}

    /**
     * By tenant.
     *
     * @param differences what {@link RefoldFunction} emits, one of each tenant
     */
    static Map<String, byte[]> of(
            List<Path> files, List<Tuple5<String, Long, Long, Integer, byte[]>> differences)
            throws IOException {
        Map<Integer, Map<String, Long>> wanted = new TreeMap<>();
        differences.forEach(
                each ->
                        wanted.computeIfAbsent(each.f3, file -> new HashMap<>())
                                .put(each.f0, each.f2));
        Map<String, byte[]> bodies = new HashMap<>();
        for (Map.Entry<Integer, Map<String, Long>> file : wanted.entrySet()) {
            RecordFile.read(
                    files.get(file.getKey()),
                    record -> {
                        Long seq = file.getValue().get(record.tenantId());
                        if (seq != null && seq == record.seq()) {
                            bodies.put(record.tenantId(), record.body());
                        }
                    });
        }
        return bodies;
    }
}
