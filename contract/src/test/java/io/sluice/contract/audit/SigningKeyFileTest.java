package io.sluice.contract.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {
    @TempDir private Path folder;

    @Test
    void keyIsMadeOnceForItsOwnerAloneAndSignsForItsPublicHalf() throws IOException {
        Path file = made("audit-key.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String text = Files.readString(file);
        SigningKeyFile.makeIfMissing(file);
        assertThat(file).hasContent(text);
        SigningKey key = SigningKeyFile.read(file);
        PublicKey open = SigningKeyFile.readPublic(folder.resolve("audit-key.pem.pub"));
        byte[] bytes = "what is signed".getBytes(UTF_8);
        assertThat(Ed25519Keys.isSigned(open, bytes, key.sign(bytes))).isTrue();
        assertThat(Ed25519Keys.keyId(open)).isEqualTo(key.keyId());
    }

    @Test
    void halvesOfTwoKeysAreRefused() throws IOException {
        Path one = made("one.pem");
        Path two = made("two.pem");
        Files.copy(
                SigningKeyFile.publicKeyOf(one),
                SigningKeyFile.publicKeyOf(two),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> SigningKeyFile.read(two))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are not of one pair of keys");
    }

    @Test
    void whatIsNoKeyIsRefusedByName() throws IOException {
        Path file = made("audit-key.pem");
        assertThatThrownBy(() -> SigningKeyFile.readPublic(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is no public key in PEM form");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> SigningKeyFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + ": no Ed25519 private key");
    }

    private Path made(String name) throws IOException {
        Path file = folder.resolve(name);
        SigningKeyFile.makeIfMissing(file);
        return file;
    }
}
