package dev.laurel.credential;

import dev.laurel.EmbeddedDatabase;
import dev.laurel.LaurelApplication;
import dev.laurel.LaurelTestInitializer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A Laurel with a database and a port of its own, which this machine knows by two names: it moves from one to the other. */
public final class MovingLaurel {

    private final int port = LaurelTestInitializer.freePort();

    private final String schema = "moved_" + UUID.randomUUID().toString().replace("-", "");

    private final Class<?>[] parts;

    /** @param beside the application, what a test needs in it */
    public MovingLaurel(Class<?>... beside) {
        parts = Stream.concat(Stream.of(LaurelApplication.class), Stream.of(beside))
                .toArray(Class<?>[]::new);
    }

    public String hostBefore() {
        return "localhost:" + port;
    }

    public String hostNow() {
        return "127.0.0.1:" + port;
    }

    /** @param movedFrom {@code null}: it never moved */
    public ConfigurableApplicationContext start(String publicUrl, @Nullable String movedFrom) {
        List<String> settings = new ArrayList<>(List.of(
                "--laurel.public-url=" + publicUrl,
                "--laurel.master-key=" + "c".repeat(43) + "=",
                "--laurel.http.private-hosts=127.0.0.1:*,localhost:*",
                "--laurel.credential.status-copies=target/status-copies/" + schema,
                "--laurel.award.settling=0s",
                "--spring.datasource.url=" + EmbeddedDatabase.forTests().url(schema),
                "--spring.datasource.username=root",
                "--spring.datasource.password=",
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--db-scheduler.shutdown-max-wait=5s"));
        if (movedFrom != null) {
            settings.add("--laurel.public-url-moved-from=" + movedFrom);
        }
        return new SpringApplication(parts).run(settings.toArray(String[]::new));
    }
}
