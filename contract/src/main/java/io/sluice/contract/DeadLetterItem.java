package io.sluice.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as its table has it: everything but the record, and what became of it since. The
 * record, in Base64, lies beside it in parts, so that listing letters reads no record. Immutable.
 */
public final class DeadLetterItem {
    /** How long a letter is kept: 30 days. */
    public static final long RETENTION_SECONDS = 30L * 24 * 60 * 60;

    /** So many characters of the record lie in one item; DynamoDB takes 400 KB. */
    public static final int PART_CHARACTERS = 300_000;

    private final DeadLetter letter;
    private final int recordBytes;
    private final int recordParts;
    private final @Nullable String redrivenAs;
    private final long redrivenAtMillis;
    private final boolean redrivenStored;

    private DeadLetterItem(
            DeadLetter letter,
            int recordBytes,
            int recordParts,
            @Nullable String redrivenAs,
            long redrivenAtMillis,
            boolean redrivenStored) {
        this.letter = letter;
        this.recordBytes = recordBytes;
        this.recordParts = recordParts;
        this.redrivenAs = redrivenAs;
        this.redrivenAtMillis = redrivenAtMillis;
        this.redrivenStored = redrivenStored;
    }

    /** A letter as it is first stored. */
    public static DeadLetterItem of(DeadLetter letter) {
        return new DeadLetterItem(
                letter.toBuilder().raw("").build(),
                letter.recordBytes(),
                partsOf(letter.raw()).size(),
                null,
                0,
                false);
    }

    /**
     * A stored letter.
     *
     * @param letter without its record
     * @param redrivenAs what a redrive began to send it in as; null if none began
     * @param redrivenAtMillis when that redrive began, epoch milliseconds; 0 if none did
     * @param redrivenStored whether what it is now is known to be on the stream
     */
    public static DeadLetterItem stored(
            DeadLetter letter,
            int recordBytes,
            int recordParts,
            @Nullable String redrivenAs,
            long redrivenAtMillis,
            boolean redrivenStored) {
        return new DeadLetterItem(
                letter, recordBytes, recordParts, redrivenAs, redrivenAtMillis, redrivenStored);
    }

    /** The parts of a record in Base64, in order; at least one, which may be empty. */
    public static List<String> partsOf(String raw) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(raw.length(), from + PART_CHARACTERS);
            parts.add(raw.substring(from, to));
            from = to;
        } while (from < raw.length());
        return parts;
    }

    /** The range key of a part, from 0. */
    public static String partName(int part) {
        return "part-" + part;
    }

    /** The letter; its record is empty. */
    public DeadLetter letter() {
        return letter;
    }

    /** How many bytes its record has. */
    public int recordBytes() {
        return recordBytes;
    }

    /** In how many parts its record lies. */
    public int recordParts() {
        return recordParts;
    }

    /**
     * What a redrive began to send it in as: the id of a request or of another event; null if none
     * began.
     */
    public @Nullable String redrivenAs() {
        return redrivenAs;
    }

    /** When that redrive began, epoch milliseconds; 0 if none did. */
    public long redrivenAtMillis() {
        return redrivenAtMillis;
    }

    /**
     * Whether what it was redriven as is known to be on the stream. False is no proof that it is
     * not: whoever appended it may have ended before this could be noted.
     */
    public boolean redrivenStored() {
        return redrivenStored;
    }

    /** When it is forgotten, epoch seconds. */
    public long expiresAtSeconds() {
        return Math.floorDiv(letter.diedAtMillis(), 1_000) + RETENTION_SECONDS;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof DeadLetterItem)) {
            return false;
        }
        DeadLetterItem that = (DeadLetterItem) other;
        return letter.equals(that.letter)
                && recordBytes == that.recordBytes
                && recordParts == that.recordParts
                && Objects.equals(redrivenAs, that.redrivenAs)
                && redrivenAtMillis == that.redrivenAtMillis
                && redrivenStored == that.redrivenStored;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                letter, recordBytes, recordParts, redrivenAs, redrivenAtMillis, redrivenStored);
    }

    /** Everything but the record. */
    @Override
    public String toString() {
        return "DeadLetterItem{"
                + letter
                + ", recordBytes="
                + recordBytes
                + ", recordParts="
                + recordParts
                + ", redrivenAs="
                + redrivenAs
                + ", redrivenAtMillis="
                + redrivenAtMillis
                + ", redrivenStored="
                + redrivenStored
                + '}';
    }
}
