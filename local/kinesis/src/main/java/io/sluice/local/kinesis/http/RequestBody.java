package io.sluice.local.kinesis.http;

import io.sluice.local.kinesis.wire.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Collects the body of a request, up to a size. */
final class RequestBody {
    /** Room for the largest PutRecords, 10 MiB of data and keys, in base64. */
    static final int MAX_BYTES = 20 * 1024 * 1024;

    private RequestBody() {}

    /** The body; fails with an {@link ApiException} as soon as it is known to be too large. */
    static Future<byte[]> collect(HttpServerRequest request) {
        Promise<byte[]> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(
                part -> {
                    if (body.length() + part.length() <= MAX_BYTES) {
                        body.appendBuffer(part);
                    } else {
                        promise.tryFail(ApiException.tooLarge(MAX_BYTES));
                    }
                });
        request.endHandler(end -> promise.tryComplete(body.getBytes()));
        request.exceptionHandler(promise::tryFail);
        return promise.future();
    }
}
