package io.sluice.contract.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An archive file as a digest vouches for it. */
public final class SealedFile implements Comparable<SealedFile> {
    private final String name;
    private final String sha256;
    private final long records;

    /**
     * A file.
     *
     * @param name its path below the archive, with {@code /} between folders
     * @param sha256 of its bytes, 64 hexadecimal digits
     * @param records how many it has
     */
    public SealedFile(String name, String sha256, long records) {
        this.name = name;
        this.sha256 = sha256;
        this.records = records;
    }

    /** Its path below the archive. */
    public String name() {
        return name;
    }

    /** SHA-256 of its bytes, 64 hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    /** How many records it has. */
    public long records() {
        return records;
    }

    void write(CanonicalWriter out) {
        out.beginObject()
                .field("name", name)
                .field("records", records)
                .field("sha256", sha256)
                .endObject();
    }

    /** Its leaf in the Merkle log. */
    byte[] leaf() {
        CanonicalWriter out = new CanonicalWriter();
        write(out.beginObject().field("file"));
        return MerkleHash.leaf(out.endObject().toBytes());
    }

    @Override
    public int compareTo(SealedFile other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedFile
                && name.equals(((SealedFile) other).name)
                && sha256.equals(((SealedFile) other).sha256)
                && records == ((SealedFile) other).records;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, sha256, records);
    }

    @Override
    public String toString() {
        return name + ' ' + sha256 + ' ' + records;
    }
}
