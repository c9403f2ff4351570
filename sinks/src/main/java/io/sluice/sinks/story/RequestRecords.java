package io.sluice.sinks.story;

import io.sluice.contract.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, of all records that it is given, those that name a request: its own, and those of others
 * that moved it. Not thread-safe.
 */
public final class RequestRecords implements Consumer<AuditRecord> {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");

    private final String quoted;
    private final @Nullable String tenantId;
    private final List<AuditRecord> found = new ArrayList<>();

    /**
     * Of a request.
     *
     * @param tenantId whose records alone; null if whoever's
     * @throws IllegalArgumentException if no request can have that id
     */
    public RequestRecords(String requestId, @Nullable String tenantId) {
        if (!isId(requestId)) {
            throw new IllegalArgumentException("no id of a request");
        }
        this.quoted = '"' + requestId + '"';
        this.tenantId = tenantId;
    }

    /** Whether a request may have that id; those that the ingress issues are longer. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public void accept(AuditRecord record) {
        if ((tenantId == null || tenantId.equals(record.tenantId()))
                && new String(record.body(), StandardCharsets.ISO_8859_1).contains(quoted)) {
            found.add(record);
        }
    }

    /** Those found, in the order of the tenant's history. */
    public List<AuditRecord> found() {
        found.sort(Comparator.comparing(AuditRecord::tenantId).thenComparingLong(AuditRecord::seq));
        return new ArrayList<>(found);
    }
}
