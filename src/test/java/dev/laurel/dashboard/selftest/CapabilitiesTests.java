package dev.laurel.dashboard.selftest;

import static dev.laurel.platform.tool.LtiScope.LINE_ITEM;
import static dev.laurel.platform.tool.LtiScope.LINE_ITEM_READ;
import static dev.laurel.platform.tool.LtiScope.MEMBERSHIP_READ;
import static dev.laurel.platform.tool.LtiScope.RESULT_READ;
import static dev.laurel.platform.tool.LtiScope.SCORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Run;
import dev.laurel.platform.tool.LtiScope;
import dev.laurel.platform.tool.ProductFamily;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilitiesTests {

    private static final Set<LtiScope> ALL = Set.of(LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE, MEMBERSHIP_READ);

    @Test
    void withEveryPermissionAllThatStandardsGiveWorksAndNothingIsLeftToUnlock() {
        Capabilities all = with(ProductFamily.MOODLE, ALL);

        assertThat(Capability.values())
                .allMatch(each -> all.works(each) == (each.means() == Capability.Means.STANDARDS));
        assertThat(all.unlocks()).isEmpty();
    }

    @Test
    void whatNeedsAReadingKeyOrEventsIsNeverPromised() {
        for (ProductFamily family : ProductFamily.values()) {
            Capabilities all = with(family, ALL);
            assertThat(states(all, Capability.Means.READING_KEY))
                    .containsOnly(
                            family == ProductFamily.MOODLE || family == ProductFamily.CANVAS
                                    ? Capabilities.State.WITH_A_KEY
                                    : Capabilities.State.LATER);
            assertThat(states(all, Capability.Means.EVENTS)).containsOnly(Capabilities.State.WITH_EVENTS);
        }
    }

    @Test
    void moodlesGradeSyncWithoutColumnManagementReadsItsLinksAndTheMissingPermissionWouldUnlockTheRest() {
        Capabilities moodle = with(ProductFamily.MOODLE, Set.of(LINE_ITEM_READ, RESULT_READ, SCORE, MEMBERSHIP_READ));

        assertThat(moodle.works(Capability.LINKED_COLUMNS)).isTrue();
        assertThat(moodle.works(Capability.ADDED_COLUMNS)).isFalse();
        assertThat(moodle.unlocks())
                .containsExactly(java.util.Map.entry(
                        Set.of(LINE_ITEM), List.of(Capability.ADDED_COLUMNS, Capability.WRITTEN_SCORES)));
    }

    @Test
    void canvasListsColumnsWithThePermissionToMakeThemAndMoodleDoesNot() {
        Set<LtiScope> granted = Set.of(LINE_ITEM, RESULT_READ);

        assertThat(with(ProductFamily.CANVAS, granted).works(Capability.ADDED_COLUMNS))
                .isTrue();
        assertThat(with(ProductFamily.MOODLE, granted).works(Capability.ADDED_COLUMNS))
                .isFalse();
    }

    @Test
    void whereNoSinglePermissionIsEnoughTheyAreNamedTogether() {
        Capabilities nothing = with(ProductFamily.MOODLE, Set.of());

        assertThat(nothing.unlocks().get(Set.of(MEMBERSHIP_READ))).containsExactly(Capability.WHOLE_CLASS);
        assertThat(nothing.unlocks().get(EnumSet.of(LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE)))
                .containsExactly(
                        Capability.ADDED_COLUMNS,
                        Capability.LINKED_COLUMNS,
                        Capability.COMBINATIONS,
                        Capability.WRITTEN_SCORES);
    }

    @Test
    void whatCouldNotBeAskedForIsNeitherPromisedNorDenied() {
        Run refused = run(check -> check.scope().isPresent() ? "refused" : Check.WAITING);

        Capabilities unknown = Capabilities.of(refused, ProductFamily.OTHER);

        assertThat(states(unknown, Capability.Means.STANDARDS)).containsOnly(Capabilities.State.UNKNOWN);
        assertThat(unknown.unlocks()).isEmpty();
    }

    @Test
    void aPermissionAloneIsNoProofThatSomethingWorks() {
        assertThat(statesWhere("no-course")).containsOnly(Capabilities.State.UNTRIED);
        assertThat(statesWhere("failed")).containsOnly(Capabilities.State.FAILS);
        assertThat(statesWhere("read")).containsOnly(Capabilities.State.WORKS);
    }

    private static List<Capabilities.State> statesWhere(String reading) {
        Run run = run(check ->
                check.scope().isPresent() ? "granted" : check.codes().contains(reading) ? reading : Check.WAITING);
        return states(Capabilities.of(run, ProductFamily.OTHER), Capability.Means.STANDARDS);
    }

    @Test
    void aPermissionIsWorthNothingWhereCoursesDoNotOfferTheService() {
        Capabilities tokenOnly = Capabilities.of(
                run(check -> check.scope().isPresent()
                        ? "granted"
                        : check == Check.LINE_ITEMS || check == Check.ROSTER ? "not-offered" : Check.WAITING),
                ProductFamily.OTHER);

        assertThat(states(tokenOnly, Capability.Means.STANDARDS)).containsOnly(Capabilities.State.MISSING);
    }

    private static Capabilities with(ProductFamily family, Set<LtiScope> granted) {
        return new Capabilities(family, granted, Set.of(), java.util.Map.of());
    }

    private static List<Capabilities.State> states(Capabilities capabilities, Capability.Means means) {
        return Arrays.stream(Capability.values())
                .filter(each -> each.means() == means)
                .map(capabilities::state)
                .toList();
    }

    private static Run run(java.util.function.Function<Check, String> code) {
        Instant now = Instant.now();
        return new Run(
                1,
                false,
                now,
                now,
                now,
                Arrays.stream(Check.values())
                        .map(check -> new Run.Line(Finding.of(check, code.apply(check)), now, null, true))
                        .toList());
    }
}
