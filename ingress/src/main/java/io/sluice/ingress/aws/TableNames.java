package io.sluice.ingress.aws;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.contract.Names;

/**
 * The names of the tables, by {@code sluice.tables.*}.
 *
 * @param requests of result items
 * @param usage of usage windows
 * @param tenants of tenants and keys
 * @param idempotency of idempotency keys in use
 * @param batches of batches and the ids in them
 * @param sessions of conversations' copies
 * @param deadLetters of dead letters and their records
 * @param attempts of attempts to call models
 */
@ConfigurationProperties("sluice.tables")
public record TableNames(
        @Bindable(defaultValue = Names.REQUESTS_TABLE) String requests,
        @Bindable(defaultValue = Names.USAGE_TABLE) String usage,
        @Bindable(defaultValue = Names.TENANTS_TABLE) String tenants,
        @Bindable(defaultValue = Names.IDEMPOTENCY_TABLE) String idempotency,
        @Bindable(defaultValue = Names.BATCHES_TABLE) String batches,
        @Bindable(defaultValue = Names.SESSIONS_TABLE) String sessions,
        @Bindable(defaultValue = Names.DEAD_LETTERS_TABLE) String deadLetters,
        @Bindable(defaultValue = Names.ATTEMPTS_TABLE) String attempts) {}
