/** Errors as problem documents (RFC 9457), the application's own and the framework's. */
@NullMarked
package io.sluice.ingress.problem;

import org.jspecify.annotations.NullMarked;
