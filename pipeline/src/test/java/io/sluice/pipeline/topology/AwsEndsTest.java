package io.sluice.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Event;
import io.sluice.contract.Names;
import io.sluice.contract.json.EventJson;
import io.sluice.pipeline.config.ApplicationProperties;
import io.sluice.pipeline.enforce.Facts;
import java.lang.reflect.Method;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsEndsTest {
    private static final String REGION = "aws.region";

    @BeforeEach
    void setRegion() {
        System.setProperty(REGION, "us-east-1");
    }

    @AfterEach
    void clearRegion() {
        System.clearProperty(REGION);
    }

    /** A job's parts travel serialized, and lambdas of one class may be taken for each other. */
    @Test
    void eventsOfBothKindsAreAppendedAlsoBySinksThatTravelled() throws Exception {
        AwsEnds ends = new AwsEnds(ApplicationProperties.of(Map.of()));
        CommandEvent command =
                CommandEvent.builder().tenantId("acme").commandId("c1").name(Names.EXPIRE).build();
        assertAppends(ends.outcomes(), Facts.event(Facts.succeeded("r1").build()));
        assertAppends(ends.commands(), command);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Event> void assertAppends(Sink<E> sink, E event) throws Exception {
        Sink<E> travelled = InstantiationUtil.clone(sink);
        Method converter = AsyncSinkBase.class.getDeclaredMethod("getElementConverter");
        converter.setAccessible(true);
        PutRecordsRequestEntry entry =
                ((ElementConverter<E, PutRecordsRequestEntry>) converter.invoke(travelled))
                        .apply(event, null);
        assertThat(EventJson.read(entry.data().asByteArray())).isEqualTo(event);
        assertThat(entry.partitionKey()).isEqualTo("acme");
    }
}
