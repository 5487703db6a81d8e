package dev.laurel;

import dev.laurel.launch.operator.TestOperator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * What a newcomer starts, on free ports and with fresh data: Laurel on localhost, the reference LMS on 127.0.0.1. It runs from the
 * first time that a test of the class asks for it, so not where they are skipped, until the last one is done.
 */
final class Newcomer implements AfterAllCallback {

    private final boolean https;

    private @Nullable Running running;

    private Newcomer(boolean https) {
        this.https = https;
    }

    Newcomer() {
        this(false);
    }

    /** The same with Laurel on HTTPS, under a certificate that it signed itself. */
    static Newcomer withHttps() {
        return new Newcomer(true);
    }

    /** @param laurelUrl where Laurel is, without a trailing slash */
    private record Running(ReferenceLms lms, ConfigurableApplicationContext laurel, String laurelUrl) {}

    private synchronized Running running() {
        if (running == null) {
            try {
                running = https ? start("https", certificate()) : start("http", Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    private static Map<String, Object> certificate() throws IOException {
        Path store = Files.createTempDirectory("laurel").resolve("localhost.p12");
        String password = "changeit";
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        password)
                .inheritIO()
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool made no certificate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return Map.of(
                "server.ssl.key-store",
                store.toUri(),
                "server.ssl.key-store-type",
                "PKCS12",
                "server.ssl.key-store-password",
                password);
    }

    private static Running start(String scheme, Map<String, Object> more) throws IOException {
        String laurelUrl = scheme + "://localhost:" + LaurelTestInitializer.freePort();
        ReferenceLms lms = ReferenceLms.withThreeCourses(URI.create(laurelUrl)).start();
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
        settings.put("laurel.http.private-hosts", "127.0.0.1:*,localhost:*");
        settings.putAll(TestLaurelApplication.FOR_TRYING);
        settings.putAll(more);
        var application = new SpringApplication(LaurelApplication.class);
        application.addInitializers(context ->
                context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("newcomer", settings)));
        return new Running(lms, application.run(), laurelUrl);
    }

    ReferenceLms lms() {
        return running().lms();
    }

    /** Where Laurel is, without a trailing slash. */
    String laurelUrl() {
        return running().laurelUrl();
    }

    /** A link that lets an operator in once. */
    String operatorLink() {
        return TestOperator.link(running().laurel());
    }

    <T> T bean(Class<T> type) {
        return running().laurel().getBean(type);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) {
            running.laurel().close();
            running.lms().close();
            // The tests may run once more: then with fresh data.
            running = null;
        }
    }
}
