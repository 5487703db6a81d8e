package dev.laurel.gradebook.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.ColumnMatch.By;
import dev.laurel.gradebook.copy.ColumnMatching.Match;
import dev.laurel.gradebook.copy.ColumnMatching.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnMatchingTests {

    private static final String[] TITLES = {
        "Essay 1",
        "Essay 2",
        "Essay 10",
        "Final quiz",
        "Final exam 2025",
        "Lab report",
        "Oral presentation",
        "Łódź",
        "期末试験"
    };

    @Test
    void whatIsSureComesBeforeWhatIsLikely() {
        Traits moved = column(1, "Essay 1", "100", "b-1", "r-1", "t");
        Traits other = column(2, "Essay 2", "100", null, "r-2", "u");

        assertThat(ColumnMatching.match(
                        List.of(moved, other),
                        List.of(
                                column(11, "Essay 2", "100", "b-1", "r-9", "u"),
                                column(12, "Essay 1", "100", null, "r-2", "t"))))
                .isEqualTo(Map.of(1L, new Match(11, By.OWN_ID, true), 2L, new Match(12, By.RESOURCE_ID, true)));
    }

    @Test
    void aTagIsOnlyAHint() {
        assertThat(match(
                        column(1, "Aufsatz", "10", null, null, "essay"), column(2, "Essay", "10", null, null, "essay")))
                .isEqualTo(Map.of(1L, new Match(2, By.TAG, false)));
    }

    @Test
    void aTitleIsSureWithTheSameMaximum() {
        assertThat(match(titled(1, "Essay", "100"), titled(2, " Essay", "100.00")))
                .isEqualTo(Map.of(1L, new Match(2, By.TITLE, true)));
        assertThat(match(titled(1, "Essay", "100"), titled(2, "Essay", "50")))
                .isEqualTo(Map.of(1L, new Match(2, By.TITLE, false)));
        assertThat(match(titled(1, "Essay", "100"), titled(2, "Essay", null)))
                .isEqualTo(Map.of(1L, new Match(2, By.TITLE, false)));
    }

    @Test
    void severalOfOneNameComeOverInTheirOrderOrNotAtAll() {
        List<Traits> there = List.of(titled(1, "Quiz", "10"), titled(2, "Quiz", "10"));

        assertThat(ColumnMatching.match(there, List.of(titled(12, "Quiz", "10"), titled(11, "Quiz", "10"))))
                .isEqualTo(Map.of(1L, new Match(11, By.TITLE, false), 2L, new Match(12, By.TITLE, false)));
        assertThat(ColumnMatching.match(there, List.of(titled(11, "Quiz", "10"))))
                .isEmpty();
    }

    @Test
    void oneIdForTwoColumnsSaysNothing() {
        List<Traits> there = List.of(column(1, "A", null, "b", null, null), column(2, "B", null, "b", null, null));

        assertThat(ColumnMatching.match(there, List.of(column(11, "C", null, "b", null, null))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Final exam 2025, Final exam 2026",
        "Essay 1, ESSAY 1 (copy)",
        "Oral presentation, Oral presentations",
        "Réflexion, Reflexion",
        "Lab report: enzymes, Lab report – enzymes",
        "Final exam 2025, Final exam"
    })
    void namesThatAreAlikeAreProposed(String there, String here) {
        assertThat(match(titled(1, there, "100"), titled(2, here, "100")))
                .isEqualTo(Map.of(1L, new Match(2, By.SIMILAR_TITLE, false)));
    }

    @ParameterizedTest
    @CsvSource({
        "Essay 1, Essay 2",
        "Essay 1, Essay 10",
        "Essay, Essay 1",
        "Midterm, Final",
        "Lab report, Lab safety",
        "2025, 2026",
        "?, !"
    })
    void namesThatMeanSomethingElseAreNot(String there, String here) {
        assertThat(match(titled(1, there, "100"), titled(2, here, "100"))).isEmpty();
    }

    @Test
    void whereTwoAreAlikeNothingIsGuessed() {
        assertThat(ColumnMatching.match(
                        List.of(titled(1, "Reflection", "100")),
                        List.of(
                                titled(11, "Reflections", "100"),
                                titled(12, "reflection", "100"),
                                titled(13, "Reflection!", "100"))))
                .isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anUntouchedCopyIsFoundWholeInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<Traits> there = randomColumns(random);
        List<Traits> here = new ArrayList<>();
        there.forEach(each -> here.add(moved(each, each.id() + 1000, each.label())));
        Collections.shuffle(here, random);

        Map<Long, Match> matches = ColumnMatching.match(there, here);

        assertThat(matches).hasSameSizeAs(there);
        assertThat(matches).allSatisfy((from, match) -> assertThat(match.to()).isEqualTo(from + 1000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noColumnIsUsedTwiceAndTheOrderDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<Traits> there = randomColumns(random);
        List<Traits> here = new ArrayList<>();
        for (Traits each : there) {
            if (random.nextInt(4) > 0) {
                String label = random.nextBoolean() ? each.label() : TITLES[random.nextInt(TITLES.length)];
                here.add(moved(each, each.id() + 1000, label));
            }
        }
        Map<Long, Match> matches = ColumnMatching.match(there, here);

        assertThat(matches.values()).extracting(Match::to).doesNotHaveDuplicates();
        assertThat(here)
                .extracting(Traits::id)
                .containsAll(matches.values().stream().map(Match::to).toList());
        there.stream()
                .filter(each -> each.resourceId() != null)
                .filter(each -> here.stream().anyMatch(other -> other.id() == each.id() + 1000))
                .forEach(each -> assertThat(matches.get(each.id()))
                        .as("renamed, but its id is the same")
                        .isEqualTo(new Match(each.id() + 1000, By.RESOURCE_ID, true)));
        List<Traits> otherWay = new ArrayList<>(there);
        Collections.shuffle(otherWay, random);
        Collections.shuffle(here, random);
        assertThat(ColumnMatching.match(otherWay, here)).isEqualTo(matches);
    }

    static long[] seeds() {
        return IntStream.range(0, 60).mapToLong(n -> n * 7919L).toArray();
    }

    private static List<Traits> randomColumns(Random random) {
        List<Traits> columns = new ArrayList<>();
        int count = 1 + random.nextInt(20);
        for (int id = 1; id <= count; id++) {
            columns.add(column(
                    id,
                    TITLES[random.nextInt(TITLES.length)],
                    random.nextBoolean() ? "100" : "10",
                    null,
                    random.nextBoolean() ? "resource-" + id : null,
                    random.nextInt(3) == 0 ? "grade" : null));
        }
        return columns;
    }

    private static Traits moved(Traits column, long id, String label) {
        return new Traits(id, label, column.maximum(), column.ownId(), column.resourceId(), column.tag());
    }

    private static Map<Long, Match> match(Traits there, Traits here) {
        return ColumnMatching.match(List.of(there), List.of(here));
    }

    private static Traits titled(long id, String label, @Nullable String maximum) {
        return column(id, label, maximum, null, null, null);
    }

    private static Traits column(
            long id,
            String label,
            @Nullable String maximum,
            @Nullable String ownId,
            @Nullable String resourceId,
            @Nullable String tag) {
        return new Traits(id, label, maximum == null ? null : new BigDecimal(maximum), ownId, resourceId, tag);
    }
}
