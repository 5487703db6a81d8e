package dev.laurel;

import dev.laurel.launch.operator.TestOperator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import lms.ReferenceLms;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What a newcomer starts, on free ports and with fresh data: Laurel on localhost, the reference LMS on 127.0.0.1. */
final class Newcomer implements AutoCloseable {

    private final ReferenceLms lms;

    private final ConfigurableApplicationContext laurel;

    private final String laurelUrl;

    Newcomer() throws IOException {
        laurelUrl = "http://localhost:" + LaurelTestInitializer.freePort();
        lms = ReferenceLms.withThreeCourses(URI.create(laurelUrl)).start();
        Path registrations = Files.createTempDirectory("laurel").resolve("registrations.yaml");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", URI.create(laurelUrl).getPort());
        settings.put(
                "spring.datasource.url",
                EmbeddedDatabase.forTests()
                        .url("walk_" + UUID.randomUUID().toString().replace("-", "")));
        settings.put("spring.datasource.username", "root");
        settings.put("spring.datasource.password", "");
        settings.put("laurel.public-url", laurelUrl);
        settings.put("laurel.master-key", "a".repeat(43) + "=");
        settings.put(
                "laurel.registrations", lms.writeRegistrations(registrations).toUri());
        settings.put("laurel.http.private-hosts", "127.0.0.1,localhost");
        var application = new SpringApplication(LaurelApplication.class);
        application.addInitializers(context ->
                context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("newcomer", settings)));
        laurel = application.run();
    }

    ReferenceLms lms() {
        return lms;
    }

    /** Where Laurel is, without a trailing slash. */
    String laurelUrl() {
        return laurelUrl;
    }

    /** A link that lets an operator in once. */
    String operatorLink() {
        return TestOperator.link(laurel);
    }

    <T> T bean(Class<T> type) {
        return laurel.getBean(type);
    }

    @Override
    public void close() {
        laurel.close();
        lms.close();
    }
}
