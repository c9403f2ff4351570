package io.sluice.local.command.ledger;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageCounts;
import java.math.BigInteger;
import java.util.List;

/**
 * Money, 10^-12 USD, without a bound.
 *
 * @param cost what the tenant is billed
 * @param provider what the provider is paid for certain
 * @param estimated what it may have to be paid besides
 */
public record Figures(BigInteger cost, BigInteger provider, BigInteger estimated) {
    /** Nothing. */
    public static final Figures NONE =
            new Figures(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    /** Of a usage row. */
    public static Figures of(UsageCounts counts) {
        return new Figures(
                counts.costPicoUsd(), counts.providerCostPicoUsd(), counts.estimatedCostPicoUsd());
    }

    /** Of a result. */
    public static Figures of(ResultItem result) {
        return new Figures(
                BigInteger.valueOf(result.costPicoUsd()),
                BigInteger.valueOf(result.providerCostPicoUsd()),
                BigInteger.valueOf(result.estimatedCostPicoUsd()));
    }

    /** Of a request's attempts: the one that was answered is billed, all are paid. */
    public static Figures of(List<AttemptItem> attempts) {
        Figures sum = NONE;
        for (AttemptItem attempt : attempts) {
            AttemptEnd end = attempt.end();
            if (end != null) {
                boolean billed = end.status() == OutcomeStatus.SUCCEEDED;
                sum =
                        sum.plus(
                                new Figures(
                                        BigInteger.valueOf(billed ? end.costPicoUsd() : 0),
                                        BigInteger.valueOf(end.exactCostPicoUsd()),
                                        BigInteger.valueOf(end.estimatedCostPicoUsd())));
            }
        }
        return sum;
    }

    /** Both together. */
    public Figures plus(Figures other) {
        return new Figures(
                cost.add(other.cost), provider.add(other.provider), estimated.add(other.estimated));
    }

    /** Whether there is none. */
    public boolean isNone() {
        return equals(NONE);
    }
}
