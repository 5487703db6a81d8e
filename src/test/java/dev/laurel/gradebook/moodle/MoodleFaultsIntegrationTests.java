package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.FaultRun;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lms.Fault;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import lms.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moodle answers with errors, as HTTP and as success, with halves, slowly, in another order and twice, while grades are
 * given and taken. Nothing that is wrong is ever concluded from it, and once it is well again everything is known. How long: see
 * {@link FaultRun}.
 */
@LaurelTest
class MoodleFaultsIntegrationTests {

    private static final int LOOKS = 25;

    private static final List<String> CODES = List.of(
            "dmlreadexception", "sitemaintenance", "servererror", "nopermissions", "accessexception", "invalidrecord");

    @Autowired
    ApplicationContext app;

    @Autowired
    MoodleSource source;

    static LongStream seeds() {
        return FaultRun.seeds(20_261_126, 7);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterAnyFaultsTheStateIsThatOfACleanReading(long seed) throws Exception {
        FaultRun run = new FaultRun("Moodle");
        run.over(seed, own -> MoodleStage.start(app, 8), (stage, own) -> fail(run, stage, own));
    }

    private void fail(FaultRun run, MoodleStage stage, long seed) {
        Random random = new Random(seed);
        stage.course().addOwnColumn("Report", 20);
        Progress progress = stage.course().progress();
        List<Progress.Item> reached = List.of(
                progress.addActivity("Read chapter 1", "Week 1"),
                progress.addActivity("Reflection", "Week 1"),
                progress.addOutcome("Cites sources", 5, 3));
        stage.look();
        stage.lms().moodle().disturb(function -> strike(random));
        stage.lms().moodle().mixUp(new Random(seed));

        for (int look = 0; run.goesOn(look, LOOKS); look++) {
            change(stage, reached, random);
            fault(stage, random);
            waitNoLonger(stage);
            if (random.nextInt(4) == 0) {
                stage.lookAtEverything();
            } else {
                stage.look();
            }
            run.looked(stage.problem() == null);
            assertThat(stage.items())
                    .as("seed %d, look %d: nothing was deleted", seed, look)
                    .noneMatch(LineItem::deleted);
        }
        stage.lms().clearFaults();
        stage.lms().moodle().disturb(function -> Optional.empty());
        stage.lms().moodle().mixUp(null);
        waitNoLonger(stage);
        stage.lookAtEverything();

        assertThat(stage.problem()).isNull();
        assertThat(known(stage)).as("seed %d", seed).isNotEmpty().isEqualTo(clean(stage));
    }

    private static Optional<String> strike(Random random) {
        synchronized (random) {
            if (random.nextInt(40) == 0) {
                pause(50);
            }
            return random.nextInt(12) == 0 ? Optional.of(CODES.get(random.nextInt(CODES.size()))) : Optional.empty();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fault(MoodleStage stage, Random random) {
        List<Fault> faults =
                List.of(Fault.status(500), Fault.halfBody(), Fault.cutOff(), Fault.html(), Fault.closesConnection());
        stage.lms().clearFaults();
        if (random.nextInt(3) > 0) {
            stage.lms()
                    .setFault(
                            Service.READING,
                            faults.get(random.nextInt(faults.size()))
                                    .after(random.nextInt(12))
                                    .times(1 + random.nextInt(3)));
        }
    }

    private static void change(MoodleStage stage, List<Progress.Item> reached, Random random) {
        for (int i = 0; i < 6; i++) {
            LmsUser user = stage.course().student(random.nextInt(8));
            lms.Column column = stage.course().columnCalled(random.nextBoolean() ? "Final quiz" : "Report");
            boolean taken = random.nextInt(5) == 0;
            stage.course().typeGrade(user, column, taken ? "" : Integer.toString(random.nextInt(21)));
            if (random.nextInt(4) == 0) {
                stage.course().progress().mark(user, column, random.nextBoolean() ? Mark.HIDDEN : Mark.NONE);
            }
            Progress.Item item = reached.get(random.nextInt(reached.size()));
            stage.course().progress().put(user, item, random.nextInt(3) == 0 ? "" : "1");
        }
    }

    /** What only an administrator can mend pauses a source; here it is over with the next look. */
    private void waitNoLonger(MoodleStage stage) {
        app.getBean(JdbcClient.class)
                .sql("UPDATE source_look SET not_before = NULL WHERE tenant_id = ?")
                .param(stage.laurel().tenant().value())
                .update();
    }

    private Map<String, String> known(MoodleStage stage) {
        Map<Long, String> columns =
                stage.items().stream().collect(Collectors.toMap(LineItem::id, LineItem::externalId));
        Map<String, String> known = new TreeMap<>();
        for (Observation seen :
                stage.gradebook().latest(stage.laurel().tenant(), stage.laurel().contextId(), columns.keySet(), null)) {
            if (seen.status() != Observation.Status.NONE) {
                known.put(
                        columns.get(seen.lineItemId()) + " of " + seen.personId(),
                        said(seen.status(), seen.score(), seen.visibility(), seen.grade()));
            }
        }
        return known;
    }

    private Map<String, String> clean(MoodleStage stage) {
        CourseContext course = app.getBean(Contexts.class)
                .find(stage.laurel().tenant(), stage.laurel().contextId())
                .orElseThrow();
        Reading reading = source.read(course, Look.atEverything(column -> true), (done, of) -> {});
        Map<String, String> clean = new TreeMap<>();
        reading.results().forEach(column -> {
            Set<String> accounts =
                    column.results().stream().map(Result::account).collect(Collectors.toSet());
            Map<String, Long> persons =
                    app.getBean(Contexts.class).personsBySub(course.tenant(), course.registrationId(), accounts);
            column.results().stream()
                    .filter(result -> result.status() != Observation.Status.NONE)
                    .forEach(result -> clean.put(
                            column.externalId() + " of " + persons.get(result.account()),
                            said(result.status(), result.score(), result.visibility(), result.grade())));
        });
        return clean;
    }

    private static String said(
            Observation.Status status, BigDecimal score, Observation.Visibility visibility, String grade) {
        return status + " " + (score == null ? "-" : score.stripTrailingZeros().toPlainString()) + " " + visibility
                + " " + grade;
    }
}
