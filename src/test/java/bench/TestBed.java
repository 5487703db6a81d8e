package bench;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lms.Browser;
import lms.Course;
import lms.LaunchStart;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;

/**
 * What every measurement needs: the reference LMS in this process, a MariaDB with durable settings in another, and the
 * packaged jar, ready to be started as an administrator would.
 */
final class TestBed {

    private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();

    private static final Path APPLICATION = FOLDER.resolve("laurel");

    /** Those of docs/operations.md. */
    private static final String RECOMMENDED = "-XX:+UseSerialGC -Xmx192m -XX:ReservedCodeCacheSize=96m"
            + " -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + APPLICATION.resolve("laurel.jsa");

    private static final List<String> FLAGS =
            List.of(System.getProperty("bench.flags", RECOMMENDED).split(" "));

    private final List<String> report = new ArrayList<>();

    private final List<ReferenceLms> platforms;

    private final boolean ownPace;

    private final DatabaseProbe database;

    private final URI url;

    private final Path jar;

    /** 0: as many as Laurel chooses. */
    private int jobsAtOnce;

    private final String jdbc;

    private TestBed(List<ReferenceLms> platforms, boolean ownPace, URI url, String jdbc, Path jar) {
        this.platforms = platforms;
        this.ownPace = ownPace;
        this.url = url;
        this.jdbc = jdbc;
        this.jar = jar;
        this.database = new DatabaseProbe(jdbc);
    }

    /** @param tools what the LMS registers for Laurel at its address, before it starts */
    static TestBed start(UnaryOperator<ReferenceLms.Builder> settings, Function<URI, List<Tool>> tools)
            throws IOException, InterruptedException {
        return start(List.of(settings), tools, false);
    }

    /** With an LMS for each of several institutions, which Laurel asks as often as it does by itself. */
    static TestBed ofInstitutions(List<UnaryOperator<ReferenceLms.Builder>> settings, Function<URI, List<Tool>> tools)
            throws IOException, InterruptedException {
        return start(settings, tools, true);
    }

    private static TestBed start(
            List<UnaryOperator<ReferenceLms.Builder>> settings, Function<URI, List<Tool>> tools, boolean ownPace)
            throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        URI url = URI.create("http://localhost:" + freePort());
        List<ReferenceLms> platforms = new ArrayList<>();
        for (UnaryOperator<ReferenceLms.Builder> each : settings) {
            ReferenceLms.Builder builder = each.apply(ReferenceLms.builder().port(0));
            tools.apply(url).forEach(builder::tool);
            platforms.add(builder.start());
        }
        Path data = FOLDER.resolve("data-" + ProcessHandle.current().pid());
        String jdbc = EmbeddedDatabase.keeping(data.resolve(Integer.toString(url.getPort())), 0)
                .url("laurel");
        TestBed bed = new TestBed(platforms, ownPace, url, jdbc, jar());
        bed.say(
                "Java %s, %d cores, flags %s",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), FLAGS);
        return bed;
    }

    /** The first, or only, one. */
    ReferenceLms lms() {
        return platforms.get(0);
    }

    List<ReferenceLms> platforms() {
        return platforms;
    }

    URI url() {
        return url;
    }

    DatabaseProbe database() {
        return database;
    }

    /** Starts Laurel with every tool that the LMS knows at this moment in its registrations file. */
    ToolProcess startLaurel() throws IOException, InterruptedException {
        return start("laurel", url);
    }

    /** How many nodes are to share the processors of this machine: each has its share of jobs at once (docs/operations.md). */
    void shareAmong(int nodes) {
        jobsAtOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / nodes);
    }

    /** Starts one more node of the same installation. Nobody's browser is led to it: it does its share of the work. */
    ToolProcess startAnother() throws IOException, InterruptedException {
        return start("laurel-another", URI.create("http://localhost:" + freePort()));
    }

    private ToolProcess start(String name, URI node) throws IOException, InterruptedException {
        Map<String, String> environment = Map.ofEntries(
                entry("LAUREL_PUBLIC_URL", url.toString()),
                entry("LAUREL_DB_URL", jdbc),
                entry("LAUREL_DB_USER", "root"),
                entry("LAUREL_DB_PASSWORD", ""),
                entry("LAUREL_MASTER_KEY", "a".repeat(43) + "="),
                entry("LAUREL_REGISTRATIONS", "file:" + registrations()),
                entry("LAUREL_HTTP_PRIVATE_HOSTS", "127.0.0.1:*"),
                entry("LAUREL_AWARD_SETTLING", "0s"),
                entry("LAUREL_JOBS_AT_ONCE", Integer.toString(jobsAtOnce)),
                // Whole cohorts qualify at once here.
                entry("LAUREL_AWARD_BRAKESHARE", "100"),
                // All launches come from one address and, in some runs, from one platform.
                entry("LAUREL_LAUNCHES_PER_ADDRESS", "1000000"),
                entry("LAUREL_LAUNCHES_PER_PLATFORM", "1000000"),
                entry("SERVER_PORT", Integer.toString(node.getPort())),
                entry("SERVER_ADDRESS", "127.0.0.1"));
        return ToolProcess.start(name, jar, FLAGS, environment, node);
    }

    private Path registrations() throws IOException {
        Stream<String> entries = platforms.stream()
                .flatMap(lms -> lms.registrationsYaml().lines().skip(1))
                .filter(line -> !(ownPace && line.strip().startsWith("poll-seconds:")));
        return Files.write(
                FOLDER.resolve("registrations.yaml"),
                Stream.concat(Stream.of("registrations:"), entries).toList());
    }

    /** A complete launch of the course's link, to the landing page. */
    void launch(Course course, LmsUser user) {
        launch(lms(), course, user);
    }

    void launch(ReferenceLms lms, Course course, LmsUser user) {
        Browser browser = new Browser();
        LaunchStart start = lms.launch(course, course.link(), user);
        Browser.AuthenticationRequest request = browser.beginLoginByGet(start);
        String idToken = lms.idToken(start, request.nonce()).serialize();
        Page landing = browser.finishLogin(request, idToken);
        if (landing.status() != 200) {
            throw new IllegalStateException("The launch ended at " + landing.uri() + " with " + landing.status());
        }
    }

    void say(String format, Object... arguments) {
        String line = format.formatted(arguments);
        report.add(line);
        System.out.println("BENCH " + line);
    }

    /** Says everything once more, below what else the build printed. */
    void close() {
        report.forEach(line -> System.out.println("BENCH " + line));
        platforms.forEach(ReferenceLms::close);
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
