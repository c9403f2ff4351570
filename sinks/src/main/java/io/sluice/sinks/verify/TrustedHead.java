package io.sluice.sinks.verify;

import io.sluice.contract.audit.Digest;

/** A digest that is known to have been there, from somewhere else than the archive. */
public final class TrustedHead {
    private final String source;
    private final long number;
    private final String hash;

    /**
     * A head.
     *
     * @param source where it is known from, for a person
     * @param number the digest's number
     * @param hash of the digest, 64 hexadecimal digits
     */
    public TrustedHead(String source, long number, String hash) {
        this.source = source;
        this.number = number;
        this.hash = hash;
    }

    /** Where it is known from. */
    String source() {
        return source;
    }

    /** The digest's number. */
    long number() {
        return number;
    }

    /** Whether that is the digest. */
    boolean isOf(Digest digest) {
        return number == digest.number() && hash.equals(digest.hash());
    }
}
