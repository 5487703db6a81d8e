package dev.laurel.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.session.Role;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who can earn, and what role names mean. */
class StandingTests {

    @ParameterizedTest(name = "launch {0}, roster {1}: earns {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "LEARNER, -, true",
                "-, LEARNER, true",
                "LEARNER, LEARNER, true",
                "'', LEARNER, true",
                "LEARNER, '', true",
                "'', '', false",
                "-, '', false",
                "INSTRUCTOR, LEARNER, false",
                "LEARNER, INSTRUCTOR, false",
                "'INSTRUCTOR,LEARNER', -, false",
                "-, 'LEARNER,TEACHING_ASSISTANT', false",
                "LEARNER, OBSERVER, false",
                "LEARNER, DESIGNER, false",
                "'LEARNER,TEST_STUDENT', LEARNER, false",
                "-, 'LEARNER,TEST_STUDENT', false",
                "INSTITUTION_ADMIN, -, false",
            })
    void earning(String byLaunch, String byRoster, boolean earns) {
        Standing standing =
                new Standing(Standing.readOrNull(byLaunch), Standing.readOrNull(byRoster), null, true, null);
        assertThat(standing.earns()).isEqualTo(earns);
        assertThat(standing.gone().earns()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"INSTRUCTOR", "TEACHING_ASSISTANT", "DESIGNER"})
    void aStaffRoleOnceLaunchedStays(Role role) {
        Standing later = Standing.UNKNOWN
                .launchedAs(Set.of(role))
                .launchedAs(Set.of(Role.LEARNER))
                .listedAs(Set.of(Role.LEARNER), true);
        assertThat(later.staffByLaunch()).isTrue();
        assertThat(later.earns()).isFalse();
    }

    @Test
    void whoTriedTheTestStudentViewIsNoTestStudentForGood() {
        Standing later = Standing.UNKNOWN
                .launchedAs(Set.of(Role.LEARNER, Role.TEST_STUDENT))
                .launchedAs(Set.of(Role.LEARNER));
        assertThat(later.earns()).isTrue();
    }

    @Test
    void rolesSurviveTheDatabase() {
        Set<Role> all = EnumSet.allOf(Role.class);
        assertThat(Standing.read(Standing.write(all))).isEqualTo(all);
        assertThat(Standing.read("")).isEmpty();
    }
}
