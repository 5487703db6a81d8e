package dev.laurel.platform.selftest.probe;

import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Whether the mail server greets. The operator named it, so this is the one call that does not go through the guarded
 * client. Nothing is sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-3.1">RFC 5321, 3.1</a>
 */
@Component
class MailProbe implements Probe {

    private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();

    private static final int LONGEST_GREETING = 512;

    private final Environment settings;

    MailProbe(Environment settings) {
        this.settings = settings;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.MAIL);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        String host = settings.getProperty("spring.mail.host", "");
        if (host.isBlank()) {
            return Finding.of(check, "none");
        }
        int port = settings.getProperty("spring.mail.port", Integer.class, 25);
        return greeting(host, port) ? Finding.of(check, "answers", host) : Finding.of(check, "no-answer", host);
    }

    private static boolean greeting(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT);
            socket.setSoTimeout(TIMEOUT);
            char[] start = new char[4];
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), LONGEST_GREETING);
            int read = reader.read(start);
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return read >= 3 && new String(start, 0, 3).equals("220");
        } catch (IOException e) {
            return false;
        }
    }
}
