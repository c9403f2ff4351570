package io.sluice.local.command.e2e;

import io.sluice.local.command.e2e.Disturbance.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** The connections between Sluice and the services, each behind a proxy that can disturb it. */
final class Network implements AutoCloseable {
    private final Map<Service, CuttingProxy> proxies = new EnumMap<>(Service.class);

    Network(EmbeddedAws services) throws IOException {
        proxies.put(Service.KINESIS, CuttingProxy.to(services.kinesisPort()));
        proxies.put(Service.DYNAMODB, CuttingProxy.to(services.dynamoDbPort()));
        proxies.put(Service.CLOUDWATCH, CuttingProxy.to(services.cloudWatchPort()));
        proxies.put(Service.BEDROCK, CuttingProxy.to(services.bedrockPort()));
    }

    /** The SDK's standard settings that lead Sluice through it. */
    Map<String, String> environment() {
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "AWS_REGION", "us-east-1",
                                "AWS_ACCESS_KEY_ID", "sluice",
                                "AWS_SECRET_ACCESS_KEY", "sluice",
                                "AWS_EC2_METADATA_DISABLED", "true"));
        proxies.forEach(
                (service, proxy) ->
                        settings.put(
                                "AWS_ENDPOINT_URL_"
                                        + (service == Service.BEDROCK
                                                ? "BEDROCK_RUNTIME"
                                                : service.name()),
                                proxy.endpoint()));
        return settings;
    }

    /** Carries out what is of the network; false for everything else. */
    boolean disturb(Disturbance disturbance, Random random) {
        CuttingProxy proxy = proxies.get(disturbance.target());
        switch (disturbance.kind()) {
            case CUT_ONE -> proxy.cutOne(random);
            case CUT_ALL -> proxy.cutAll();
            case UNREACHABLE -> {
                proxy.refuse(true);
                proxy.cutAll();
            }
            case SLOW -> proxy.delay(Duration.ofMillis(disturbance.millis()));
            case CALM -> proxy.calm();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Disturbs nothing any more. */
    void calm() {
        proxies.values().forEach(CuttingProxy::calm);
    }

    /** Ends calls that nobody will answer. */
    void cutModelCalls() {
        proxies.get(Service.BEDROCK).cutAll();
    }

    @Override
    public void close() throws IOException {
        for (CuttingProxy proxy : proxies.values()) {
            proxy.close();
        }
    }
}
