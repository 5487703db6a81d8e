package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From where a look goes on, by how the one before it went. */
class NextBookmarkTests {

    private static final Instant BEFORE = Instant.parse("2026-01-31T08:00:00Z");

    private static final Instant NOW = Instant.parse("2026-01-31T09:00:00Z");

    private static final String PAGE = "/page/2";

    private static final Bookmark FROM = bookmark(BEFORE, "old", "");

    @Test
    void afterALookThatWentWellItIsWhatThatReached() {
        assertThat(next(FROM, false, false).after(bookmark(NOW, "new", ""))).isEqualTo(bookmark(NOW, "new", ""));
        assertThat(next(null, false, false).after(bookmark(NOW, "new", PAGE)))
                .as("a look at everybody goes on from its page, and what is new counts from now on")
                .isEqualTo(bookmark(NOW, "new", PAGE));
    }

    @Test
    void gradesThatCouldNotBeReadAreAskedForFromTheSameTimeAgain() {
        Bookmark after = next(FROM, false, true).after(bookmark(NOW, "new", ""));

        assertThat(after.since()).isEqualTo(BEFORE);
        assertThat(after.columns()).isEqualTo("old");
        assertThat(after.attempts()).isEqualTo(FROM.attempts());
        assertThat(after.owesEverybody()).isFalse();
    }

    @Test
    void gradesOfEverybodyThatCouldNotBeReadAtAllAreOwedFromTheFirstPage() {
        assertThat(next(null, false, true).after(bookmark(NOW, "new", "")).owesEverybody())
                .isTrue();
    }

    @Test
    void aPageThatCouldNotBeReadIsOwedAndWaits() {
        Bookmark first = next(null, false, true).after(bookmark(NOW, "new", PAGE));
        Bookmark later = next(bookmark(BEFORE, "old", PAGE), false, true).after(bookmark(NOW, "new", PAGE));

        assertThat(first.wholePage()).isEqualTo(PAGE);
        assertThat(first.isBehind()).isFalse();
        assertThat(later.wholePage()).isEqualTo(PAGE);
        assertThat(later.isBehind()).isFalse();
        assertThat(later.since()).isEqualTo(BEFORE);
    }

    @Test
    void whatFollowsFromGradesIsReadOfEverybodyWhereALookBrokeOffBehindThem() {
        NextBookmark next = next(null, true, false);

        assertThat(next.isInVain("")).isFalse();
        Bookmark after = next.after(bookmark(NOW, "new", ""));
        assertThat(after.columns()).isEqualTo(NextBookmark.OTHERS);
        assertThat(after.since()).isEqualTo(NOW);
    }

    @Test
    void aLookThatBrokeOffBeforeItReadAnythingIsBegunAgain() {
        assertThat(next(null, true, true).isInVain("")).isTrue();
        assertThat(next(FROM, true, false).isInVain("")).isTrue();
        assertThat(next(FROM, true, true).isInVain(PAGE))
                .as("unless it reached a page")
                .isFalse();
        assertThat(new NextBookmark(null, true, false, false).isInVain(""))
                .as("no grades were asked for")
                .isTrue();
        assertThat(next(FROM, false, true).isInVain("")).isFalse();
    }

    private static NextBookmark next(Bookmark from, boolean stopped, boolean gradesMissed) {
        return new NextBookmark(from, stopped, true, gradesMissed);
    }

    private static Bookmark bookmark(Instant since, String columns, String wholePage) {
        return new Bookmark(
                since, columns, "", "", "", since.toString(), false, null, wholePage, 0, "", LeftOut.NOBODY);
    }
}
