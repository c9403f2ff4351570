package io.sluice.local.command.tenants;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.json.Json;
import io.sluice.local.command.provision.AwsNames;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule by which AWS itself keeps tenants apart: what a role may read that belongs to one of
 * them. Of a shared table it may read what has the tenant's id as its whole leading key, which a
 * condition can say of reads by key but not of scans, so scans are denied. A missing leading key
 * must not pass either: {@code ForAllValues} is true of none
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html,
 * 2026-11-27).
 */
public final class IamPolicy {
    /** Reads by key. PartiQL is not among them: without a key it scans. */
    private static final List<String> READS =
            List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

    /** What no condition on a leading key can narrow. */
    private static final List<String> WITHOUT_KEY =
            List.of("dynamodb:Scan", "dynamodb:PartiQLSelect", "dynamodb:ExportTableToPointInTime");

    private final String tableArn;

    /**
     * Policies about tables there; {@code *} for any region or account.
     *
     * @throws IllegalArgumentException if one of them cannot be part of a table's name
     */
    public IamPolicy(String partition, String region, String account) {
        this.tableArn =
                "arn:"
                        + AwsNames.partition(partition)
                        + ":dynamodb:"
                        + AwsNames.regionOrAny(region)
                        + ':'
                        + AwsNames.accountOrAny(account)
                        + ":table/";
    }

    /**
     * The policy of a role that may read one tenant's rows, as a document.
     *
     * @param places where its rows may lie
     */
    public ObjectNode of(String tenantId, List<Isolation> places) {
        List<String> shared = new ArrayList<>();
        List<String> own = new ArrayList<>();
        for (TableShape shape : TableShape.values()) {
            if (shape.isPerTenant()) {
                for (Isolation place : places) {
                    (place.ownTables() ? own : shared)
                            .add(tableArn + shape.tables().of(tenantId, place));
                }
            }
        }
        shared.add(tableArn + TableShape.IDEMPOTENCY.usualName());
        shared.add(tableArn + TableShape.BATCHES.usualName());
        ObjectNode policy = Json.object().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        allowByLeadingKey(statements, tenantId, shared);
        if (!own.isEmpty()) {
            statement(statements, "ReadOwnTables", "Allow", READS, own);
        }
        List<String> all = new ArrayList<>(shared);
        all.addAll(own);
        statement(statements, "NeverWithoutALeadingKey", "Deny", WITHOUT_KEY, all);
        statement(
                statements,
                "NeverWhatIsOfAllTenants",
                "Deny",
                List.of("dynamodb:*"),
                List.of(
                        tableArn + TableShape.TENANTS.usualName(),
                        tableArn + TableShape.DEAD_LETTERS.usualName()));
        return policy;
    }

    private static void allowByLeadingKey(
            ArrayNode statements, String tenantId, List<String> tables) {
        ObjectNode condition =
                statement(statements, "ReadByLeadingKey", "Allow", READS, tables)
                        .putObject("Condition");
        condition
                .putObject("ForAllValues:StringEquals")
                .putArray("dynamodb:LeadingKeys")
                .add(tenantId);
        condition.putObject("Null").put("dynamodb:LeadingKeys", "false");
    }

    private static ObjectNode statement(
            ArrayNode statements,
            String name,
            String effect,
            List<String> actions,
            List<String> tables) {
        ObjectNode statement = statements.addObject().put("Sid", name).put("Effect", effect);
        actions.forEach(statement.putArray("Action")::add);
        tables.forEach(statement.putArray("Resource")::add);
        return statement;
    }
}
