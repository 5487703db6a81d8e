package dev.laurel.dashboard.badge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The form of a badge sends some fields for every column, and there are courses with hundreds of them. */
@LaurelTest
class LargeCourseFormIntegrationTests {

    private static final int COLUMNS = 300;

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    ObservationLog log;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse course;

    private Browser teacher;

    @BeforeEach
    void aCourseWithHundredsOfColumns() {
        course = LaunchedCourse.start(app, ReferenceLms.builder().students(1));
        teacher = course.launch(course.lms().course().teacher());
        List<Column> columns = IntStream.rangeClosed(1, COLUMNS)
                .mapToObj(n -> Column.ofScores("large-" + n, "Task " + n, BigDecimal.TEN, null, null, null))
                .toList();
        transaction.executeWithoutResult(
                status -> log.columns(course.tenant(), course.context().id(), Observation.FROM_FILE, columns));
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void aBadgeForTheLastOfThreeHundredColumnsIsSaved() {
        long last = gradebook.lineItems(course.tenant(), course.context().id()).stream()
                .filter(item -> item.label().equals("Task " + COLUMNS))
                .map(LineItem::id)
                .findFirst()
                .orElseThrow();
        Page page = teacher.open(URI.create(publicUrl.value() + "/badges/new?several"));
        Page.Form form = page.forms().stream()
                .filter(each -> each.action().endsWith("/badges"))
                .findFirst()
                .orElseThrow();
        assertThat(form.fields()).hasSizeGreaterThan(3 * COLUMNS);

        // As a browser sends it: with a picture, and so in parts.
        Page saved = teacher.submit(page, onlyFor(last, form), "picture", "", new byte[0]);

        assertThat(saved.status()).isEqualTo(200);
        assertThat(ruleSets.ofContext(course.tenant(), course.context().id()))
                .singleElement()
                .extracting(RuleSet::rule)
                .satisfies(rule -> assertThat(rule.lineItemIds()).containsExactly(last));
    }

    private static Page.Form onlyFor(long column, Page.Form form) {
        Map<String, String> fields = new LinkedHashMap<>(form.fields());
        fields.keySet().removeIf(name -> name.endsWith(".chosen"));
        form.fields().forEach((name, value) -> {
            if (name.endsWith(".column") && value.equals(Long.toString(column))) {
                String part = name.substring(0, name.lastIndexOf('.'));
                fields.put(part + ".chosen", "on");
                fields.put(part + ".threshold", "80");
            }
        });
        fields.put("name", "The last one");
        fields.put("description", "Did the last of many.");
        return new Page.Form(form.action(), form.method(), fields, form.postsItself());
    }
}
