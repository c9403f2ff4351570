@NullMarked
package io.sluice.local.command.rerate;

import org.jspecify.annotations.NullMarked;
