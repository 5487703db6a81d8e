package bench;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import bench.ArrivalRate.Outcome;
import dev.laurel.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import lms.Browser;
import lms.Course;
import lms.LaunchStart;
import lms.LmsUser;
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

    private static final Path APPLICATION = Path.of("target/bench/laurel").toAbsolutePath();

    /** Those of docs/operations.md. */
    private static final String RECOMMENDED = "-XX:+UseSerialGC -Xmx192m -XX:ReservedCodeCacheSize=96m"
            + " -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + APPLICATION.resolve("laurel.jsa");

    private static final List<String> FLAGS =
            List.of(System.getProperty("bench.flags", RECOMMENDED).split(" "));

    private final List<String> report = new ArrayList<>();

    private static final String ESSAY = "Essay 1";

    private ReferenceLms lms;

    private Course course;

    private ToolProcess laurel;

    private DatabaseProbe database;

    private long looks;

    @BeforeAll
    void startEverything() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target/bench").toAbsolutePath());
        URI url = URI.create("http://localhost:" + freePort());
        lms = ReferenceLms.builder()
                .port(0)
                .students(STUDENTS)
                .pageSize(500)
                .tool(Tool.laurel(url))
                .start();
        course = lms.course();
        String jdbc = EmbeddedDatabase.keeping(
                        folder.resolve("data-" + ProcessHandle.current().pid()), 0)
                .url("laurel");
        database = new DatabaseProbe(jdbc);
        Map<String, String> environment = Map.ofEntries(
                entry("LAUREL_PUBLIC_URL", url.toString()),
                entry("LAUREL_DB_URL", jdbc),
                entry("LAUREL_DB_USER", "root"),
                entry("LAUREL_DB_PASSWORD", ""),
                entry("LAUREL_MASTER_KEY", "a".repeat(43) + "="),
                entry("LAUREL_REGISTRATIONS", "file:" + lms.writeRegistrations(folder.resolve("registrations.yaml"))),
                entry("LAUREL_HTTP_PRIVATE_HOSTS", "127.0.0.1"),
                // All of them come from one address and one platform here.
                entry("LAUREL_LAUNCHES_PER_ADDRESS", "1000000"),
                entry("LAUREL_LAUNCHES_PER_PLATFORM", "1000000"),
                entry("SERVER_PORT", Integer.toString(url.getPort())),
                entry("SERVER_ADDRESS", "127.0.0.1"));
        // The first start runs the migrations and makes the keys; the second is what an administrator waits for.
        Path jar = jar();
        ToolProcess.start(jar, FLAGS, environment, url).close();
        laurel = ToolProcess.start(jar, FLAGS, environment, url);
        say(
                "Java %s, %d cores, flags %s",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), FLAGS);
        say("Ready after %d ms", laurel.readyAfter().toMillis());
    }

    @AfterAll
    void stopEverything() throws Exception {
        report.forEach(line -> System.out.println("BENCH " + line));
        if (laurel != null) {
            laurel.close();
        }
        if (lms != null) {
            lms.close();
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
        say("Raw RS256 signatures per second of the driver, one thread: %d", signed / 5);
    }

    @Test
    @Order(2)
    void launches() throws Exception {
        Outcome first =
                ArrivalRate.run(Math.min(100, LAUNCHES_PER_SECOND), Duration.ofSeconds(10), 64, this::launchStudent);
        say(
                "Resident after %d launches: %d MiB (%d failed)",
                first.latencies().count(), laurel.residentMiB(), first.failures());
        ArrivalRate.run(LAUNCHES_PER_SECOND, Duration.ofSeconds(WARM), 128, this::launchStudent);
        long questions = database.questions();
        ProcessorTime before = ProcessorTime.now(laurel.pid());
        Outcome outcome = ArrivalRate.run(LAUNCHES_PER_SECOND, Duration.ofSeconds(SECONDS), 128, this::launchStudent);
        ProcessorTime spent = ProcessorTime.now(laurel.pid()).minus(before);
        questions = database.questions() - questions;
        say(
                "Complete launches at a fixed %d per second for %d s, warm: %.0f per second, %s, %d failed, %.1f statements each",
                LAUNCHES_PER_SECOND,
                SECONDS,
                outcome.perSecond(),
                outcome.latencies().describe(),
                outcome.failures(),
                questions / (double) Math.max(1, outcome.latencies().count()));
        say(
                "Processor time of one launch: %s",
                spent.describePer(outcome.latencies().count()));
        say("Resident after that: %d MiB", laurel.residentMiB());
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
        say(
                "%d awards from seen to decided in %d ms, to embedded proof stored in %d ms, to JWT stored in %d ms",
                STUDENTS,
                millisAfterSeen("SELECT MAX(decided_at) FROM award"),
                millisAfterSeen("SELECT MAX(signed_at) FROM credential"),
                millisAfterSeen("SELECT MAX(jwt_signed_at) FROM credential"));
        say(
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
                .forEach(entry -> say("%6.2f per launch: %s", entry.getValue() / (double) launches, entry.getKey()));
    }

    private void launchStudent(int number) {
        LmsUser student = course.student(number % STUDENTS);
        Browser browser = new Browser();
        LaunchStart start = lms.launch(course, course.link(), student);
        Browser.AuthenticationRequest request = browser.beginLoginByGet(start);
        String idToken = lms.idToken(start, request.nonce()).serialize();
        Page landing = browser.finishLogin(request, idToken);
        if (landing.status() != 200) {
            throw new IllegalStateException("The launch ended at " + landing.uri() + " with " + landing.status());
        }
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

    private void say(String format, Object... arguments) {
        String line = format.formatted(arguments);
        report.add(line);
        System.out.println("BENCH " + line);
    }

    /** The packaged jar, laid out for a fast start as docs/operations.md says. */
    private static Path jar() throws IOException, InterruptedException {
        Path packaged;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            packaged = files.filter(file -> file.getFileName().toString().matches("laurel-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No target/laurel-*.jar: run mvn verify -Pbench"))
                    .toAbsolutePath();
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        int exit = new ProcessBuilder(
                        java.toString(),
                        "-Djarmode=tools",
                        "-jar",
                        packaged.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        APPLICATION.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return APPLICATION.resolve(packaged.getFileName());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
