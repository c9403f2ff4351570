package io.sluice.local.kinesis;

import java.net.URI;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

class CborOverHttp11Test extends KinesisContract {
    @Override
    KinesisAsyncClient connect(URI endpoint) {
        return Clients.async(endpoint, Protocol.HTTP1_1);
    }
}
