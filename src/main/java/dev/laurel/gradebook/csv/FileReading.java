package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import dev.laurel.gradebook.csv.CsvProblem.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file under its mapping, twice: first what it is about and what it says more than once, then result by result. It
 * holds one line at a time, and three bits for each learner and item.
 */
final class FileReading {

    static final int MOST_ITEMS = 500;

    private static final BigDecimal FAR = BigDecimal.TEN;

    static final int LONGEST_NAME = 255;

    private static final Set<Reason> UNCLEAR = EnumSet.of(
            Reason.FIELDS,
            Reason.NOBODY_NAMED,
            // Somebody of the course, maybe, under a name that Laurel does not know of her yet.
            Reason.UNKNOWN_LEARNER,
            Reason.AMBIGUOUS_LEARNER,
            Reason.TWO_LEARNERS,
            Reason.OTHER_NAME,
            Reason.ITEM_MISSING,
            Reason.BAD_MAXIMUM);

    private final CsvFile file;

    private final CsvLook look;

    private final CsvMapping mapping;

    private final Proposal proposal;

    private final Learners learners;

    private final Decimals decimals;

    private final int width;

    private final List<Integer> results;

    private final List<Map.Entry<Integer, Role>> who = new ArrayList<>();

    /** Columns with names of people, which find nobody but may speak against who was found. */
    private final List<Integer> names;

    private final Map<String, Item> items = new LinkedHashMap<>();

    private int testStudents;

    private int unclearLines;

    FileReading(FileBytes bytes, Proposal proposal, CsvMapping mapping, Learners learners) {
        this.look = proposal.look();
        this.proposal = proposal;
        this.file = new CsvFile(bytes, look.encoding(), mapping.delimiter());
        this.mapping = mapping;
        this.learners = learners;
        this.decimals = Optional.ofNullable(mapping.decimals()).orElse(Decimals.POINT);
        this.width = look.columns().size();
        this.results = mapping.results();
        this.names = mapping.places(Role.IGNORE).stream()
                .filter(place -> CsvNames.isPersonName(look.columns().get(place).header()))
                .toList();
        for (Role role : Role.WHO) {
            mapping.places(role).forEach(place -> who.add(Map.entry(place, role)));
        }
        for (int place : results) {
            String header = look.columns().get(place).header();
            add(
                    CsvNames.externalId(look.kind(), header),
                    CsvNames.label(look.kind(), header),
                    kind(place),
                    maximum(place));
        }
        first();
    }

    /** The exports of Canvas and Moodle say themselves what is a total. */
    private LineItem.Kind kind(int place) {
        boolean said = look.kind() != CsvLook.Kind.PLAIN && proposal.isTotal(place);
        return said || mapping.isTotal(place) ? LineItem.Kind.SUBTOTAL : LineItem.Kind.SCORE;
    }

    private @Nullable BigDecimal maximum(int place) {
        BigDecimal said = mapping.uses().get(place).maximum();
        return said == null && look.columns().get(place).isOfPercents() ? Proposal.HUNDRED : said;
    }

    /** Something that is graded. */
    static final class Item {

        final int place;

        final String externalId;

        final String label;

        final LineItem.Kind kind;

        final @Nullable BigDecimal maximum;

        private final BitSet once = new BitSet();

        private final BitSet again = new BitSet();

        private final BitSet mentioned = new BitSet();

        private Item(int place, String externalId, String label, LineItem.Kind kind, @Nullable BigDecimal maximum) {
            this.place = place;
            this.externalId = externalId;
            this.label = label;
            this.kind = kind;
            this.maximum = maximum;
        }

        /** Whether the file says anything of this learner here, be it understood or not. */
        boolean mentions(int learner) {
            return mentioned.get(learner);
        }

        private void note(int learner) {
            if (once.get(learner)) {
                again.set(learner);
            }
            once.set(learner);
        }
    }

    /** @param learner place among the learners */
    record Found(
            long line,
            int learner,
            Item item,
            Status status,
            @Nullable BigDecimal score) {}

    /** What is told, line by line. */
    interface Listener {

        void found(Found found);

        void problem(CsvProblem problem);

        /** @param said by which the learner of a line was found */
        default void learner(long line, String said, int learner) {}

        /** @param rows how many lines about learners were read */
        void endOfLine(long rows);
    }

    List<Item> items() {
        return List.copyOf(items.values());
    }

    /** Lines about the student that Canvas makes up for its teachers. */
    int testStudents() {
        return testStudents;
    }

    /** Lines of which nobody can say whose result for what they are: somebody may only seem to be missing. */
    int unclearLines() {
        return unclearLines;
    }

    private void first() {
        read(
                0,
                new Listener() {

                    @Override
                    public void found(Found found) {
                        found.item().note(found.learner());
                    }

                    @Override
                    public void problem(CsvProblem problem) {
                        if (UNCLEAR.contains(problem.reason())) {
                            unclearLines++;
                        }
                    }

                    @Override
                    public void endOfLine(long rows) {}
                },
                true);
    }

    /** @param skip as many lines about learners were told before */
    void read(long skip, Listener listener) {
        read(skip, listener, false);
    }

    private void read(long skip, Listener listener, boolean first) {
        testStudents = 0;
        try (CsvFile.Lines lines = file.open()) {
            lines.next();
            long rows = 0;
            while (lines.hasNext()) {
                CsvFile.Line line = lines.next();
                if (rows == 0 && CsvLook.Special.of(line) != CsvLook.Special.NONE) {
                    continue;
                }
                rows++;
                if (isTestStudent(line)) {
                    testStudents++;
                } else if (rows > skip) {
                    tell(line, listener, first);
                }
                if (rows > skip) {
                    listener.endOfLine(rows);
                }
            }
        }
    }

    private boolean isTestStudent(CsvFile.Line line) {
        return look.kind() == CsvLook.Kind.CANVAS
                && CsvNames.isTestStudent(look.columns().get(0).header(), line.field(0));
    }

    private void tell(CsvFile.Line line, Listener listener, boolean first) {
        if (line.fields().size() != width) {
            listener.problem(CsvProblem.of(
                    line.number(), Reason.FIELDS, "", line.fields().size() + " / " + width));
            return;
        }
        List<Map.Entry<Role, String>> said = new ArrayList<>();
        for (Map.Entry<Integer, Role> column : who) {
            String name = line.field(column.getKey());
            if (!name.isEmpty()) {
                said.add(Map.entry(column.getValue(), name));
            }
        }
        Learners.Match match = learners.find(said);
        Reason nobody = match.problem();
        if (nobody != null) {
            listener.problem(CsvProblem.of(
                    line.number(), nobody, "", said.isEmpty() ? "" : said.get(0).getValue()));
            return;
        }
        String called = names.stream().map(line::field).collect(Collectors.joining(" "));
        // Names may have stayed where they were while the rest of the file was sorted; a number may only count the
        // lines.
        if (!learners.mayBeCalled(match.place(), called)) {
            listener.problem(CsvProblem.of(
                    line.number(), Reason.OTHER_NAME, "", said.get(0).getValue() + ", " + called.strip()));
            return;
        }
        listener.learner(line.number(), said.get(0).getValue(), match.place());
        if (mapping.isPerResult()) {
            tellResult(line, match.place(), listener, first);
        } else {
            int n = 0;
            for (Item item : items.values()) {
                tell(line, match.place(), item, line.field(results.get(n++)), listener, first);
            }
        }
    }

    private void tellResult(CsvFile.Line line, int learner, Listener listener, boolean first) {
        String name = line.field(mapping.place(Role.ITEM));
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            listener.problem(CsvProblem.of(line.number(), Reason.ITEM_MISSING, "", name));
            return;
        }
        boolean ownInTotal = !proposal.ownNames().isEmpty() && CsvNames.isPlainTotal(name);
        if (ownInTotal || proposal.ownNames().contains(CsvNames.normal(name))) {
            listener.problem(CsvProblem.of(line.number(), Reason.OWN_COLUMN, name, ""));
            return;
        }
        int place = mapping.place(Role.MAXIMUM);
        String maximumSaid = place < 0 ? "" : line.field(place);
        Optional<BigDecimal> maximum = decimals.read(maximumSaid)
                .filter(number -> number.signum() >= 0 && number.compareTo(Proposal.MOST_POINTS) <= 0);
        if (!maximumSaid.isEmpty() && maximum.isEmpty()) {
            listener.problem(CsvProblem.of(line.number(), Reason.BAD_MAXIMUM, name, maximumSaid));
            return;
        }
        boolean isPercent = maximumSaid.isEmpty() && Decimals.isPercent(line.field(mapping.place(Role.SCORE)));
        if (isPercent) {
            maximum = Optional.of(Proposal.HUNDRED);
        }
        String externalId = CsvNames.externalId(CsvLook.Kind.PLAIN, name);
        Item item = items.get(externalId);
        if (item == null) {
            item = add(
                    externalId,
                    name,
                    mapping.isTotal(name) ? LineItem.Kind.SUBTOTAL : LineItem.Kind.SCORE,
                    maximum.orElse(null));
        }
        if (maximum.isPresent() && (item.maximum == null || maximum.get().compareTo(item.maximum) != 0)
                || maximum.isEmpty() && item.maximum != null) {
            item.mentioned.set(learner);
            listener.problem(
                    isPercent
                            ? CsvProblem.of(line.number(), Reason.PERCENT, name, line.field(mapping.place(Role.SCORE)))
                            : CsvProblem.of(line.number(), Reason.OTHER_MAXIMUM, name, maximumSaid));
            return;
        }
        tell(line, learner, item, line.field(mapping.place(Role.SCORE)), listener, first);
    }

    private Item add(String externalId, String label, LineItem.Kind kind, @Nullable BigDecimal maximum) {
        if (items.size() >= MOST_ITEMS) {
            throw new CsvRefusedException(CsvRefusedException.Reason.TOO_MANY_ITEMS);
        }
        Item item = new Item(items.size(), externalId, label, kind, maximum);
        items.put(externalId, item);
        return item;
    }

    private void tell(CsvFile.Line line, int learner, Item item, String field, Listener listener, boolean first) {
        if (CsvNames.isAbsent(field)) {
            return;
        }
        item.mentioned.set(learner);
        Found found;
        if (CsvNames.isExcused(field)) {
            found = new Found(line.number(), learner, item, Status.EXCUSED, null);
        } else {
            BigDecimal score = decimals.read(field).orElse(null);
            Reason bad = score == null ? Reason.NO_NUMBER : bad(score, field, item.maximum);
            if (bad != null) {
                listener.problem(CsvProblem.of(line.number(), bad, item.label, field));
                return;
            }
            found = new Found(line.number(), learner, item, Status.GRADED, score);
        }
        if (!first && item.again.get(learner)) {
            listener.problem(CsvProblem.of(line.number(), Reason.REPEATED, item.label, field));
            return;
        }
        listener.found(found);
    }

    private static @Nullable Reason bad(BigDecimal score, String field, @Nullable BigDecimal maximum) {
        if (score.signum() < 0) {
            return Reason.BELOW_ZERO;
        }
        if (score.compareTo(Proposal.MOST_POINTS) > 0) {
            return Reason.TOO_LARGE;
        }
        if (Decimals.isPercent(field) && (maximum == null || maximum.compareTo(Proposal.HUNDRED) != 0)) {
            return Reason.PERCENT;
        }
        boolean far = maximum != null && maximum.signum() > 0 && score.compareTo(maximum.multiply(FAR)) > 0;
        return far ? Reason.FAR_ABOVE : null;
    }
}
