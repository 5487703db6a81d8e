package lms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CanvasBucketTests {

    private Instant now = Instant.parse("2026-11-26T09:00:00Z");

    private final CanvasBucket bucket = new CanvasBucket(() -> now);

    @Test
    void fourteenRequestsRunAtOnceAndTheFifteenthIsRefusedUntilOneIsOver() {
        for (int i = 0; i < 14; i++) {
            assertThat(bucket.begin()).isTrue();
        }

        assertThat(bucket.begin()).isFalse();
        assertThat(bucket.refused()).isEqualTo(1);
        bucket.end(0);
        assertThat(bucket.begin()).isTrue();
        assertThat(bucket.most()).isEqualTo(750);
    }

    @Test
    void oneAfterTheOtherCostsWhatItCostsAndTenASecondRunOut() {
        for (int i = 0; i < 650; i++) {
            assertThat(bucket.begin()).isTrue();
            bucket.end(1);
        }
        assertThat(bucket.begin()).isTrue();
        assertThat(bucket.end(1)).as("what remains").isEqualTo(49);
        assertThat(bucket.begin()).isFalse();

        now = now.plusSeconds(2);

        assertThat(bucket.begin()).isTrue();
        assertThat(bucket.end(0)).isEqualTo(69);
    }
}
