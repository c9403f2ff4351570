/** Tenants and policies. */
package io.sluice.ingress.tenant;
