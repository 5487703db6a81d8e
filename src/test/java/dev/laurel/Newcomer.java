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
        this("http", Map.of());
    }

    /** The same with Laurel on HTTPS, under a certificate that it signed itself. */
    static Newcomer withHttps() throws IOException {
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
        return new Newcomer(
                "https",
                Map.of(
                        "server.ssl.key-store",
                        store.toUri(),
                        "server.ssl.key-store-type",
                        "PKCS12",
                        "server.ssl.key-store-password",
                        password));
    }

    private Newcomer(String scheme, Map<String, Object> more) throws IOException {
        laurelUrl = scheme + "://localhost:" + LaurelTestInitializer.freePort();
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
        settings.put("laurel.http.private-hosts", "127.0.0.1:*,localhost:*");
        settings.put("laurel.award.settling", "0s");
        settings.putAll(more);
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
