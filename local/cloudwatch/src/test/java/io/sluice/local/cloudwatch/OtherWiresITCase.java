package io.sluice.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CBOR and JSON as newer SDKs and those of other languages send them, and input nobody should send.
 */
class OtherWiresITCase {

    private static final String CBOR_PATH = "/service/GraniteServiceVersion20100801/operation/";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper cbor = new ObjectMapper(new CBORFactory());
    private final ObjectMapper json = new ObjectMapper();

    @TempDir Path dir;
    private CloudWatchServer server;

    @BeforeEach
    void start() throws IOException {
        server = CloudWatchServer.start(Settings.in(dir));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cborPutIsReadBackAsJson(boolean compressed) throws IOException, InterruptedException {
        long now = System.currentTimeMillis() / 1000;
        HttpResponse<byte[]> put = cbor("PutMetricData", cborDatum(now, 2.5), compressed);
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("smithy-protocol")).contains("rpc-v2-cbor");
        assertThat(put.headers().firstValue("Content-Type")).contains("application/cbor");

        String query =
                "{\"Namespace\":\"N\",\"MetricName\":\"m\",\"StartTime\":"
                        + (now - 300)
                        + ",\"EndTime\":"
                        + (now + 60)
                        + ",\"Period\":60,\"Statistics\":[\"Sum\"]}";
        HttpResponse<byte[]> got = json("GetMetricStatistics", query);
        assertThat(got.statusCode()).isEqualTo(200);
        JsonNode point = json.readTree(got.body()).path("Datapoints").path(0);
        assertThat(point.path("Sum").doubleValue()).isEqualTo(2.5);
        assertThat(point.path("Timestamp").longValue()).isEqualTo(now - now % 60);
    }

    @Test
    void cborErrorsCarryShapeAndQueryCode() throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                cbor(
                        "PutMetricData",
                        cborDatum(System.currentTimeMillis() / 1000, Double.NaN),
                        false);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-query-error"))
                .contains("InvalidParameterValue;Sender");
        JsonNode body = cbor.readTree(response.body());
        assertThat(body.path("__type").textValue()).endsWith("#InvalidParameterValueException");
        assertThat(body.path("message").textValue()).contains("MetricData.member.1.Value");
    }

    @Test
    void cborTimestampsAreTagged() throws IOException, InterruptedException {
        long now = System.currentTimeMillis() / 1000;
        cbor("PutMetricData", cborDatum(now, 1), false);
        byte[] query =
                cbor.writeValueAsBytes(
                        json.readTree(
                                "{\"StartTime\":"
                                        + (now - 60)
                                        + ",\"EndTime\":"
                                        + (now + 60)
                                        + ",\"MetricDataQueries\":[{\"Id\":\"a\",\"MetricStat\":"
                                        + "{\"Metric\":{\"Namespace\":\"N\",\"MetricName\":\"m\"},\"Period\":60,\"Stat\":\"Sum\"}}]}"));
        HttpResponse<byte[]> got = cbor("GetMetricData", query, false);
        assertThat(
                        cbor.readTree(got.body())
                                .path("MetricDataResults")
                                .path(0)
                                .path("Values")
                                .path(0)
                                .doubleValue())
                .isEqualTo(1);
        assertThat(got.body()).contains((byte) 0xc1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "7",
                "[]",
                "null",
                "{\"MetricData\":7,\"Namespace\":\"N\"}",
                "{\"Namespace\":7}",
                "{\"Namespace\":\"N\",\"MetricData\":[7]}"
            })
    void badJsonIsACallersError(String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = json("PutMetricData", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json.readTree(response.body()).path("message").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Action=Nope",
                "%zz=1",
                "Action=PutMetricData&Namespace=N&MetricData=7",
                "Action=PutMetricData&MetricData.member.1.member.1=2",
                "Action=GetMetricData&a.b.c.d.e.f.g.h.i.j.k.l.m=1"
            })
    void badFormsAreACallersError(String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                send(
                        request("/")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .header("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(response.statusCode()).isBetween(400, 404);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("<ErrorResponse")
                .contains("<Code>");
    }

    @Test
    void bombsAndGarbageAreRefused() throws IOException, InterruptedException {
        HttpRequest.Builder bomb =
                request(CBOR_PATH + "PutMetricData").header("Content-Encoding", "gzip");
        assertThat(
                        send(bomb.POST(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                gzip(new byte[50 << 20]))))
                                .statusCode())
                .isEqualTo(413);
        HttpRequest.Builder garbage =
                request(CBOR_PATH + "PutMetricData").header("Content-Encoding", "gzip");
        assertThat(send(garbage.POST(HttpRequest.BodyPublishers.ofString("not gzip"))).statusCode())
                .isEqualTo(400);
        assertThat(cbor("PutMetricData", new byte[] {(byte) 0xff, 1, 2}, false).statusCode())
                .isEqualTo(400);
        assertThat(send(request("/").GET()).statusCode()).isEqualTo(404);
    }

    private byte[] cborDatum(long epochSecond, double value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator out = new CBORFactory().createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("Namespace", "N");
            out.writeArrayFieldStart("MetricData");
            out.writeStartObject();
            out.writeStringField("MetricName", "m");
            out.writeFieldName("Timestamp");
            out.writeTag(1);
            out.writeNumber((double) epochSecond);
            out.writeNumberField("Value", value);
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private HttpResponse<byte[]> cbor(String operation, byte[] body, boolean compressed)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(CBOR_PATH + operation)
                        .header("smithy-protocol", "rpc-v2-cbor")
                        .header("Content-Type", "application/cbor");
        if (compressed) {
            request.header("Content-Encoding", "gzip");
        }
        return send(
                request.POST(
                        HttpRequest.BodyPublishers.ofByteArray(compressed ? gzip(body) : body)));
    }

    private HttpResponse<byte[]> json(String operation, String body)
            throws IOException, InterruptedException {
        return send(
                request("/")
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.endpoint() + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
