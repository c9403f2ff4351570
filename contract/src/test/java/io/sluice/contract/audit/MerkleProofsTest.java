package io.sluice.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerkleProofsTest {
    /** Entries and roots of the reference implementation's own tests (certificate-transparency). */
    private static final String[] ENTRIES = {
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f"
    };

    private static final String[] ROOTS = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };

    @Example
    void rootsAreThoseOfTheReferenceImplementation() {
        assertThat(hex(MerkleLog.empty().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        MerkleLog log = MerkleLog.empty();
        for (int i = 0; i < ENTRIES.length; i++) {
            log.append(MerkleHash.leaf(HexFormat.of().parseHex(ENTRIES[i])));
            assertThat(hex(log.root())).as("%d entries", i + 1).isEqualTo(ROOTS[i]);
        }
    }

    @Property
    void rootIsThatOfTheDefinition(@ForAll @IntRange(max = 200) int size) {
        List<byte[]> leaves = leaves(size);
        assertThat(log(leaves).root()).isEqualTo(defined(leaves));
    }

    @Property
    void logRestoredAtAnySizeGoesOnAsIfNothingHadHappened(
            @ForAll @IntRange(max = 200) int size, @ForAll @IntRange(max = 200) int at) {
        Assume.that(at <= size);
        List<byte[]> leaves = leaves(size);
        MerkleLog first = log(leaves.subList(0, at));
        MerkleLog restored = MerkleLog.of(first.size(), first.perfect());
        leaves.subList(at, size).forEach(restored::append);
        assertThat(restored.size()).isEqualTo(size);
        assertThat(restored.root()).isEqualTo(defined(leaves));
    }

    @Property
    void everyEntryIsProvenAndNoOther(
            @ForAll @IntRange(min = 1, max = 130) int size,
            @ForAll @IntRange(max = 129) int index,
            @ForAll @IntRange(max = 129) int other,
            @ForAll Random random) {
        Assume.that(index < size && other < size);
        List<byte[]> leaves = leaves(size);
        byte[] root = log(leaves).root();
        List<byte[]> proof = MerkleProofs.inclusion(leaves, index);
        assertThat(MerkleProofs.includes(leaves.get(index), index, size, proof, root)).isTrue();
        assertThat(MerkleProofs.includes(leaves.get(index), other, size, proof, root))
                .isEqualTo(other == index);
        assertThat(MerkleProofs.includes(leaves.get(other), index, size, proof, root))
                .isEqualTo(other == index);
        assertThat(
                        MerkleProofs.includes(
                                flipped(leaves.get(index), random), index, size, proof, root))
                .isFalse();
        assertThat(
                        MerkleProofs.includes(
                                leaves.get(index), index, size, proof, flipped(root, random)))
                .isFalse();
        if (!proof.isEmpty()) {
            assertThat(
                            MerkleProofs.includes(
                                    leaves.get(index), index, size, mutilated(proof, random), root))
                    .isFalse();
        }
    }

    @Property
    void everyGrowthIsProvenAndNoRewriting(
            @ForAll @IntRange(max = 130) int size,
            @ForAll @IntRange(max = 130) int earlier,
            @ForAll Random random) {
        Assume.that(earlier <= size);
        List<byte[]> leaves = leaves(size);
        byte[] was = log(leaves.subList(0, earlier)).root();
        byte[] is = log(leaves).root();
        List<byte[]> proof = MerkleProofs.consistency(leaves, earlier);
        assertThat(MerkleProofs.extendsLog(earlier, was, size, is, proof)).isTrue();
        assertThat(MerkleProofs.extendsLog(earlier, flipped(was, random), size, is, proof))
                .isFalse();
        if (earlier > 0) {
            assertThat(MerkleProofs.extendsLog(earlier, was, size, flipped(is, random), proof))
                    .isFalse();
            List<byte[]> rewritten = new ArrayList<>(leaves);
            int changed = random.nextInt(earlier);
            rewritten.set(changed, flipped(rewritten.get(changed), random));
            assertThat(
                            MerkleProofs.extendsLog(
                                    earlier,
                                    was,
                                    size,
                                    log(rewritten).root(),
                                    MerkleProofs.consistency(rewritten, earlier)))
                    .as("an entry of the earlier log was changed")
                    .isFalse();
        }
        if (!proof.isEmpty()) {
            assertThat(MerkleProofs.extendsLog(earlier, was, size, is, mutilated(proof, random)))
                    .isFalse();
        }
    }

    @Example
    void whatIsNoLogIsRefused() {
        assertThatThrownBy(() -> MerkleLog.of(3, List.of(MerkleHash.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 entries")
                .hasMessageContaining("2 perfect subtrees");
        assertThatThrownBy(() -> MerkleProofs.inclusion(leaves(3), 3))
                .hasMessage("entry 3 of a log of 3");
        assertThatThrownBy(() -> MerkleProofs.consistency(leaves(3), 4))
                .hasMessage("a log of 3 entries was never one of 4");
        assertThat(MerkleProofs.includes(MerkleHash.empty(), 0, 0, List.of(), MerkleHash.empty()))
                .isFalse();
        assertThat(MerkleProofs.extendsLog(2, MerkleHash.empty(), 1, MerkleHash.empty(), List.of()))
                .isFalse();
    }

    /** Root by the recursive definition of RFC 6962, section 2.1. */
    private static byte[] defined(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return MerkleHash.empty();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = 1;
        while (2 * k < leaves.size()) {
            k *= 2;
        }
        return MerkleHash.node(
                defined(leaves.subList(0, k)), defined(leaves.subList(k, leaves.size())));
    }

    private static MerkleLog log(List<byte[]> leaves) {
        MerkleLog log = MerkleLog.empty();
        leaves.forEach(log::append);
        return log;
    }

    private static List<byte[]> leaves(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleHash.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    private static byte[] flipped(byte[] hash, Random random) {
        byte[] changed = hash.clone();
        int bit = random.nextInt(8 * changed.length);
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    /** With a hash changed, missing or too many. */
    private static List<byte[]> mutilated(List<byte[]> proof, Random random) {
        List<byte[]> changed = new ArrayList<>(proof);
        int at = random.nextInt(proof.size());
        switch (random.nextInt(3)) {
            case 0 -> changed.set(at, flipped(proof.get(at), random));
            case 1 -> changed.remove(at);
            default -> changed.add(proof.get(at));
        }
        return changed;
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
