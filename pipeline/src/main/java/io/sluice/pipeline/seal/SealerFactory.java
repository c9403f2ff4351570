package io.sluice.pipeline.seal;

import io.sluice.contract.audit.SigningKey;
import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.pipeline.config.AuditSettings;
import io.sluice.sinks.archive.FlinkArchiveStore;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.seal.DynamoDbAnchorStore;
import io.sluice.sinks.seal.Sealer;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** Makes the sealer where it runs; null if there is no key to sign with. */
@FunctionalInterface
public interface SealerFactory extends Serializable {
    /** A sealer that nobody else has, to be closed; null if nothing is to be sealed. */
    @Nullable Sealer open() throws IOException;

    /** By settings; the anchor is kept under the name of the events stream. */
    static SealerFactory of(AuditSettings settings, String eventsStream, AwsAccess dynamoDb) {
        return () -> {
            String location = settings.signingKey();
            if (location == null) {
                return null;
            }
            SigningKey key = key(location);
            return new Sealer(
                    FlinkArchiveStore.at(settings.archive()),
                    DynamoDbAnchorStore.in(dynamoDb, settings.anchorsTable(), eventsStream),
                    key,
                    settings.lookBack());
        };
    }

    /** {@code kms:} and a key of AWS KMS, or the file of a private key. */
    private static SigningKey key(String location) throws IOException {
        return location.startsWith(AuditSettings.KMS)
                ? new KmsSigningKey(
                        KmsAsyncClient.create(), location.substring(AuditSettings.KMS.length()))
                : SigningKeyFile.read(Paths.get(location));
    }
}
