/** The wire: awsJson1.1 and CBOR bodies, event stream frames and modelled errors. */
@NullMarked
package io.sluice.local.kinesis.wire;

import org.jspecify.annotations.NullMarked;
