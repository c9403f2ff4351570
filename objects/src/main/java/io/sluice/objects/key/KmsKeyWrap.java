package io.sluice.objects.key;

import io.sluice.objects.ObjectStoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/**
 * Wraps with a key of AWS KMS, which never leaves it; tenant and key id are the encryption context,
 * so that each use is in CloudTrail and may be allowed per tenant.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html">
 *     Encryption context</a>
 */
final class KmsKeyWrap implements KeyWrap {
    private final KmsAsyncClient client;
    private final String masterKey;

    /** Takes over the client; the key is an id, an ARN or an alias. */
    KmsKeyWrap(KmsAsyncClient client, String masterKey) {
        this.client = client;
        this.masterKey = masterKey;
    }

    @Override
    public String name() {
        return "kms:" + masterKey;
    }

    @Override
    public CompletableFuture<byte[]> wrap(String tenantId, String keyId, byte[] key) {
        return client.encrypt(
                        c ->
                                c.keyId(masterKey)
                                        .encryptionContext(context(tenantId, keyId))
                                        .plaintext(SdkBytes.fromByteArray(key)))
                .handle(
                        (done, failure) -> {
                            if (failure != null) {
                                throw failed("wrapped", tenantId, failure);
                            }
                            return done.ciphertextBlob().asByteArray();
                        });
    }

    @Override
    public CompletableFuture<byte[]> unwrap(String tenantId, String keyId, byte[] wrapped) {
        return client.decrypt(
                        c ->
                                c.keyId(masterKey)
                                        .encryptionContext(context(tenantId, keyId))
                                        .ciphertextBlob(SdkBytes.fromByteArray(wrapped)))
                .handle(
                        (done, failure) -> {
                            if (failure != null) {
                                throw failed("unwrapped", tenantId, failure);
                            }
                            return done.plaintext().asByteArray();
                        });
    }

    @Override
    public void close() {
        client.close();
    }

    private static Map<String, String> context(String tenantId, String keyId) {
        return Map.of("sluice:tenant_id", tenantId, "sluice:key_id", keyId);
    }

    private static ObjectStoreException failed(String done, String tenantId, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean repeatable = cause instanceof SdkClientException;
        String code = cause.getClass().getSimpleName();
        if (cause instanceof AwsServiceException) {
            AwsServiceException refused = (AwsServiceException) cause;
            repeatable = refused.statusCode() >= 500 || refused.isThrottlingException();
        }
        return new ObjectStoreException(
                repeatable,
                "a data key of " + tenantId + " cannot be " + done + " by KMS: " + code,
                cause);
    }
}
