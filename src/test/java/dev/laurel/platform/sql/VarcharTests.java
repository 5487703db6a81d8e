package dev.laurel.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VarcharTests {

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Varchar.fit("ab🎓", 3)).isEqualTo("ab🎓");
        assertThat(Varchar.fitWithEllipsis("ab🎓", 3)).isEqualTo("ab🎓");
    }

    @Test
    void whatIsTooLongEndsAfterAWholeCharacter() {
        assertThat(Varchar.fit("ab🎓🎓", 3)).isEqualTo("ab🎓");
        assertThat(Varchar.fit("🎓", 0)).isEmpty();
    }

    @Test
    void theEllipsisCounts() {
        assertThat(Varchar.fitWithEllipsis("ab🎓🎓", 3)).isEqualTo("ab…");
    }
}
