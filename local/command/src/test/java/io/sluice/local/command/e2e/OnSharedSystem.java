package io.sluice.local.command.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of end-to-end tests that needs a running system with the usual settings and nothing else:
 * it gets {@link SharedSystem} as a parameter. These classes come after all others, one behind the
 * other, so that the system takes nothing from those that measure or kill.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedSystem.Lender.class)
@Order(Order.DEFAULT + 1)
@interface OnSharedSystem {}
