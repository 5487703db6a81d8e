package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ags.AgsNumbers;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code gradereport_user_get_grade_items} says of one or of all learners. Everything is told of each learner whom it
 * names, and nothing is concluded from somebody's being left out: Moodle leaves out who is suspended.
 *
 * <p>Points are counted from the minimum of a column, which need not be 0, so that a percentage is the one that Moodle
 * shows. The course total is a percentage, because its maximum differs from learner to learner where empty grades are left
 * out; so are totals of categories.
 */
final class GradeReport {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private static final int DECIMALS = 6;

    private final ToolItems toolItems;

    private final Map<String, String> groups;

    private final Graders graders;

    private final HandIns handIns;

    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** By the column, then by the account. */
    private final Map<String, Map<String, Result>> results = new LinkedHashMap<>();

    private final Map<String, Set<String>> unreadable = new LinkedHashMap<>();

    private final Map<String, Set<String>> withoutGrade = new LinkedHashMap<>();

    private final Set<String> outputModules = new HashSet<>();

    private @Nullable ReportRow total;

    private final Map<String, ReportRow> categories = new LinkedHashMap<>();

    /** What categories are called, by their numbers: a total has no name of its own. */
    private final Map<String, String> names = new HashMap<>();

    private boolean emptyIsLeftOut;

    private boolean emptyCounts;

    /** Who has a grade. */
    private final Set<String> graded = new HashSet<>();

    private boolean showsWeights;

    private boolean withholds;

    /** @param groups what items are filed under, by their numbers */
    GradeReport(ToolItems toolItems, Map<String, String> groups, Graders graders, HandIns handIns) {
        this.toolItems = toolItems;
        this.groups = groups;
        this.graders = graders;
        this.handIns = handIns;
    }

    /** Adds what one answer says. */
    void add(JsonNode answer) {
        for (JsonNode learner : MoodleCalls.list(answer, "usergrades")) {
            String account = MoodleText.id(learner.path("userid"));
            if (account == null) {
                throw ServiceProblem.unreadable(
                        "Moodle lists grades without saying whose they are. Nothing was changed.");
            }
            // In the order of a tree: a category may stand before or behind what it holds.
            List<ReportRow> totals = new ArrayList<>();
            boolean hidesPart = false;
            boolean withholdsPart = false;
            boolean isGraded = false;
            for (JsonNode row : MoodleCalls.list(learner, "gradeitems")) {
                ReportRow item = ReportRow.of(row);
                withholds |= item.isWithheld();
                withholdsPart |= item.isWithheld() && item.mayCount();
                hidesPart |= item.isHidden() && !item.isEmpty() && item.mayCount();
                isGraded |= !item.isTotal() && !item.isEmpty();
                weigh(item);
                if (item.isTotal()) {
                    totals.add(item);
                } else {
                    add(account, item);
                }
            }
            if (isGraded) {
                graded.add(account);
            }
            for (ReportRow item : totals) {
                if (item.type().equals("course")) {
                    total = item;
                } else {
                    categories.put(item.id(), item);
                }
                // Which categories lie in which is not told: what is hidden in one may count in any.
                addTotal(account, item, hidesPart, withholdsPart);
            }
        }
    }

    /** What the row tells of the way in which totals are made. A course is in no total, and has no weight. */
    private void weigh(ReportRow item) {
        showsWeights |= item.isWeighed();
        emptyIsLeftOut |= item.isEmpty() && item.status().equals("novalue");
        emptyCounts |= item.countsThoughEmpty();
    }

    private void add(String account, ReportRow item) {
        String category = MoodleText.id(item.row().path("categoryid"));
        String name = groups.get(item.id());
        if (category != null && name != null) {
            names.put(category, name);
        }
        if (toolItems.isOutput(item.id())) {
            Optional.ofNullable(MoodleText.id(item.row().path("cmid"))).ifPresent(outputModules::add);
        }
        if (toolItems.isLeftToAgs(item.id())) {
            return;
        }
        columns.put(item.externalId(), column(item));
        // While Moodle is still calculating, the old number says nothing about the new one.
        if (!item.row().path("gradeneedsupdate").asBoolean(false)) {
            addResult(account, item);
        }
    }

    private void addResult(String account, ReportRow item) {
        HandIns.Work work =
                item.isOfAssignment() ? handIns.of(item, account) : new HandIns.Work(stateOf(item), item.savedAt());
        if (item.isWithheld()) {
            put(item.externalId(), account, null);
        } else if (!item.isEmpty()) {
            put(item.externalId(), account, grade(account, item, work));
        } else if (item.status().equals("excluded")) {
            put(item.externalId(), account, work(account, Observation.Status.EXCUSED, item, work.at()));
        } else {
            addWork(account, item, work);
        }
    }

    private static HandIns.State stateOf(ReportRow item) {
        return item.savedAt() == null ? HandIns.State.NOT_HANDED_IN : HandIns.State.HANDED_IN;
    }

    /** Of work without a grade. */
    private void addWork(String account, ReportRow item, HandIns.Work work) {
        switch (work.state()) {
            case HANDED_IN ->
                put(
                        item.externalId(),
                        account,
                        work(account, Observation.Status.SUBMITTED, item, work.at())
                                .handedIn(work.at()));
            case NOT_HANDED_IN -> put(item.externalId(), account, Result.none(account));
            case AS_BEFORE -> addTo(withoutGrade, item, account);
            case UNTOLD -> {
                // It was handed in, or it is a draft. Without a day nothing is there, or a teacher saved something.
                if (item.savedAt() == null) {
                    addTo(withoutGrade, item, account);
                } else {
                    put(
                            item.externalId(),
                            account,
                            work(account, Observation.Status.UNREADABLE, item, item.savedAt())
                                    .handedIn(item.savedAt()));
                }
            }
        }
    }

    private static Result work(String account, Observation.Status status, ReportRow item, @Nullable Instant at) {
        return new Result(account, status, null, null, null, visibility(item.isHidden()), null, at, null);
    }

    private Column column(ReportRow item) {
        return new Column(
                item.externalId(),
                label(item),
                item.outcome() ? LineItem.Kind.OUTCOME : LineItem.Kind.SCORE,
                groups.get(item.id()),
                null,
                maximum(item),
                null,
                null,
                null);
    }

    private static String label(ReportRow item) {
        BigDecimal span = item.span();
        // An outcome is graded by words, too, though it has levels.
        if (item.isOfWords() || item.outcome()) {
            return item.label()
                    + (span == null
                            ? " (words: 0 is the lowest)"
                            : " (words: 0 is the lowest, " + plain(span) + " the best)");
        }
        boolean shifted = item.minimum().signum() != 0 && !item.scale();
        return shifted ? item.label() + " (points above " + plain(item.minimum()) + ")" : item.label();
    }

    /** The words of a scale are in an order, and not out of anything: nobody said what share of the best a word is worth. */
    private static @Nullable BigDecimal maximum(ReportRow item) {
        return item.isOfWords() ? null : item.span();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /**
     * A grade that a teacher excluded is left out of totals and stays a grade, like one of the lowest that are dropped; Moodle
     * calls both dropped. Only where there is no grade to stay does being excluded excuse.
     *
     * @return {@code null} where there is something that cannot be understood
     */
    private @Nullable Result grade(String account, ReportRow item, HandIns.Work work) {
        BigDecimal raw = AgsNumbers.read(item.row().get("graderaw")).orElse(null);
        if (raw == null) {
            return null;
        }
        String grader = graders.of(item.row(), account, raw);
        return new Result(
                        account,
                        Observation.Status.GRADED,
                        raw.subtract(item.minimum()),
                        maximum(item),
                        item.scale() ? MoodleText.plain(item.row().path("gradeformatted")) : letter(item),
                        visibility(item.isHidden()),
                        null,
                        MoodleText.time(item.row().path("gradedategraded")),
                        grader)
                .handedIn(day(item, work, raw))
                // Moodle does not say of anything else who graded: an essay in a quiz is marked by a person.
                .by(grader == null ? null : Observation.Grader.PERSON);
    }

    /** @param withholdsPart whether a grade is not told for which Moodle leaves the total empty, or makes it without */
    private void addTotal(String account, ReportRow item, boolean hidesPart, boolean withholdsPart) {
        if (item.row().path("gradeneedsupdate").asBoolean(false)) {
            return;
        }
        if (withholdsPart) {
            put(item.externalId(), account, null);
            return;
        }
        if (item.isEmpty()) {
            put(item.externalId(), account, Result.none(account));
            return;
        }
        BigDecimal raw = AgsNumbers.read(item.row().get("graderaw")).orElse(null);
        BigDecimal span = item.span();
        put(
                item.externalId(),
                account,
                raw == null || span == null || span.signum() <= 0
                        ? null
                        : new Result(
                                account,
                                Observation.Status.GRADED,
                                raw.subtract(item.minimum())
                                        .multiply(HUNDRED)
                                        .divide(span, DECIMALS, RoundingMode.FLOOR),
                                HUNDRED,
                                item.scale() ? null : letter(item),
                                // Read with the eyes of staff, it may hold what the learner cannot see yet.
                                visibility(item.isHidden() || hidesPart),
                                null,
                                MoodleText.time(item.row().path("gradedategraded")),
                                null));
    }

    /**
     * Whether Moodle shows totals of the course under other letters than this scheme gives them. One alone may be at a border,
     * or have been overridden.
     */
    boolean isLetteredOtherwise(GradingScheme scheme) {
        return total != null
                && results(total.externalId()).stream()
                                .filter(result -> isLetteredOtherwise(result, scheme))
                                .limit(2)
                                .count()
                        == 2;
    }

    private static boolean isLetteredOtherwise(Result result, GradingScheme scheme) {
        if (result.score() == null || result.grade() == null) {
            return false;
        }
        int shown = scheme.place(result.grade()).orElse(-1);
        // Its last decimal was cut off, and Moodle reckons with all of them.
        BigDecimal more = result.score().add(BigDecimal.ONE.movePointLeft(DECIMALS));
        return shown != scheme.place(result.score(), HUNDRED) && shown != scheme.place(more, HUNDRED);
    }

    /** Only where the site shows letters in its reports. */
    private static @Nullable String letter(ReportRow item) {
        return MoodleText.plain(item.row().path("lettergradeformatted"));
    }

    private void put(String externalId, String account, @Nullable Result result) {
        if (result == null) {
            unreadable.computeIfAbsent(externalId, id -> new HashSet<>()).add(account);
        } else {
            results.computeIfAbsent(externalId, id -> new LinkedHashMap<>()).put(account, result);
        }
    }

    private static void addTo(Map<String, Set<String>> accounts, ReportRow item, String account) {
        accounts.computeIfAbsent(item.externalId(), id -> new HashSet<>()).add(account);
    }

    /** Of work that Moodle does not tell of, the day on which it was saved last; but a grade of nothing may stand beside a draft. */
    private static @Nullable Instant day(ReportRow item, HandIns.Work work, BigDecimal raw) {
        boolean isOfNothing = raw.compareTo(item.minimum()) == 0;
        return work.state() != HandIns.State.UNTOLD ? work.at() : isOfNothing ? null : item.savedAt();
    }

    private static Observation.Visibility visibility(boolean hidden) {
        return hidden ? Observation.Visibility.HIDDEN : Observation.Visibility.POSTED;
    }

    /**
     * Whether there are grades and no weights, which a site or a course may hide. Then nothing tells which grades are
     * excluded, nor what totals do with empty ones.
     */
    boolean hidesWeights() {
        return !graded.isEmpty() && !showsWeights;
    }

    /** Whether there are grades that Moodle does not tell whoever may not see what is hidden from students. */
    boolean withholds() {
        return withholds;
    }

    /** The columns that it showed. */
    List<Column> columns(@Nullable Column knownTotal) {
        List<Column> all = new ArrayList<>(columns.values());
        if (total != null) {
            all.add(total(total, knownTotal));
        }
        categories.values().forEach(item -> all.add(subtotal(item)));
        return all;
    }

    /** Whether it showed the totals of the course as they are now. */
    boolean showsTotals() {
        return total != null;
    }

    private Column subtotal(ReportRow item) {
        String category = Objects.requireNonNullElse(MoodleText.id(item.row().path("iteminstance")), item.id());
        String own = MoodleText.group(item.row().path("itemname"));
        String name = names.get(category);
        String label = own != null ? own : name != null ? "Total of " + name : "Total of category " + category;
        return new Column(item.externalId(), label, LineItem.Kind.SUBTOTAL, null, null, HUNDRED, null, null, null);
    }

    /**
     * Moodle does not say whether its total leaves empty grades out; what it did with an empty one shows it. Where there is
     * none, both are the same, and it stays what it was known to be; as long as that is nothing it is neither total. Where
     * weights are hidden no empty one would show that somebody has changed it, so that it is neither from then on; of one
     * learner alone they may only not be worked out yet.
     */
    private Column total(ReportRow item, @Nullable Column known) {
        LineItem.Kind kind = LineItem.Kind.SUBTOTAL;
        if (emptyIsLeftOut != emptyCounts) {
            kind = emptyIsLeftOut ? LineItem.Kind.TOTAL_CURRENT : LineItem.Kind.TOTAL_FINAL;
        } else if (!emptyIsLeftOut && known != null && !(hidesWeights() && graded.size() > 1)) {
            kind = known.kind();
        }
        return new Column(item.externalId(), totalLabel(kind), kind, null, null, HUNDRED, null, null, null);
    }

    private String totalLabel(LineItem.Kind kind) {
        return switch (kind) {
            case TOTAL_CURRENT -> "Course total so far";
            case TOTAL_FINAL -> "Course total";
            default ->
                emptyCounts
                        ? "Course total (empty grades count in some categories)"
                        : "Course total (whether empty grades count is not known)";
        };
    }

    List<Result> results(String externalId) {
        return List.copyOf(Objects.requireNonNullElse(results.get(externalId), Map.<String, Result>of())
                .values());
    }

    Set<String> unreadable(String externalId) {
        return Set.copyOf(Objects.requireNonNullElse(unreadable.get(externalId), Set.<String>of()));
    }

    /** Who has no grade, and of whose work nothing new is known. */
    Set<String> withoutGrade(String externalId) {
        return Set.copyOf(Objects.requireNonNullElse(withoutGrade.get(externalId), Set.<String>of()));
    }

    /** Activities whose grade Laurel writes, so that their completion is no input either. */
    Set<String> outputModules() {
        return outputModules;
    }

    /** The numbers of the assignments in an answer, as the functions of assignments want them. */
    static List<String> assignments(JsonNode answer) {
        Set<String> assignments = new LinkedHashSet<>();
        for (JsonNode learner : MoodleCalls.list(answer, "usergrades")) {
            for (JsonNode row : MoodleCalls.list(learner, "gradeitems")) {
                String instance = MoodleText.id(row.path("iteminstance"));
                if (instance != null && row.path("itemmodule").asString("").equals("assign")) {
                    assignments.add(instance);
                }
            }
        }
        return List.copyOf(assignments);
    }
}
