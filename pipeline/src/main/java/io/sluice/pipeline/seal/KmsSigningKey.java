package io.sluice.pipeline.seal;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.SigningKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * Signs with an Ed25519 key of AWS KMS, which never leaves it: the Java of the managed service (11)
 * need not know the algorithm. The key has the spec {@code ECC_NIST_EDWARDS25519} and the usage
 * {@code SIGN_VERIFY}; the role may {@code kms:Sign} and {@code kms:GetPublicKey}. Its public key
 * is asked for once, by the first digest, so that an unreachable KMS delays digests and not the
 * job.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">Sign</a>
 */
final class KmsSigningKey implements SigningKey {
    private final KmsAsyncClient client;
    private final String key;
    private volatile @Nullable String keyId;

    /** Takes over the client; the key is an id, an ARN or an alias. */
    KmsSigningKey(KmsAsyncClient client, String key) {
        this.client = client;
        this.key = key;
    }

    @Override
    public String keyId() {
        String known = keyId;
        if (known == null) {
            known = publicKeyId();
            keyId = known;
        }
        return known;
    }

    private String publicKeyId() {
        GetPublicKeyResponse found = client.getPublicKey(c -> c.keyId(key)).join();
        if (!found.signingAlgorithms().contains(SigningAlgorithmSpec.ED25519_SHA_512)) {
            throw new IllegalStateException(
                    "key "
                            + key
                            + " of KMS is "
                            + found.keySpecAsString()
                            + " for "
                            + found.keyUsageAsString()
                            + ", expected ECC_NIST_EDWARDS25519 for SIGN_VERIFY: name another in"
                            + " Audit/signing.key");
        }
        return Hex.of(AuditRecord.hashOf(found.publicKey().asByteArray()));
    }

    @Override
    public byte[] sign(byte[] bytes) {
        return client.sign(
                        c ->
                                c.keyId(key)
                                        .message(SdkBytes.fromByteArray(bytes))
                                        .messageType(MessageType.RAW)
                                        .signingAlgorithm(SigningAlgorithmSpec.ED25519_SHA_512))
                .join()
                .signature()
                .asByteArray();
    }

    @Override
    public void close() {
        client.close();
    }
}
