package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class IntakeTest {
    private final Intake intake = new Intake(100);

    @Test
    void requestBeyondTheBoundWaitsUntilOthersHaveEnded() throws Exception {
        intake.take(60);
        intake.take(40);
        Thread newcomer = blockedOn(50);

        intake.ended(40);
        assertThat(intake.bytes()).isEqualTo(60);
        assertThat(newcomer.isAlive()).isTrue();
        intake.ended(60);
        newcomer.join();
        assertThat(intake.bytes()).isEqualTo(50);
    }

    @Test
    void requestLargerThanTheBoundComesInAlone() throws Exception {
        intake.take(1_000);
        assertThat(intake.bytes()).isEqualTo(1_000);
    }

    @Test
    void whatWasRestoredIsCountedAndNeverHeldBack() throws Exception {
        intake.takeRestored(80);
        intake.takeRestored(80);
        Thread newcomer = blockedOn(1);
        intake.ended(80);
        newcomer.join();
    }

    @Test
    void jobThatIsAboutToStopHoldsNothingBack() throws Exception {
        intake.take(100);
        Thread newcomer = blockedOn(1);
        intake.open();
        newcomer.join();
    }

    private Thread blockedOn(long bytes) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                intake.take(bytes);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }
}
