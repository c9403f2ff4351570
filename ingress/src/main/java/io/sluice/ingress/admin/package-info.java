/** The administrator's calls: tenants and their keys. */
@NullMarked
package io.sluice.ingress.admin;

import org.jspecify.annotations.NullMarked;
