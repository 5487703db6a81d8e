package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lms.Grade;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;

/**
 * Grade services that fail at random, and tell in any order, twice and late, while a teacher grades, adds, renames and
 * deletes columns and Laurel keeps one of its own. Once they are well again Laurel knows what a clean read tells, and its
 * column holds what it gave. How long: see {@link FaultRun}.
 */
@Tag("once")
@LaurelTest
class AgsFaultRunTests {

    private static final int ROUNDS = 20;

    private static final int STUDENTS = 8;

    private static final int MOST_COLUMNS = 6;

    private static final BigDecimal MAXIMUM = BigDecimal.TEN;

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Contexts contexts;

    @Autowired
    @Qualifier("agsSource")
    GradebookSource ags;

    static LongStream seeds() {
        // One in the habits of each platform.
        return FaultRun.seeds(20_261_126, 20_261_127, 20_261_128);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsKnownAndWhatWasGivenAfterFaultsIsWhatACleanReadTells(long seed) throws Exception {
        FaultRun run = new FaultRun("Grade services");
        run.over(seed, this::start, (course, own) -> new Term(course, new Random(own)).pass(run, own));
    }

    private LmsCourse start(long seed) {
        Mode mode = Mode.values()[Math.floorMod(seed, Mode.values().length)];
        LmsCourse course = LmsCourse.start(
                app, ReferenceLms.builder().students(STUDENTS).pageSize(3).mode(mode));
        for (String label : List.of("Oral", "Essay", "Lab")) {
            course.addColumn(label, 20);
        }
        contexts.refreshRoster(course.tenant(), course.contextId());
        return course;
    }

    /** What happens in one course. */
    private final class Term {

        private final LmsCourse course;

        private final Random dice;

        private final List<lms.Column> deleted = new ArrayList<>();

        private final Set<String> everDeleted = new HashSet<>();

        /** What Laurel wants its own column to say; empty: nothing. */
        private final Map<LmsUser, Optional<BigDecimal>> given = new LinkedHashMap<>();

        private final Set<LmsUser> owed = new HashSet<>();

        private Instant sending = Instant.now().minus(Duration.ofDays(20));

        private @Nullable LineItem badge;

        Term(LmsCourse course, Random dice) {
            this.course = course;
            this.dice = dice;
        }

        void pass(FaultRun run, long seed) {
            course.lms().disorder(new Random(seed));
            for (int round = 0; run.goesOn(round, ROUNDS); round++) {
                teach();
                course.lms().clearFaults();
                for (Service service : List.of(Service.TOKEN, Service.LINE_ITEMS, Service.RESULTS, Service.SCORES)) {
                    if (dice.nextInt(3) == 0) {
                        course.lms().setFault(service, FaultRun.fault(dice));
                    }
                }
                give();
                Looking.alone(app, course.tenant(), course.contextId());
                run.looked(problem() == null);
                assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                        .as("seed %d, round %d: nothing is taken for deleted", seed, round)
                        .noneMatch(item -> item.deleted()
                                && everDeleted.stream()
                                        .noneMatch(id -> item.externalId().contains("/" + id)));
            }
            course.lms().clearFaults();
            course.lms().disorder(null);
            give();
            // Of the same moment as one before the platform takes none.
            List.copyOf(owed).forEach(this::send);
            List.copyOf(owed).forEach(this::send);
            // After a failure it has a pause, and who is still there is not known without it.
            contexts.refreshRoster(course.tenant(), course.contextId());
            Looking.alone(app, course.tenant(), course.contextId());

            assertThat(problem()).as("seed %d", seed).isNull();
            assertThat(known()).as("seed %d", seed).isNotEmpty().isEqualTo(clean());
            assertThat(owed).as("seed %d", seed).isEmpty();
            assertThat(standing()).as("seed %d", seed).isEqualTo(given);
            assertThat(gradebook.latest(course.tenant(), course.contextId(), List.of(made().id()), null))
                    .as("seed %d: what Laurel gives is never an input", seed)
                    .isEmpty();
        }

        private void teach() {
            List<lms.Column> columns = graded();
            for (int i = 0; i < 6; i++) {
                boolean taken = dice.nextInt(5) == 0;
                course.course()
                        .typeGrade(
                                course.course().student(dice.nextInt(STUDENTS)),
                                columns.get(dice.nextInt(columns.size())),
                                taken ? "" : Integer.toString(dice.nextInt(21)));
            }
            lms.Column one = columns.get(dice.nextInt(columns.size()));
            switch (dice.nextInt(8)) {
                case 0 -> course.course().rename(one, "Column " + dice.nextInt(1_000));
                case 1 -> course.course().rescale(one, 20 + dice.nextInt(20));
                case 2 -> {
                    if (columns.size() < MOST_COLUMNS) {
                        course.addColumn("Added " + dice.nextInt(1_000), 20);
                    }
                }
                case 3 -> {
                    if (columns.size() > 2) {
                        course.course().delete(one);
                        deleted.add(one);
                        everDeleted.add(one.id());
                    }
                }
                case 4 -> {
                    if (!deleted.isEmpty()) {
                        course.course().restore(deleted.remove(dice.nextInt(deleted.size())));
                    }
                }
                default -> {}
            }
        }

        /** Those that people grade. */
        private List<lms.Column> graded() {
            return course.course().columns().stream()
                    .filter(column ->
                            column.belongsTo(course.tool()) && !column.label().startsWith("Badge"))
                    .toList();
        }

        /** Makes the column where it is not made yet, and sends what is new and what did not arrive. */
        private void give() {
            try {
                if (badge == null || dice.nextInt(5) == 0) {
                    badge = gradebook.createColumn(
                            course.tenant(), course.contextId(), "Badge", MAXIMUM, true, "badge");
                } else if (dice.nextInt(5) == 0) {
                    gradebook.rename(course.tenant(), badge.id(), "Badge " + dice.nextInt(10));
                }
            } catch (GradebookException notNow) {
                if (badge == null) {
                    return;
                }
            }
            for (int i = 0; i < 3; i++) {
                LmsUser student = course.course().student(dice.nextInt(STUDENTS));
                given.put(
                        student,
                        dice.nextInt(4) == 0 ? Optional.empty() : Optional.of(new BigDecimal(dice.nextInt(11))));
                owed.add(student);
            }
            List.copyOf(owed).forEach(this::send);
        }

        private void send(LmsUser student) {
            // Now and then as the one before, which may have arrived although no answer came.
            sending = dice.nextInt(5) == 0 ? sending : sending.plusSeconds(1);
            try {
                gradebook.sendScore(
                        course.tenant(),
                        made().id(),
                        new OutgoingScore(
                                course.person(student), given.get(student).orElse(null), MAXIMUM, sending, sending));
                owed.remove(student);
            } catch (GradebookException notTaken) {
                // It is sent again in the next round.
            }
        }

        private LineItem made() {
            assertThat(badge).isNotNull();
            return badge;
        }

        private Map<LmsUser, Optional<BigDecimal>> standing() {
            List<lms.Column> own = course.course().columns().stream()
                    .filter(column -> column.label().startsWith("Badge"))
                    .toList();
            assertThat(own).as("made once").hasSize(1);
            Map<LmsUser, Optional<BigDecimal>> standing = new LinkedHashMap<>();
            for (LmsUser student : given.keySet()) {
                standing.put(
                        student, own.get(0).grade(student).map(Grade::score).map(score -> score.setScale(0)));
            }
            return standing;
        }

        private @Nullable String problem() {
            return gradebook.status(course.tenant(), course.contextId()).problem();
        }

        private Map<String, String> known() {
            Map<Long, String> columns = new TreeMap<>();
            Map<String, String> known = new TreeMap<>();
            gradebook.lineItems(course.tenant(), course.contextId()).stream()
                    .filter(item -> item.source().equals("ags") && !item.deleted())
                    .forEach(item -> {
                        known.put(item.externalId(), item.label() + " of " + plain(item.scoreMaximum()));
                        columns.put(item.id(), item.externalId());
                    });
            gradebook.latest(course.tenant(), course.contextId(), columns.keySet(), null).stream()
                    .filter(seen -> seen.status() != Observation.Status.NONE)
                    .forEach(seen -> known.put(
                            columns.get(seen.lineItemId()) + " of " + seen.personId(),
                            seen.status() + " " + plain(seen.score()) + " of " + plain(seen.scoreMaximum())));
            return known;
        }

        private Map<String, String> clean() {
            CourseContext read =
                    contexts.find(course.tenant(), course.contextId()).orElseThrow();
            Reading reading =
                    ags.read(read, Look.atEverything(column -> !LineItemRepository.isOutput(column)), (done, of) -> {});
            assertThat(reading.problem()).isNull();
            Map<String, String> told = new TreeMap<>();
            for (Column column : reading.columns()) {
                told.put(column.externalId(), column.label() + " of " + plain(column.scoreMaximum()));
            }
            Map<String, Long> persons = contexts.personsBySub(
                    course.tenant(),
                    course.registrationId(),
                    course.course().people().stream().map(LmsUser::id).collect(Collectors.toSet()));
            for (ColumnResults column : reading.results()) {
                for (Result result : column.results()) {
                    if (result.status() != Observation.Status.NONE) {
                        told.put(
                                column.externalId() + " of " + persons.get(result.account()),
                                result.status() + " " + plain(result.score()) + " of " + plain(result.scoreMaximum()));
                    }
                }
            }
            return told;
        }

        private static String plain(@Nullable BigDecimal number) {
            return number == null ? "-" : number.stripTrailingZeros().toPlainString();
        }
    }
}
