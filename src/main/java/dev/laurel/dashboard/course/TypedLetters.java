package dev.laurel.dashboard.course;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.GradingScheme.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Letters as an instructor types them, a line each: {@code 83 B}.
 *
 * @param steps the best first
 * @param badLine the first line that cannot be used, counted from 1; 0 where there is none
 * @param problem the end of the message key that says why; {@code null} where they can be used
 */
record TypedLetters(List<Step> steps, int badLine, @Nullable String problem) {

    /** With which Moodle begins. */
    static final String OF_MOODLE = """
            93 A
            90 A-
            87 B+
            83 B
            80 B-
            77 C+
            73 C
            70 C-
            67 D+
            60 D
            0 F""";

    private static final Pattern LINE = Pattern.compile("(\\d{1,3}(?:[.,]\\d{1,4})?)\\s*%?\\s+(\\S(?:.{0,18}\\S)?)");

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final int MOST = 30;

    static TypedLetters of(String typed) {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : typed.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty()) {
                continue;
            }
            Matcher said = LINE.matcher(line);
            BigDecimal from = said.matches() ? new BigDecimal(said.group(1).replace(',', '.')) : null;
            if (from == null || from.compareTo(HUNDRED) > 0) {
                return new TypedLetters(List.of(), number, "line");
            }
            Step step = new Step(said.group(2), from);
            boolean isThere = steps.stream()
                    .anyMatch(each -> each.letter().equals(step.letter())
                            || each.fromPercent().compareTo(step.fromPercent()) == 0);
            if (isThere) {
                return new TypedLetters(List.of(), number, "twice");
            }
            steps.add(step);
        }
        if (steps.size() < 2 || steps.size() > MOST) {
            return new TypedLetters(List.of(), 0, "number");
        }
        steps.sort(Comparator.comparing(Step::fromPercent).reversed());
        return new TypedLetters(steps, 0, null);
    }

    GradingScheme scheme() {
        return new GradingScheme(steps);
    }

    /** As it would be typed. */
    static String written(GradingScheme scheme) {
        return written(scheme, "\n");
    }

    static String inOneLine(GradingScheme scheme) {
        return written(scheme, ", ");
    }

    private static String written(GradingScheme scheme, String between) {
        return scheme.steps().stream()
                .map(step -> step.fromPercent().toPlainString() + " " + step.letter())
                .collect(Collectors.joining(between));
    }
}
