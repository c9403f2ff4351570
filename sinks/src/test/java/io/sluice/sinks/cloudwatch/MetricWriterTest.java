package io.sluice.sinks.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.sinks.ManualContext;
import io.sluice.sinks.ManualMailbox;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class MetricWriterTest {
    private static final long START = 1_767_225_600_000L;

    private final ManualMailbox mailbox = new ManualMailbox(START);
    private final MapMetricStore store = new MapMetricStore();
    private final CloudWatchSink.Settings settings = new CloudWatchSink.Settings(2, 10_000, 50, 3);
    private final MetricWriter writer =
            new MetricWriter(settings, store, new ManualContext(mailbox));

    @Test
    void samplesOfAMetricAreOneStatisticSet() {
        writer.write(MetricSample.cost("a", "m", START + 1, 5), null);
        writer.write(MetricSample.cost("a", "m", START + 59_999, 7), null);
        writer.write(MetricSample.cost("a", "m", START + 60_000, 1), null);
        assertThat(store.calls).isZero();

        mailbox.advanceBy(10_000);

        assertThat(store.calls).isEqualTo(1);
        assertThat(store.acceptedSets())
                .containsExactly(
                        "LLMCost{Model=m, TenantId=a}@" + START + " count=2 sum=12 min=5 max=7",
                        "LLMCost{Model=m, TenantId=a}@"
                                + (START + 60_000)
                                + " count=1 sum=1 min=1 max=1");
    }

    @Test
    void checkpointNeitherSendsNorWaits() {
        store.silent = true;
        writer.write(MetricSample.request("a", "chat", START), null);
        mailbox.advanceBy(10_000);
        assertThat(store.calls).isEqualTo(1);
        writer.write(MetricSample.request("b", "chat", START), null);

        assertThatCode(() -> writer.flush(false)).doesNotThrowAnyException();

        assertThat(store.calls).isEqualTo(1);
    }

    @Test
    void restoredWriterSendsWhatTheCheckpointHeld() throws Exception {
        store.silent = true;
        writer.write(MetricSample.request("a", "chat", START), null);
        mailbox.advanceBy(10_000);
        writer.write(MetricSample.request("b", "chat", START), null);
        List<BufferedRequestState<MetricBatch>> state = throughBytes(writer.snapshotState(1));

        store.silent = false;
        MetricWriter restored = new MetricWriter(settings, store, new ManualContext(mailbox));
        restored.restore(state);
        mailbox.deliverAll();

        assertThat(store.acceptedSets())
                .containsExactlyInAnyOrder(
                        "RequestsPerTenant{TenantId=a, Endpoint=chat}@"
                                + START
                                + " count=1 sum=1 min=1 max=1",
                        "RequestsPerTenant{TenantId=b, Endpoint=chat}@"
                                + START
                                + " count=1 sum=1 min=1 max=1");
    }

    @Test
    void transientFailureIsRepeated() {
        store.failuresToCome.add(SdkClientException.create("no connection"));
        writer.write(MetricSample.request("a", "chat", START), null);

        mailbox.advanceBy(10_000);

        assertThat(store.calls).isEqualTo(2);
        assertThat(store.acceptedSamples()).isEqualTo(1);
    }

    @Test
    void lastingFailureIsGivenUpAndNeverFailsTheJob() {
        for (int i = 0; i < 100; i++) {
            store.failuresToCome.add(SdkClientException.create("no connection"));
        }
        writer.write(MetricSample.request("a", "chat", START), null);

        mailbox.advanceBy(10_000);

        assertThat(store.calls).isEqualTo(5);
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void silentServiceNeverMakesTheJobWait() {
        store.silent = true;
        for (int i = 0; i < 200; i++) {
            writer.write(MetricSample.request("a", "endpoint-" + i, START), null);
            mailbox.advanceBy(10_000);
        }

        assertThat(store.calls).isLessThanOrEqualTo(4);
    }

    @Test
    void endOfInputSendsEverything() throws Exception {
        for (int i = 0; i < 50; i++) {
            writer.write(MetricSample.request("a", "endpoint-" + i, START), null);
        }

        writer.flush(true);

        assertThat(store.acceptedSamples()).isEqualTo(50);
    }

    @Test
    void tenantsBeyondTheCapAreOther() throws Exception {
        for (int tenant = 0; tenant < 5; tenant++) {
            for (int i = 0; i <= tenant; i++) {
                writer.write(MetricSample.request("t" + tenant, "chat", START), null);
            }
        }

        writer.flush(true);

        assertThat(store.acceptedSets())
                .containsExactlyInAnyOrder(set("t4", 5), set("t3", 4), set("OTHER", 6));
    }

    @Test
    void whatCloudWatchWouldRefuseIsNotSent() throws Exception {
        writer.write(MetricSample.request("a", "chat", START - 15L * 24 * 3600 * 1000), null);
        writer.write(MetricSample.request("a", "chat", START + 3L * 3600 * 1000), null);

        writer.flush(true);

        assertThat(store.accepted).isEmpty();
    }

    private static String set(String tenant, int count) {
        return "RequestsPerTenant{TenantId="
                + tenant
                + ", Endpoint=chat}@"
                + START
                + " count="
                + count
                + " sum="
                + count
                + " min=1 max=1";
    }

    private static List<BufferedRequestState<MetricBatch>> throughBytes(
            List<BufferedRequestState<MetricBatch>> state) throws Exception {
        MetricStateSerializer serializer = new MetricStateSerializer();
        List<BufferedRequestState<MetricBatch>> restored = new ArrayList<>();
        for (BufferedRequestState<MetricBatch> part : state) {
            restored.add(
                    serializer.deserialize(serializer.getVersion(), serializer.serialize(part)));
        }
        return restored;
    }
}
