package dev.laurel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A reverse proxy in front of Laurel that can fail: the public URL leads here, as it does in life. Passes bytes on as they
 * are until told otherwise.
 */
public final class FrontDoor {

    /** Starts Laurel behind the door. */
    static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new LaurelTestInitializer().initialize(context);
            int behind = context.getEnvironment().getRequiredProperty("server.port", Integer.class);
            FrontDoor door = new FrontDoor(behind);
            TestPropertyValues.of("laurel.public-url=http://localhost:" + door.socket.getLocalPort())
                    .applyTo(context);
            context.getBeanFactory().registerSingleton("frontDoor", door);
        }
    }

    private final ServerSocket socket;

    private final int behind;

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private volatile @Nullable String answer;

    private FrontDoor(int behind) {
        this.behind = behind;
        try {
            socket = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    /** Lets nobody in from now on. */
    public void close() {
        closed = true;
        disconnectAll();
    }

    /** Answers every request with this and asks nobody. */
    public void answerAll(int status, String type, String body) {
        answer = "HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, type, body.getBytes(StandardCharsets.UTF_8).length, body);
        closed = false;
        disconnectAll();
    }

    /** Passes on again. */
    public void mend() {
        closed = false;
        answer = null;
        disconnectAll();
    }

    private void disconnectAll() {
        open.forEach(FrontDoor::closeQuietly);
        open.clear();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket visitor = socket.accept();
                inBackground(() -> serve(visitor));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket visitor) {
        open.add(visitor);
        String fixed = answer;
        try {
            if (closed) {
                return;
            }
            if (fixed != null) {
                readHead(visitor.getInputStream());
                visitor.getOutputStream().write(fixed.getBytes(StandardCharsets.UTF_8));
                return;
            }
            try (Socket inner = new Socket("127.0.0.1", behind)) {
                open.add(inner);
                inBackground(() -> pass(inner, visitor));
                pass(visitor, inner);
            }
        } catch (IOException e) {
            // The visitor sees a closed connection, which is all that a broken door has to say.
        } finally {
            closeQuietly(visitor);
            open.remove(visitor);
        }
    }

    private static void readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side hung up.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed then.
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "front-door");
        thread.setDaemon(true);
        thread.start();
    }
}
