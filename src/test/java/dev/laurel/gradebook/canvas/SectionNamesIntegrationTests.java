package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseSections;
import dev.laurel.context.CourseSections.Section;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Looking;
import java.util.Map;
import java.util.Set;
import lms.CanvasKeys;
import lms.Heard;
import lms.LmsUser;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Canvas calls the sections of a course. */
@LaurelTest
class SectionNamesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    CourseSections sections;

    @Autowired
    Gradebook gradebook;

    @Autowired
    JdbcClient jdbc;

    private LmsCourse course;

    private LmsUser ada;

    @BeforeEach
    void aCourseWithTwoSections() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(2), CanvasConnection::tool);
        ada = course.course().student(0);
        course.course().putInto(ada, "21");
        course.course().putInto(course.course().student(1), "22");
        course.course().nameSection("21", "Section A");
        course.course().nameSection("22", "Section B");
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void theNamesComeOnceADayAndWithASectionThatIsNew() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES, CanvasCapability.SECTIONS);
        look();
        assertThat(names()).containsEntry("21", "Section A").containsEntry("22", "Section B");
        assertThat(problem()).isNull();

        course.course().nameSection("21", "Section A (evening)");
        refreshRoster();
        look();
        look();
        assertThat(asked()).as("everybody is in one that is known").isEqualTo(1);
        assertThat(names()).containsEntry("21", "Section A");

        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(asked()).isEqualTo(2);
        assertThat(names()).containsEntry("21", "Section A (evening)");

        course.course().putInto(ada, "23");
        course.course().nameSection("23", "Late-comers");
        refreshRoster();
        look();
        look();
        assertThat(asked()).isEqualTo(3);
        assertThat(names()).containsEntry("23", "Late-comers");
    }

    @Test
    void aSectionIsShownWithItsNameAndItsLearnersEvenBeforeAnybodyIsInIt() {
        course.course().nameSection("29", "For later");
        CanvasConnection.connect(app, course, CanvasCapability.SECTIONS);
        look();

        assertThat(sections.all(course.tenant(), course.contextId()))
                .extracting(Section::label, Section::learners)
                .contains(tuple("Section A (21)", 1L), tuple("For later (29)", 0L));
    }

    @Test
    void aSectionThatIsDeletedKeepsItsNameAndIsGone() {
        CanvasConnection.connect(app, course, CanvasCapability.SECTIONS);
        look();
        assertThat(gone()).isEmpty();

        course.course().putInto(ada, "22");
        course.course().deleteSection("21");
        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(gone()).containsExactly("21");
        assertThat(names()).containsEntry("21", "Section A");

        course.course().nameSection("21", "Section A");
        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(gone()).isEmpty();
    }

    private Set<String> gone() {
        return sections.known(course.tenant(), course.contextId()).gone();
    }

    @Test
    void withoutTheScopeNumbersStayAndTheRestIsRead() {
        CanvasKeys.Key key = CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        jdbc.sql("UPDATE reading_grant SET capabilities = 'GRADES,SECTIONS' WHERE tenant_id = ?")
                .params(course.tenant().value())
                .update();
        CanvasConnection.keep(app, course, key, CanvasCapability.GRADES, CanvasCapability.SECTIONS);
        course.course().typeGrade(ada, course.course().columnCalled("Final quiz"), "85");

        look();

        assertThat(names()).isEmpty();
        assertThat(sections.all(course.tenant(), course.contextId()))
                .extracting(Section::label)
                .containsExactly("21", "22");
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .anyMatch(item -> item.label().equals("Final quiz"));
        assertThat(problem()).contains("url:GET|/api/v1/courses/:course_id/sections");
    }

    private void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    private void refreshRoster() {
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
    }

    private Map<String, String> names() {
        return sections.names(course.tenant(), course.contextId());
    }

    private String problem() {
        return gradebook.status(course.tenant(), course.contextId()).problem();
    }

    private long asked() {
        return course.lms().heard(Service.CANVAS_API).stream()
                .map(Heard::path)
                .filter(path -> path.endsWith("/sections"))
                .count();
    }
}
