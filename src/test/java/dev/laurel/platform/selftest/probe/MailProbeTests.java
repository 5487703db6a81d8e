package dev.laurel.platform.selftest.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.Registration;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class MailProbeTests {

    @Test
    void aServerThatGreetsAnswers() throws Exception {
        assertThat(codeFor("220 mail.example.edu ESMTP\r\n")).isEqualTo("answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 no service here\r\n", "HTTP/1.1 400 Bad Request\r\n", "2", ""})
    void whateverElseItSaysIsAProblem(String greeting) throws Exception {
        assertThat(codeFor(greeting)).isEqualTo("no-answer");
    }

    @Test
    void nobodyThereIsAProblem() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(code(port)).isEqualTo("no-answer");
    }

    @Test
    void withoutASettingNothingIsTested() {
        assertThat(new MailProbe(new MockEnvironment())
                        .probe(Check.MAIL, subject())
                        .code())
                .isEqualTo("none");
    }

    private static String codeFor(String greeting) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> greet(server, greeting));
            thread.start();
            String code = code(server.getLocalPort());
            thread.join();
            return code;
        }
    }

    private static void greet(ServerSocket server, String greeting) {
        try (Socket visitor = server.accept()) {
            visitor.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String code(int port) {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("spring.mail.host", "127.0.0.1")
                .withProperty("spring.mail.port", Integer.toString(port));
        return new MailProbe(settings).probe(Check.MAIL, subject()).code();
    }

    static Subject subject() {
        URI uri = URI.create("https://lms.example");
        Registration registration = new Registration(
                1,
                "https://lms.example",
                "1",
                "LMS",
                uri,
                uri,
                null,
                uri,
                uri.toString(),
                true,
                null,
                Set.of(),
                false,
                false,
                true);
        return new Subject(registration, List.of(), true, false, null, Instant.now());
    }
}
