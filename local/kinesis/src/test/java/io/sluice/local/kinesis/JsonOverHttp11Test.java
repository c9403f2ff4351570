package io.sluice.local.kinesis;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

class JsonOverHttp11Test extends KinesisContract {
    @BeforeAll
    static void speakJson() {
        System.setProperty("aws.cborEnabled", "false");
    }

    @AfterAll
    static void speakTheDefaultAgain() {
        System.clearProperty("aws.cborEnabled");
    }

    @Override
    KinesisAsyncClient connect(URI endpoint) {
        return Clients.async(endpoint, Protocol.HTTP1_1);
    }
}
