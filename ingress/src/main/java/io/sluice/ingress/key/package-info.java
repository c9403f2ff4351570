/** API keys: their form, their salted hashes, and who is calling. */
@NullMarked
package io.sluice.ingress.key;

import org.jspecify.annotations.NullMarked;
