package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.PlayedSource;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.csv.CsvImport;
import dev.laurel.gradebook.csv.CsvImports;
import dev.laurel.gradebook.csv.Importing;
import dev.laurel.gradebook.moodle.MoodleCapability;
import dev.laurel.gradebook.moodle.TestReadingKeys;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

/** What an instructor is told of every kind of criterion, by what is connected. */
@LaurelTest
class WhatWorksIntegrationTests {

    private static final String ONE_MORE = "With one more permission";

    private static final String NEVER = "Not here Your learning platform tells nothing of this.";

    private static final String ATTEMPTS = "The best or the first of several attempts";

    private static final String SEEN = "In part Best and first are found among the grades that Laurel itself saw.";

    private static final Pattern ROW = Pattern.compile("(?s)<h2[^>]*>([^<]*)</h2>(.*?)(?=<h2|</ul>\\s*<section)");

    private static final Pattern BROKEN = Pattern.compile(
            "failed when it asked what it can read here: everything in the reference LMS\\. .* the number"
                    + " ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\\.");

    @Autowired
    ApplicationContext app;

    @Autowired
    CsvImports imports;

    @Autowired
    PublicUrl publicUrl;

    private LmsCourse course;

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void withNothingConnectedItIsSaidWhatOneKeyWouldUnlock() {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));

        Map<String, String> rows = rows();

        assertThat(rows.get("Scores of tasks"))
                .contains("Works tasks that Laurel has a column for")
                .contains("everything in Moodle that its key allows: The institution has given Laurel no key");
        for (String kind : new String[] {
            "Several tasks that are filed together",
            "Work that was handed in, whatever its grade",
            "The total of the course, of what is graded so far",
            "Totals of parts of the gradebook",
            "Activities, modules and courses that are complete",
            "Outcomes and competencies"
        }) {
            assertThat(rows.get(kind))
                    .as(kind)
                    .startsWith(ONE_MORE)
                    .contains("The institution has given Laurel no key to read more of its Moodle.");
        }
        assertThat(rows.get("Activities, modules and courses that are complete"))
                .contains("“Activities that are complete”");
        for (String kind : new String[] {"A letter for the whole course", "Single rows of rubrics"}) {
            assertThat(rows.get(kind)).as(kind).isEqualTo(NEVER);
        }
        assertThat(rows.get(ATTEMPTS))
                .startsWith(SEEN)
                .contains("tasks that Laurel has a column for: attempts are not told")
                .doesNotContain("Moodle");
        assertThat(rows.get("What people enter in Laurel")).startsWith("Works");
        assertThat(rows.get("Other badges and their credits")).startsWith("Works");
        assertThat(String.join(" ", rows.values())).doesNotContain("Canvas");
    }

    @Test
    void withAKeyForMoodleEachKindWorksOrNamesWhatTheKeyLacks() {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));
        TestReadingKeys.forMoodle(app, course, MoodleCapability.GRADES);

        Map<String, String> rows = rows();

        for (String kind : new String[] {
            "Scores of tasks",
            "Several tasks that are filed together",
            "Work that was handed in, whatever its grade",
            "The total of the course, as it would end now",
            "The total of the course, of what is graded so far",
            "Totals of parts of the gradebook"
        }) {
            assertThat(rows.get(kind))
                    .as(kind)
                    .startsWith("Works")
                    .contains("everything in Moodle that its key allows");
        }
        assertThat(rows.get(ATTEMPTS))
                .startsWith(SEEN)
                .contains("everything in Moodle that its key allows: attempts are not told.", "“Grading method”");
        Looking.at(app, course.tenant(), course.contextId());
        assertThat(rows().get("The total of the course, as it would end now"))
                .as("the total of this course leaves out what is not graded")
                .isEqualTo(NEVER);
        assertThat(rows.get("Outcomes and competencies"))
                .startsWith(ONE_MORE)
                .contains("the key of your institution does not allow it yet", "“Competencies”");
        assertThat(rows.get("A letter for the whole course"))
                .startsWith(NEVER)
                .endsWith("Say which percentages are which letters in this course");
        assertThat(rows.get("Single rows of rubrics")).isEqualTo(NEVER);
    }

    @Test
    void theLettersThatMoodleDoesNotTellAnInstructorStatesOnce() {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));
        assertThat(page("/course/letters")).as("without a total").contains("There is nothing to say here");
        TestReadingKeys.forMoodle(app, course, MoodleCapability.GRADES);
        Browser teacher = teacher();
        Page page = teacher.open(URI.create(publicUrl.at("/course/letters")));
        assertThat(page.text()).contains("Nobody has said it yet", "93 A", "0 F");

        for (String bad :
                new String[] {"", "93 A", "B 83\n0 F", "101 A\n0 F", "90 A\n90 B", "90 A\n80 A", "-1 A\n0 F"}) {
            Page again = teacher.submit(page, page.formTo("/course/letters"), Map.of("letters", bad));
            assertThat(again.text()).as(bad).contains("aria-invalid=\"true\"", "letters-error");
        }
        Gradebook gradebook = app.getBean(Gradebook.class);
        assertThat(gradebook.gradingScheme(course.tenant(), course.contextId())).isEmpty();

        teacher.submit(page, page.formTo("/course/letters"), Map.of("letters", "0 F\r\n\r\n 82,5 % B\r\n93 A "));

        assertThat(gradebook.gradingScheme(course.tenant(), course.contextId()))
                .hasValue(new GradingScheme(List.of(
                        new GradingScheme.Step("A", new BigDecimal("93")),
                        new GradingScheme.Step("B", new BigDecimal("82.5")),
                        new GradingScheme.Step("F", BigDecimal.ZERO))));
        assertThat(rows().get("A letter for the whole course"))
                .startsWith("Works everything in Moodle that its key allows");
        assertThat(page("/course/letters")).contains("82.5 B", "decided again");
        Looking.at(app, course.tenant(), course.contextId());
        assertThat(gradebook.gradingScheme(course.tenant(), course.contextId()))
                .as("Moodle says nothing of it")
                .isPresent();
    }

    @Test
    void withAKeyForCanvasAndATeachersPermissionEachKindWorksOrNamesWhatTheKeyLacks() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(1), CanvasConnection::tool);
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);

        Map<String, String> rows = rows();

        assertThat(rows.get("Scores of tasks")).contains("everything in Canvas that its key allows");
        assertThat(rows.get(ATTEMPTS))
                .startsWith("Works everything in Canvas that its key allows")
                .contains("Each attempt as it is graded now.", "“Allow Include Parameters”")
                .contains("tasks that Laurel has a column for: attempts are not told");
        assertThat(rows.get("Several tasks that are filed together")).startsWith("Works");
        assertThat(rows.get("A letter for the whole course"))
                .startsWith(ONE_MORE)
                .contains("“Totals of the course”");
        assertThat(rows.get("The total of the course, as it would end now"))
                .startsWith(ONE_MORE)
                .contains("“Totals of the course”");
        assertThat(rows.get("Activities, modules and courses that are complete"))
                .contains("“Modules”");
        assertThat(rows.get("Outcomes and competencies")).contains("“Outcomes”");
        assertThat(rows.get("Single rows of rubrics")).startsWith(ONE_MORE);
        assertThat(rows.get("Totals of parts of the gradebook")).isEqualTo(NEVER);
    }

    @Test
    void noTotalDecidesWhereLaurelWritesAColumnAndThatIsSaid() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(1), CanvasConnection::tool);
        CanvasConnection.connect(app, course, CanvasCapability.GRADES, CanvasCapability.TOTALS);
        String[] totals = {
            "The total of the course, of what is graded so far",
            "The total of the course, as it would end now",
            "A letter for the whole course"
        };
        Map<String, String> before = rows();
        for (String kind : totals) {
            assertThat(before.get(kind)).as(kind).startsWith("Works");
        }

        app.getBean(Gradebook.class)
                .createColumn(course.tenant(), course.contextId(), "Badge: Writer", BigDecimal.ONE, true, "writer");

        Map<String, String> rows = rows();
        for (String kind : totals) {
            assertThat(rows.get(kind))
                    .as(kind)
                    .startsWith("Not here Laurel writes the column “Badge: Writer” of this course")
                    .contains("a badge would feed itself");
        }
        assertThat(rows.get("Scores of tasks")).startsWith("Works");
        assertThat(rows.get("Totals of parts of the gradebook")).isEqualTo(NEVER);
    }

    @Test
    void withAKeyForCanvasAloneThePermissionOfATeacherIsWhatIsMissing() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(1), CanvasConnection::tool);
        CanvasConnection.key(app, course);

        Map<String, String> rows = rows();

        assertThat(rows.get("Outcomes and competencies")).startsWith(ONE_MORE).contains("everything in Canvas");
        assertThat(rows.get(ATTEMPTS)).startsWith(SEEN).contains("everything in Canvas that its key allows: ");
        assertThat(rows.get("Totals of parts of the gradebook")).isEqualTo(NEVER);
    }

    @Test
    void aFileBringsScoresAndTotalsAndNothingElse() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(1));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        Importing teacher = new Importing(
                course.tenant(),
                course.contextId(),
                course.person(course.course().teacher()));
        byte[] file =
                ("email,Lab report\n" + course.course().student(0).email() + ",8.5\n").getBytes(StandardCharsets.UTF_8);
        imports.bring(teacher, "labs.csv", () -> new ByteArrayInputStream(file));
        imports.confirm(teacher, imports.staged(teacher).orElseThrow().fingerprint());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> imports.decided(course.tenant(), course.contextId()).stream()
                        .noneMatch(CsvImport::isRunning));

        Map<String, String> rows = rows();

        assertThat(rows.get("Scores of tasks")).startsWith("Works").contains("results from a file");
        assertThat(rows.get("Several tasks that are filed together")).doesNotStartWith("Works");
        assertThat(rows.get(ATTEMPTS)).startsWith(SEEN).contains("results from a file: attempts are not told");
        assertThat(rows.get("Outcomes and competencies")).doesNotContain("results from a file");
    }

    @Test
    void thatAssistantsAreUnknownIsSaidUntilAKeyHasToldWhoTheyAre() {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        String unknown = "does not always tell Laurel who is a teaching assistant";
        assertThat(page("/course/assistants")).contains(unknown);

        TestReadingKeys.forMoodle(app, course, MoodleCapability.GRADES, MoodleCapability.PEOPLE);
        assertThat(page("/course/assistants")).as("nothing was read yet").contains(unknown);
        Looking.at(app, course.tenant(), course.contextId());
        assertThat(page("/course/assistants")).doesNotContain(unknown);

        TestReadingKeys.forMoodle(app, course, MoodleCapability.GRADES);
        assertThat(page("/course/assistants"))
                .as("who comes from now on is not told")
                .contains(unknown);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void ofASourceThatBreaksTheNumberIsSaidUnderWhichItIsLoggedAndTheOthersAreShown(CapturedOutput output) {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));
        app.getBean(PlayedSource.class).breakFor(course.lms());

        Matcher said = BROKEN.matcher(page("/course/sources"));
        assertThat(said.find()).isTrue();
        assertThat(output.toString()).contains("What played reads of course", "reference " + said.group(1));

        Map<String, String> rows = rows();
        assertThat(rows.get("Scores of tasks")).startsWith("Works tasks that Laurel has a column for");
        assertThat(rows.get("Outcomes and competencies")).startsWith(ONE_MORE).contains("everything in Moodle");
        assertThat(rows.get("Single rows of rubrics")).isEqualTo("Not known now");
        for (String path : List.of("/course", "/course/assistants", "/badges/new")) {
            assertThat(page(path)).as(path).contains("<main").doesNotContain("Something went wrong");
        }
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(page("/course/sources"));
        while (row.find()) {
            rows.put(
                    row.group(1).strip(),
                    HtmlUtils.htmlUnescape(row.group(2).replaceAll("<[^>]*>", " "))
                            .replaceAll("\\s+", " ")
                            .strip());
        }
        return rows;
    }

    private String page(String path) {
        return teacher().open(URI.create(publicUrl.at(path))).text();
    }

    private Browser teacher() {
        Browser teacher = new Browser();
        teacher.launch(course.lms().launch(course.course().teacher()));
        return teacher;
    }
}
