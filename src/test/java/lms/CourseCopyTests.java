package lms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a copied course keeps, and what its launches say of its past. */
class CourseCopyTests {

    private ReferenceLms lms;

    @AfterEach
    void stop() {
        lms.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyIdIsNewAndEveryTitleStays(Mode mode) {
        Course source = start(mode);
        source.setCustom(source.link(), "badge_id", "b-1");
        source.add(
                lms.tools().get(0).clientId(),
                new Column.Details("Lab", source.columns().get(0).maximum(), "r-1", "t-1", null));

        Course copy = lms.copy(source, "Writing II", "WRI-2");

        assertThat(copy.id()).isNotEqualTo(source.id());
        assertThat(copy.link().id()).isNotEqualTo(source.link().id());
        assertThat(copy.link().title()).isEqualTo(source.link().title());
        assertThat(copy.link().custom()).isEqualTo(Map.of("badge_id", "b-1"));
        assertThat(copy.columns()).extracting(Column::label).containsExactly("Essay 1", "Final quiz", "Lab");
        assertThat(copy.columns())
                .extracting(Column::id)
                .doesNotContainAnyElementsOf(
                        source.columns().stream().map(Column::id).toList());
        assertThat(copy.columnCalled("Essay 1").details().resourceLinkId())
                .isEqualTo(copy.link().id());
        assertThat(copy.columnCalled("Lab").details().resourceId())
                .as("Canvas leaves out what tools noted")
                .isEqualTo(mode == Mode.CANVAS ? "" : "r-1");
        assertThat(copy.teacher()).isEqualTo(source.teacher());
        assertThat(copy.students()).doesNotContainAnyElementsOf(source.students());
    }

    @ParameterizedTest
    @EnumSource
    void itsLaunchesNameItsOriginsNearestFirst(Mode mode) {
        Course source = start(mode);
        Tool tool = lms.tools().get(0);
        Course copy = lms.copy(source, "Writing II", "WRI-2");
        Course copyOfCopy = lms.copy(copy, "Writing III", "WRI-3");

        assertThat(history(copyOfCopy)).isEqualTo(copy.contextId(tool) + "," + source.contextId(tool));
        assertThat(history(source)).isEqualTo(mode == Mode.GENERIC ? "$Context.id.history" : "");
    }

    @Test
    void onlyCanvasOffersNotices() {
        Course source = start(Mode.CANVAS);
        assertThat(claims(source)).containsKey(LtiNames.NOTIFICATION_SERVICE);
        lms.close();

        assertThat(claims(start(Mode.MOODLE))).doesNotContainKey(LtiNames.NOTIFICATION_SERVICE);
    }

    @Test
    void somebodyWhoLooksAroundCopiesACourseByAClick() {
        Course source = start(Mode.MOODLE);
        Browser browser = new Browser();
        Page page = browser.open(URI.create(lms.issuer() + "/courses/" + source.id()));

        Page copied = browser.submit(page, page.formTo("/copies"), Map.of());

        assertThat(copied.text()).contains("Academic writing (copy)", "Essay 1");
        assertThat(lms.courses()).hasSize(2);
    }

    private Course start(Mode mode) {
        Tool tool = Tool.laurel(URI.create("http://localhost:1"))
                .as(mode)
                .withCustom("context_history", "$Context.id.history");
        lms = ReferenceLms.builder().students(3).mode(mode).tool(tool).start();
        return lms.course();
    }

    private Object history(Course course) {
        return claims(course).get(LtiNames.CUSTOM) instanceof Map<?, ?> custom ? custom.get("context_history") : null;
    }

    private Map<String, Object> claims(Course course) {
        return lms.idToken(lms.launch(course, course.link(), course.teacher()), "nonce")
                .claims();
    }
}
