package dev.laurel.publication.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.laurel.LaurelTestInitializer;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A mail server of one test class, and the settings that lead Laurel to it. */
final class TestMailServer {

    private TestMailServer() {}

    /** Not started; at one port, however often it is stopped and started. */
    static GreenMail create() {
        return new GreenMail(new ServerSetup(LaurelTestInitializer.freePort(), "127.0.0.1", "smtp"));
    }

    static void start(GreenMail server, DynamicPropertyRegistry properties) {
        server.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        int port = server.getSmtp().getPort();
        properties.add("spring.mail.port", () -> port);
        properties.add("laurel.mail.from", () -> "badges@university.example");
    }
}
