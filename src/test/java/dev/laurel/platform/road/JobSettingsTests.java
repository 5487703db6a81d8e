package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JobSettingsTests {

    @Test
    void aNodeLeavesConnectionsToPagesHoweverManyProcessorsItHas() {
        assertThat(new JobSettings(0).atOnce()).isBetween(2, 6);
    }

    @Test
    void anOperatorKnowsBetter() {
        assertThat(new JobSettings(1).atOnce()).isEqualTo(1);
        assertThat(new JobSettings(8).atOnce()).isEqualTo(8);
        assertThatIllegalArgumentException().isThrownBy(() -> new JobSettings(-1));
    }

    @Test
    void whatNobodyWaitsForHasTwoLanesAndNeverMoreThanHalfOfManyTurns() {
        assertThat(new JobSettings(1).patient()).isEqualTo(2);
        assertThat(new JobSettings(2).patient()).isEqualTo(2);
        assertThat(new JobSettings(6).patient()).isEqualTo(3);
    }
}
