package dev.laurel.dashboard.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Passes;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lms.Browser;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** An instructor brings results in a file, over HTTP as people do it. */
@LaurelTest
class ImportPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Issuers issuers;

    @Autowired
    Awards awards;

    @Autowired
    Passes passes;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Browser teacher;

    @BeforeEach
    void aCourseOfTwo() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        course = launched.lms().course();
        teacher = launched.launch(course.teacher());
        launched.awaitEarners(2);
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    /** Its connection breaks, or the LMS's frame is left. */
    @Test
    void aFileWhoseUploadBreaksOffIsNotKept() throws IOException {
        Page page = teacher.open(at("/course/import"));
        String whole = "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n"
                + page.formTo("/course/import").fields().get("_csrf")
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"results.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\nE-mail,Lab report\r\n" + mail(0) + ",8\r\n" + mail(1)
                + ",9\r\n--x--\r\n";
        upload(page, whole.substring(0, whole.length() - 20), whole.length());

        assertThat(teacher.open(at("/course/import/columns")).uri().getPath()).isEqualTo("/course/import");

        upload(page, whole, whole.length());
        assertThat(teacher.open(at("/course/import/columns")).text())
                .as("sent to its end it is kept")
                .contains("Lab report");
    }

    /** @param length that is announced */
    private void upload(Page page, String body, int length) throws IOException {
        String cookies = teacher.cookies().all().stream()
                .filter(cookie -> cookie.host().equals(page.uri().getHost()))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        try (Socket socket = new Socket(page.uri().getHost(), page.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("""
                            POST /course/import HTTP/1.1\r
                            Host: %s\r
                            Connection: close\r
                            Cookie: %s\r
                            Content-Type: multipart/form-data; boundary=x\r
                            Content-Length: %d\r
                            \r
                            %s""".formatted(page.uri().getAuthority(), cookies, length, body)
                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            // Whatever is answered, it is answered once Laurel knows that no more comes.
            socket.getInputStream().readAllBytes();
        }
    }

    private String mail(int student) {
        return course.student(student).email();
    }

    @Test
    void aFileIsMappedLookedAtAndOnlyThenImportedAndItsColumnIsOneLikeOthers() {
        assertThat(teacher.open(at("/course")).text()).contains("Bring in results from a file");

        Page columns = bring("Name;E-mail;Lab report\nAda;" + mail(0) + ";8,5\nBao;" + mail(1)
                + ";=HYPERLINK(1)\nTa;stranger@example.org;\"=9\"\n");
        assertThat(columns.uri().getPath()).isEqualTo("/course/import/columns");
        assertThat(columns.text()).contains("Lab report", "3 lines below the names of its columns", "8,5");

        Page none = map(columns, Map.of());
        assertThat(none.text()).as("too few numbers to be sure").contains("Choose the columns with results.");
        Page preview = map(none, Map.of("role-2", "RESULT", "maximum-2", "10"));
        assertThat(preview.text())
                .contains("Nothing of “results.csv” is imported yet.", "Results in: Lab report")
                .contains("This is not a number as this file writes them.", "Nobody in this course is known by this.")
                .contains("stranger@example.org", "Import one result");
        assertThat(imported()).isEmpty();

        Page problems = teacher.open(at("/course/import/problems"));
        assertThat(problems.header("Content-Disposition"))
                .hasValueSatisfying(how -> assertThat(how).startsWith("attachment"));
        assertThat(problems.text())
                .startsWith("\uFEFF")
                .contains("4,", "stranger@example.org")
                .contains(",'=HYPERLINK(1),")
                .doesNotContain(",=HYPERLINK");

        Page confirmed = teacher.submit(preview, preview.formTo("/confirmation"), Map.of());
        assertThat(confirmed.text()).contains("The file is being imported.");
        await().atMost(PATIENCE)
                .until(() -> teacher.open(at("/course/import")).text().contains("one result was new or changed"));
        assertThat(teacher.open(at("/course/import")).text())
                .contains("Brought by " + course.teacher().name(), "and 2 things were not taken");
        assertThat(imported())
                .singleElement()
                .satisfies(item -> assertThat(item.scoreMaximum()).isEqualByComparingTo("10"));
        assertThat(teacher.open(at("/course")).text()).contains("Lab report");

        Page again =
                map(bring("E-mail;Lab report\n" + mail(0) + ";8,5\n"), Map.of("role-1", "RESULT", "maximum-1", "10"));
        assertThat(again.text())
                .contains("What can be taken of this file is here already.")
                .doesNotContain("Import one");
        Page dropped = teacher.submit(again, again.formTo("/removal"), Map.of());
        assertThat(dropped.text()).contains("Nothing was taken, and the file is forgotten.");

        Page unknown = map(
                bring("E-mail;Lab report\n" + mail(1) + ";8,5\nstranger@example.org;9\n"),
                Map.of("role-1", "RESULT", "maximum-1", "10", "takeBack", "on"));
        assertThat(unknown.text())
                .contains("Nothing is taken back: in one line it is not clear whose results they are.")
                .contains("Import one result");
    }

    @Test
    void whatCannotBeReadSaysWhyAndWhereAndNothingIsLostByIt() {
        assertThat(bring("PK\u0003\u0004...").text()).contains("This is a workbook, whatever its name says.");
        assertThat(bring("email,Quiz\n" + mail(0) + ",\"1\n").text())
                .contains("Line 2: A quotation mark opens or closes in the wrong place");
        assertThat(bring("").text()).contains("Choose a file first.");
        Page form = teacher.open(at("/course/import"));
        Page large = teacher.submit(form, form.formTo("/course/import"), "file", "a.csv", new byte[22 << 20]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.text()).contains("a file with results at most 20 MB");

        Page unclear = map(bring("email;Run\n" + mail(0) + ";1,234\n"), Map.of());
        assertThat(unclear.text()).contains("Say how numbers are written in this file: it can be read both ways.");
        assertThat(map(unclear, Map.of("decimals", "COMMA")).text()).contains("Import one result");
        Page columns = teacher.open(at("/course/import/columns"));
        Page one = teacher.submit(columns, columns.formTo("/separator"), Map.of("separator", "bar"));
        assertThat(one.text()).contains("Only one column can be found").contains("Run");
    }

    @Test
    void whoIsNoInstructorBringsNothing() {
        Browser student = launched.launch(course.student(0));
        Browser assistant = launched.launch(course.assistant());

        assertThat(student.open(at("/course/import")).status()).isEqualTo(404);
        assertThat(assistant.open(at("/course/import")).status()).isEqualTo(404);
    }

    @Test
    void aBadgeOfTheInstitutionThatRestsOnAFileTakesASecondPerson() {
        Issuer institution = issuers.createForInstitution(
                launched.tenant(), "Example University", launched.person(course.teacher()));
        issuers.grant(launched.tenant(), institution.id(), launched.context().id(), launched.person(course.teacher()));
        importing("email,Essay\n" + mail(0) + ",90\n", "100");
        LineItem essay = imported().get(0);
        RuleSet badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "At least 80 %.", "#1f4e79", null),
                Score.atLeast(essay.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));

        Award award = await().atMost(PATIENCE)
                .until(
                        () -> awards.ofRuleSet(launched.tenant(), badge.id()).stream()
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(award.waitsFor()).isEqualTo(Award.Wait.SECOND_PERSON);
        assertThat(teacher.open(at("/badges/" + badge.id())).text()).contains("waits for a second person");
        assertThat(accept(teacher, badge, award).text())
                .contains("These cases rest on results that you entered or brought in a file");
        assertThat(awards.find(launched.tenant(), award.id()).orElseThrow().waitsFor())
                .isEqualTo(Award.Wait.SECOND_PERSON);

        LmsUser other = course.enrol("Ruth", "Okafor", LmsRole.INSTRUCTOR);
        assertThat(accept(launched.launch(other), badge, award).text()).contains("Accepted.");
        assertThat(awards.find(launched.tenant(), award.id()).orElseThrow().waitsFor())
                .isNull();
    }

    @Test
    void aBadgeOfTheCourseThatRestsOnAFileDoesNot() {
        importing("email,Essay\n" + mail(0) + ",90\n", "100");
        RuleSet badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "At least 80 %.", "#1f4e79", null),
                Score.atLeast(imported().get(0).id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));

        Award award = await().atMost(PATIENCE)
                .until(
                        () -> awards.ofRuleSet(launched.tenant(), badge.id()).stream()
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(award.waitsFor()).isNull();
        assertThat(teacher.open(at("/badges/" + badge.id() + "/learners/" + award.personId()))
                        .text())
                .contains(
                        "from a file that staff brought",
                        "from a file that " + course.teacher().name() + " brought");
    }

    @Test
    void whatTheBrakeHeldStillTakesASecondPersonOnceSomebodyConfirmsIt() {
        launched.close();
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(20));
        course = launched.lms().course();
        teacher = launched.launch(course.teacher());
        launched.awaitEarners(20);
        Issuer institution = issuers.createForInstitution(
                launched.tenant(), "Example University", launched.person(course.teacher()));
        issuers.grant(launched.tenant(), institution.id(), launched.context().id(), launched.person(course.teacher()));
        StringBuilder file = new StringBuilder("email,Essay\n");
        for (int student = 0; student < 13; student++) {
            file.append(mail(student)).append(",90\n");
        }
        Page preview = map(bring(file.toString()), Map.of("role-1", "RESULT", "maximum-1", "100"));
        teacher.submit(preview, preview.formTo("/confirmation"), Map.of());
        await().atMost(PATIENCE)
                .until(() -> teacher.open(at("/course/import")).text().contains("13 results were new or changed"));
        RuleSet badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "At least 80 %.", "#1f4e79", null),
                Score.atLeast(imported().get(0).id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(awards.ofRuleSet(launched.tenant(), badge.id()))
                        .hasSize(13)
                        .allSatisfy(award -> assertThat(award.waitsFor()).isEqualTo(Award.Wait.BRAKE)));

        long pass = passes.ofRuleSet(launched.tenant(), badge.id()).get(0).id();
        Page held = teacher.open(at("/badges/" + badge.id() + "/passes/" + pass));
        teacher.submit(held, held.formTo("/confirmation"), Map.of());

        assertThat(awards.ofRuleSet(launched.tenant(), badge.id()))
                .as("her own file, and her own word for it")
                .allSatisfy(award -> {
                    assertThat(award.waitsFor()).isEqualTo(Award.Wait.SECOND_PERSON);
                    assertThat(award.releasedAt()).isNull();
                });
        Award one = awards.ofRuleSet(launched.tenant(), badge.id()).get(0);
        assertThat(accept(teacher, badge, one).text())
                .contains("These cases rest on results that you entered or brought in a file");
        LmsUser other = course.enrol("Ruth", "Okafor", LmsRole.INSTRUCTOR);
        assertThat(accept(launched.launch(other), badge, one).text()).contains("Accepted.");
        assertThat(awards.find(launched.tenant(), one.id()).orElseThrow().waitsFor())
                .isNull();
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id()))
                .filteredOn(award -> award.waitsFor() == Award.Wait.SECOND_PERSON)
                .hasSize(12);
    }

    @Test
    void aColumnIsRenamedAndRemovedWithTheBadgesThatRestOnItSaidBeforehandAndNobodyLosesOne() {
        importing("email,Essay\n" + mail(0) + ",90\n", "100");
        LineItem essay = imported().get(0);
        RuleSet badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "At least 80 %.", "#1f4e79", null),
                Score.atLeast(essay.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()).stream()
                        .anyMatch(award -> award.releasedAt() != null));

        Page column = teacher.open(at("/course/columns/" + essay.id()));
        assertThat(teacher.open(at("/course")).text()).contains("/course/columns/" + essay.id());
        assertThat(column.text())
                .contains("A file brought this column", ">Essayist</a>", ": one student was told of it and keeps it");
        Page renamed = teacher.submit(column, column.formTo("/name"), Map.of("name", "Essay on trees"));
        assertThat(renamed.text()).contains("The column is called “Essay on trees” now.");
        assertThat(imported().get(0).label()).isEqualTo("Essay on trees");

        Page question = teacher.open(at("/course/columns/" + essay.id() + "/removal"));
        assertThat(question.text())
                .contains(
                        "Remove “Essay on trees”",
                        "Its results do not count any more.",
                        "The badge “Essayist” asks for it and cannot be earned by it from then on.",
                        "One student who was told of one keeps it.")
                .doesNotContain("taken back");
        assertThat(imported().get(0).deleted()).isFalse();
        teacher.submit(question, question.formTo("/removal"), Map.of());

        assertThat(imported().get(0).deleted()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> teacher.open(at("/badges/" + badge.id())).text().contains("deleted"));
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id()))
                .singleElement()
                .satisfies(award -> assertThat(award.revokedAt()).isNull());
        assertThat(teacher.open(at("/course/import")).text())
                .contains(
                        "“Essay” is called “Essay on trees” since",
                        "“Essay on trees” was removed by " + course.teacher().name());
    }

    private void importing(String text, String maximum) {
        Page preview = map(bring(text), Map.of("role-1", "RESULT", "maximum-1", maximum));
        teacher.submit(preview, preview.formTo("/confirmation"), Map.of());
        await().atMost(PATIENCE)
                .until(() -> !imported().isEmpty()
                        && teacher.open(at("/course/import")).text().contains("one result was new or changed"));
    }

    private Page accept(Browser browser, RuleSet badge, Award award) {
        Page page = browser.open(at("/badges/" + badge.id() + "/cases"));
        Page.Form form = page.forms().stream()
                .filter(each -> each.action().endsWith("/cases/review"))
                .findFirst()
                .orElseThrow();
        return browser.submit(
                page, form, Map.of("award", Long.toString(award.id()), "decision", "accept", "reason", "Seen."));
    }

    private Page bring(String text) {
        Page form = teacher.open(at("/course/import"));
        return teacher.submit(
                form, form.formTo("/course/import"), "file", "results.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Page map(Page columns, Map<String, String> typed) {
        return teacher.submit(columns, columns.formTo("/course/import/columns"), typed);
    }

    private List<LineItem> imported() {
        return gradebook.lineItems(launched.tenant(), launched.context().id()).stream()
                .filter(item -> item.source().equals("csv"))
                .toList();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
