package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleHash;
import io.sluice.contract.audit.MerkleLog;
import io.sluice.contract.audit.MerkleProofs;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.audit.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class SignedDigestJsonTest {
    private static final KeyPair PAIR = Ed25519Keys.generate();
    private static final SigningKey KEY = Ed25519Keys.signing(PAIR);

    @Property(tries = 100)
    void digestsAreChainedAndTheirLogGoesOn(
            @ForAll @IntRange(min = 1, max = 12) int count, @ForAll Random random) {
        MerkleLog log = MerkleLog.empty();
        List<byte[]> leaves = new ArrayList<>();
        Digest before = null;
        for (int i = 1; i <= count; i++) {
            Digest digest = digest(before, log, random);
            leaves.addAll(digest.leaves());
            assertThat(digest.number()).isEqualTo(i);
            assertThat(digest.size()).isEqualTo(leaves.size());
            assertThat(digest.previous()).isEqualTo(before == null ? null : before.hash());
            byte[] file = SignedDigestJson.write(digest, KEY);
            Digest read = SignedDigestJson.digest(file);
            assertThat(read.bytes()).isEqualTo(digest.bytes());
            assertThat(isSigned(file, PAIR.getPublic())).isTrue();
            if (before != null) {
                assertThat(
                                MerkleProofs.extendsLog(
                                        before.size(),
                                        Hex.parse(before.root()),
                                        digest.size(),
                                        Hex.parse(digest.root()),
                                        MerkleProofs.consistency(leaves, (int) before.size())))
                        .isTrue();
            }
            before = read;
        }
    }

    @Property(tries = 300)
    void everyBitIsSigned(@ForAll Random random) {
        byte[] file = SignedDigestJson.write(digest(null, MerkleLog.empty(), random), KEY);
        int bit = random.nextInt(8 * file.length);
        file[bit / 8] ^= (byte) (1 << bit % 8);
        try {
            assertThat(isSigned(file, PAIR.getPublic())).isFalse();
        } catch (MalformedJsonException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Example
    void anotherKeysSignatureIsNone() {
        byte[] file = SignedDigestJson.write(digest(null, MerkleLog.empty(), new Random(1)), KEY);
        assertThat(isSigned(file, Ed25519Keys.generate().getPublic())).isFalse();
        PublicKey read = Ed25519Keys.publicKey(PAIR.getPublic().getEncoded());
        assertThat(isSigned(file, read)).isTrue();
        assertThat(Ed25519Keys.keyId(read)).isEqualTo(KEY.keyId());
        assertThat(Ed25519Keys.privateKey(PAIR.getPrivate().getEncoded()))
                .isEqualTo(PAIR.getPrivate());
        assertThatThrownBy(() -> Ed25519Keys.publicKey(new byte[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no Ed25519 public key in X.509 form");
    }

    @Example
    void recordsOfTheStreamAreReadToTheByte() {
        byte[] body =
                "{\"arrived_at_millis\":5,\"kind\":\"outcome\",\"seq\":7,\"tenant_id\":\"acme\"}"
                        .getBytes(StandardCharsets.UTF_8);
        AuditRecord record = AuditRecord.seal("acme", 7, AuditKind.OUTCOME, 5, body);
        byte[] written = AuditRecordJson.write(record);
        assertThat(AuditRecordJson.read(written)).isEqualTo(record);
        byte[] spaced =
                new String(written, StandardCharsets.UTF_8)
                        .replace("\"seq\":7", "\"seq\": 7")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(AuditRecordJson.read(spaced).hash())
                .as("read, and found out by whoever checks the hash")
                .isNotEqualTo(AuditRecord.hashOf(AuditRecordJson.read(spaced).body()));
        byte[] turned =
                new String(written, StandardCharsets.UTF_8)
                        .replaceFirst("\\{(\"hash\":\"[0-9a-f]*\"),(.*)}", "{$2,$1}")
                        .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> AuditRecordJson.read(turned))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("not written as");
    }

    private static boolean isSigned(byte[] file, PublicKey key) {
        return Ed25519Keys.isSigned(
                key, SignedDigestJson.digest(file).signed(), SignedDigestJson.signature(file));
    }

    private static Digest digest(@Nullable Digest before, MerkleLog log, Random random) {
        List<SealedFile> files = new ArrayList<>();
        List<ChainHead> heads = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            files.add(
                    new SealedFile("date=2026-11-27/hour=0" + i + "/audit-1.parquet", hash(i), i));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            heads.add(new ChainHead("tenant-" + i, random.nextInt(1_000), hash(random.nextInt())));
        }
        long from = before == null ? 0 : before.toMillis();
        return Digest.after(before, 0, from + 60_000, files, heads, log, KEY.keyId());
    }

    private static String hash(int of) {
        return Hex.of(MerkleHash.leaf(new byte[] {(byte) of}));
    }
}
