package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.link.LinkOutcome;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.math.BigDecimal;
import java.util.List;
import lms.LmsRole;
import lms.LmsUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * SC5 over a course of a Canvas, read over its REST interface, and one of a Moodle, read over its web services: each grade
 * stands in a column that is not Laurel's, and what is earned there counts together for one person only.
 */
@LaurelTest
class TwoPlatformsIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    PersonLinks links;

    private Programme canvas;

    private Programme moodle;

    private RuleSet half;

    private RuleSet whole;

    private LmsUser inCanvas;

    private LmsUser inMoodle;

    /** Somebody else, who has the mail address of the student in Canvas. */
    private LmsUser namesake;

    @BeforeEach
    void aProgrammeOfACourseInCanvasAndOneInMoodle() {
        canvas = Programme.overCanvas(app);
        moodle = canvas.besideOverMoodle();
        assertThat(moodle.tenant()).isEqualTo(canvas.tenant());
        inCanvas = canvas.student(0);
        inMoodle = moodle.student(0);
        namesake =
                moodle.room().course().enrol(new LmsUser("9077", "Cleo", "Other", inCanvas.email(), LmsRole.LEARNER));
        canvas.room().column("Essay");
        moodle.room().column("Report");
        canvas.look();
        moodle.look();
        half = canvas.badge(canvas.room(), "First half", eighty(canvas, "Essay"));
        whole = moodle.badge(
                moodle.room(),
                "Programme",
                new Rule.AllOf(List.of(new HeldBadge(half.achievementId()), eighty(moodle, "Report"))));
        canvas.room().grade(inCanvas, "Essay", "90");
        moodle.room().grade(inMoodle, "Report", "85");
        moodle.room().grade(namesake, "Report", "95");
        canvas.look();
        moodle.look();
    }

    @AfterEach
    void close() {
        moodle.close();
        canvas.close();
    }

    @Test
    void whoBringsHerAccountsTogetherEarnsByBothAndWhoHasTheSameAddressDoesNot() {
        assertThat(canvas.holds(inCanvas, half)).isTrue();
        assertThat(moodle.holds(inMoodle, whole)).as("two accounts yet").isFalse();
        String code = links.offer(canvas.tenant(), canvas.person(inCanvas), canvas.registrationId());

        assertThat(links.accept(moodle.tenant(), moodle.person(inMoodle), moodle.registrationId(), code))
                .isEqualTo(LinkOutcome.LINKED);
        moodle.look();

        assertThat(moodle.holds(inMoodle, whole)).isTrue();
        assertThat(canvas.holds(inCanvas, whole))
                .as("the award is of the account that earned it")
                .isFalse();
        assertThat(moodle.holds(namesake, whole))
                .as("another human with the same mail address")
                .isFalse();
        assertThat(moodle.line(namesake, whole, 1).value()).isEqualByComparingTo("95");
        assertThat(links.others(moodle.tenant(), List.of(moodle.person(namesake))))
                .isEmpty();
    }

    @Test
    void whoHasTheSameAddressAndTypesTheCodeIsLookedAtByTheInstitutionFirst() {
        String code = links.offer(canvas.tenant(), canvas.person(inCanvas), canvas.registrationId());

        assertThat(links.accept(moodle.tenant(), moodle.person(namesake), moodle.registrationId(), code))
                .isEqualTo(LinkOutcome.WAITS_FOR_STAFF);
        moodle.look();

        assertThat(moodle.holds(namesake, whole)).isFalse();
    }

    private static Rule eighty(Programme where, String column) {
        return Score.atLeast(where.column(where.room(), column), BigDecimal.valueOf(80), Rule.Unit.PERCENT);
    }
}
