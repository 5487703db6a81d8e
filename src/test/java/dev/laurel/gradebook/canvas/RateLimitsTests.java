package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.SteppingClock;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.http.OutboundResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** Two nodes with one token must fit into what Canvas lets it do. */
class RateLimitsTests {

    private static final String TOKEN = "token";

    private final RateLimits limits = new RateLimits(new SteppingClock(Duration.ofSeconds(1)));

    @Test
    void oneRequestRunsUntilCanvasHasSaidHowMuchIsLeft() {
        limits.begin(TOKEN);

        assertThatThrownBy(() -> limits.begin(TOKEN)).isInstanceOf(ServiceProblem.class);
        assertThatCode(() -> limits.begin("another")).doesNotThrowAnyException();

        answered(600);
        assertThatCode(() -> limits.begin(TOKEN)).doesNotThrowAnyException();
    }

    @Test
    void fewRunAtOnceHoweverMuchIsLeft() {
        limits.begin(TOKEN);
        answered(700);
        for (int i = 0; i < RateLimits.AT_ONCE; i++) {
            limits.begin(TOKEN);
        }

        assertThatThrownBy(() -> limits.begin(TOKEN)).isInstanceOf(ServiceProblem.class);

        answered(700);
        assertThatCode(() -> limits.begin(TOKEN)).doesNotThrowAnyException();
    }

    private void answered(int remaining) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-Rate-Limit-Remaining", Integer.toString(remaining));
        limits.end(TOKEN, new OutboundResponse(200, headers, new byte[0]));
    }
}
