package io.sluice.pipeline.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.MerkleLog;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SignedDigestJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/**
 * AWS's client against what the API reference says of GetPublicKey and Sign; there is no KMS here.
 */
class KmsSigningKeyTest {
    private static final KeyPair PAIR = Ed25519Keys.generate();

    /** What Sign takes at most of a message that is not hashed before. */
    private static final int MOST_BYTES = 4_096;

    private final List<String> asked = new ArrayList<>();
    private volatile String algorithm = "ED25519_SHA_512";
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer server;
    private KmsSigningKey key;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        key =
                new KmsSigningKey(
                        KmsAsyncClient.builder()
                                .endpointOverride(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + server.getAddress().getPort()))
                                .region(Region.US_EAST_1)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("id", "secret")))
                                .build(),
                        "alias/audit");
    }

    @AfterEach
    void stop() {
        key.close();
        server.stop(0);
    }

    @Test
    void whoHasThePublicKeyTrustsWhatItSigned() {
        Digest digest = digest(200);
        assertThat(digest.bytes()).as("more than KMS signs").hasSizeGreaterThan(MOST_BYTES);
        byte[] signature = SignedDigestJson.signature(SignedDigestJson.write(digest, key));
        assertThat(Ed25519Keys.isSigned(PAIR.getPublic(), digest.signed(), signature)).isTrue();
        assertThat(Ed25519Keys.isSigned(PAIR.getPublic(), digest(201).signed(), signature))
                .isFalse();
        assertThat(key.keyId()).isEqualTo(Ed25519Keys.keyId(PAIR.getPublic()));
        key.keyId();
        assertThat(asked).containsExactly("TrentService.Sign", "TrentService.GetPublicKey");
    }

    @Test
    void keyOfAnotherKindIsRefusedWithWhatIsExpected() {
        algorithm = "ECDSA_SHA_256";
        assertThatThrownBy(key::keyId)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("alias/audit of KMS is ECC_NIST_P256 for SIGN_VERIFY")
                .hasMessageContaining("expected ECC_NIST_EDWARDS25519");
    }

    @Test
    void whatKmsRefusesIsTriedAgainByTheNextDigest() {
        failures.set(1);
        assertThatThrownBy(key::keyId).hasMessageContaining("AccessDeniedException");
        assertThat(key.keyId()).isEqualTo(Ed25519Keys.keyId(PAIR.getPublic()));
    }

    private static Digest digest(int files) {
        List<SealedFile> sealed = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            sealed.add(new SealedFile("date=2026-11-27/hour=09/audit-" + i, "0".repeat(64), i));
        }
        return Digest.after(
                null,
                1,
                2,
                sealed,
                List.of(),
                MerkleLog.empty(),
                Ed25519Keys.keyId(PAIR.getPublic()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode request = Json.parse(exchange.getRequestBody().readAllBytes());
        asked.add(target);
        ObjectNode answer = Json.object();
        int status = 200;
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            status = 400;
            answer.put("__type", "AccessDeniedException").put("message", "AccessDeniedException");
        } else if (!request.path("KeyId").asText().equals("alias/audit")) {
            status = 400;
            answer.put("__type", "NotFoundException");
        } else if (target.equals("TrentService.GetPublicKey")) {
            boolean edwards = algorithm.startsWith("ED");
            answer.put("KeySpec", edwards ? "ECC_NIST_EDWARDS25519" : "ECC_NIST_P256")
                    .put("KeyUsage", "SIGN_VERIFY")
                    .put("PublicKey", base64(PAIR.getPublic().getEncoded()))
                    .putArray("SigningAlgorithms")
                    .add(algorithm);
        } else {
            byte[] message = Base64.getDecoder().decode(request.path("Message").asText());
            assertThat(message.length).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(request.path("MessageType").asText()).isEqualTo("RAW");
            assertThat(request.path("SigningAlgorithm").asText()).isEqualTo("ED25519_SHA_512");
            answer.put("Signature", base64(Ed25519Keys.signing(PAIR).sign(message)));
        }
        byte[] body = Json.bytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
