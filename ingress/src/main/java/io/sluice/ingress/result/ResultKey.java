package io.sluice.ingress.result;

/** The name of a result: a request of a tenant. */
public record ResultKey(String tenantId, String requestId) {}
