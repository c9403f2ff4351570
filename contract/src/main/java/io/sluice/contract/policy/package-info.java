/**
 * The policy: one YAML document of tiers, tenants and models, and the pure function that makes a
 * tenant's effective policy of it.
 */
@NullMarked
package io.sluice.contract.policy;

import org.jspecify.annotations.NullMarked;
