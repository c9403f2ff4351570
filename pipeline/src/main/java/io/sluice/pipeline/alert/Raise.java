package io.sluice.pipeline.alert;

import io.sluice.contract.AlertKind;
import java.util.Map;

/** Takes what crossed a line at the observation at hand. */
@FunctionalInterface
interface Raise {
    /** The subject crossed; figures by name. */
    void alert(AlertKind kind, String subject, Map<String, String> details);
}
