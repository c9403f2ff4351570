/** Tenants, their tiers and the policy that each request is stamped with. */
@NullMarked
package io.sluice.ingress.tenant;

import org.jspecify.annotations.NullMarked;
