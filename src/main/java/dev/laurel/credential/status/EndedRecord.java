package dev.laurel.credential.status;

import dev.laurel.platform.ended.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was ended for good, as far as this node knows, kept in files outside the database: one for each month, to which lines are added.
 * Hashes and numbers, and nothing about anybody.
 */
class EndedRecord {

    /** A change becomes true so much later than its time says, at most: what ended so long before the latest is asked for again. */
    static final Duration OVERLAP = Duration.ofMinutes(15);

    /** Lines that are read at once. */
    private static final int AT_ONCE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(EndedRecord.class);

    private static final String PREFIX = "ended-";

    private final Path directory;

    /** By kind, what ended last: from {@link #OVERLAP} before the latest on. */
    private final Map<String, Map<String, Ended>> newest = new HashMap<>();

    /** @param directory which is there */
    EndedRecord(Path directory) {
        this.directory = directory;
        read(this::remember);
    }

    /** Since when this kind has to be asked for what is not kept yet; empty where nothing is. */
    Optional<Instant> upTo(String kind) {
        return newest(kind).stream().map(Ended::at).max(Instant::compareTo).map(latest -> latest.minus(OVERLAP));
    }

    /** What ended last. */
    Collection<Ended> newest(String kind) {
        return newest.getOrDefault(kind, Map.of()).values();
    }

    /**
     * Everything, by its kind, some at once.
     *
     * @return whether that was all; where it was not, it is in the log
     */
    boolean read(BiConsumer<String, List<Ended>> some) {
        Optional<List<Path>> files = files();
        boolean whole = files.isPresent();
        for (Path file : files.orElse(List.of())) {
            whole &= read(file, some);
        }
        return whole;
    }

    private static boolean read(Path file, BiConsumer<String, List<Ended>> some) {
        Map<String, List<Ended>> read = new HashMap<>();
        boolean whole = true;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line, read, some);
            }
        } catch (IOException e) {
            LOG.error(
                    "What ended for good is kept in {}, which cannot be read: {}",
                    file,
                    e.getClass().getName());
            whole = false;
        }
        read.forEach(some);
        return whole;
    }

    private static void add(String line, Map<String, List<Ended>> read, BiConsumer<String, List<Ended>> some) {
        String[] parts = line.split(" ");
        if (parts.length != 3) {
            // Empty, or of a node that was killed while it wrote.
            return;
        }
        List<Ended> those = read.computeIfAbsent(parts[0], kind -> new ArrayList<>());
        try {
            those.add(new Ended(parts[1], Instant.parse(parts[2])));
        } catch (DateTimeException broken) {
            return;
        }
        if (those.size() == AT_ONCE) {
            some.accept(parts[0], List.copyOf(those));
            those.clear();
        }
    }

    /**
     * Keeps those of these that are not kept yet, the oldest first. Where the disk fails it says so and keeps nothing newer, so that it is
     * asked for all of them again.
     */
    void keep(String kind, Collection<Ended> ended) {
        Map<String, Ended> known = newest.getOrDefault(kind, Map.of());
        Map<YearMonth, List<Ended>> fresh = ended.stream()
                .filter(each -> !known.containsKey(each.key()))
                .collect(Collectors.groupingBy(
                        each -> YearMonth.from(each.at().atZone(ZoneOffset.UTC)), TreeMap::new, Collectors.toList()));
        try {
            for (Map.Entry<YearMonth, List<Ended>> month : fresh.entrySet()) {
                append(directory.resolve(PREFIX + month.getKey()), kind, month.getValue());
                remember(kind, month.getValue());
            }
        } catch (IOException e) {
            LOG.error(
                    "What ended for good could not be kept in {}: {}",
                    directory,
                    e.getClass().getName());
        }
    }

    /** In one write, so that nodes that share the directory do not mix theirs; and on a line of its own, whatever the last one left. */
    private static void append(Path file, String kind, List<Ended> some) throws IOException {
        String lines = some.stream()
                .map(each -> "\n" + kind + " " + each.key() + " " + each.at())
                .collect(Collectors.joining("", "", "\n"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private void remember(String kind, Collection<Ended> some) {
        Map<String, Ended> last = newest.computeIfAbsent(kind, each -> new HashMap<>());
        some.forEach(each -> last.put(each.key(), each));
        upTo(kind).ifPresent(from -> last.values().removeIf(each -> each.at().isBefore(from)));
    }

    /** Months that ended before this moment: no backup is older. */
    void forgetBefore(Instant moment) {
        String oldest = PREFIX + YearMonth.from(moment.atZone(ZoneOffset.UTC));
        for (Path file : files().orElse(List.of())) {
            if (file.getFileName().toString().compareTo(oldest) < 0) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.warn("{} is not needed any more and could not be deleted", file);
                }
            }
        }
    }

    /** Empty where the directory cannot be read. */
    private Optional<List<Path>> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return Optional.of(
                    files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{4}-\\d\\d"))
                            .sorted()
                            .toList());
        } catch (IOException | UncheckedIOException e) {
            LOG.error(
                    "What ended for good cannot be read in {}: {}",
                    directory,
                    e.getClass().getName());
            return Optional.empty();
        }
    }
}
