/** The rules of alerts, alone. */
@NullMarked
package io.sluice.pipeline.alert;

import org.jspecify.annotations.NullMarked;
