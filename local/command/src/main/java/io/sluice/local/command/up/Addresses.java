package io.sluice.local.command.up;

import io.sluice.local.command.data.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Chooses where everything listens, before anything is started. */
final class Addresses {
    private Addresses() {}

    /** Embedded services, with the ports of the last start where they are free. */
    static Endpoints embedded(UpOptions options, Optional<Endpoints> last) throws IOException {
        Ports ports = new Ports();
        URI api = local(ports.pick(options.port(), last.map(Endpoints::api).orElse(null)));
        return new Endpoints(
                api,
                api.resolve("/dashboard"),
                local(ports.pick(options.flinkPort(), last.map(Endpoints::flink).orElse(null))),
                local(ports.pick(0, last.map(Endpoints::kinesis).orElse(null))),
                local(ports.pick(0, last.map(Endpoints::dynamodb).orElse(null))),
                local(ports.pick(0, last.map(Endpoints::cloudwatch).orElse(null))),
                local(ports.pick(0, last.map(Endpoints::bedrock).orElse(null))));
    }

    /** AWS as the SDK's standard settings name it. */
    static Endpoints external(UpOptions options, Optional<Endpoints> last) throws IOException {
        Ports ports = new Ports();
        URI api = local(ports.pick(options.port(), last.map(Endpoints::api).orElse(null)));
        Region region = new DefaultAwsRegionProviderChain().getRegion();
        return new Endpoints(
                api,
                api.resolve("/dashboard"),
                local(ports.pick(options.flinkPort(), last.map(Endpoints::flink).orElse(null))),
                service("kinesis", "KINESIS", region),
                service("dynamodb", "DYNAMODB", region),
                service("monitoring", "CLOUDWATCH", region),
                service("bedrock-runtime", "BEDROCK_RUNTIME", region));
    }

    private static URI service(String host, String variable, Region region) {
        String all = System.getenv().getOrDefault("AWS_ENDPOINT_URL", "");
        String own = System.getenv().getOrDefault("AWS_ENDPOINT_URL_" + variable, all);
        String suffix = region.metadata().partition().dnsSuffix();
        return URI.create(
                own.isEmpty() ? "https://" + host + "." + region.id() + "." + suffix : own);
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
