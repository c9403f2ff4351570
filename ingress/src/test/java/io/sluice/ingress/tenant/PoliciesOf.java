package io.sluice.ingress.tenant;

import io.sluice.contract.TenantItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.contract.policy.ResolvedPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Policies without a table: as shipped, or of a document. */
public final class PoliciesOf {
    private PoliciesOf() {}

    /** The shipped ones. */
    public static Policies shipped() {
        return of((Path) null);
    }

    /** Of a YAML document over the shipped ones. */
    public static Policies yaml(String document) {
        try {
            Path file = Files.createTempFile("policy", ".yaml");
            try {
                return of(Files.writeString(file, document));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The policy of a tenant that no administrator changed. */
    public static ResolvedPolicy of(Policies policies, String tenantId) {
        return policies.policyOf(
                        TenantItem.builder()
                                .tenantId(tenantId)
                                .tier("")
                                .tierByPolicy(true)
                                .policyVersion(1)
                                .build())
                .orElseThrow();
    }

    static Policies of(Path file) {
        var prices = PriceBookJson.shipped();
        return new Policies(new PolicyFile(file, prices), prices);
    }
}
