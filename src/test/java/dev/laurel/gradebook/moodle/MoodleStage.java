package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.springframework.context.ApplicationContext;

/** A course of a Moodle that Laurel has a key for. A test decides when it is looked at. */
final class MoodleStage implements AutoCloseable {

    private final ApplicationContext app;

    private final LmsCourse course;

    private MoodleStage(ApplicationContext app, LmsCourse course) {
        this.app = app;
        this.course = course;
    }

    static MoodleStage start(ApplicationContext app, int students) {
        MoodleStage stage = new MoodleStage(
                app,
                LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(students)));
        app.getBean(Contexts.class).refreshRoster(stage.course.tenant(), stage.course.contextId());
        TestReadingKeys.forMoodle(app, stage.course);
        return stage;
    }

    ReferenceLms lms() {
        return course.lms();
    }

    LmsCourse laurel() {
        return course;
    }

    lms.Course course() {
        return course.course();
    }

    void type(LmsUser user, String column, String grade) {
        course().typeGrade(user, course().columnCalled(column), grade);
    }

    void look() {
        Looking.at(app, course.tenant(), course.contextId());
    }

    /** As the daily look does, whatever was read before. */
    void lookAtEverything() {
        Looking.atEverything(app, course.tenant(), course.contextId());
    }

    List<LineItem> items() {
        return gradebook().lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.source().equals("moodle"))
                .toList();
    }

    LineItem item(String label) {
        return items().stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    Optional<Observation> latest(LmsUser user, String label) {
        return gradebook()
                .latest(course.tenant(), course.contextId(), Set.of(item(label).id()), Set.of(course.person(user)))
                .stream()
                .findFirst();
    }

    BigDecimal score(LmsUser user, String label) {
        return latest(user, label).orElseThrow().score();
    }

    String problem() {
        return gradebook().status(course.tenant(), course.contextId()).problem();
    }

    Gradebook gradebook() {
        return app.getBean(Gradebook.class);
    }

    @Override
    public void close() {
        course.close();
    }
}
