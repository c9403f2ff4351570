package io.sluice.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The unmodified SDK client against a server that speaks S3. */
class S3ObjectStoreITCase extends ObjectStoreContract {
    private S3Server server;

    @Override
    ObjectStore open() throws IOException {
        server = new S3Server();
        return open("s3://payloads/sluice/");
    }

    private ObjectStore open(String location) {
        return ObjectStores.open(
                location,
                client ->
                        client.region(Region.US_EAST_1)
                                .endpointOverride(server.endpoint())
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("key", "secret"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void objectsLieBelowThePrefix() {
        store().putIfAbsent("acme/req_1/prompt-a", text("x")).join();
        assertThat(server.has("payloads/sluice/acme/req_1/prompt-a")).isTrue();
    }

    @Test
    void aBusyStoreIsAskedAgain() {
        server.refusals.add(503);
        store().putIfAbsent("acme/req_1/prompt-a", text("x")).join();
        server.refusals.add(503);
        assertThat(store().get("acme/req_1/prompt-a", MOST).join()).hasValue(text("x"));
    }

    @Test
    void aRefusalIsNoMissingObjectAndNotRepeatable() {
        server.refusals.add(403);
        assertThatThrownBy(() -> store().get("acme/req_1/prompt-a", MOST).join())
                .cause()
                .isInstanceOfSatisfying(
                        ObjectStoreException.class, e -> assertThat(e.repeatable()).isFalse());
        try (ObjectStore other = open("s3://another")) {
            assertThatThrownBy(() -> other.get("acme/req_1/prompt-a", MOST).join())
                    .cause()
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("NoSuchBucket");
        }
    }

    @Test
    void aStoreThatIsNotThereIsAFailureThatMayPass() {
        server.close();
        assertThatThrownBy(() -> store().putIfAbsent("acme/req_1/prompt-a", text("x")).join())
                .cause()
                .isInstanceOfSatisfying(
                        ObjectStoreException.class, e -> assertThat(e.repeatable()).isTrue());
    }

    @Test
    void anObjectThatWasChangedInPlaceIsNoticed() {
        PayloadStore payloads = new PayloadStore(store());
        LargePayload prompt = LargePayload.prompt("acme", "req_1", "a".repeat(2_000), 1_000);
        payloads.put(prompt).join();
        assertThat(payloads.get("acme", prompt.referenceText()).join())
                .isEqualTo("a".repeat(2_000));
        server.spoil(
                "payloads/sluice/" + prompt.reference().key(),
                text("a".repeat(1_999) + "b"));
        assertThatThrownBy(() -> payloads.get("acme", prompt.referenceText()).join())
                .hasCauseInstanceOf(PayloadLostException.class);
    }
}
