package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.Programme;
import dev.laurel.Programme.Room;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import lms.Browser;
import lms.Column;
import lms.LmsUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** By whom results came about that a Canvas tells, and staff confirms, as its instructor and its institution see it. */
@LaurelTest
class WhoGradedIntegrationTests {

    private static final String HERSELF = "The student entered one of these results.";

    private static final String UP_AND_DOWN =
            "A result was raised within a week before the badge and lowered within a week after it.";

    @Autowired
    ApplicationContext app;

    @Autowired
    ManualGradebook manual;

    @Autowired
    PublicUrl publicUrl;

    private Programme programme;

    private Room room;

    private LmsUser ada;

    private LmsUser bao;

    private Browser teacher;

    private Browser admin;

    @BeforeEach
    void aCourseThatAwardsInTheNameOfItsInstitution() {
        programme = Programme.overCanvas(app);
        room = programme.room();
        ada = programme.student(0);
        bao = programme.student(1);
        teacher = new Browser();
        teacher.launch(programme.lms().launch(room.course().teacher()));
        admin = new Browser();
        admin.launch(
                programme.lms().launchAsAdministrator(programme.lms().tools().get(0)));
        Issuers issuers = app.getBean(Issuers.class);
        long college = issuers.createForInstitution(programme.tenant(), "Northfield College", programme.teacher())
                .id();
        issuers.grant(programme.tenant(), college, room.id(), programme.teacher());
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void whoGradesHerselfInCanvasIsShownToStaffAndEveryGradeNamesWhoGaveIt() {
        Column essay = room.column("Essay");
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Essayist",
                Score.atLeast(programme.column(room, "Essay"), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        room.course().typeGrade(ada, ada, essay, "90");
        room.course().typeGrade(bao, essay, "95");

        programme.look();

        assertThat(programme.holds(ada, badge))
                .as("nothing is refused for that")
                .isTrue();
        assertThat(programme.holds(bao, badge)).isTrue();
        assertThat(page(admin, "/institution/integrity"))
                .contains("2 badges were looked at")
                .containsSubsequence(ada.name() + " · Essayist", HERSELF)
                .doesNotContain(bao.name());
        assertThat(page(teacher, "/badges/" + badge.id())).contains(ada.name() + "</a>: <span>" + HERSELF);
        assertThat(why(badge, ada)).contains(HERSELF, "given in the learning platform by " + ada.name());
        assertThat(why(badge, bao))
                .contains("given in the learning platform by "
                        + room.course().teacher().name())
                .doesNotContain(HERSELF, "entered in Laurel by");
    }

    @Test
    void whoConfirmsHerselfIsShownToStaff() {
        ManualItem item = manual.addConfirmation(entering(room.course().teacher()), UUID.randomUUID(), "Safety talk");
        RuleSet badge = programme.badge(
                room, "Safe", new Done(Done.What.CONFIRMATION, item.id(), Period.ALWAYS, Terms.STANDARD));
        manual.confirm(entering(ada), item.id(), List.of(programme.person(ada)), true);
        manual.confirm(entering(room.course().teacher()), item.id(), List.of(programme.person(bao)), true);

        programme.settle();

        assertThat(page(admin, "/institution/integrity"))
                .containsSubsequence(ada.name() + " · Safe", HERSELF)
                .doesNotContain(bao.name());
        assertThat(why(badge, ada)).contains(HERSELF, "entered in Laurel by " + ada.name());
        assertThat(why(badge, bao))
                .contains("entered in Laurel by " + room.course().teacher().name())
                .doesNotContain(HERSELF);
    }

    @Test
    void whatWasRaisedForABadgeAndLoweredAfterItIsShownToStaff() {
        Column essay = room.column("Essay");
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Essayist",
                Score.atLeast(programme.column(room, "Essay"), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        for (String score : List.of("70", "95", "60")) {
            room.course().typeGrade(ada, essay, score);
            room.course().typeGrade(bao, essay, "88");
            programme.look();
        }

        assertThat(page(admin, "/institution/integrity"))
                .containsSubsequence(ada.name() + " · Essayist", UP_AND_DOWN)
                .doesNotContain(bao.name());
        assertThat(page(teacher, "/badges/" + badge.id())).contains(ada.name() + "</a>: <span>" + UP_AND_DOWN);
        assertThat(why(badge, ada)).contains(UP_AND_DOWN, "70 / 100", "95 / 100", "60 / 100");
        assertThat(why(badge, bao)).doesNotContain(UP_AND_DOWN);
    }

    private Entering entering(LmsUser person) {
        return new Entering(programme.tenant(), room.id(), programme.person(person));
    }

    private String why(RuleSet badge, LmsUser student) {
        return page(teacher, "/badges/" + badge.id() + "/learners/" + programme.person(student));
    }

    private String page(Browser browser, String path) {
        return browser.open(URI.create(publicUrl.at(path))).text();
    }
}
