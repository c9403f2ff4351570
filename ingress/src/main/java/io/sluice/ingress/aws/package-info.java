/** The AWS clients, built from the SDK's standard settings alone, and the form of table items. */
@NullMarked
package io.sluice.ingress.aws;

import org.jspecify.annotations.NullMarked;
