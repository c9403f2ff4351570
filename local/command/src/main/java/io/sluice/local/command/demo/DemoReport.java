package io.sluice.local.command.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.Reply;
import io.sluice.local.command.print.TextTable;
import java.util.Map;
import java.util.TreeMap;

/** What became of a demo's requests, tenant by tenant. Thread-safe. */
public final class DemoReport {
    private final Map<String, TenantTotals> tenants = new TreeMap<>();

    synchronized void add(String tenant, Reply reply) {
        totals(tenant).add(reply);
    }

    synchronized void addUnreachable(String tenant, String why) {
        totals(tenant).addUnreachable(why);
    }

    /** Whether anything was answered. */
    synchronized boolean anyAnswered() {
        return tenants.values().stream().anyMatch(totals -> totals.answered() > 0);
    }

    /**
     * Prints to standard output.
     *
     * @return whether the demo went well: something was answered and nothing failed
     */
    public synchronized boolean print(boolean asJson) {
        System.out.println(asJson ? Json.text(json()) : "\n" + table());
        System.out.flush();
        return anyAnswered()
                && tenants.values().stream().allMatch(totals -> totals.failed().isEmpty());
    }

    synchronized String table() {
        TextTable table =
                TextTable.ofNumbers()
                        .row(
                                "tenant",
                                "submitted",
                                "answered",
                                "cache hits",
                                "coalesced",
                                "rejected",
                                "failed",
                                "input tokens",
                                "output tokens",
                                "cost USD");
        tenants.forEach((tenant, totals) -> table.row(totals.cells(tenant)));
        return table.text();
    }

    synchronized ObjectNode json() {
        ObjectNode node = Json.object();
        tenants.forEach((tenant, totals) -> node.set(tenant, totals.json()));
        return node;
    }

    private TenantTotals totals(String tenant) {
        return tenants.computeIfAbsent(tenant, name -> new TenantTotals());
    }
}
