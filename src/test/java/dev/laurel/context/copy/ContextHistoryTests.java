package dev.laurel.context.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextHistoryTests {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ",, ,", "truncated", "timed out", "$Context.id.history", "me"})
    void saysNothing(String value) {
        assertThat(ContextHistory.read(value, "me").origins()).isEmpty();
    }

    @Test
    void isReadNearestFirstAsMoodleWritesIt() {
        assertThat(ContextHistory.read("7,3", "9").origins()).containsExactly("7", "3");
    }

    @Test
    void isReadUpToWhereCanvasCutsIt() {
        assertThat(ContextHistory.read("df2a, 0b3c ,truncated", "me").origins()).containsExactly("df2a", "0b3c");
    }

    @Test
    void namesNobodyTwiceAndNotItself() {
        assertThat(ContextHistory.read("7,9,7,3,7", "9").origins()).containsExactly("7", "3");
    }

    @Test
    void keepsIdsThatDifferOnlyInCase() {
        assertThat(ContextHistory.read("a,A", "me").origins()).containsExactly("a", "A");
    }

    @Test
    void isNeitherEndlessNorWide() {
        String many = IntStream.range(0, 5_000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThat(ContextHistory.read(many, "me").origins())
                .hasSize(ContextHistory.MOST)
                .startsWith("0", "1");
        assertThat(ContextHistory.read("x".repeat(256) + ",7", "me").origins()).isEqualTo(List.of("7"));
    }
}
