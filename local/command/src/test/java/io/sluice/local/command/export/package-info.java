@NullMarked
package io.sluice.local.command.export;

import org.jspecify.annotations.NullMarked;
