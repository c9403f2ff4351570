package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.model.schedule.LaneSettings;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import java.time.Duration;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.junit.jupiter.api.Test;

/** A job that cannot start is started again and again, in the same process. */
class InvokerFactoryTest {
    private final ScriptedModelClient model = new ScriptedModelClient();
    private final ScriptedAttemptStore attempts = new ScriptedAttemptStore();

    @Test
    void whatWasOpenedIsClosedIfALaterPartCannotBe() {
        InvokerFactory factory =
                factory(
                        new CallStores(
                                mostAtOnce -> attempts,
                                mostAtOnce -> {
                                    throw new IllegalStateException("no such table");
                                }));

        assertThatThrownBy(() -> open(factory)).hasMessage("no such table");

        assertThat(model.isClosed).isTrue();
        assertThat(attempts.isClosed).isTrue();
    }

    @Test
    void whatTheInvokerTookOverIsOpen() {
        ModelInvoker invoker =
                open(
                        factory(
                                new CallStores(
                                        mostAtOnce -> attempts,
                                        mostAtOnce -> new ScriptedResultStore())));

        assertThat(model.isClosed).isFalse();
        assertThat(attempts.isClosed).isFalse();
        invoker.close();
        assertThat(model.isClosed).isTrue();
        assertThat(attempts.isClosed).isTrue();
    }

    @Test
    void clientIsClosedIfThePlaceOfLargePayloadsCannotBeOpened() {
        ModelClient.Factory clients =
                LargePayloadClient.around(
                        mostAtOnce -> model,
                        new PayloadSettings("nowhere", 1_024, PayloadSettings.LARGEST_BYTES),
                        AwsAccess.of(AwsService.S3, "us-east-1", "http://127.0.0.1:1"),
                        new ManualClock(NOW),
                        100,
                        100);

        assertThatThrownBy(() -> clients.open(1)).hasMessageContaining("'nowhere', expected");

        assertThat(model.isClosed).isTrue();
    }

    private static ModelInvoker open(InvokerFactory factory) {
        return factory.open(
                new MockStreamingRuntimeContext(true, 1, 0), false, (place, circuit) -> {});
    }

    private InvokerFactory factory(CallStores stores) {
        return new InvokerFactory(
                mostAtOnce -> model,
                "us-east-1",
                stores,
                PriceBookJson::shipped,
                new InvokeSettings(
                        new LaneSettings(4, 1 << 20, 10, 1 << 20),
                        new LaneSettings(1, 1 << 20, 10, 1 << 20),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10),
                        3,
                        BreakerSettings.SHIPPED,
                        TargetSettings.WIDE),
                new ManualClock(NOW));
    }
}
