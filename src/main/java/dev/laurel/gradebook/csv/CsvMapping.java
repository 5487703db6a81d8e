package dev.laurel.gradebook.csv;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an instructor says a file means.
 *
 * @param delimiter between fields
 * @param decimals {@code null} where nothing in the file tells and nobody said
 * @param uses of each column, in the order of the file
 * @param takeBack results of these columns that the file does not have are taken back
 * @param totalItem in a file with one line per result, the name of what is the total of the course; {@code null}: none is
 */
public record CsvMapping(
        char delimiter,
        @Nullable Decimals decimals,
        List<Use> uses,
        boolean takeBack,
        @Nullable String totalItem) {

    public CsvMapping {
        uses = List.copyOf(uses);
        totalItem = totalItem == null || totalItem.isBlank() ? null : totalItem.strip();
    }

    /** What a column holds. */
    public enum Role {
        IGNORE,
        /** Says who: an e-mail address. */
        EMAIL,
        /** Says who: the number by which the LMS knows somebody. */
        USER_ID,
        /** Says who: the number of the institution's student system. */
        SIS_ID,
        /** A result per line, in a file with one line per student. */
        RESULT,
        /** The same, of the whole course: other results make it up. */
        TOTAL,
        /** The name of what is graded, in a file with one line per result. */
        ITEM,
        SCORE,
        MAXIMUM;

        static final Set<Role> WHO = EnumSet.of(EMAIL, USER_ID, SIS_ID);

        /** What is said of each student in a column of its own. */
        static final Set<Role> RESULTS = EnumSet.of(RESULT, TOTAL);

        static final Set<Role> PER_RESULT = EnumSet.of(ITEM, SCORE, MAXIMUM);
    }

    /** @param maximum of a {@link Role#RESULT} or {@link Role#TOTAL}; {@code null} where it has none */
    public record Use(Role role, @Nullable BigDecimal maximum) {}

    /** Why a mapping cannot be used. */
    public enum Problem {
        /** No column says whose the results are. */
        NOBODY,
        NO_RESULTS,
        /** One line per student and one line per result at once. */
        TWO_SHAPES,
        /** The same thing is said by two columns. */
        TWICE,
        /** A column of results has the name of another one. */
        SAME_NAME,
        /** Laurel writes this column itself, or it may be counted in it. */
        OWN_COLUMN,
        MAXIMUM,
        DECIMALS
    }

    /** A problem of one column, or of all where {@code place} is -1. */
    public record Flaw(Problem problem, int place) {}

    boolean isPerResult() {
        return uses.stream().anyMatch(use -> use.role() == Role.ITEM);
    }

    List<Integer> places(Role role) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < uses.size(); place++) {
            if (uses.get(place).role() == role) {
                places.add(place);
            }
        }
        return places;
    }

    int place(Role role) {
        List<Integer> places = places(role);
        return places.isEmpty() ? -1 : places.get(0);
    }

    /** Columns of results, those of totals among them, in the order of the file. */
    List<Integer> results() {
        return IntStream.range(0, uses.size())
                .filter(place -> Role.RESULTS.contains(uses.get(place).role()))
                .boxed()
                .toList();
    }

    boolean isTotal(int place) {
        return uses.get(place).role() == Role.TOTAL;
    }

    /** Whether this is what is the total, in a file with one line per result. */
    boolean isTotal(String item) {
        return totalItem != null && CsvNames.normal(totalItem).equals(CsvNames.normal(item));
    }

    /** Where results stand, and their maxima. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>(results());
        numbers.addAll(places(Role.SCORE));
        numbers.addAll(places(Role.MAXIMUM));
        return numbers;
    }
}
