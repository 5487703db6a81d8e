package dev.laurel;

import dev.laurel.gradebook.PlayedSource;
import dev.laurel.launch.operator.OperatorLinks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import lms.Course;
import lms.LmsRole;
import lms.ReferenceLms;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;

/**
 * {@code mvn spring-boot:test-run}: everything that a newcomer needs in one process. Laurel on http://localhost, the
 * reference LMS on http://127.0.0.1 (another site, so that third-party cookie rules are real), and an embedded MariaDB
 * whose data stay under {@code target/newcomer}, or where {@code LAUREL_DB_URL} says. {@code LAUREL_PORT} and
 * {@code LMS_PORT} choose other ports.
 */
public final class TestLaurelApplication {

    private static final Path FOLDER = Path.of("target/newcomer");

    /** Whoever tries it out wants to see what comes of a grade at once. */
    public static final Map<String, Object> FOR_TRYING = Map.of("laurel.award.settling", "0s");

    private TestLaurelApplication() {}

    public static void main(String[] args) throws IOException {
        int port = port("LAUREL_PORT", 8080);
        int lmsPort = port("LMS_PORT", 9090);
        if (!isFree(port, "LAUREL_PORT", "Laurel") || !isFree(lmsPort, "LMS_PORT", "the reference LMS")) {
            System.exit(1);
        }
        Files.createDirectories(FOLDER);
        // Each public URL is for ever, so each has data of its own.
        Path data = FOLDER.resolve("mariadb-" + port);
        URI publicUrl = URI.create("http://localhost:" + port);
        ReferenceLms lms =
                ReferenceLms.withThreeCourses(publicUrl).port(lmsPort).start();
        Course writing = lms.course();
        writing.observe(writing.enrol("Olga", "Brandt", LmsRole.OBSERVER), writing.student(0), writing.student(1));
        Map<String, Object> settings = settings(publicUrl, lms);
        if (System.getenv("LAUREL_DB_URL") == null) {
            settings.put(
                    "spring.datasource.url", EmbeddedDatabase.keeping(data, 0).url("laurel"));
            settings.put("spring.datasource.username", "root");
            settings.put("spring.datasource.password", "");
        }
        var laurel = new SpringApplication(LaurelApplication.class);
        laurel.addInitializers(context ->
                context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("newcomer", settings)));
        var running = laurel.run(args);
        running.getBean(PlayedSource.class).readAlso(lms);
        Course course = lms.course();
        System.out.printf(
                """

                1. As the teacher, make a badge:                 %s
                2. Type 85 for one student and 79 for another:   %s/courses/%s/gradebook
                3. Open Laurel as these students:                %s/courses/%s

                To install it once more, make a link as operator: %s
                (works once, for 15 minutes) and paste it here:  %s/tools
                """,
                lms.launchPage(course, course.link(), course.teacher()),
                lms.issuer(),
                course.id(),
                lms.issuer(),
                course.id(),
                running.getBean(OperatorLinks.class).create(),
                lms.issuer());
    }

    private static Map<String, Object> settings(URI publicUrl, ReferenceLms lms) throws IOException {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", publicUrl.getPort());
        settings.put("laurel.public-url", publicUrl);
        settings.put("laurel.master-key", masterKey());
        settings.put(
                "laurel.registrations",
                lms.writeRegistrations(FOLDER.resolve("registrations.yaml")).toUri());
        settings.put("laurel.http.private-hosts", "127.0.0.1:*,localhost:*");
        settings.putAll(FOR_TRYING);
        return settings;
    }

    /** Made once and kept beside the data that it seals. */
    private static String masterKey() throws IOException {
        Path file = FOLDER.resolve("master-key");
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Files.writeString(file, Base64.getEncoder().encodeToString(key));
        }
        return Files.readString(file);
    }

    private static int port(String variable, int otherwise) {
        String chosen = System.getenv(variable);
        return chosen == null ? otherwise : Integer.parseInt(chosen);
    }

    private static boolean isFree(int port, String variable, String who) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            System.err.printf(
                    "Port %d, which %s needs, is taken by another program: stop that, or choose another port with %s=%d.%n",
                    port, who, variable, port + 1);
            return false;
        }
    }
}
