package io.sluice.objects.key;

import io.sluice.objects.ObjectStoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Wraps with the key in a {@link MasterKeyFile}: AES-256-GCM, the nonce before the ciphertext. */
final class LocalKeyWrap implements KeyWrap {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey master;
    private final String name;

    /** With the key in that file; {@link IllegalArgumentException} if it has none. */
    LocalKeyWrap(Path file) {
        this(MasterKeyFile.read(file));
    }

    LocalKeyWrap(byte[] master) {
        this.master = new SecretKeySpec(master, "AES");
        this.name = "local:" + fingerprint(master);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<byte[]> wrap(String tenantId, String keyId, byte[] key) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return worked(
                () -> {
                    byte[] sealed =
                            cipher(Cipher.ENCRYPT_MODE, nonce, tenantId, keyId).doFinal(key);
                    byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
                    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
                    return all;
                });
    }

    @Override
    public CompletableFuture<byte[]> unwrap(String tenantId, String keyId, byte[] wrapped) {
        if (wrapped.length < NONCE_BYTES + TAG_BITS / 8) {
            return CompletableFuture.failedFuture(
                    new ObjectStoreException(false, "a wrapped data key was cut off", null));
        }
        return worked(
                () ->
                        cipher(
                                        Cipher.DECRYPT_MODE,
                                        Arrays.copyOf(wrapped, NONCE_BYTES),
                                        tenantId,
                                        keyId)
                                .doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES));
    }

    @Override
    public void close() {}

    /** Work with a cipher. */
    private interface CipherWork {
        byte[] done() throws GeneralSecurityException;
    }

    private static CompletableFuture<byte[]> worked(CipherWork work) {
        try {
            return CompletableFuture.completedFuture(work.done());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new ObjectStoreException(
                            false,
                            "a data key cannot be unwrapped: it was changed, moved, or wrapped by"
                                    + " another master key",
                            e));
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String tenantId, String keyId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, master, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                ("sluice-data-key/" + tenantId + '/' + keyId).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Tells master keys apart; nothing of the key follows from it. */
    private static String fingerprint(byte[] master) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("sluice-master-key".getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(master);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 9));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
