/** One form for all documents that mean the same, and its hash. */
@NullMarked
package io.sluice.ingress.canonical;

import org.jspecify.annotations.NullMarked;
