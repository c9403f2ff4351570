/** The process that clients talk to: it checks, stamps and appends requests, and reads results. */
@NullMarked
package io.sluice.ingress;

import org.jspecify.annotations.NullMarked;
