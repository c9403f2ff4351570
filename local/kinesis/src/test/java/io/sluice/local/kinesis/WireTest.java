package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no SDK would send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String CBOR = "application/x-amz-cbor-1.1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final ObjectMapper cbor = new ObjectMapper(new CBORFactory());
    private KinesisServer server;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        server = KinesisServer.start(Settings.in(dir));
        send("CreateStream", JSON, bytes("{\"StreamName\":\"s\",\"ShardCount\":1}"));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(String operation, String contentType, byte[] body)
            throws Exception {
        return http.send(
                request(operation, contentType, body).header("Authorization", "x").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String operation, String contentType, byte[] body) {
        return HttpRequest.newBuilder(server.endpoint())
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", contentType)
                .header("X-Amz-Target", "Kinesis_20131202." + operation)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static void assertError(HttpResponse<byte[]> response, JsonNode body, String type) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(body.get("__type").textValue()).isEqualTo(type);
        assertThat(body.get("message").textValue()).isNotBlank();
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains(type);
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PutRecord; {; SerializationException",
                "PutRecord; []; SerializationException",
                "PutRecord; {} x; SerializationException",
                "PutRecord; {\"StreamName\":7}; SerializationException",
                "PutRecord; {\"StreamName\":\"s\",\"Data\":\"!\",\"PartitionKey\":\"k\"};"
                        + " SerializationException",
                "PutRecord; {\"StreamName\":\"s\",\"Data\":{},\"PartitionKey\":\"k\"};"
                        + " SerializationException",
                "PutRecord; {\"StreamName\":\"s\",\"PartitionKey\":\"k\"}; ValidationException",
                "PutRecord; {\"StreamName\":\"../x\",\"Data\":\"\",\"PartitionKey\":\"k\"};"
                        + " ValidationException",
                "PutRecord;"
                        + " {\"StreamName\":\"s\",\"Data\":\"\",\"PartitionKey\":\"k\",\"ExplicitHashKey\":\"340282366920938463463374607431768211456\"};"
                        + " InvalidArgumentException",
                "PutRecords; {\"StreamName\":\"s\",\"Records\":[7]}; SerializationException",
                "PutRecords; {\"StreamName\":\"s\",\"Records\":{}}; SerializationException",
                "CreateStream; {\"StreamName\":\"t\",\"ShardCount\":1e99}; SerializationException",
                "CreateStream; {\"StreamName\":\"t\",\"ShardCount\":-1}; ValidationException",
                "CreateStream; {\"StreamName\":\"t\",\"ShardCount\":99999999999};"
                        + " SerializationException",
                "GetShardIterator; {\"StreamName\":\"s\",\"ShardId\":\"shardId-000000000000\","
                        + "\"ShardIteratorType\":\"AT_TIMESTAMP\",\"Timestamp\":1e300};"
                        + " SerializationException",
                "GetShardIterator; {\"StreamName\":\"s\",\"ShardId\":\"shardId-000000000000\","
                        + "\"ShardIteratorType\":\"NOWHERE\"}; ValidationException",
                "GetShardIterator; {\"StreamName\":\"s\",\"ShardId\":\"shardId-000000000009\","
                        + "\"ShardIteratorType\":\"LATEST\"}; ResourceNotFoundException",
                "GetRecords; {\"ShardIterator\":\"AAAA\"}; InvalidArgumentException",
                "SubscribeToShard; {\"ConsumerARN\":\"x\"}; ValidationException",
                "ListShards; {\"NextToken\":\"x\"}; InvalidArgumentException",
                "MakeCoffee; {}; UnknownOperationException",
            })
    void badJsonGetsAModelledError(String operation, String body, String type) throws Exception {
        HttpResponse<byte[]> response = send(operation, JSON, bytes(body));
        assertError(response, json.readTree(response.body()), type);
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        HttpResponse<byte[]> response = send("PutRecord", JSON, bytes("[".repeat(100_000)));
        assertError(response, json.readTree(response.body()), "SerializationException");
    }

    @Test
    void badCborGetsAnErrorInCbor() throws Exception {
        for (byte[] body : new byte[][] {{(byte) 0xFF}, {(byte) 0xBF, 0x61}, {0x00}, {0x7B, -1}}) {
            HttpResponse<byte[]> response = send("PutRecord", CBOR, body);
            assertError(response, cbor.readTree(response.body()), "SerializationException");
            assertThat(response.headers().firstValue("Content-Type")).contains(CBOR);
        }
    }

    @Test
    void cborTimestampsAreMillisecondsAndSecondsIfFractional() throws Exception {
        for (Object timestamp : new Object[] {System.currentTimeMillis() - 1000, 1.5e9}) {
            byte[] body =
                    cbor.writeValueAsBytes(
                            Map.of(
                                    "StreamName",
                                    "s",
                                    "ShardId",
                                    "shardId-000000000000",
                                    "ShardIteratorType",
                                    "AT_TIMESTAMP",
                                    "Timestamp",
                                    timestamp));
            assertThat(send("GetShardIterator", CBOR, body).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void unsignedRequestIsRefused() throws Exception {
        HttpResponse<byte[]> response =
                http.send(
                        request("ListStreams", JSON, bytes("{}")).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertError(
                response, json.readTree(response.body()), "MissingAuthenticationTokenException");
    }

    @Test
    void hugeBodyIsRefused() throws Exception {
        HttpResponse<byte[]> response = send("PutRecord", JSON, new byte[21 * 1024 * 1024]);
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void healthcheckNeedsNoSignature() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.endpoint().resolve("/healthcheck")).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }
}
