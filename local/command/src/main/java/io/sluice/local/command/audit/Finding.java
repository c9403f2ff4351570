package io.sluice.local.command.audit;

import java.math.BigInteger;

/**
 * Two tables that do not come to the same.
 *
 * @param tenantId of whom
 * @param level what is summed up: a model, an endpoint, an agent or a cost center
 * @param label which one
 * @param window how long, and from when
 * @param figure which money
 * @param left the one table
 * @param leftPicoUsd what it says, 10^-12 USD
 * @param right the other
 * @param rightPicoUsd what that says
 */
public record Finding(
        String tenantId,
        String level,
        String label,
        String window,
        String figure,
        String left,
        BigInteger leftPicoUsd,
        String right,
        BigInteger rightPicoUsd) {}
