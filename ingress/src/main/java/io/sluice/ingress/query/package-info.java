/** Strict reading of query parameters. */
@NullMarked
package io.sluice.ingress.query;

import org.jspecify.annotations.NullMarked;
