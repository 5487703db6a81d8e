package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.Statements;
import dev.laurel.context.Contexts;
import dev.laurel.context.Erasures;
import dev.laurel.context.LmsCourse;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ResultTrail;
import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import lms.LmsRole;
import lms.LmsUser;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** From a file to the log of a course of a real platform. */
abstract class CsvImportsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    CsvImports imports;

    @Autowired
    ImportedColumns importedColumns;

    @Autowired
    ImportJob job;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Contexts contexts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private LmsCourse course;

    private Importing teacher;

    private long ada;

    private long bao;

    private String adaMail;

    private String baoMail;

    @BeforeEach
    void start() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(3));
        contexts.refreshRoster(course.tenant(), course.contextId());
        teacher = new Importing(
                course.tenant(),
                course.contextId(),
                course.person(course.course().teacher()));
        ada = course.person(course.course().student(0));
        bao = course.person(course.course().student(1));
        adaMail = course.course().student(0).email();
        baoMail = course.course().student(1).email();
    }

    @AfterEach
    void close() {
        course.close();
    }

    private String table() {
        return "email,Essay,Quiz\n" + adaMail.toUpperCase(java.util.Locale.ROOT) + ",45.5,9\n" + baoMail + ",EX,-\n";
    }

    @Test
    void nothingIsImportedUntilConfirmedAndThenItIsInTheLogWithWhoBroughtIt() {
        imports.bring(teacher, "results.csv", TestCsv.bytes(table()));
        CsvPreview preview = imports.preview(teacher);

        assertThat(preview.columns()).containsExactly("Essay", "Quiz");
        assertThat(preview.added()).isEqualTo(3);
        assertThat(preview.problems()).isZero();
        assertThat(columns()).isEmpty();

        confirmed();

        Map<String, LineItem> columns = columns();
        assertThat(columns).containsOnlyKeys("Essay", "Quiz");
        Observation essay = seen(columns.get("Essay"), ada);
        assertThat(essay.source()).isEqualTo("csv");
        assertThat(essay.isImported()).isTrue();
        assertThat(essay.score()).isEqualByComparingTo("45.5");
        assertThat(essay.visibility()).as("no file knows").isEqualTo(Observation.Visibility.UNKNOWN);
        assertThat(essay.occurredAt()).isNull();
        assertThat(seen(columns.get("Essay"), bao).status()).isEqualTo(Observation.Status.EXCUSED);
        assertThat(results(columns.get("Quiz"))).containsOnlyKeys(ada);
        assertThat(trail(columns.get("Essay"), ada).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.origin()).isEqualTo(ResultTrail.Origin.IMPORTED);
            assertThat(entry.byPerson()).isEqualTo(teacher.personId());
        });
        assertThat(imports.decided(course.tenant(), course.contextId()))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.state()).isEqualTo(CsvImport.State.DONE);
                    assertThat(each.recorded()).isEqualTo(3);
                    assertThat(each.rowsDone()).isEqualTo(2);
                });
        assertThat(kept()).as("parts of files").isZero();
    }

    @Test
    void theSameTwiceChangesNothingAndNextWeeksFileChangesWhatIsOther() {
        importing(table());
        long log = log();

        imports.bring(teacher, "again.csv", TestCsv.bytes(table()));
        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.changesNothing()).isTrue();
            assertThat(preview.same()).isEqualTo(3);
        });
        confirmed();
        assertThat(log()).isEqualTo(log);

        imports.bring(teacher, "later.csv", TestCsv.bytes("email,ESSAY \n" + baoMail + ",12\n"));
        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.changed()).isEqualTo(1);
            assertThat(preview.missing()).as("Ada's essay").isEqualTo(1);
            assertThat(preview.takesBack()).isFalse();
        });
        confirmed();
        assertThat(columns()).as("the same column, as it is called now").containsOnlyKeys("ESSAY", "Quiz");
        assertThat(seen(columns().get("ESSAY"), ada).score()).isEqualByComparingTo("45.5");
        assertThat(seen(columns().get("ESSAY"), bao).score()).isEqualByComparingTo("12");
        assertThat(log()).isEqualTo(log + 1);
    }

    @Test
    void whatIsNotInTheFileIsTakenBackOnlyIfAskedAndOnlyWhereEveryLineIsClear() {
        importing(table());
        String later = "email,Essay,Quiz\n" + baoMail + ",EX,8\n";

        bring(later, true);
        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.missing()).isEqualTo(2);
            assertThat(preview.takesBack()).isTrue();
        });
        bring(later + adaMail + ",nonsense,\n,9,9\n", true);
        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.unclearLines()).isEqualTo(1);
            assertThat(preview.takesBack()).isFalse();
        });
        bring(later + adaMail + ",nonsense,\n", true);
        assertThat(imports.preview(teacher).missing())
                .as("what cannot be read is not missing")
                .isEqualTo(1);
        confirmed();

        assertThat(seen(columns().get("Essay"), ada).status()).isEqualTo(Observation.Status.GRADED);
        assertThat(seen(columns().get("Quiz"), ada).status()).isEqualTo(Observation.Status.NONE);
        assertThat(seen(columns().get("Quiz"), bao).score()).isEqualByComparingTo("8");
    }

    @Test
    void whoLeftKeepsWhatAFileThatNamesHerNoMoreDoesNotHaveAndCanStillGetAResult() {
        importing(table());
        course.course().drop(course.course().student(0));
        contexts.refreshRoster(course.tenant(), course.contextId());

        bring("email,Essay,Quiz\n" + baoMail + ",EX,8\n", true);
        assertThat(imports.preview(teacher).missing()).isZero();
        confirmed();
        assertThat(seen(columns().get("Essay"), ada).score()).isEqualByComparingTo("45.5");

        importing("email,Essay,Quiz\n" + adaMail + ",47,9\n" + baoMail + ",EX,8\n");
        assertThat(seen(columns().get("Essay"), ada).score()).isEqualByComparingTo("47");
    }

    @Test
    void whoeverHasAnotherAddressInTheNextFileKeepsHerResultsAlthoughItTakesBackWhatItDoesNotHave() {
        importing(table());

        bring("email,Essay,Quiz\nada.newly.named@example.edu,47,9\n" + baoMail + ",EX,8\n", true);
        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.missing())
                    .as("what is Ada's under her old address")
                    .isEqualTo(2);
            assertThat(preview.unclearLines()).isEqualTo(1);
            assertThat(preview.takesBack()).isFalse();
        });
        confirmed();

        assertThat(seen(columns().get("Essay"), ada).score()).isEqualByComparingTo("45.5");
        assertThat(seen(columns().get("Quiz"), ada).score()).isEqualByComparingTo("9");
        assertThat(seen(columns().get("Quiz"), bao).score()).isEqualByComparingTo("8");
    }

    @Test
    void peopleAreKnownByTheirNumberInThePlatformAndNobodyIsAdded() {
        long people = count("person");

        imports.bring(
                teacher,
                "numbers.csv",
                TestCsv.bytes("user id,Essay\n" + course.course().student(0).id() + ",1\nnobody-known,2\n"
                        + course.course().teacher().id() + ",3\n"));

        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.added()).isEqualTo(1);
            assertThat(preview.shown())
                    .extracting(CsvProblem::line, CsvProblem::reason)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple(3L, CsvProblem.Reason.UNKNOWN_LEARNER),
                            org.assertj.core.api.Assertions.tuple(4L, CsvProblem.Reason.NO_LEARNER));
        });
        confirmed();
        assertThat(results(columns().get("Essay"))).containsOnlyKeys(ada);
        assertThat(count("person")).isEqualTo(people);
    }

    @Test
    void aNumberThatOnlyCountsTheLinesIsNotTakenForAnotherStudents() {
        String adasNumber = course.course().student(0).id();
        String baosNumber = course.course().student(1).id();
        String adasName = course.course().student(0).name();
        String lines = "Name,Essay\n" + adasNumber + "," + adasName + ",1\n" + baosNumber + ",Somebody Different,2\n";

        imports.bring(teacher, "clickers.csv", TestCsv.bytes("ID," + lines));
        assertThat(imports.staged(teacher).orElseThrow().flaws())
                .extracting(CsvMapping.Flaw::problem)
                .as("the column may mean anything")
                .containsExactly(CsvMapping.Problem.NOBODY);

        imports.bring(teacher, "numbers.csv", TestCsv.bytes("user id," + lines));
        CsvPreview preview = imports.preview(teacher);
        assertThat(preview.people()).containsExactly(new CsvPreview.Taken(2, adasNumber, adasName));
        assertThat(preview.shown()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(CsvProblem.Reason.OTHER_NAME);
            assertThat(problem.line()).isEqualTo(3);
        });
    }

    @Test
    void aLineWhoseNameIsAnotherStudentsIsNotTakenHoweverElseItNamesHer() {
        String adasName = course.course().student(0).name();
        String adasMail = course.course().student(0).email();
        String baosMail = course.course().student(1).email();

        imports.bring(
                teacher,
                "shifted.csv",
                TestCsv.bytes("Name,Email,Essay\n" + adasName + "," + adasMail + ",1\nSomebody Different," + baosMail
                        + ",2\n\u738B\u4F1F," + baosMail + ",3\n"));

        CsvPreview preview = imports.preview(teacher);
        assertThat(preview.people())
                .extracting(CsvPreview.Taken::line)
                .as("scripts are not compared")
                .contains(2L, 4L);
        assertThat(preview.shown())
                .extracting(CsvProblem::line, CsvProblem::reason)
                .containsExactly(org.assertj.core.api.Assertions.tuple(3L, CsvProblem.Reason.OTHER_NAME));
    }

    @Test
    void aNameThatIsWrittenWithoutBlanksIsTheSameNameAndAnotherOneIsNot() {
        LmsUser wang = course.course().enrol("\u4F1F", "\u738B", LmsRole.LEARNER);
        LmsUser an = course.course().enrol("An", "Li", LmsRole.LEARNER);
        contexts.refreshRoster(course.tenant(), course.contextId());

        imports.bring(
                teacher,
                "names.csv",
                TestCsv.bytes("Name,Email,Essay\n\u738B\u4F1F," + wang.email() + ",1\n\u674E\u5A1C," + wang.email()
                        + ",2\nAnsgar Lindt," + an.email() + ",3\n"));

        CsvPreview preview = imports.preview(teacher);
        assertThat(preview.people()).extracting(CsvPreview.Taken::line).containsExactly(2L);
        assertThat(preview.shown())
                .extracting(CsvProblem::line, CsvProblem::reason)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(3L, CsvProblem.Reason.OTHER_NAME),
                        org.assertj.core.api.Assertions.tuple(4L, CsvProblem.Reason.OTHER_NAME));
    }

    @Test
    void aColumnOfTheGradebookWithTheSameNameStaysAnotherOne() {
        course.addColumn("Essay", 100);
        importing(table());

        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .filteredOn(item -> item.label().equals("Essay"))
                .extracting(LineItem::source)
                .contains("csv")
                .doesNotHaveDuplicates();
    }

    @Test
    void afterACrashItGoesOnWhereItWasAndRepeatsNothing() {
        importing(table());
        long log = log();
        long id = imports.decided(course.tenant(), course.contextId()).get(0).id();

        job.run(course.tenant(), Long.toString(id));

        assertThat(log()).isEqualTo(log);

        imports.bring(teacher, "more.csv", TestCsv.bytes("email,Essay\n" + adaMail + ",1\n" + baoMail + ",2\n"));
        long staged = imports.staged(teacher).orElseThrow().of().id();
        jdbc.sql("UPDATE csv_import SET state = 'CONFIRMED', confirmed_at = uploaded_at, rows_done = 1 WHERE id = ?")
                .param(staged)
                .update();
        job.run(course.tenant(), Long.toString(staged));

        assertThat(seen(columns().get("Essay"), ada).score())
                .as("recorded before the crash")
                .isEqualByComparingTo("45.5");
        assertThat(seen(columns().get("Essay"), bao).score()).isEqualByComparingTo("2");
        assertThat(log()).isEqualTo(log + 1);
    }

    @Test
    void aColumnKeepsTheNameThatItWasGivenWhenItsFileIsBroughtAgain() {
        importing(table());
        long essay = columns().get("Essay").id();

        importedColumns.rename(teacher, essay, "Essay on trees");

        assertThat(columns()).containsOnlyKeys("Essay on trees", "Quiz");
        importing("email,Essay\n" + baoMail + ",12\n");
        assertThat(columns()).containsOnlyKeys("Essay on trees", "Quiz");
        assertThat(columns().get("Essay on trees").id()).isEqualTo(essay);
        assertThat(seen(columns().get("Essay on trees"), bao).score()).isEqualByComparingTo("12");
        assertThat(importedColumns.acts(course.tenant(), course.contextId()))
                .singleElement()
                .satisfies(act -> {
                    assertThat(act.before()).isEqualTo("Essay");
                    assertThat(act.after()).isEqualTo("Essay on trees");
                    assertThat(act.byPerson()).isEqualTo(teacher.personId());
                });
    }

    @Test
    void aColumnThatIsRemovedIsGoneAndComesBackWithItsResultsWhenItsFileIsBroughtAgain() {
        importing(table());
        LineItem essay = columns().get("Essay");
        long log = log();

        importedColumns.remove(teacher, essay.id());

        assertThat(gradebook.lineItem(course.tenant(), essay.id()).orElseThrow().deleted())
                .isTrue();
        assertThat(importedColumns.acts(course.tenant(), course.contextId()))
                .singleElement()
                .satisfies(act -> assertThat(act.isRemoval()).isTrue())
                .satisfies(act -> assertThat(act.byPerson()).isEqualTo(teacher.personId()));
        assertThat(catchThrowableOfType(CsvRefusedException.class, () -> importedColumns.remove(teacher, essay.id()))
                        .reason())
                .isEqualTo(Reason.GONE);

        importing(table());
        assertThat(columns().get("Essay").deleted()).isFalse();
        assertThat(columns().get("Essay").id()).isEqualTo(essay.id());
        assertThat(seen(columns().get("Essay"), ada).score()).isEqualByComparingTo("45.5");
        assertThat(log()).as("nothing is said twice").isEqualTo(log);
    }

    @Test
    void noColumnIsChangedWhileAFileIsRecordedNorOneOfAnotherCourseOrSource() {
        importing(table());
        long essay = columns().get("Essay").id();
        long ofLms = gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> !item.source().equals(CsvImports.SOURCE))
                .findFirst()
                .map(LineItem::id)
                .orElse(0L);
        for (long foreign : new long[] {ofLms, Long.MAX_VALUE}) {
            assertThat(catchThrowableOfType(
                                    CsvRefusedException.class, () -> importedColumns.rename(teacher, foreign, "Mine"))
                            .reason())
                    .isEqualTo(Reason.GONE);
        }
        jdbc.sql("UPDATE csv_import SET state = 'CONFIRMED' WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();

        assertThat(catchThrowableOfType(CsvRefusedException.class, () -> importedColumns.remove(teacher, essay))
                        .reason())
                .isEqualTo(Reason.BUSY);
        assertThat(columns().get("Essay").deleted()).isFalse();
    }

    @Test
    void aTotalFromAFileIsATotalThatBadgesCanAskForAndNoPartOfAnything() {
        bring(
                "Student,ID,SIS Login ID,Section,Essay (101),Essays Final Score\n"
                        + "    Points Possible,,,,50,(read only)\n"
                        + "Ada,1," + adaMail + ",A,45.5,91\n",
                false);
        confirmed();

        assertThat(columns().get("Essays Final Score").kind()).isEqualTo(LineItem.Kind.SUBTOTAL);
        assertThat(columns().get("Essay").kind()).isEqualTo(LineItem.Kind.SCORE);
        Rule rule = Score.atLeast(columns().get("Essays Final Score").id(), new BigDecimal("80"), Rule.Unit.POINTS);
        RuleSets ruleSets = app.getBean(RuleSets.class);
        ruleSets.check(course.tenant(), course.contextId(), 0, rule);

        gradebook.createColumn(course.tenant(), course.contextId(), "Badge: Writer", BigDecimal.ONE, true, "writer");

        assertThatThrownBy(() -> ruleSets.check(course.tenant(), course.contextId(), 0, rule))
                .hasMessage("rule.bad.own-column-in-total");
    }

    @Test
    void whatIsKeptIsSealedBelongsToWhoBroughtItAndGoesWithTheDataOfAnybodyErased() {
        imports.bring(teacher, "personal-name.csv", TestCsv.bytes(table()));
        byte[] part = jdbc.sql("SELECT sealed FROM csv_import_part WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(byte[].class)
                .single();
        assertThat(new String(part, StandardCharsets.ISO_8859_1)).doesNotContainIgnoringCase(baoMail);
        byte[] described = jdbc.sql("SELECT sealed FROM csv_import WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(byte[].class)
                .single();
        assertThat(new String(described, StandardCharsets.ISO_8859_1)).doesNotContain("personal-name", "example");
        assertThat(imports.staged(new Importing(course.tenant(), course.contextId(), ada)))
                .isEmpty();

        app.getBean(Erasures.class).erase(course.tenant(), bao);

        assertThat(imports.staged(teacher)).isEmpty();
        assertThat(kept()).isZero();
    }

    @Test
    void whoDidNotDecideForADayBringsItOnceMore() {
        imports.bring(teacher, "old.csv", TestCsv.bytes(table()));
        jdbc.sql("UPDATE csv_import SET uploaded_at = uploaded_at - INTERVAL 25 HOUR WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();

        assertThat(imports.staged(teacher)).isEmpty();
        job.forget(course.tenant());
        assertThat(kept()).isZero();
    }

    @Test
    void onlyWhatWasLookedAtIsConfirmed() {
        imports.bring(teacher, "results.csv", TestCsv.bytes(table()));
        String looked = imports.staged(teacher).orElseThrow().fingerprint();
        bring(table(), true);

        assertThat(catchThrowableOfType(CsvRefusedException.class, () -> imports.confirm(teacher, looked))
                        .reason())
                .isEqualTo(Reason.GONE);
        assertThatNoException()
                .isThrownBy(() -> imports.confirm(
                        teacher, imports.staged(teacher).orElseThrow().fingerprint()));
        await().atMost(PATIENCE).until(this::isDone);
        assertThat(catchThrowableOfType(CsvRefusedException.class, () -> imports.confirm(teacher, looked))
                        .reason())
                .isEqualTo(Reason.GONE);
    }

    @Test
    void aFileOfAnyLengthIsCutIntoPartsAndReadAsItWas() {
        StringBuilder text = new StringBuilder("email,item,score\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(adaMail).append(",Item ").append(i % 300).append(",1\n");
        }
        text.append(baoMail).append(",Last,7\n");
        imports.bring(teacher, "long.csv", TestCsv.bytes(text.toString()));

        assertThat(kept()).isGreaterThan(1);
        assertThat(imports.preview(teacher)).satisfies(preview -> {
            assertThat(preview.rows()).isEqualTo(20_001);
            assertThat(preview.added()).isEqualTo(1);
            assertThat(preview.problems()).isEqualTo(20_000);
            assertThat(preview.shown()).hasSize(CsvImports.SHOWN);
        });
        long[] all = new long[1];
        imports.problems(teacher, problem -> all[0]++);
        assertThat(all[0]).isEqualTo(20_000);
    }

    @Test
    void aPreviewOfAWholeCourseIsAHandfulOfStatements() {
        imports.bring(teacher, "results.csv", TestCsv.bytes(table()));

        assertThat(Statements.of(transaction, jdbc, () -> imports.preview(teacher)))
                .isLessThan(30);
    }

    private void bring(String text, boolean takeBack) {
        imports.bring(teacher, "results.csv", TestCsv.bytes(text));
        CsvMapping mapping = imports.staged(teacher).orElseThrow().mapping();
        List<CsvMapping.Use> uses = mapping.uses().stream()
                .map(use ->
                        use.role() == CsvMapping.Role.IGNORE ? new CsvMapping.Use(CsvMapping.Role.RESULT, null) : use)
                .toList();
        imports.map(teacher, new CsvMapping(mapping.delimiter(), Decimals.POINT, uses, takeBack, null));
    }

    private void importing(String text) {
        imports.bring(teacher, "results.csv", TestCsv.bytes(text));
        confirmed();
    }

    private void confirmed() {
        imports.confirm(teacher, imports.staged(teacher).orElseThrow().fingerprint());
        await().atMost(PATIENCE).until(this::isDone);
    }

    private boolean isDone() {
        return imports.decided(course.tenant(), course.contextId()).stream().noneMatch(CsvImport::isRunning);
    }

    private Map<String, LineItem> columns() {
        return gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.source().equals(CsvImports.SOURCE))
                .collect(Collectors.toMap(LineItem::label, Function.identity()));
    }

    private Map<Long, Observation> results(LineItem column) {
        return gradebook.latest(course.tenant(), course.contextId(), List.of(column.id()), List.of(ada, bao)).stream()
                .collect(Collectors.toMap(Observation::personId, Function.identity()));
    }

    private Observation seen(LineItem column, long person) {
        return results(column).get(person);
    }

    private ResultTrail trail(LineItem column, long person) {
        return gradebook
                .trailsOf(course.tenant(), course.contextId(), List.of(person), List.of(column.id()))
                .get(person)
                .get(0);
    }

    private long log() {
        return jdbc.sql("SELECT COUNT(*) FROM observation WHERE tenant_id = ? AND source = 'csv'")
                .param(course.tenant().value())
                .query(Long.class)
                .single();
    }

    private long kept() {
        return count("csv_import_part");
    }

    private long count(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(Long.class)
                .single();
    }
}
