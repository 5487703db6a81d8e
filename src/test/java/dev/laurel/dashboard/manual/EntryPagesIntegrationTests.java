package dev.laurel.dashboard.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.rule.Attendance;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.Presence;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import lms.Browser;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Attendance that two people note at once, and of somebody who leaves meanwhile, over HTTP. */
@LaurelTest
class EntryPagesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    ManualGradebook manual;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Browser teacher;

    private long session;

    @BeforeEach
    void aSession() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        course = launched.lms().course();
        teacher = launched.launch(course.teacher());
        contexts.refreshRoster(launched.tenant(), launched.context().id());
        session = manual.addSession(staff(), UUID.randomUUID(), "Seminar 1", "Seminars", LocalDate.of(2026, 3, 2))
                .id();
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void whatSomebodyElseEnteredMeanwhileStays() {
        manual.attend(staff(), session, Map.of(student(0), Presence.ABSENT, student(1), Presence.ABSENT));
        Page shown = page();
        manual.attend(staff(), session, Map.of(student(0), Presence.PRESENT));

        Page saved = save(shown, Map.of("at-" + student(1), "yes"));

        assertThat(saved.text()).contains("Saved for 1 student.");
        assertThat(score(student(0))).as("corrected by the other one").isOne();
        assertThat(score(student(1))).isOne();
    }

    @Test
    void whoIsNotInTheCourseAnyMoreDoesNotKeepTheOthersFromBeingSaved() {
        Page shown = page();

        Page saved = save(shown, Map.of("at-" + student(0), "yes", "at-999999999999", "yes"));

        assertThat(saved.text()).contains("Saved for 1 student.", "One student is no longer in this course");
        assertThat(score(student(0))).isOne();
    }

    @Test
    void whoeverTakesAnEntryAwayReadsFirstWhichBadgesRestOnIt() {
        long safety =
                manual.addConfirmation(staff(), UUID.randomUUID(), "Safety").id();
        launched.activeBadge(
                new AchievementDraft("Safe", "Works safely.", "Safety", "#1f4e79", null),
                new Done(Done.What.CONFIRMATION, safety, Period.ALWAYS, Terms.STANDARD));

        assertThat(teacher.open(URI.create(publicUrl.at("/course/entries/" + safety + "/removal")))
                        .text())
                .contains("The badge “Safe” asks for it and cannot be earned by it from then on.");
    }

    @Test
    void whatWasNotedByMistakeIsTakenBack() {
        manual.attend(staff(), session, Map.of(student(0), Presence.PRESENT));

        Page saved = save(page(), Map.of("at-" + student(0), ""));

        assertThat(saved.text()).contains("Saved for 1 student.");
        assertThat(manual.result(launched.tenant(), launched.context().id(), session, student(0)))
                .get()
                .extracting(Observation::status)
                .isEqualTo(Observation.Status.NONE);
    }

    @Test
    void whoeverNotesEverybodyElseKeepsWhatSheHadChosenBefore() {
        Page shown = page();
        Page.Form form = shown.formTo("/attendance");
        Page.Form everybody =
                new Page.Form(form.action().replace("/attendance", "/everybody"), form.method(), form.fields(), false);

        Page saved = teacher.submit(shown, everybody, Map.of("at-" + student(0), "no"));

        assertThat(saved.text()).contains("Saved for 2 students.");
        assertThat(score(student(0))).isZero();
        assertThat(score(student(1))).isOne();
    }

    @Test
    void whoeverTakesASessionAwayReadsWhichBadgesCountItAmongOthers() {
        launched.activeBadge(
                new AchievementDraft("Present", "Comes.", "One seminar", "#1f4e79", null),
                new Attendance("Seminars", 1, Terms.STANDARD));

        assertThat(teacher.open(URI.create(publicUrl.at("/course/entries/" + session + "/removal")))
                        .text())
                .contains("The badge “Present” counts it among others: once it is gone, only the others count.")
                .doesNotContain("cannot be earned by it");
    }

    private int score(long person) {
        Observation seen = manual.result(launched.tenant(), launched.context().id(), session, person)
                .orElseThrow();
        return String.valueOf(seen.score()).startsWith("1") ? 1 : 0;
    }

    private Page save(Page shown, Map<String, String> chosen) {
        return teacher.submit(shown, shown.formTo("/attendance"), chosen);
    }

    private Page page() {
        return teacher.open(URI.create(publicUrl.at("/course/entries/" + session)));
    }

    private long student(int number) {
        return launched.person(course.student(number));
    }

    private Entering staff() {
        return new Entering(launched.tenant(), launched.context().id(), launched.person(course.teacher()));
    }
}
