@NullMarked
package io.sluice.local.command.audit;

import org.jspecify.annotations.NullMarked;
