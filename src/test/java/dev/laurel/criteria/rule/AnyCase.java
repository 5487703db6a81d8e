package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A course, a rule over it and one learner, all of them possible: every kind of leaf, terms, several results, tiers. */
public final class AnyCase {

    private static final Instant FIRST = Instant.parse("2026-03-01T03:00:00Z");

    private static final List<String> GROUPS = List.of("Quizzes, it's {0}", "Labs");

    public final CourseFacts course;

    public final Rule rule;

    /** Everything that was ever seen, oldest first. */
    final List<Observation> log = new ArrayList<>();

    private final Map<Long, String> credits = new TreeMap<>();

    private final List<String> groups = new ArrayList<>();

    private final boolean brought;

    private final Map<Long, LineItem> items = new LinkedHashMap<>();

    private final Random random;

    public AnyCase(Random random) {
        this.random = random;
        columns(1, 6, Kind.SCORE);
        columns(21, 1, Kind.TOTAL_CURRENT);
        columns(22, 1, Kind.TOTAL_FINAL);
        columns(31, 2, Kind.COMPLETION);
        columns(41, 2, Kind.OUTCOME);
        columns(51, 2, Kind.RUBRIC_ROW);
        columns(61, 3, Kind.ATTENDANCE);
        columns(71, 2, Kind.EVIDENCE);
        columns(81, 2, Kind.CONFIRMATION);
        for (LineItem item : items.values()) {
            for (int i = random.nextInt(5); i > 1; i--) {
                log.add(observation(item));
            }
            if (random.nextInt(5) > 0) {
                log.add(observation(item));
            }
        }
        course = new CourseFacts(
                items,
                Map.of(1L, "Badge 'one'", 2L, "Badge {two}", 3L, "Badge <three>"),
                Map.of(),
                random.nextInt(4) == 0 ? null : scheme(),
                ZoneId.of("America/New_York"),
                random.nextInt(10) == 0);
        for (long badge = 1; badge <= 3; badge++) {
            if (random.nextBoolean()) {
                credits.put(badge, decimal(600));
            }
        }
        if (random.nextBoolean()) {
            groups.add("7");
        }
        brought = random.nextBoolean();
        rule = random.nextInt(6) == 0 ? levels() : rule(4);
    }

    public Evaluation evaluate() {
        return evaluate(rule);
    }

    public Evaluation evaluate(Rule other) {
        return Evaluator.evaluate(other, learner(course, log));
    }

    /** The same facts, read in another order; what was said of one column stays in its order. */
    Evaluation evaluateShuffled() {
        Map<Long, List<Observation>> byColumn = new LinkedHashMap<>();
        log.forEach(each -> byColumn.computeIfAbsent(each.lineItemId(), item -> new ArrayList<>())
                .add(each));
        List<Long> columns = new ArrayList<>(byColumn.keySet());
        Collections.shuffle(columns, random);
        List<Observation> shuffled = new ArrayList<>();
        columns.forEach(column -> shuffled.addAll(byColumn.getOrDefault(column, List.of())));
        List<LineItem> all = new ArrayList<>(items.values());
        Collections.shuffle(all, random);
        Map<Long, LineItem> reordered = new LinkedHashMap<>();
        all.forEach(item -> reordered.put(item.id(), item));
        return Evaluator.evaluate(
                rule,
                learner(
                        new CourseFacts(
                                reordered,
                                course.badges(),
                                course.sections(),
                                course.scheme(),
                                course.zone(),
                                course.ownColumnInTotal()),
                        shuffled));
    }

    /** The same rule with the parts of each of its joints in another order. */
    Rule shuffledRule() {
        return shuffled(rule);
    }

    private Rule shuffled(Rule part) {
        if (!(part instanceof Rule.Joined joined)) {
            return part;
        }
        List<Rule> parts =
                new ArrayList<>(joined.parts().stream().map(this::shuffled).toList());
        Collections.shuffle(parts, random);
        if (part instanceof Rule.AllOf) {
            return new Rule.AllOf(parts);
        }
        return part instanceof Rule.AnyOf ? new Rule.AnyOf(parts) : new Rule.AtLeast(joined.needed(), parts);
    }

    /** One of the scores that there are is higher, and so is the letter beside it. */
    void raiseOne() {
        List<Integer> graded = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).score() != null) {
                graded.add(i);
            }
        }
        if (!graded.isEmpty()) {
            int place = graded.get(random.nextInt(graded.size()));
            Observation before = log.get(place);
            BigDecimal score = before.score().add(new BigDecimal(random.nextInt(5000)).movePointLeft(2));
            log.set(place, with(before, score, before.grade() == null || random.nextBoolean() ? before.grade() : "A"));
        }
    }

    /** The verdict of a leaf that names one column, had the result of this line been another. */
    Line lineWith(Rule.Leaf leaf, Line line, BigDecimal score) {
        List<Observation> changed = log.stream()
                .map(each -> Long.valueOf(each.seq()).equals(line.seq()) ? with(each, score, each.grade()) : each)
                .toList();
        return leaf.line(learner(course, changed));
    }

    private TestLearner learner(CourseFacts of, List<Observation> seen) {
        TestLearner learner = new TestLearner(of).seen(seen).in(groups.toArray(String[]::new));
        credits.forEach((badge, worth) -> learner.holds(badge, worth.startsWith("1") ? null : worth));
        if (brought) {
            learner.brought(
                    "https://other.example/badges/1", "did:web:other.example", "https://skills.example/welding");
        }
        return learner;
    }

    private void columns(long first, int count, Kind kind) {
        for (long id = first; id < first + count; id++) {
            boolean grouped = kind == Kind.SCORE || kind == Kind.ATTENDANCE;
            items.put(
                    id,
                    new LineItem(
                            id,
                            1,
                            "canvas",
                            "c" + id,
                            "It's {" + id + "} <b>",
                            kind,
                            grouped && random.nextInt(4) > 0 ? GROUPS.get(random.nextInt(2)) : null,
                            kind == Kind.OUTCOME && random.nextInt(3) > 0 ? new BigDecimal("3") : null,
                            maximum(kind),
                            random.nextInt(25) == 0,
                            false,
                            random.nextInt(25) > 0,
                            random.nextInt(14) == 0));
        }
    }

    private @Nullable BigDecimal maximum(Kind kind) {
        return switch (kind) {
            case COMPLETION, ATTENDANCE, EVIDENCE, CONFIRMATION -> random.nextInt(5) == 0 ? null : BigDecimal.ONE;
            default ->
                switch (random.nextInt(8)) {
                    case 0 -> null;
                    case 1 -> BigDecimal.ZERO;
                    case 2 -> new BigDecimal("3");
                    case 3 -> new BigDecimal("7.5");
                    default -> new BigDecimal("100");
                };
        };
    }

    private Observation observation(LineItem item) {
        Status[] statuses = Status.values();
        Status status = random.nextInt(3) > 0 ? Status.GRADED : statuses[random.nextInt(statuses.length)];
        boolean scored = status == Status.GRADED || status == Status.PROVISIONAL;
        boolean done = item.scoreMaximum() != null && item.scoreMaximum().equals(BigDecimal.ONE);
        BigDecimal score = done ? new BigDecimal(random.nextInt(2)) : new BigDecimal(decimal(12000));
        Instant at = FIRST.plusSeconds(3600L * random.nextInt(240));
        String[] letters = {"A", "B", "C", "F", "Z"};
        return new Observation(
                log.size() + 1,
                1,
                7,
                item.id(),
                "canvas",
                status,
                scored && random.nextInt(16) > 0 ? score : null,
                random.nextInt(3) == 0 ? maximum(item.kind()) : item.scoreMaximum(),
                scored && random.nextInt(3) == 0 ? letters[random.nextInt(letters.length)] : null,
                random.nextInt(8) == 0 ? Visibility.HIDDEN : Visibility.values()[random.nextInt(2) * 2],
                random.nextInt(3) == 0 ? null : random.nextInt(3) == 0,
                "poll",
                random.nextInt(3) == 0 ? null : at,
                at.plusSeconds(600),
                new Reference("TEST-" + log.size()),
                new Observation.Work(
                        random.nextInt(2) == 0 ? null : 1 + random.nextInt(3),
                        scored && random.nextInt(2) == 0 ? at.minus(Duration.ofDays(random.nextInt(4))) : null,
                        null));
    }

    private static Observation with(Observation before, BigDecimal score, @Nullable String grade) {
        return new Observation(
                before.seq(),
                before.contextId(),
                before.personId(),
                before.lineItemId(),
                before.source(),
                before.status(),
                score,
                before.scoreMaximum(),
                grade,
                before.visibility(),
                before.late(),
                before.cameAbout(),
                before.occurredAt(),
                before.recordedAt(),
                before.reference(),
                new Observation.Work(before.attempt(), before.handedInAt(), null));
    }

    private GradingScheme scheme() {
        List<GradingScheme.Step> steps = new ArrayList<>(List.of(
                new GradingScheme.Step("A", new BigDecimal("90")),
                new GradingScheme.Step("B", new BigDecimal("79.5"))));
        if (random.nextBoolean()) {
            steps.add(new GradingScheme.Step("C", new BigDecimal("60")));
        }
        if (random.nextBoolean()) {
            steps.add(new GradingScheme.Step("F", BigDecimal.ZERO));
        }
        return new GradingScheme(steps);
    }

    private Rule levels() {
        List<Rule.Levels.Level> levels = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            levels.add(new Rule.Levels.Level("Level " + i, rule(2)));
        }
        return new Rule.Levels(levels);
    }

    private Rule rule(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf();
        }
        List<Rule> parts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            parts.add(rule(depth - 1));
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Rule.AllOf(parts);
            case 1 -> new Rule.AnyOf(parts);
            default -> new Rule.AtLeast(1 + random.nextInt(parts.size()), parts);
        };
    }

    private Rule brought() {
        return switch (random.nextInt(3)) {
            case 0 ->
                new BroughtBadge(
                        BroughtBadge.By.ACHIEVEMENT,
                        "https://other.example/badges/" + count(3),
                        random.nextBoolean() ? List.of() : List.of("did:web:other.example"),
                        "Welder's {badge}");
            case 1 -> new BroughtBadge(BroughtBadge.By.ISSUER, "did:web:other.example", List.of(), "Federation");
            default ->
                new BroughtBadge(
                        BroughtBadge.By.ALIGNMENT,
                        "https://skills.example/welding",
                        List.of("did:web:other.example", "https://third.example/issuer"),
                        "Welding");
        };
    }

    private Rule leaf() {
        return switch (random.nextInt(15)) {
            case 0 -> average();
            case 1 -> new CountInGroup(GROUPS.get(random.nextInt(2)), count(4), threshold(), unit(), terms(true));
            case 2 -> {
                boolean letter = random.nextBoolean();
                yield new CourseTotal(
                        random.nextBoolean() ? CourseTotal.Which.CURRENT : CourseTotal.Which.FINAL,
                        letter ? null : threshold(),
                        letter ? List.of("A", "B", "Q").get(random.nextInt(3)) : null,
                        terms(!letter));
            }
            case 3 -> new Done(Done.What.COMPLETION, 31 + random.nextInt(2), period(), terms(false));
            case 4 ->
                new Mastery(
                        Mastery.What.OUTCOME,
                        41 + random.nextInt(2),
                        random.nextBoolean() ? null : threshold(),
                        terms(false));
            case 5 -> new Mastery(Mastery.What.RUBRIC_ROW, 51 + random.nextInt(2), threshold(), terms(true));
            case 6 -> new Submission((random.nextBoolean() ? 1 : 71) + random.nextInt(2), period(), terms(false));
            case 7 -> new Attendance(GROUPS.get(random.nextInt(2)), count(3), terms(false));
            case 8 -> new HeldBadge(count(3));
            case 9 -> new Credits(random.nextBoolean() ? List.of(1L, 2L, 3L) : List.of(2L), threshold());
            case 10 -> new Done(Done.What.EVIDENCE, 71 + random.nextInt(2), period(), terms(false));
            case 11 -> new Done(Done.What.CONFIRMATION, 81 + random.nextInt(2), period(), terms(false));
            case 12 -> new InGroup(random.nextBoolean() ? List.of("7") : List.of("8", "9"));
            case 13 -> brought();
            default -> {
                Score.Take[] takes = Score.Take.values();
                yield new Score(
                        count(6), threshold(), unit(), takes[random.nextInt(takes.length)], period(), terms(true));
            }
        };
    }

    private Average average() {
        List<Average.Item> of = new ArrayList<>();
        for (long id = 1; id <= 2 + random.nextInt(5); id++) {
            of.add(new Average.Item(
                    id, random.nextBoolean() ? BigDecimal.ONE : new BigDecimal(decimal(500)).add(cent())));
        }
        Terms any = terms(true);
        Terms.Excused excused = any.excused() == Terms.Excused.MET ? Terms.Excused.WAITS : any.excused();
        return new Average(
                of,
                threshold(),
                unit(),
                random.nextInt(of.size()),
                new Terms(excused, any.missing(), any.late(), any.decimals()));
    }

    private int count(int most) {
        return 1 + random.nextInt(most);
    }

    private BigDecimal threshold() {
        return random.nextBoolean()
                ? new BigDecimal(1 + random.nextInt(100))
                : new BigDecimal(decimal(9999)).add(cent());
    }

    private Rule.Unit unit() {
        return random.nextBoolean() ? Rule.Unit.PERCENT : Rule.Unit.POINTS;
    }

    private Period period() {
        if (random.nextInt(3) > 0) {
            return Period.ALWAYS;
        }
        LocalDate from = random.nextInt(3) == 0 ? null : LocalDate.of(2026, 3, 1 + random.nextInt(8));
        LocalDate until = from != null && random.nextBoolean() ? null : LocalDate.of(2026, 3, 4 + random.nextInt(6));
        return new Period(from, until);
    }

    private Terms terms(boolean rounded) {
        if (random.nextInt(3) == 0) {
            return Terms.STANDARD;
        }
        return new Terms(
                Terms.Excused.values()[random.nextInt(4)],
                Terms.Missing.values()[random.nextInt(2)],
                Terms.Late.values()[random.nextInt(2)],
                rounded && random.nextInt(3) == 0 ? random.nextInt(5) : null);
    }

    private String decimal(int hundredths) {
        return new BigDecimal(random.nextInt(hundredths)).movePointLeft(2).toPlainString();
    }

    private static BigDecimal cent() {
        return new BigDecimal("0.01");
    }
}
