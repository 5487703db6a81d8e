package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.ended.Ended;
import dev.laurel.platform.ended.EndedForGood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EndedAgainTests {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path disk;

    private final Doors doors = new Doors("door");

    private Instant now = NOW;

    @Test
    void whatStandsAgainIsEndedAgainWhileANodeRunsAndAtItsStart(CapturedOutput output) {
        EndedAgain node = node(disk);
        doors.open("first", "second", "third");
        doors.end("first", now.minus(Duration.ofDays(3)));
        node.keep();
        doors.end("second", now);
        node.keep();
        node.bringForward();
        assertThat(output).doesNotContain("A backup was restored");

        doors.restore("first", "second", "third");
        node.bringForward();

        assertThat(doors.open).containsExactly("third");
        assertThat(output).containsOnlyOnce("A backup was restored: ").contains("({door=2})");
        doors.restore("first", "third");
        node(disk).bringForward();
        assertThat(doors.open).containsExactly("third");
    }

    @Test
    void aNodeWhoseDiskIsNewLearnsWhatOthersEndedAndSoDoesOneThatWasKilledBeforeItKeptIt(@TempDir Path newDisk) {
        doors.open("first", "second");
        doors.end("first", now.minus(Duration.ofDays(399)));
        doors.end("second", now.minus(Duration.ofDays(401)));
        node(newDisk).bringForward();

        doors.restore("first", "second");
        node(newDisk).bringForward();

        assertThat(doors.open).as("no backup is as old as that").containsExactly("second");
    }

    /** A transaction is seen later than its time says. */
    @Test
    void whatBecameTrueLaterThanSomethingNewerIsKeptAndNothingTwice() throws Exception {
        EndedAgain node = node(disk);
        doors.open("slow", "fast");
        doors.end("fast", now);
        node.keep();
        doors.end("slow", now.minus(Duration.ofMinutes(14)));
        node.keep();
        node.keep();
        node(disk).keep();

        assertThat(Files.readAllLines(disk.resolve("ended-2026-03")).stream().filter(line -> !line.isEmpty()))
                .containsExactly("door fast 2026-03-02T10:00:00Z", "door slow 2026-03-02T09:46:00Z");
    }

    @Test
    void halfALineAndWhatANewerVersionKeptStopNothing() throws Exception {
        doors.open("first", "second");
        doors.end("first", now);
        node(disk).keep();
        Files.writeString(
                disk.resolve("ended-2026-03"),
                "window third 2026-03-02T10:00:00Z\ndoor sec",
                StandardOpenOption.APPEND);
        EndedAgain node = node(disk);
        doors.end("second", now);
        node.bringForward();

        doors.restore("first", "second");
        node(disk).bringForward();

        assertThat(doors.open).isEmpty();
    }

    @Test
    void monthsOfWhichNoBackupIsKeptAreForgotten() throws Exception {
        doors.open("first");
        doors.end("first", now);
        node(disk).keep();
        now = NOW.plus(EndedAgain.KEPT);
        node(disk).bringForward();
        assertThat(disk.resolve("ended-2026-03"))
                .as("it may be of that month's end")
                .exists();

        now = NOW.plus(EndedAgain.KEPT).plus(Duration.ofDays(31));
        node(disk).bringForward();

        assertThat(disk.resolve("ended-2026-03")).doesNotExist();
    }

    @Test
    void aKindThatFailsHoldsUpNoOtherAndIsTriedAgain() throws Exception {
        Doors attics = new Doors("attic");
        attics.open("first", "newest");
        attics.end("first", now.minus(Duration.ofDays(1)));
        attics.end("newest", now);
        doors.open("first", "second");
        doors.end("first", now);
        node(disk, attics, doors).keep();
        attics.restore("first");
        doors.restore("first");
        doors.end("second", now);
        attics.jammed = true;
        EndedAgain node = node(disk, attics, doors);

        node.bringForward();

        assertThat(doors.open).isEmpty();
        assertThat(disk.resolve("ended-2026-03")).content().contains("door second");
        attics.jammed = false;
        node.bringForward();
        assertThat(attics.open).isEmpty();
    }

    @Test
    void whatCannotBeReadIsReadAgainAndNothingIsForgottenMeanwhile() throws Exception {
        doors.open("first", "second");
        doors.end("first", now.minus(Duration.ofDays(40)));
        doors.end("second", now);
        node(disk).keep();
        doors.restore("first", "second");
        Path month = disk.resolve("ended-2026-01");
        Path aside = Files.move(month, disk.resolve("aside"));
        Files.createDirectory(month);
        Path old = Files.createFile(disk.resolve("ended-2024-01"));
        EndedAgain node = node(disk);

        node.bringForward();

        assertThat(doors.open).containsExactly("first");
        assertThat(old).exists();
        Files.delete(month);
        Files.move(aside, month);
        node.bringForward();
        assertThat(doors.open).isEmpty();
        assertThat(old).doesNotExist();
    }

    @Test
    void whereAMonthCannotBeKeptNoLaterOneIsSoThatBothAreAskedForAgain() throws Exception {
        doors.open("first", "second");
        doors.end("first", now.minus(Duration.ofDays(40)));
        doors.end("second", now);
        Path month = Files.createDirectory(disk.resolve("ended-2026-01"));
        EndedAgain node = node(disk);
        node.keep();
        Files.delete(month);

        node.keep();

        assertThat(month).content().contains("door first");
        assertThat(disk.resolve("ended-2026-03")).content().contains("door second");
    }

    private EndedAgain node(Path disk) {
        return node(disk, doors);
    }

    private EndedAgain node(Path disk, Doors... kinds) {
        return new EndedAgain(new EndedRecord(disk), List.of(kinds), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Something that ends. */
    private static final class Doors implements EndedForGood {

        private final String kind;

        private final Set<String> open = new TreeSet<>();

        private final Map<String, Instant> ended = new HashMap<>();

        private boolean jammed;

        Doors(String kind) {
            this.kind = kind;
        }

        void open(String... keys) {
            open.addAll(List.of(keys));
        }

        void end(String key, Instant at) {
            open.remove(key);
            ended.put(key, at);
        }

        /** To a backup in which these stand. */
        void restore(String... keys) {
            ended.clear();
            open(keys);
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public List<Ended> after(Instant moment) {
            return ended.entrySet().stream()
                    .filter(each -> each.getValue().isAfter(moment))
                    .map(each -> new Ended(each.getKey(), each.getValue()))
                    .toList();
        }

        @Override
        public int endAgain(Collection<Ended> all) {
            if (jammed) {
                throw new IllegalStateException("Jammed");
            }
            return (int) all.stream()
                    .filter(each -> open.remove(each.key()))
                    .peek(each -> ended.put(each.key(), each.at()))
                    .count();
        }
    }
}
