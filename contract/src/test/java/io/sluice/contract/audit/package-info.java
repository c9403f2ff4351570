/** Trees and proofs against their definition. */
@NullMarked
package io.sluice.contract.audit;

import org.jspecify.annotations.NullMarked;
