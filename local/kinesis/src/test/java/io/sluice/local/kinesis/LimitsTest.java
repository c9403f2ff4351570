package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

class LimitsTest extends OneServer {
    @Test
    void shardTakesAThousandRecordsInASecond() {
        create(1);
        assertThat(put(500, 1).failedRecordCount()).isZero();
        assertThat(put(499, 1).failedRecordCount()).isZero();
        var third = put(3, 1);
        assertThat(third.failedRecordCount()).isEqualTo(2);
        assertThat(third.records())
                .extracting(r -> r.errorCode())
                .containsExactly(
                        null,
                        "ProvisionedThroughputExceededException",
                        "ProvisionedThroughputExceededException");
        assertThatThrownBy(() -> put("x"))
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessageContaining(FIRST_SHARD);
        clock.advance(Duration.ofMillis(500));
        assertThat(put(500, 1).failedRecordCount()).isZero();
    }

    @Test
    void shardTakesAMebibyteInASecond() {
        create(1);
        assertThat(put(2, 500_000).failedRecordCount()).isZero();
        assertThat(put(1, 100_000).failedRecordCount()).isEqualTo(1);
        assertThat(put(1, 1000).failedRecordCount()).isZero();
    }

    @Test
    void shardAnswersFiveReadsInASecond() {
        create(1);
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.LATEST);
        for (int i = 0; i < 5; i++) {
            get(iterator);
        }
        assertThatThrownBy(() -> get(iterator))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        clock.advance(Duration.ofMillis(200));
        get(iterator);
    }

    @Test
    void aLargeAnswerIsPaidOffAtTwoMebibytesASecond() {
        create(1);
        for (int i = 0; i < 4; i++) {
            assertThat(put(1, 1_000_000).failedRecordCount()).isZero();
            clock.advance(Duration.ofSeconds(1));
        }
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON);
        assertThat(get(iterator).records()).hasSize(4);
        assertThatThrownBy(() -> get(iterator))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(get(iterator).records()).hasSize(4);
    }

    @Test
    void requestsAndRecordsHaveTheServicesSizes() {
        create(1);
        assertThatThrownBy(() -> put(501, 1)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> put(0, 1)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> put(1, 1024 * 1024)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> put(11, 1_000_000)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> putKey("")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> putKey("k".repeat(257))).isInstanceOf(ValidationException.class);
        putKey("k".repeat(256));
        assertThat(put(1, 1024 * 1024 - 1).failedRecordCount()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(put(1, 1024 * 1024 - 1).failedRecordCount()).isZero();
    }

    private void putKey(String key) {
        client.putRecord(
                r ->
                        r.streamName(STREAM)
                                .partitionKey(key)
                                .data(software.amazon.awssdk.core.SdkBytes.fromUtf8String("x")));
    }

    @Test
    void iteratorsLiveFiveMinutes() {
        create(1);
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.LATEST);
        clock.advance(Duration.ofMinutes(5));
        String next = get(iterator).nextShardIterator();
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> get(iterator)).isInstanceOf(ExpiredIteratorException.class);
        get(next);
    }

    @Test
    void pageTokensLiveFiveMinutes() {
        create(2);
        String token = client.listShards(r -> r.streamName(STREAM).maxResults(1)).nextToken();
        clock.advance(Duration.ofMillis(300_001));
        assertThatThrownBy(() -> client.listShards(r -> r.nextToken(token)))
                .isInstanceOf(ExpiredNextTokenException.class);
    }

    @Test
    void expiredRecordsAreNotReadAndTheirFilesGo() throws Exception {
        create(1);
        put("old");
        clock.advance(Duration.ofHours(23));
        put("young");
        clock.advance(Duration.ofMinutes(61));
        assertThat(readAll(FIRST_SHARD)).containsExactly("young");
        clock.advance(Duration.ofHours(24));
        server.trim();
        server.trim();
        assertThat(readAll(FIRST_SHARD)).isEmpty();
        try (var files = java.nio.file.Files.walk(dir)) {
            assertThat(files.filter(f -> f.toString().endsWith(".segment")))
                    .singleElement()
                    .satisfies(f -> assertThat(f.toFile()).isEmpty());
        }
        String before = put("after");
        restart();
        assertThat(put("later")).isGreaterThan(before);
    }

    @Test
    void longerRetentionKeepsRecords() {
        create(1);
        client.increaseStreamRetentionPeriod(r -> r.streamName(STREAM).retentionPeriodHours(48));
        put("old");
        clock.advance(Duration.ofHours(47));
        server.trim();
        assertThat(readAll(FIRST_SHARD)).containsExactly("old");
        assertThatThrownBy(
                        () ->
                                client.increaseStreamRetentionPeriod(
                                        r -> r.streamName(STREAM).retentionPeriodHours(24)))
                .isInstanceOf(InvalidArgumentException.class);
        client.decreaseStreamRetentionPeriod(r -> r.streamName(STREAM).retentionPeriodHours(24));
        assertThat(readAll(FIRST_SHARD)).isEmpty();
    }

    @Test
    void shardCountAtMostDoublesAndTenTimesADay() {
        create(2);
        assertThatThrownBy(() -> scale(5)).isInstanceOf(InvalidArgumentException.class);
        for (int i = 0; i < 5; i++) {
            scale(4);
            scale(2);
        }
        assertThatThrownBy(() -> scale(4)).isInstanceOf(LimitExceededException.class);
        clock.advance(Duration.ofHours(24));
        scale(4);
    }

    private void scale(int count) {
        client.updateShardCount(
                r ->
                        r.streamName(STREAM)
                                .targetShardCount(count)
                                .scalingType(ScalingType.UNIFORM_SCALING));
    }

    @Test
    void accountAndStreamQuotasHold() {
        create(1);
        assertThatThrownBy(() -> client.createStream(r -> r.streamName("big").shardCount(1000)))
                .isInstanceOf(LimitExceededException.class);
        for (int i = 0; i < 20; i++) {
            register("c" + i);
        }
        assertThatThrownBy(() -> register("c20")).isInstanceOf(LimitExceededException.class);
    }
}
