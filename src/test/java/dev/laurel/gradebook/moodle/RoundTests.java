package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Where a look goes on, and what it does where very many were graded at once. */
class RoundTests {

    private static final Bookmark STEADY = new Bookmark(1_000, 50, false, 900, 5_000, 990);

    private static final Bookmark SWEEPING = new Bookmark(1_000, 200, true, 900, 5_000, 990);

    @Test
    void aBookmarkIsReadAsItWasWritten() {
        assertThat(Bookmark.read(SWEEPING.write())).isEqualTo(SWEEPING);
        assertThat(Bookmark.read(STEADY.write())).isEqualTo(STEADY);
        assertThat(Bookmark.start(Instant.ofEpochSecond(77), null).sweeping()).isTrue();
        assertThat(Bookmark.start(Instant.ofEpochSecond(2_000), STEADY).handInsSince())
                .as("work is told from where it was told last")
                .isEqualTo(990);
        assertThat(Objects.requireNonNull(Bookmark.read("1;1000;50;0;900;5000")).handInsSince())
                .as("one of before work was asked for")
                .isEqualTo(1_000);
        assertThat(new Bookmark(Long.MAX_VALUE, Long.MAX_VALUE, true, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)
                        .write())
                .hasSizeLessThan(500);
    }

    @Test
    void whatIsNoBookmarkBeginsAnew() {
        for (String text : new String[] {null, "", "0;1;2;3;4;5", "1;2", "1;a;0;0;0;0", "1;1;0;0;0;0;0;0"}) {
            assertThat(Bookmark.read(text)).as(text).isNull();
        }
    }

    @Test
    void aFewWhoWereGradedComeFirstInASmallRound() {
        Learners.Round round = Pass.round(people(1, 20), STEADY);

        assertThat(round.cursor()).isEqualTo(50);
        assertThat(round.sweeping()).isFalse();
    }

    @Test
    void whereVeryManyWereGradedEverybodyIsReadOnceMore() {
        Learners.Round round = Pass.round(people(1, Pass.MOST_FIRST + 1), STEADY);

        assertThat(round.cursor()).isZero();
        assertThat(round.sweeping()).isTrue();
        assertThat(round.budget()).isEqualTo(Pass.SWEEPING_BUDGET);
    }

    @Test
    void aRoundThatIsUnderWayIsNotBegunAnewForThoseWhoComeYet() {
        assertThat(Pass.round(people(201, 5_000), SWEEPING).cursor()).isEqualTo(200);
        assertThat(Pass.round(people(1, 200), SWEEPING).cursor()).isZero();
    }

    private static Set<Long> people(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
    }
}
