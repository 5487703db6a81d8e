package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.FaultRun;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lms.ReferenceLms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Files that come cut off, in another order, with lines twice, brought and confirmed and recorded twice at once, by two
 * people, or whose upload breaks off. Of each is taken what it says and no more, and after a whole one what is known is what it
 * says. How long: see {@link FaultRun}.
 */
@Tag("once")
@LaurelTest
class CsvFaultRunTests {

    private static final int ROUNDS = 24;

    private static final int STUDENTS = 12;

    private static final List<String> ITEMS = List.of("Essay", "Quiz", "Oral");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    CsvImports imports;

    @Autowired
    ImportJob job;

    @Autowired
    Gradebook gradebook;

    @Autowired
    JdbcClient jdbc;

    static LongStream seeds() {
        return FaultRun.seeds(20_261_126, 7);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsKnownAfterFaultyFilesIsWhatAWholeOneSays(long seed) throws Exception {
        FaultRun run = new FaultRun("Files");
        run.over(seed, this::start, (course, own) -> new Term(course, new Random(own), own).pass(run));
    }

    private LmsCourse start(long seed) {
        LmsCourse course = LmsCourse.start(app, ReferenceLms.builder().students(STUDENTS));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        return course;
    }

    /** What happens in one course. */
    private final class Term {

        private final LmsCourse course;

        private final Random dice;

        private final long seed;

        private final Importing teacher;

        private final Importing colleague;

        /** What the spreadsheet of the teacher says, by student and item; empty where it says nothing. */
        private final String[][] sheet = new String[STUDENTS][ITEMS.size()];

        Term(LmsCourse course, Random dice, long seed) {
            this.course = course;
            this.dice = dice;
            this.seed = seed;
            this.teacher = by(course.person(course.course().teacher()));
            this.colleague = by(course.person(course.course().student(0)));
            for (String[] row : sheet) {
                Arrays.fill(row, "");
            }
        }

        private Importing by(long person) {
            return new Importing(course.tenant(), course.contextId(), person);
        }

        void pass(FaultRun run) {
            for (int round = 0; run.goesOn(round, ROUNDS); round++) {
                for (int i = 0; i < 8; i++) {
                    sheet[dice.nextInt(STUDENTS)][dice.nextInt(ITEMS.size())] = value();
                }
                int fault = dice.nextInt(8);
                run.looked(fault < 2);
                switch (fault) {
                    case 0 -> known(whole(lines()));
                    case 1 -> known(whole(shuffled(lines())));
                    case 2 -> linesTwice();
                    case 3 -> cutOff();
                    case 4 -> uploadBreaksOff();
                    case 5 -> confirmedTwiceAtOnce();
                    case 6 -> recordedTwiceAtOnce();
                    default -> ofTwoPeople();
                }
            }
            known(whole(lines()));
            long log = log();
            known(whole(shuffled(lines())));
            assertThat(log()).as("seed %d: nothing is said twice", seed).isEqualTo(log);
            assertThat(count("csv_import_part"))
                    .as("seed %d: no file is left", seed)
                    .isZero();
        }

        private String value() {
            return switch (dice.nextInt(8)) {
                case 0 -> "";
                case 1 -> "EX";
                default -> dice.nextInt(100) + (dice.nextBoolean() ? ".5" : "");
            };
        }

        private String header() {
            return "e-mail," + String.join(",", ITEMS) + "\r\n";
        }

        private String line(int student) {
            return course.course().student(student).email() + "," + String.join(",", sheet[student]) + "\r\n";
        }

        private List<Integer> lines() {
            return IntStream.range(0, STUDENTS).boxed().toList();
        }

        private List<Integer> shuffled(List<Integer> students) {
            List<Integer> mixed = new ArrayList<>(students);
            Collections.shuffle(mixed, dice);
            return mixed;
        }

        private byte[] file(List<Integer> students) {
            return (header() + students.stream().map(this::line).collect(Collectors.joining()))
                    .getBytes(StandardCharsets.UTF_8);
        }

        /** Takes back what the file does not have. */
        private Map<String, String> whole(List<Integer> students) {
            bring(teacher, TestCsv.bytes(file(students)), true);
            confirm(teacher);
            recorded();
            return said(lines());
        }

        private void linesTwice() {
            List<Integer> twice = shuffled(lines()).subList(0, 1 + dice.nextInt(3));
            List<Integer> students = new ArrayList<>(lines());
            students.addAll(twice);
            Map<String, String> expected = before();
            expected.keySet()
                    .removeIf(key -> twice.stream().noneMatch(student -> key.startsWith(name(student)))
                            || !said(twice).containsKey(key));
            expected.putAll(said(
                    lines().stream().filter(student -> !twice.contains(student)).toList()));
            whole(shuffled(students));
            known(expected);
        }

        /** What stands in whole lines before is taken, and of the last whatever it says still. */
        private void cutOff() {
            byte[] file = file(shuffled(lines()));
            int length = dice.nextInt(file.length);
            byte[] cut = Arrays.copyOf(file, length);
            Map<String, String> expected = before();
            try {
                bring(teacher, TestCsv.bytes(cut), false);
                confirm(teacher);
            } catch (CsvRefusedException refused) {
                imports.drop(teacher);
                known(expected);
                return;
            }
            recorded();
            String text = new String(cut, StandardCharsets.UTF_8);
            String last = text.substring(text.lastIndexOf('\n') + 1);
            List<Integer> complete = lines().stream()
                    .filter(student -> text.contains("\n" + line(student)))
                    .toList();
            expected.putAll(said(complete));
            Map<String, String> known = before();
            lines().stream()
                    .filter(student ->
                            last.startsWith(course.course().student(student).email()))
                    .map(this::name)
                    .forEach(name -> {
                        known.keySet().removeIf(key -> key.startsWith(name));
                        expected.keySet().removeIf(key -> key.startsWith(name));
                    });
            assertThat(known).as("seed %d, cut after %d bytes", seed, length).isEqualTo(expected);
        }

        private void uploadBreaksOff() {
            bring(teacher, TestCsv.bytes(file(lines())), false);
            String waiting = imports.staged(teacher).orElseThrow().fingerprint();
            Map<String, String> expected = before();
            long parts = count("csv_import_part");
            byte[] file = file(shuffled(lines()));
            byte[] sent = Arrays.copyOf(file, dice.nextInt(file.length));
            // It is read more than once, and may break off in any of the readings.
            int good = dice.nextInt(9);
            AtomicInteger readings = new AtomicInteger();
            FileBytes broken = () -> readings.getAndIncrement() < good
                    ? new ByteArrayInputStream(file)
                    : new SequenceInputStream(new ByteArrayInputStream(sent), new BrokenStream());

            assertThatThrownBy(() -> imports.bring(teacher, "broken.csv", broken))
                    .as("seed %d", seed)
                    .isInstanceOfAny(UncheckedIOException.class, CsvRefusedException.class);

            assertThat(imports.staged(teacher).orElseThrow().fingerprint())
                    .as("seed %d: the one before waits still", seed)
                    .isEqualTo(waiting);
            assertThat(count("csv_import_part")).isEqualTo(parts);
            known(expected);
            imports.drop(teacher);
        }

        private void confirmedTwiceAtOnce() {
            bring(teacher, TestCsv.bytes(file(lines())), true);
            String fingerprint = imports.staged(teacher).orElseThrow().fingerprint();
            long before = count("csv_import WHERE confirmed_at IS NOT NULL AND");
            atOnce(() -> confirm(fingerprint), () -> confirm(fingerprint));
            recorded();
            assertThat(count("csv_import WHERE confirmed_at IS NOT NULL AND")).isEqualTo(before + 1);
            known(said(lines()));
        }

        private void confirm(String fingerprint) {
            try {
                imports.confirm(teacher, fingerprint);
            } catch (CsvRefusedException decided) {
                assertThat(decided.reason()).isEqualTo(CsvRefusedException.Reason.GONE);
            }
        }

        /** As when a node was taken for dead and was not. */
        private void recordedTwiceAtOnce() {
            bring(
                    teacher,
                    TestCsv.bytes((new String(file(lines()), StandardCharsets.UTF_8) + "stranger@example.org,1,1,1")
                            .getBytes(StandardCharsets.UTF_8)),
                    false);
            Map<String, String> expected = before();
            expected.putAll(said(lines()));
            long log = log();
            long news =
                    imports.preview(teacher).added() + imports.preview(teacher).changed();
            String id = Long.toString(imports.staged(teacher).orElseThrow().of().id());
            confirm(teacher);
            atOnce(() -> job.run(course.tenant(), id), () -> job.run(course.tenant(), id));
            recorded();
            known(expected);
            assertThat(log()).as("seed %d: nothing is said twice", seed).isEqualTo(log + news);
            assertThat(imports.decided(course.tenant(), course.contextId()).get(0))
                    .as("seed %d", seed)
                    .satisfies(shown -> {
                        assertThat(shown.recorded()).isEqualTo(news);
                        assertThat(shown.problems()).isEqualTo(1);
                        assertThat(shown.rowsDone()).isEqualTo(STUDENTS + 1);
                    });
        }

        private void ofTwoPeople() {
            bring(teacher, TestCsv.bytes(file(lines())), true);
            bring(colleague, TestCsv.bytes(file(shuffled(lines()))), true);
            confirm(teacher);
            try {
                confirm(colleague);
            } catch (CsvRefusedException busy) {
                assertThat(busy.reason()).isEqualTo(CsvRefusedException.Reason.BUSY);
                imports.drop(colleague);
            }
            recorded();
            known(said(lines()));
        }

        private void bring(Importing by, FileBytes file, boolean takeBack) {
            imports.bring(by, "results.csv", file);
            CsvMapping mapping = imports.staged(by).orElseThrow().mapping();
            List<CsvMapping.Use> uses = mapping.uses().stream()
                    .map(use -> use.role() == CsvMapping.Role.EMAIL
                            ? use
                            : new CsvMapping.Use(CsvMapping.Role.RESULT, null))
                    .toList();
            imports.map(by, new CsvMapping(mapping.delimiter(), Decimals.POINT, uses, takeBack, null));
        }

        private void confirm(Importing by) {
            imports.confirm(by, imports.staged(by).orElseThrow().fingerprint());
        }

        private void recorded() {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> imports.decided(course.tenant(), course.contextId()).stream()
                            .noneMatch(CsvImport::isRunning));
        }

        private static void atOnce(Runnable one, Runnable other) {
            CompletableFuture<Void> beside = CompletableFuture.runAsync(other, task -> new Thread(task).start());
            one.run();
            beside.join();
        }

        private void known(Map<String, String> expected) {
            assertThat(before()).as("seed %d", seed).isEqualTo(expected);
        }

        /** What the sheet says of these. */
        private Map<String, String> said(List<Integer> students) {
            Map<String, String> said = new TreeMap<>();
            for (int student : students) {
                for (int item = 0; item < ITEMS.size(); item++) {
                    String value = sheet[student][item];
                    if (!value.isEmpty()) {
                        said.put(
                                name(student) + " " + ITEMS.get(item),
                                value.equals("EX") ? "EXCUSED -" : "GRADED " + plain(new BigDecimal(value)));
                    }
                }
            }
            return said;
        }

        private String name(int student) {
            return "%02d".formatted(student);
        }

        /** What is known now. */
        private Map<String, String> before() {
            Map<Long, String> columns = gradebook.lineItems(course.tenant(), course.contextId()).stream()
                    .filter(item -> item.source().equals(CsvImports.SOURCE))
                    .collect(Collectors.toMap(LineItem::id, LineItem::label));
            Map<Long, String> students = lines().stream()
                    .collect(Collectors.toMap(
                            student -> course.person(course.course().student(student)), this::name));
            Map<String, String> known = new TreeMap<>();
            gradebook.latest(course.tenant(), course.contextId(), columns.keySet(), null).stream()
                    .filter(seen -> seen.status() != Observation.Status.NONE)
                    .forEach(seen -> known.put(
                            students.get(seen.personId()) + " " + columns.get(seen.lineItemId()),
                            seen.status() + " " + (seen.score() == null ? "-" : plain(seen.score()))));
            return known;
        }

        private static String plain(BigDecimal score) {
            return score.stripTrailingZeros().toPlainString();
        }

        private long log() {
            return count("observation");
        }

        private long count(String from) {
            return jdbc.sql("SELECT COUNT(*) FROM " + from + (from.contains("WHERE") ? "" : " WHERE")
                            + " tenant_id = ?")
                    .param(course.tenant().value())
                    .query(Long.class)
                    .single();
        }
    }

    /** What is left of a connection. */
    private static final class BrokenStream extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("The connection is gone");
        }
    }
}
