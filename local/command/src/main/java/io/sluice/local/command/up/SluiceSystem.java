package io.sluice.local.command.up;

import io.sluice.local.command.FindingException;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.data.Keys;
import io.sluice.local.command.data.MirrorPlace;
import io.sluice.local.command.data.RequestIdSecrets;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.process.Child;
import io.sluice.local.command.process.Jvm;
import io.sluice.local.command.process.Supervised;
import io.sluice.local.command.provision.AdminKey;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.provision.DemoTenants;
import io.sluice.local.command.provision.Streams;
import io.sluice.local.command.provision.Tables;
import io.sluice.objects.key.MasterKeyFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole system on one machine. All processes are started at once on ports chosen beforehand; the
 * job is let go when its streams and tables are there.
 */
final class SluiceSystem {
    /** Longer than any system has run: the job accepts a checkpoint of any age. */
    private static final Duration ANY_AGE = Duration.ofDays(36_500);

    private final UpOptions options;
    private final Progress progress;
    private final Endpoints endpoints;
    private final Parts parts;
    private @Nullable Supervised aws;
    private @Nullable Supervised dynamodb;
    private @Nullable Supervised job;
    private @Nullable Supervised ingress;

    SluiceSystem(UpOptions options, Endpoints endpoints, Progress progress) {
        this.options = options;
        this.endpoints = endpoints;
        this.progress = progress;
        this.parts = new Parts(options.folder(), progress);
    }

    /** Completes with the reason when a part is down for good. */
    CompletableFuture<String> failure() {
        return parts.failure();
    }

    /**
     * Starts everything and waits until requests are answered.
     *
     * @param stop when completed, waiting ends with a {@link
     *     java.util.concurrent.CancellationException}
     * @return the keys to use it with
     */
    Keys start(Jvm jvm, CompletableFuture<Void> stop)
            throws IOException, FindingException, InterruptedException {
        DataFolder folder = options.folder();
        Processes processes = new Processes(jvm, options, endpoints);
        Path masterKey = PayloadPlaces.of(folder).ownMasterKey();
        if (masterKey != null) {
            MasterKeyFile.createIfMissing(masterKey);
        }
        String mirror = options.mirror();
        if (mirror != null) {
            MirrorPlace.write(folder, mirror);
        }
        if (!options.externalAws()) {
            aws = parts.start(processes.aws());
            dynamodb = parts.start(processes.dynamodb());
        }
        Supervised theJob = parts.start(processes.job());
        Supervised theIngress = parts.start(processes.ingress(RequestIdSecrets.readOrMake(folder)));
        job = theJob;
        ingress = theIngress;
        Readiness readiness = new Readiness(parts.failure(), stop);
        Keys keys;
        try (AwsClients clients =
                options.externalAws()
                        ? AwsClients.external()
                        : AwsClients.embedded(endpoints.kinesis(), endpoints.dynamodb())) {
            awaitEmbedded(readiness, aws, "Kinesis, CloudWatch and Bedrock");
            Streams.createMissing(clients.kinesis());
            Streams.keep(clients.kinesis(), System.getenv(), !options.externalAws());
            awaitEmbedded(readiness, dynamodb, "DynamoDB");
            Tables.createMissing(clients.dynamoDb());
            progress.step("streams and tables are there");
            Duration retention =
                    options.acceptGap() ? ANY_AGE : Streams.retention(clients.kinesis());
            theJob.greet("run " + retention);
            keys = AdminKey.ensure(clients.dynamoDb(), folder, Clock.systemUTC().millis());
        }
        HttpClient http = SluiceApi.client();
        readiness.await(theIngress.ready(), "the API");
        readiness.awaitHealthy(http, endpoints.api().resolve("/health/ready"), "the API");
        keys = new DemoTenants(new SluiceApi(http, endpoints.api(), keys.admin()), folder).ensure();
        progress.step("API is ready");
        if (options.fromSavepoint() != null) {
            progress.step(
                    "job goes on from "
                            + options.fromSavepoint()
                            + ", not from the newest checkpoint");
        }
        readiness.await(theJob.ready(), "the job");
        progress.step("job is running");
        parts.state("ready");
        return keys;
    }

    /** Stops in order: no new requests, then the job with a checkpoint, then what it needs. */
    void stop() {
        parts.state("stopping");
        if (ingress != null) {
            ingress.stop().join();
            progress.step("API stopped");
        }
        if (job != null) {
            job.stop().join();
            Child last = job.current();
            progress.step("job " + (last == null ? "was not started" : last.lastWord()));
        }
        CompletableFuture.allOf(
                        Stream.of(aws, dynamodb)
                                .filter(Objects::nonNull)
                                .map(Supervised::stop)
                                .toArray(CompletableFuture<?>[]::new))
                .join();
        parts.state("stopped");
        progress.step("everything stopped");
    }

    /** Ends everything at once. */
    void kill() {
        parts.kill();
    }

    private void awaitEmbedded(Readiness readiness, @Nullable Supervised part, String what)
            throws FindingException, InterruptedException {
        if (part != null) {
            readiness.await(part.ready(), what);
            progress.step(what + ": ready");
        }
    }
}
