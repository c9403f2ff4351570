package io.sluice.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The unmodified SDK client against a server that speaks S3. */
class S3ObjectStoreITCase extends ObjectStoreContract {
    private static S3Server server;
    private static ObjectStore shared;

    @BeforeAll
    static void start() throws IOException {
        server = new S3Server();
        shared = open("s3://payloads/sluice/", server.endpoint());
    }

    @AfterAll
    static void stop() {
        shared.close();
        server.close();
    }

    @Override
    ObjectStore open() {
        server.clear();
        return shared; // opening a client takes longer than any of the tests
    }

    private static ObjectStore open(String location, URI endpoint) {
        return ObjectStores.open(
                location,
                client ->
                        client.region(Region.US_EAST_1)
                                .endpointOverride(endpoint)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("key", "secret"))));
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
        try (ObjectStore other = open("s3://another", server.endpoint())) {
            assertThatThrownBy(() -> other.get("acme/req_1/prompt-a", MOST).join())
                    .cause()
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("NoSuchBucket");
        }
    }

    @Test
    void aStoreThatIsNotThereIsAFailureThatMayPass() throws IOException {
        URI nobody;
        try (S3Server closed = new S3Server()) {
            nobody = closed.endpoint();
        }
        try (ObjectStore store = open("s3://payloads", nobody)) {
            assertThatThrownBy(() -> store.putIfAbsent("acme/req_1/prompt-a", text("x")).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ObjectStoreException.class, e -> assertThat(e.repeatable()).isTrue());
        }
    }

    @Test
    void anObjectThatWasChangedInPlaceIsNoticed() {
        PayloadStore payloads = new PayloadStore(store());
        LargePayload prompt = LargePayload.prompt("acme", "req_1", "a".repeat(2_000), 1_000);
        payloads.put(prompt).join();
        assertThat(payloads.get("acme", prompt.referenceText()).join())
                .isEqualTo("a".repeat(2_000));
        server.spoil("payloads/sluice/" + prompt.reference().key(), text("a".repeat(1_999) + "b"));
        assertThatThrownBy(() -> payloads.get("acme", prompt.referenceText()).join())
                .hasCauseInstanceOf(PayloadLostException.class);
    }
}
