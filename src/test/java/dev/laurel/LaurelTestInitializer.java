package dev.laurel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives each test context a fresh schema, a free port and the settings that an installation must have. */
public class LaurelTestInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String METRICS_TOKEN = "the-metrics-of-these-tests";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        int port = freePort();
        String schema = "test_" + UUID.randomUUID().toString().replace("-", "");
        TestPropertyValues.of(
                        "spring.datasource.url=" + EmbeddedDatabase.forTests().url(schema),
                        "spring.datasource.username=root",
                        "spring.datasource.password=",
                        "spring.datasource.hikari.maximum-pool-size=20",
                        "server.port=" + port,
                        "server.address=127.0.0.1",
                        "laurel.public-url=http://localhost:" + port,
                        "laurel.master-key=" + "a".repeat(43) + "=",
                        "laurel.http.private-hosts=127.0.0.1:*,localhost:*",
                        "laurel.credential.status-copies=target/status-copies/" + schema,
                        "laurel.metrics.token=" + METRICS_TOKEN,
                        // Nothing has to settle, unless a test says so.
                        "laurel.award.settling=0s",
                        // The database goes away with the JVM; nothing is worth waiting for then.
                        "db-scheduler.shutdown-max-wait=1s")
                .applyTo(context);
    }

    /** Below the ports that systems give to connections: one of those might be taken before Laurel listens. */
    public static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another one then.
            }
        }
        throw new IllegalStateException("no port between 20000 and 32000 is free");
    }
}
