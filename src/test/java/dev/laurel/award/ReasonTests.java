package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTests {

    /** What a browser lets one type is counted with one character per line. */
    @Test
    void aLineEndsWithOneCharacterHoweverItIsSent() {
        String typed = "Why.\r\n".repeat(100);

        assertThat(Reason.isOne(typed)).isTrue();
        assertThat(Reason.require(typed)).hasSize(Reason.LONGEST - 1).doesNotContain("\r");
        assertThat(Reason.isOne(typed + "One more.")).isFalse();
    }
}
