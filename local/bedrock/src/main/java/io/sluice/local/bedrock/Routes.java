package io.sluice.local.bedrock;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the operation by the raw path (model ids arrive percent-encoded) and collects the body, up
 * to {@link #LARGEST_BODY_BYTES}.
 */
final class Routes {

    /** Converse takes images and documents; 25 MB is what the service's HTTP front takes. */
    static final int LARGEST_BODY_BYTES = 25_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Pattern CONVERSE = Pattern.compile("/model/([^/]+)/converse");

    private final ConverseHandler converse;
    private final SteeringHandler steering;
    private final QuotaHandler quotas;

    Routes(ConverseHandler converse, SteeringHandler steering, QuotaHandler quotas) {
        this.converse = converse;
        this.steering = steering;
        this.quotas = quotas;
    }

    void handle(HttpServerRequest http) {
        http.response().putHeader("x-amzn-RequestId", UUID.randomUUID().toString());
        Buffer body = Buffer.buffer();
        http.exceptionHandler(gone -> LOG.debug("connection lost while reading a request", gone));
        http.handler(
                chunk -> {
                    if (body.length() <= LARGEST_BODY_BYTES) {
                        body.appendBuffer(chunk);
                    }
                });
        http.endHandler(v -> dispatch(http, body));
    }

    private void dispatch(HttpServerRequest http, Buffer body) {
        try {
            if (body.length() > LARGEST_BODY_BYTES) {
                throw BedrockException.invalid("Input is too long for requested model.");
            }
            if (http.path().equals(QuotaHandler.PATH)) {
                quotas.handle(http, body);
                return;
            }
            if (http.path().startsWith("/_local/")) {
                steering.handle(http, body);
                return;
            }
            Matcher path = CONVERSE.matcher(http.path());
            if (!path.matches() || !http.method().equals(HttpMethod.POST)) {
                throw new BedrockException(
                        Fault.UNKNOWN_OPERATION,
                        http.method() + " " + http.path() + " is no operation of this endpoint");
            }
            converse.handle(decode(path.group(1)), body, http);
        } catch (BedrockException e) {
            Responses.fault(http.response(), e.fault(), e.text());
        } catch (IOException | RuntimeException e) {
            LOG.error("{} {} failed", http.method(), http.path(), e);
            Responses.fault(
                    http.response(), Fault.INTERNAL_SERVER, Fault.INTERNAL_SERVER.message());
        }
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw BedrockException.invalid("The provided model identifier is invalid.");
        }
    }
}
