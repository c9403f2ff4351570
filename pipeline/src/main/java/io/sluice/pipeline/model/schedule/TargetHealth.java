package io.sluice.pipeline.model.schedule;

import io.sluice.contract.Target;

/** Whether targets may be called, by {@link Target#placeKey()}. Thread-safe, never blocks. */
public interface TargetHealth {
    /** Every target may be called at any time. */
    TargetHealth ALL_CALLABLE =
            new TargetHealth() {
                @Override
                public boolean isCallable(String place, long nowMillis) {
                    return true;
                }

                @Override
                public long remainingMillis(String place, long nowMillis) {
                    return 0;
                }
            };

    /** Whether a call may be made there now. */
    boolean isCallable(String place, long nowMillis);

    /** How long until time alone may allow one, milliseconds; 0 if it does not depend on time. */
    long remainingMillis(String place, long nowMillis);
}
