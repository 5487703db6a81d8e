package dev.laurel.gradebook.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moodle's plain text export by its structure, because its words are in the language of whoever exported it. Every column of
 * grades ends in how they are shown; an activity begins with its kind; totals, and what a teacher added by hand, do not. The
 * total of the course is the last of them, or the first where the site shows totals first. The last column of all is the time
 * of the export.
 */
final class MoodleExport {

    /** {@code quiz: midterm (real)}, of {@link CsvNames#normal} headers. */
    private static final Pattern SHOWN = Pattern.compile("(.*\\S) ?\\(([^()]+)\\)");

    private static final Pattern ACTIVITY = Pattern.compile("[^:]{1,80}?: ?(\\S.*)");

    private static final Pattern TIME = Pattern.compile("[12]\\d{9}");

    private static final String TIME_NAME = "last downloaded from this course";

    private static final Set<String> ENGLISH = Set.of("real", "percentage", "letter");

    private final List<CsvLook.Column> columns;

    /** Places of columns of grades by what is graded, in the order of the file. */
    private final Map<String, List<Integer>> graded = new LinkedHashMap<>();

    private final @Nullable String total;

    MoodleExport(List<CsvLook.Column> columns) {
        this.columns = columns;
        for (int place = 0; place < columns.size(); place++) {
            int each = place;
            header(columns.get(place).header())
                    .ifPresent(header -> graded.computeIfAbsent(header.name(), name -> new ArrayList<>())
                            .add(each));
        }
        List<String> names = List.copyOf(graded.keySet());
        this.total = names.isEmpty()
                ? null
                : List.of(names.get(names.size() - 1), names.get(0)).stream()
                        .filter(name -> !isActivity(name))
                        .findFirst()
                        .orElse(null);
    }

    private record Header(String name, String shown) {}

    private static Optional<Header> header(String header) {
        Matcher shown = SHOWN.matcher(CsvNames.normal(header));
        return shown.matches() ? Optional.of(new Header(shown.group(1), shown.group(2))) : Optional.empty();
    }

    private static boolean isActivity(String name) {
        return ACTIVITY.matcher(name).matches();
    }

    /** Whether these are the columns of one. */
    static boolean is(List<CsvLook.Column> columns) {
        CsvLook.Column last = columns.get(columns.size() - 1);
        List<Header> headers = columns.stream()
                .flatMap(column -> header(column.header()).stream())
                .toList();
        boolean time = header(last.header()).isEmpty()
                && last.filled() > 0
                && last.examples().stream()
                        .allMatch(example -> TIME.matcher(example).matches());
        return time && !headers.isEmpty()
                || headers.stream().anyMatch(header -> ENGLISH.contains(header.shown()))
                || columns.stream()
                        .anyMatch(column -> CsvNames.normal(column.header()).equals(TIME_NAME));
    }

    /** What the column may be called in Moodle itself, in {@link CsvNames#normal} words. */
    static Set<String> names(String header) {
        Set<String> names = new LinkedHashSet<>(Set.of(CsvNames.normal(header)));
        header(header).ifPresent(shown -> {
            names.add(shown.name());
            Matcher activity = ACTIVITY.matcher(shown.name());
            if (activity.matches()) {
                names.add(activity.group(1));
            }
        });
        return names;
    }

    /** Whether it shows grades as percentages. */
    boolean isPercent(int place) {
        CsvLook.Column column = columns.get(place);
        Optional<Header> header = header(column.header());
        List<String> said = column.examples().stream()
                .filter(example -> !CsvNames.isAbsent(example))
                .toList();
        return header.isPresent()
                && (header.get().shown().equals("percentage")
                        || !said.isEmpty() && said.stream().allMatch(Decimals::isPercent));
    }

    /** Whether it is the best way in which an activity's grades are shown: percentages before points. */
    boolean isResult(int place) {
        Optional<Header> header = header(columns.get(place).header());
        if (header.isEmpty() || isTotal(place) || mayBeTotal(place)) {
            return false;
        }
        List<Integer> ways = graded.getOrDefault(header.get().name(), List.of()).stream()
                .filter(this::isOfNumbers)
                .toList();
        return ways.stream()
                .filter(this::isPercent)
                .findFirst()
                .or(() -> ways.stream().findFirst())
                .filter(way -> way == place)
                .isPresent();
    }

    private boolean isOfNumbers(int place) {
        CsvLook.Column column = columns.get(place);
        String shown = header(column.header()).map(Header::shown).orElse("");
        return shown.equals("real") || shown.equals("percentage") || !shown.equals("letter") && column.isOfNumbers();
    }

    /** Whether it is the total of the course, or of a category by its name. */
    boolean isTotal(int place) {
        return header(columns.get(place).header())
                .filter(header -> header.name().equals(total) || CsvNames.isCalledTotal(header.name()))
                .isPresent();
    }

    /** Whether nothing shows that it is no total: a category may be called anything, in any language. */
    boolean mayBeTotal(int place) {
        return header(columns.get(place).header())
                        .filter(header -> !isActivity(header.name()))
                        .isPresent()
                && !isTotal(place)
                && isOfNumbers(place);
    }
}
