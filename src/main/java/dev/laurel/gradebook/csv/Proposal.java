package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.csv.CsvMapping.Flaw;
import dev.laurel.gradebook.csv.CsvMapping.Problem;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import dev.laurel.gradebook.csv.CsvMapping.Use;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a file probably mean, and whether what an instructor made of that can be used.
 *
 * @param ownNames what the columns are called, in {@link CsvNames#normal} words, that Laurel writes in this course
 * @param moodle the same columns as Moodle would have written them
 */
record Proposal(CsvLook look, Set<String> ownNames, MoodleExport moodle) {

    Proposal(CsvLook look, Set<String> ownNames) {
        this(look, ownNames, new MoodleExport(look.columns()));
    }

    /** What a percentage is out of. */
    static final BigDecimal HUNDRED = new BigDecimal(100);

    static final BigDecimal MOST_POINTS = new BigDecimal(1_000_000);

    CsvMapping mapping() {
        List<CsvLook.Column> columns = look.columns();
        Role[] roles = new Role[columns.size()];
        Arrays.fill(roles, Role.IGNORE);
        boolean perResult = columns.stream().anyMatch(column -> CsvNames.isItemName(column.header()))
                && columns.stream().anyMatch(column -> CsvNames.isScoreName(column.header()));
        who(roles);
        Set<String> taken = new HashSet<>();
        for (int place = 0; place < roles.length; place++) {
            CsvLook.Column column = columns.get(place);
            if (roles[place] != Role.IGNORE) {
                continue;
            }
            if (perResult) {
                roles[place] = ofPlain(column.header(), roles);
            } else if (isResult(place)
                    && !isOwn(place)
                    && taken.add(CsvNames.externalId(look.kind(), column.header()))) {
                roles[place] = ofResult(place);
            }
        }
        List<Use> uses = new ArrayList<>();
        for (int place = 0; place < roles.length; place++) {
            uses.add(new Use(roles[place], null));
        }
        CsvMapping mapping = new CsvMapping(look.delimiter(), null, uses, false, null);
        @Nullable Decimals decimals = decimalsShown(mapping).orElse(null);
        List<Use> complete = new ArrayList<>();
        for (int place = 0; place < roles.length; place++) {
            String header = columns.get(place).header();
            // Shown beforehand: a total of an export is none of the results until somebody asks for it.
            boolean isOutOf = Role.RESULTS.contains(roles[place]) || CsvNames.isPercentTotal(look.kind(), header);
            complete.add(new Use(roles[place], isOutOf ? maximum(place, decimals) : null));
        }
        return new CsvMapping(look.delimiter(), decimals, complete, false, null);
    }

    private void who(Role[] roles) {
        int mail = -1;
        int sis = -1;
        for (int place = 0; place < roles.length; place++) {
            CsvLook.Column column = look.columns().get(place);
            String header = CsvNames.normal(column.header());
            boolean number = CsvNames.isIdName(header)
                    // In a plain file it may as well number the lines, or the devices of a classroom.
                    || isBareId(header) && look.kind() == CsvLook.Kind.CANVAS && column.filled() > column.mails();
            if (number) {
                roles[place] = Role.USER_ID;
            } else if (CsvNames.isSisName(column.header()) && column.filled() > column.mails()) {
                sis = sis < 0 ? place : sis;
            } else if (column.mails() * 2 > column.filled() || CsvNames.isMailName(header)) {
                mail = mail < 0 || column.mails() > look.columns().get(mail).mails() ? place : mail;
            }
        }
        if (mail >= 0) {
            roles[mail] = Role.EMAIL;
        }
        if (sis >= 0) {
            roles[sis] = Role.SIS_ID;
        }
    }

    /** What a plain file calls a total is one only where Laurel writes nothing that may count in it. */
    private Role ofResult(int place) {
        if (!isTotal(place)) {
            return Role.RESULT;
        }
        return ownNames.isEmpty() ? Role.TOTAL : Role.IGNORE;
    }

    private static Role ofPlain(String header, Role[] before) {
        Role role = Role.IGNORE;
        if (CsvNames.isItemName(header)) {
            role = Role.ITEM;
        } else if (CsvNames.isScoreName(header)) {
            role = Role.SCORE;
        } else if (CsvNames.isMaximumName(header)) {
            role = Role.MAXIMUM;
        }
        return Arrays.asList(before).contains(role) ? Role.IGNORE : role;
    }

    private boolean isResult(int place) {
        CsvLook.Column column = look.columns().get(place);
        String header = column.header();
        if (!isName(header) || column.readOnly() || column.heldBack()) {
            return false;
        }
        // Canvas and Moodle write totals into every export; in a plain file one is there because somebody put it there.
        return switch (look.kind()) {
            case CANVAS -> CsvNames.isAssignment(header) && !isTotal(place);
            case MOODLE -> moodle.isResult(place);
            case PLAIN -> !header.isEmpty() && !isBareId(header) && column.isOfNumbers();
        };
    }

    /** Whether it is a total: Canvas and Moodle say so, and of a plain file the name does. */
    boolean isTotal(int place) {
        CsvLook.Column column = look.columns().get(place);
        return switch (look.kind()) {
            case CANVAS -> column.readOnly() || CsvNames.isCanvasTotal(column.header());
            case MOODLE -> moodle.isTotal(place);
            case PLAIN -> CsvNames.isPlainTotal(column.header());
        };
    }

    /** Whether the export does not show if it is one, so that only an instructor can say it. */
    boolean mayBeTotal(int place) {
        return look.kind() == CsvLook.Kind.MOODLE && moodle.mayBeTotal(place);
    }

    private static boolean isBareId(String header) {
        return CsvNames.normal(header).equals("id");
    }

    private static boolean isName(String header) {
        return !header.isEmpty() && header.length() <= FileReading.LONGEST_NAME;
    }

    private @Nullable BigDecimal maximum(int place, @Nullable Decimals decimals) {
        CsvLook.Column column = look.columns().get(place);
        if (look.kind() == CsvLook.Kind.MOODLE && moodle.isPercent(place)
                || look.kind() == CsvLook.Kind.PLAIN && column.isOfPercents()
                || CsvNames.isPercentTotal(look.kind(), column.header())) {
            return HUNDRED;
        }
        return Optional.ofNullable(decimals)
                .or(() -> Optional.of(Decimals.POINT)
                        .filter(point -> Decimals.evidence(column.maximum()) == Decimals.Evidence.WHOLE))
                .flatMap(how -> how.read(column.maximum()))
                .filter(maximum -> maximum.signum() >= 0 && maximum.compareTo(MOST_POINTS) <= 0)
                .orElse(null);
    }

    /** The same where at least one number shows it; where all are whole, either way is as good. */
    Optional<Decimals> decimalsShown(CsvMapping mapping) {
        boolean shown = mapping.numbers().stream()
                .map(look.columns()::get)
                .anyMatch(column -> column.points() + column.commas() > 0);
        return shown ? decimals(mapping) : Optional.empty();
    }

    /** How the numbers of these columns are written; empty where they tell nothing clear. */
    Optional<Decimals> decimals(CsvMapping mapping) {
        long points = 0;
        long commas = 0;
        long unclear = 0;
        for (int place : mapping.numbers()) {
            CsvLook.Column column = look.columns().get(place);
            points += column.points();
            commas += column.commas();
            unclear += column.unclear();
        }
        if (points > 0 && commas > 0 || points + commas == 0 && unclear > 0) {
            return Optional.empty();
        }
        return Optional.of(commas > 0 ? Decimals.COMMA : Decimals.POINT);
    }

    /** A column of Laurel's own, or a total into which one counts, is never an input. */
    boolean isOwn(int place) {
        String header = look.columns().get(place).header();
        Set<String> names = look.kind() == CsvLook.Kind.MOODLE
                ? MoodleExport.names(header)
                : Set.of(CsvNames.normal(CsvNames.label(look.kind(), header)));
        return names.stream().anyMatch(ownNames::contains)
                || !ownNames.isEmpty() && look.kind() != CsvLook.Kind.PLAIN && isTotal(place);
    }

    /** What is wrong with it; nothing where it can be used. */
    List<Flaw> flaws(CsvMapping mapping) {
        List<Flaw> flaws = new ArrayList<>();
        if (mapping.uses().stream().noneMatch(use -> Role.WHO.contains(use.role()))) {
            flaws.add(new Flaw(Problem.NOBODY, -1));
        }
        boolean wide = !mapping.results().isEmpty();
        boolean perResult = mapping.uses().stream().anyMatch(use -> Role.PER_RESULT.contains(use.role()));
        if (wide && perResult) {
            flaws.add(new Flaw(Problem.TWO_SHAPES, -1));
        } else if (!wide && (mapping.place(Role.ITEM) < 0 || mapping.place(Role.SCORE) < 0)) {
            flaws.add(new Flaw(Problem.NO_RESULTS, -1));
        }
        for (Role role : EnumSet.of(Role.EMAIL, Role.USER_ID, Role.SIS_ID, Role.ITEM, Role.SCORE, Role.MAXIMUM)) {
            mapping.places(role).stream().skip(1).forEach(place -> flaws.add(new Flaw(Problem.TWICE, place)));
        }
        Map<String, Integer> names = new HashMap<>();
        for (int place : mapping.results()) {
            String header = look.columns().get(place).header();
            if (isOwn(place) || mapping.isTotal(place) && !ownNames.isEmpty()) {
                flaws.add(new Flaw(Problem.OWN_COLUMN, place));
            }
            if (!isName(header) || names.put(CsvNames.externalId(look.kind(), header), place) != null) {
                flaws.add(new Flaw(Problem.SAME_NAME, place));
            }
            BigDecimal maximum = mapping.uses().get(place).maximum();
            if (maximum != null && (maximum.signum() < 0 || maximum.compareTo(MOST_POINTS) > 0)) {
                flaws.add(new Flaw(Problem.MAXIMUM, place));
            }
        }
        if (mapping.totalItem() != null && !ownNames.isEmpty()) {
            flaws.add(new Flaw(Problem.OWN_COLUMN, -1));
        }
        if (flaws.isEmpty() && mapping.decimals() == null && decimals(mapping).isEmpty()) {
            flaws.add(new Flaw(Problem.DECIMALS, -1));
        }
        return Collections.unmodifiableList(flaws);
    }
}
