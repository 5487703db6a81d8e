package dev.laurel.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Passback;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.Column;
import lms.Fault;
import lms.LtiNames;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an instructor can do to a column that Laurel added, and what a course without services is told. */
@LaurelTest
class ColumnsConformanceTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Passback passback;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse course;

    @AfterEach
    void close() {
        course.close();
    }

    @ParameterizedTest(name = "A31 an instructor renames and removes a column that Laurel added, {0}")
    @EnumSource
    void a31(Mode mode) {
        start(tool -> tool.as(mode));
        Browser teacher = course.launch(course.lms().course().teacher());
        LineItem oral = added();
        Page page = teacher.open(at(oral));
        assertThat(page.text()).contains("Give it another name", "Remove it from the gradebook");

        Page renamed = teacher.submit(page, page.formTo("/name"), Map.of("name", "Oral examination"));
        assertThat(renamed.text()).contains("Oral examination");
        assertThat(labels()).contains("Oral examination").doesNotContain("Oral");

        Page asked = teacher.open(URI.create(at(oral) + "/removal"));
        assertThat(asked.text()).contains("Remove “Oral examination” from the gradebook", "All grades");
        assertThat(labels()).contains("Oral examination");

        Page removed = teacher.submit(asked, asked.formTo("/removal"), Map.of());
        assertThat(removed.text()).contains("is no longer in the gradebook");
        assertThat(labels()).doesNotContain("Oral examination");
    }

    @Test
    @DisplayName("A32 a column that people made, and one of another course, cannot be touched there")
    void a32() {
        start(UnaryOperator.identity());
        Browser teacher = course.launch(course.lms().course().teacher());
        LineItem essay = await().atMost(PATIENCE)
                .until(
                        () -> gradebook
                                .lineItems(course.tenant(), course.context().id())
                                .stream()
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();

        assertThat(teacher.open(at(essay)).status()).isEqualTo(404);
        assertThat(course.launch(course.lms().course().student(0))
                        .open(at(added()))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest(name = "A31 of a column that the platform does not let go with {0}, a badge goes on writing")
    @ValueSource(ints = {403, 500})
    void a31AndThePlatformRefuses(int status) {
        start(UnaryOperator.identity());
        Browser teacher = course.launch(course.lms().course().teacher());
        LineItem written = writtenBy(teacher);
        long badge = course.onlyBadge().id();
        Page asked = teacher.open(URI.create(at(written) + "/removal"));

        course.lms().setFault(Service.LINE_ITEMS, Fault.status(status));
        Page refused = teacher.submit(asked, asked.formTo("/removal"), Map.of());

        assertThat(refused.uri()).isEqualTo(at(written));
        assertThat(passback.isEnabled(course.tenant(), badge)).isTrue();
        assertThat(passback.column(course.tenant(), badge)).map(LineItem::id).contains(written.id());
    }

    @Test
    @DisplayName(
            "A31 a column that went although the platform said otherwise is gone at the next try, and no badge writes it")
    void a31AndThePlatformErrs() {
        start(UnaryOperator.identity());
        Browser teacher = course.launch(course.lms().course().teacher());
        LineItem written = writtenBy(teacher);
        long badge = course.onlyBadge().id();
        URI removal = URI.create(at(written) + "/removal");
        Page asked = teacher.open(removal);
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(500));
        teacher.submit(asked, asked.formTo("/removal"), Map.of());
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(404));

        Page again = teacher.open(removal);
        Page removed = teacher.submit(again, again.formTo("/removal"), Map.of());

        assertThat(removed.text()).contains("is no longer in the gradebook");
        assertThat(passback.isEnabled(course.tenant(), badge)).isFalse();
        assertThat(passback.column(course.tenant(), badge)).isEmpty();
    }

    @Test
    @DisplayName("A33 without grade services the course page says in a sentence what is not possible")
    void a33() {
        start(tool -> tool.withScopes(Set.of(LtiNames.SCOPE_ROSTER)));
        Browser teacher = course.launch(course.lms().course().teacher());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(course("/course", teacher))
                        .contains("gives Laurel no way into this course")
                        .doesNotContain("Add this column to the gradebook"));
    }

    @Test
    @DisplayName("N29 without the member service the course page says who can earn then")
    void n29() {
        start(tool -> tool.withScopes(Set.of(
                LtiNames.SCOPE_LINE_ITEM,
                LtiNames.SCOPE_LINE_ITEM_READ,
                LtiNames.SCOPE_RESULT_READ,
                LtiNames.SCOPE_SCORE)));
        Browser teacher = course.launch(course.lms().course().teacher());

        assertThat(course("/course", teacher)).contains("it only knows students who opened it");
    }

    @Test
    @DisplayName("N30 with no service at all the page stands and says both")
    void n30() {
        start(tool -> tool.withScopes(Set.of()));
        Browser teacher = course.launch(course.lms().course().teacher());

        assertThat(course("/course", teacher))
                .contains("it only knows students who opened it")
                .doesNotContain("Add this column to the gradebook");
    }

    private void start(UnaryOperator<Tool> registered) {
        course = LaunchedCourse.start(app, ReferenceLms.builder().students(2), registered);
    }

    private LineItem added() {
        return gradebook.createColumn(
                course.tenant(), course.context().id(), "Oral", new BigDecimal("30"), false, "oral");
    }

    /** The column of a badge that writes who earned it. */
    private LineItem writtenBy(Browser teacher) {
        Column essay = course.lms().course().addColumn(course.lms().course().link(), "Essay", 100);
        course.activateBadge(teacher, essay.label());
        long badge = course.onlyBadge().id();
        LineItem column = gradebook.createColumn(
                course.tenant(), course.context().id(), "Essayist", BigDecimal.ONE, true, "laurel-badge-" + badge);
        passback.enable(course.tenant(), badge, true, 1);
        jdbc.sql("UPDATE passback SET line_item_id = ? WHERE tenant_id = ? AND rule_set_id = ?")
                .params(column.id(), course.tenant().value(), badge)
                .update();
        return column;
    }

    private List<String> labels() {
        return course.lms().course().columns().stream().map(Column::label).toList();
    }

    private URI at(LineItem item) {
        return URI.create(publicUrl.at("/course/columns/" + item.id()));
    }

    private String course(String path, Browser browser) {
        return browser.open(URI.create(publicUrl.at(path))).text();
    }
}
