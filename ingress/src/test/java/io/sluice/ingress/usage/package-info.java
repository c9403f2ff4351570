/** Usage reports. */
package io.sluice.ingress.usage;
