package io.sluice.objects.seal;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.SealedPayload;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.key.DataKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals payloads and opens them: AES-256-GCM with a random nonce of 96 bits and a tag of 128. The
 * tenant and everything in the header (kind, key, request, stop reason) are authenticated with the
 * text: changed or given to another tenant, it does not open. Thread-safe.
 */
public final class PayloadCipher {
    private static final String DOMAIN = "sluice-payload/1/";

    private final SecureRandom random = new SecureRandom();

    /** A payload, sealed for a request of the tenant. */
    public SealedPayload seal(
            DataKey key,
            String tenantId,
            String requestId,
            PayloadKind kind,
            @Nullable String stopReason,
            byte[] payload) {
        byte[] nonce = new byte[SealedPayload.NONCE_BYTES];
        random.nextBytes(nonce);
        SealedPayload header = SealedPayload.header(kind, key.id(), requestId, stopReason, nonce);
        try {
            return header.with(cipher(Cipher.ENCRYPT_MODE, key, tenantId, header).doFinal(payload));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /** The payload; {@link PayloadLostException} if it is not what was sealed for that tenant. */
    public byte[] open(DataKey key, String tenantId, SealedPayload sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, tenantId, sealed).doFinal(sealed.ciphertext());
        } catch (GeneralSecurityException e) {
            throw new PayloadLostException(
                    sealed + ": it was changed, or is not of tenant " + tenantId);
        }
    }

    private static Cipher cipher(int mode, DataKey key, String tenantId, SealedPayload header)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                key.secret(),
                new GCMParameterSpec(SealedPayload.TAG_BYTES * 8, header.nonce()));
        cipher.updateAAD((DOMAIN + tenantId + '/').getBytes(StandardCharsets.UTF_8));
        cipher.updateAAD(header.headerBytes());
        return cipher;
    }
}
