package bench;

import static org.assertj.core.api.Assertions.assertThat;

import bench.ArrivalRate.Outcome;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lms.Browser;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One run on one machine: the driver with the reference LMS in this process, Laurel as {@code java -jar} in another, a
 * MariaDB with durable settings in a third. Prints figures; asserts only that everything worked. See docs/benchmark.md.
 */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LaurelBenchmark {

    private static final int STUDENTS = 2_000;

    private static final int LAUNCHES_PER_SECOND = Integer.getInteger("bench.rate", 300);

    private static final int SECONDS = Integer.getInteger("bench.seconds", 30);

    private static final int WARM = Integer.getInteger("bench.warm", 30);

    private static final String ESSAY = "Essay 1";

    private TestBed bed;

    private ReferenceLms lms;

    private Course course;

    private ToolProcess laurel;

    private DatabaseProbe database;

    private long looks;

    @BeforeAll
    void startEverything() throws IOException, InterruptedException {
        bed = TestBed.start(lms -> lms.students(STUDENTS).pageSize(500), url -> List.of(Tool.laurel(url)));
        lms = bed.lms();
        course = lms.course();
        database = bed.database();
        // The first start runs the migrations and makes the keys; the second is what an administrator waits for.
        bed.startLaurel().close();
        laurel = bed.startLaurel();
        bed.say("Ready after %d ms", laurel.readyAfter().toMillis());
    }

    @AfterAll
    void stopEverything() throws InterruptedException {
        if (laurel != null) {
            laurel.close();
        }
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    @Order(1)
    void theDriverSigns() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] message = new byte[1_500];
        signFor(key, message, Duration.ofSeconds(3));
        int signed = signFor(key, message, Duration.ofSeconds(5));
        bed.say("Raw RS256 signatures per second of the driver, one thread: %d", signed / 5);
    }

    @Test
    @Order(2)
    void launches() throws Exception {
        Outcome first =
                ArrivalRate.run(Math.min(100, LAUNCHES_PER_SECOND), Duration.ofSeconds(10), 64, this::launchStudent);
        bed.say(
                "Resident after %d launches: %d MiB (%d failed)",
                first.latencies().count(), laurel.residentMiB(), first.failures());
        ArrivalRate.run(LAUNCHES_PER_SECOND, Duration.ofSeconds(WARM), 128, this::launchStudent);
        long questions = database.questions();
        ProcessorTime before = ProcessorTime.now(laurel.pid());
        Outcome outcome = ArrivalRate.run(LAUNCHES_PER_SECOND, Duration.ofSeconds(SECONDS), 128, this::launchStudent);
        ProcessorTime spent = ProcessorTime.now(laurel.pid()).minus(before);
        questions = database.questions() - questions;
        bed.say(
                "Complete launches at a fixed %d per second for %d s, warm: %.0f per second, %s, %d failed, %.1f statements each",
                LAUNCHES_PER_SECOND,
                SECONDS,
                outcome.perSecond(),
                outcome.latencies().describe(),
                outcome.failures(),
                questions / (double) Math.max(1, outcome.latencies().count()));
        bed.say(
                "Processor time of one launch: %s",
                spent.describePer(outcome.latencies().count()));
        bed.say("Resident after that: %d MiB", laurel.residentMiB());
        if (Boolean.getBoolean("bench.statements")) {
            sayStatementsPerLaunch();
        }
        assertThat(outcome.failures()).as(outcome.firstFailure()).isZero();
    }

    @Test
    @Order(3)
    void aCohortThatQualifiesAtOnce() throws Exception {
        Browser teacher = new Browser();
        Page landing = teacher.launch(lms.launch(course, course.link(), course.teacher()));
        await("the roster", () -> database.number("SELECT COUNT(*) FROM membership WHERE earns") >= STUDENTS);
        String columns = "SELECT COALESCE(MIN(id), 0) FROM line_item WHERE label = '" + ESSAY + "'";
        await("the column", () -> database.number(columns) > 0);
        activate(teacher, landing, database.number(columns));
        for (int student = 0; student < STUDENTS; student++) {
            course.typeGrade(student, course.columnCalled(ESSAY).id(), "90");
        }
        looks = 0;
        long questions = database.questions();
        await("the proofs", () -> database.number("SELECT COUNT(signed_at) FROM credential") >= STUDENTS);
        await("the JWTs", () -> database.number("SELECT COUNT(jwt_signed_at) FROM credential") >= STUDENTS);
        questions = database.questions() - questions;
        bed.say(
                "%d awards from seen to decided in %d ms, to embedded proof stored in %d ms, to JWT stored in %d ms",
                STUDENTS,
                millisAfterSeen("SELECT MAX(decided_at) FROM award"),
                millisAfterSeen("SELECT MAX(signed_at) FROM credential"),
                millisAfterSeen("SELECT MAX(jwt_signed_at) FROM credential"));
        bed.say(
                "%.2f statements per award, reading the gradebook and looking for work included (%d looks of this driver excluded)",
                (questions - looks) / (double) STUDENTS, looks);
        assertThat(database.number("SELECT COUNT(*) FROM award")).isEqualTo(STUDENTS);
    }

    private void activate(Browser teacher, Page landing, long lineItemId) {
        Page form = teacher.open(landing.uri().resolve("/badges/new?column=" + lineItemId));
        Page confirmation = teacher.submit(form, form.formTo("/badges"), Map.of("action", "activate"));
        Page done = teacher.submit(confirmation, confirmation.formTo("/activation"), Map.of());
        assertThat(done.status()).isEqualTo(200);
    }

    private long millisAfterSeen(String moment) {
        return database.number("SELECT TIMESTAMPDIFF(MICROSECOND, (SELECT MIN(recorded_at) FROM observation), ("
                        + moment + "))")
                / 1_000;
    }

    private void await(String what, BooleanSupplier reached) throws InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            looks++;
            if (reached.getAsBoolean()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("Not within a minute: " + what);
    }

    private void sayStatementsPerLaunch() {
        int launches = 20;
        database.recordStatements();
        for (int i = 0; i < launches; i++) {
            launchStudent(i);
        }
        database.recordedStatements().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(60)
                .forEach(
                        entry -> bed.say("%6.2f per launch: %s", entry.getValue() / (double) launches, entry.getKey()));
    }

    private void launchStudent(int number) {
        bed.launch(course, course.student(number % STUDENTS));
    }

    private static int signFor(PrivateKey key, byte[] message, Duration time) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        long end = System.nanoTime() + time.toNanos();
        int signed = 0;
        while (System.nanoTime() < end) {
            signature.initSign(key);
            signature.update(message);
            signature.sign();
            signed++;
        }
        return signed;
    }
}
