package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lms.Column;
import lms.Fault;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import lms.ReferenceLms;
import lms.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A Canvas that fails at random while people work in it: errors, answers cut off or in any order, entries twice, late ones.
 * Once it is well again, what Laurel knows is what a clean read tells. How long: see {@link FaultRun}.
 */
@Tag("once")
@LaurelTest
class CanvasFaultRunTests {

    private static final int ROUNDS = 12;

    /** The outcome here rests on no assignment, and that is no fault. */
    private static final String NO_ALIGNMENTS =
            "Canvas does not tell of every outcome whether its students may see the grades that it rests on. Laurel waits as"
                    + " long as grades take to settle before a badge is given for one.";

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    JdbcClient jdbc;

    static LongStream seeds() {
        return FaultRun.seeds(20_261_126, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsKnownAfterFaultsIsWhatACleanReadTells(long seed) throws Exception {
        FaultRun run = new FaultRun("Canvas");
        run.over(seed, this::start, (course, own) -> fail(run, course, own));
    }

    private LmsCourse start(long seed) {
        LmsCourse course =
                LmsCourse.start(app, ReferenceLms.builder().students(12).pageSize(5), CanvasConnection::tool);
        fill(course);
        CanvasConnection.connect(app, course);
        return course;
    }

    private void fail(FaultRun run, LmsCourse course, long seed) {
        Random dice = new Random(seed);
        course.lms().canvas().disorder(new Random(seed));
        for (int round = 0; run.goesOn(round, ROUNDS); round++) {
            work(course, dice);
            course.lms().clearFaults();
            course.lms().setFault(Service.CANVAS_API, fault(dice));
            if (dice.nextInt(4) == 0) {
                course.lms().canvas().expireTokens();
            }
            look(course);
            run.looked(problem(course) == null);
        }
        course.lms().clearFaults();
        course.lms().canvas().disorder(null);
        // Students come in rounds where Canvas does not say of whom something is new, and a pause may hold up the
        // first.
        for (int i = 0; i < 8; i++) {
            look(course);
        }
        assertThat(problem(course)).as("seed %d", seed).isNull();
        // Canvas counts nothing as graded where a grade is only hidden again, or called late: the daily look sees that.
        assertThat(known(course, false)).as("seed %d, by what changed", seed).isEqualTo(clean(course, false));
        Looking.nobodyElse(app, course.tenant());
        Looking.atEverything(app, course.tenant(), course.contextId());

        assertThat(known(course, true)).as("seed %d", seed).isEqualTo(clean(course, true));
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .as("seed %d", seed)
                .noneMatch(LineItem::deleted);
    }

    private static void fill(LmsCourse course) {
        for (int i = 1; i <= 6; i++) {
            course.course().addOwnColumn("Quiz " + i, 100);
        }
        Progress progress = course.course().progress();
        progress.addActivity("Read", "Week 1");
        progress.addActivity("Write", "Week 1");
        progress.addOutcome("Argues", 5, 3);
        progress.addRubricRow(course.course().columnCalled("Quiz 1"), "Argument", 4);
        course.course().putInto(course.course().student(0), "21", "22");
    }

    /** What people do in the course meanwhile. */
    private static void work(LmsCourse course, Random dice) {
        Progress progress = course.course().progress();
        List<Column> columns =
                course.course().columns().stream().filter(Column::belongsToLms).toList();
        for (int i = 0; i < 8; i++) {
            LmsUser student = course.course().student(dice.nextInt(12));
            Column column = columns.get(dice.nextInt(columns.size()));
            switch (dice.nextInt(4)) {
                case 0 -> {
                    Mark mark = Mark.values()[dice.nextInt(Mark.values().length)];
                    progress.mark(student, column, mark);
                    if (mark == Mark.NONE) {
                        // Nothing that was handed in is taken back again: only the daily look at everything sees that.
                        course.course().typeGrade(student, column, Integer.toString(dice.nextInt(101)));
                    }
                }
                case 1 -> {
                    Progress.Item item =
                            progress.items().get(dice.nextInt(progress.items().size()));
                    progress.put(student, item, Integer.toString(dice.nextInt(2)));
                }
                default -> course.course().typeGrade(student, column, Integer.toString(dice.nextInt(101)));
            }
        }
    }

    private static Fault fault(Random dice) {
        Fault fault = switch (dice.nextInt(8)) {
            case 0 -> Fault.status(500);
            case 1 -> Fault.status(502);
            case 2 -> Fault.html();
            case 3 -> Fault.cutOff();
            case 4 -> Fault.halfBody();
            case 5 -> Fault.closesConnection();
            case 6 -> Fault.status(403, "403 Forbidden (Rate Limit Exceeded)");
            default -> Fault.loop();
        };
        return fault.after(dice.nextInt(12)).times(1 + dice.nextInt(6));
    }

    private void look(LmsCourse course) {
        jdbc.sql("UPDATE canvas_part SET next_try_at = '2026-01-01' WHERE tenant_id = ?")
                .params(course.tenant().value())
                .update();
        Looking.alone(app, course.tenant(), course.contextId());
    }

    private @Nullable String problem(LmsCourse course) {
        String problem = gradebook.status(course.tenant(), course.contextId()).problem();
        return NO_ALIGNMENTS.equals(problem) ? null : problem;
    }

    private Map<String, String> known(LmsCourse course, boolean all) {
        Map<Long, String> columns = gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.source().equals("canvas"))
                .collect(Collectors.toMap(LineItem::id, LineItem::externalId));
        Map<String, String> known = new TreeMap<>();
        gradebook
                .latest(course.tenant(), course.contextId(), columns.keySet(), null)
                .forEach(seen -> put(
                        known,
                        columns.get(seen.lineItemId()) + " " + seen.personId(),
                        seen.status(),
                        words(all, seen.score(), seen.grade(), seen.visibility(), seen.late())));
        return known;
    }

    private Map<String, String> clean(LmsCourse course, boolean all) {
        GradebookSource source = app.getBeansOfType(GradebookSource.class).values().stream()
                .filter(each -> each.name().equals("canvas"))
                .findFirst()
                .orElseThrow();
        Contexts contexts = app.getBean(Contexts.class);
        Reading reading = source.read(
                contexts.find(course.tenant(), course.contextId()).orElseThrow(),
                Look.atEverything(column -> true),
                (done, of) -> {});
        assertThat(reading.problem()).isNull();
        Map<String, String> said = new TreeMap<>();
        Map<String, Long> persons = contexts.personsByPlatformUser(
                contexts.find(course.tenant(), course.contextId()).orElseThrow(),
                reading.results().stream()
                        .flatMap(column -> column.results().stream())
                        .map(Result::account)
                        .collect(Collectors.toSet()));
        for (ColumnResults column : reading.results()) {
            Map<String, Result> byAccount =
                    column.results().stream().collect(Collectors.toMap(Result::account, Function.identity()));
            byAccount.forEach((account, result) -> put(
                    said,
                    column.externalId() + " " + persons.get(account),
                    result.status(),
                    words(all, result.score(), result.grade(), result.visibility(), result.late())));
        }
        return said;
    }

    private static void put(Map<String, String> all, String key, Observation.Status status, String words) {
        if (status != Observation.Status.NONE) {
            all.put(key, status + " " + words);
        }
    }

    private static String words(
            boolean all,
            @Nullable BigDecimal score,
            @Nullable String grade,
            Observation.Visibility visibility,
            @Nullable Boolean late) {
        String what = (score == null ? "-" : score.stripTrailingZeros().toPlainString()) + " " + grade;
        return all ? what + " " + visibility + " " + late : what;
    }
}
