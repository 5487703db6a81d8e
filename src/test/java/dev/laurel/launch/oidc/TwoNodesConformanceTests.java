package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.EmbeddedDatabase;
import dev.laurel.LaurelApplication;
import dev.laurel.launch.TestBrowser;
import dev.laurel.launch.TestPlatform;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes as two processes on one database, behind one public address. */
@Tag("once")
class TwoNodesConformanceTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final List<Process> PROCESSES = new ArrayList<>();

    private static TestPlatform platform;

    private static String nodeA;

    private static String nodeB;

    @BeforeAll
    static void startNodes() throws IOException {
        platform = new TestPlatform();
        String url = EmbeddedDatabase.forTests()
                        .url("launches_" + UUID.randomUUID().toString().substring(0, 8))
                + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";
        Flyway.configure().dataSource(url, "root", "").load().migrate();
        Path registrations = Files.writeString(
                Files.createTempFile(Files.createDirectories(Path.of("target")), "registrations-", ".yaml"),
                """
                        registrations:
                          - name: Test platform
                            issuer: %1$s
                            client-id: %2$s
                            authorization-endpoint: %1$s/auth
                            token-endpoint: %1$s/token
                            jwks-uri: %1$s/jwks
                            deployments:
                              - id: %3$s
                                tenant: Example University
                        """.formatted(platform.issuer(), platform.clientId(), TestPlatform.DEPLOYMENT));
        nodeA = origin();
        nodeB = origin();
        start(nodeA, url, registrations);
        start(nodeB, url, registrations);
        awaitHealthy(nodeA);
        awaitHealthy(nodeB);
    }

    @AfterAll
    static void stopNodes() throws InterruptedException {
        for (Process process : PROCESSES) {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        platform.close();
    }

    @Test
    @DisplayName("S19 state of node A is used up on node B, and then on neither")
    void stateOfAnotherNode() {
        Launch launch = begin();

        assertThat(launch.sendTo(nodeB)).isEqualTo(303);
        assertThat(launch.sendTo(nodeA)).isEqualTo(401);
        assertThat(launch.sendTo(nodeB)).isEqualTo(401);
    }

    @Test
    @DisplayName("S19b one launch sent 50 times to each of two nodes at once: exactly one wins")
    void replayOnBothNodes() throws Exception {
        Launch launch = begin();
        List<Callable<Integer>> replays = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replays.add(() -> launch.sendTo(nodeA));
            replays.add(() -> launch.sendTo(nodeB));
        }
        ExecutorService hundred = Executors.newFixedThreadPool(100);
        List<Integer> answers = new ArrayList<>();
        try {
            for (Future<Integer> answer : hundred.invokeAll(replays)) {
                answers.add(answer.get());
            }
        } finally {
            hundred.shutdown();
        }

        assertThat(answers).filteredOn(status -> status == 303).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(99);
    }

    /** A login at node A, ready to be answered. */
    private static Launch begin() {
        TestBrowser browser = new TestBrowser(nodeA);
        Map<String, String> login =
                TestBrowser.redirectQuery(browser.post("/lti/login", Attempt.loginForm(platform, nodeA)));
        String token = platform.sign(platform.claims(login.get("nonce"), nodeA).build());
        return new Launch(Map.of("state", login.get("state"), "id_token", token), Map.copyOf(browser.cookies()));
    }

    private record Launch(Map<String, String> form, Map<String, String> cookies) {

        int sendTo(String node) {
            TestBrowser browser = new TestBrowser(node);
            browser.cookies().putAll(cookies);
            return browser.post("/lti/launch", form).statusCode();
        }
    }

    /** Both nodes know themselves by the public address, which is that of the first. */
    private static void start(String origin, String url, Path registrations) throws IOException {
        Path log = Files.createTempFile(Path.of("target"), "node-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + "target/test-classes",
                LaurelApplication.class.getName(),
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=root",
                "--spring.datasource.password=",
                "--server.port=" + origin.substring(origin.lastIndexOf(':') + 1),
                "--server.address=127.0.0.1",
                "--laurel.public-url=" + nodeA,
                "--laurel.master-key=" + "a".repeat(43) + "=",
                "--laurel.http.private-hosts=127.0.0.1:*",
                "--laurel.registrations=file:" + registrations.toAbsolutePath());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        PROCESSES.add(builder.start());
    }

    private static void awaitHealthy(String origin) {
        await(origin).atMost(PATIENCE).ignoreExceptions().until(() -> {
            assertThat(PROCESSES).as("see target/node-*.log").allMatch(Process::isAlive);
            return new TestBrowser(origin).get("/health").statusCode() == 200;
        });
    }

    private static String origin() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://localhost:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
