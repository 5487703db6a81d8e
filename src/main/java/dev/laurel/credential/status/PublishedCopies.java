package dev.laurel.credential.status;

import dev.laurel.credential.status.StatusLists.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What was published of each status list, by whichever node, kept in files of this one outside the database: so that it notices when a
 * backup of before is restored, and still knows then what was not in force. Places and reasons, and nothing about anybody.
 */
public class PublishedCopies {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedCopies.class);

    private static final String SUFFIX = ".status";

    private final Path directory;

    private final Map<UUID, Long> revisions = new ConcurrentHashMap<>();

    /** @param directory made where it is not there */
    PublishedCopies(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                        .forEach(file -> read(file).ifPresent(copy -> revisions.put(copy.list(), copy.revision())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("laurel.credential.status-copies: cannot be used: " + directory, e);
        }
    }

    /** What a list said when it had this revision. */
    public record Copy(UUID list, long revision, List<Entry> withdrawn) {}

    /** The latest that is known to have been published; 0 where nothing is known. */
    public long revision(UUID list) {
        return revisions.getOrDefault(list, 0L);
    }

    /** What was published last, as far as this node knows. */
    public Optional<Copy> find(UUID list) {
        return Optional.of(file(list)).filter(Files::exists).flatMap(PublishedCopies::read);
    }

    /** Not before it is true: what is rolled back was never published. */
    public void keepAfterCommit(Copy copy) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            keep(copy);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keep(copy);
            }
        });
    }

    /** Keeps it, unless a later one is kept. Where the disk fails it goes on without, and says so. */
    synchronized void keep(Copy copy) {
        try {
            if (find(copy.list())
                    .filter(kept -> kept.revision() >= copy.revision())
                    .isEmpty()) {
                Path next = Files.createTempFile(directory, copy.list().toString(), ".next");
                Files.write(next, lines(copy));
                Files.move(
                        next, file(copy.list()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.error("Status list {} is published, but no copy of it could be kept in {}", copy.list(), directory);
        }
        revisions.merge(copy.list(), copy.revision(), Math::max);
    }

    private Path file(UUID list) {
        return directory.resolve(list + SUFFIX);
    }

    private static List<String> lines(Copy copy) {
        return Stream.concat(
                        Stream.of(copy.list() + " " + copy.revision()),
                        copy.withdrawn().stream()
                                .map(entry -> entry.place() + " " + entry.why() + " "
                                        + (entry.credential() == null ? "-" : entry.credential())))
                .toList();
    }

    private static Optional<Copy> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] head = lines.get(0).split(" ");
            return Optional.of(new Copy(
                    UUID.fromString(head[0]),
                    Long.parseLong(head[1]),
                    lines.stream().skip(1).map(PublishedCopies::entry).toList()));
        } catch (IOException | RuntimeException e) {
            LOG.error("The copy of a status list in {} cannot be read and is passed over", file);
            return Optional.empty();
        }
    }

    private static Entry entry(String line) {
        String[] parts = line.split(" ");
        return new Entry(
                Integer.parseInt(parts[0]),
                "-".equals(parts[2]) ? null : UUID.fromString(parts[2]),
                Withdrawal.valueOf(parts[1]));
    }
}
