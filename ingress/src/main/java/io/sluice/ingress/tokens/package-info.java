/** How many input tokens a prompt will have, estimated without the provider's tokenizer. */
@NullMarked
package io.sluice.ingress.tokens;

import org.jspecify.annotations.NullMarked;
