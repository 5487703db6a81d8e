package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.ags.AgsNumbers;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who graded which assignment of whom, by {@code mod_assign_get_grades}. Its numbers are no observations: it tells them
 * before marking is released. They only say whose gradebook is worth a look, and who gave the grade that stands there.
 */
final class Graders {

    private record Mark(BigDecimal grade, String grader) {}

    private final Map<String, Mark> marks = new HashMap<>();

    private final Set<String> accounts = new HashSet<>();

    void add(JsonNode answer) {
        for (JsonNode assignment : MoodleCalls.list(answer, "assignments")) {
            String instance = MoodleText.id(assignment.path("assignmentid"));
            for (JsonNode grade : MoodleCalls.list(assignment, "grades")) {
                String account = MoodleText.id(grade.path("userid"));
                if (instance == null || account == null) {
                    continue;
                }
                accounts.add(account);
                String grader = MoodleText.id(grade.path("grader"));
                if (grader != null) {
                    AgsNumbers.read(grade.get("grade"))
                            .ifPresent(number -> marks.put(instance + " " + account, new Mark(number, grader)));
                }
            }
        }
    }

    /** Everybody whose assignments were graded. */
    Set<String> accounts() {
        return accounts;
    }

    /** {@code null} where it is not known, as where another number stands in the gradebook than was given. */
    @Nullable
    String of(JsonNode item, String account, BigDecimal raw) {
        if (!item.path("itemmodule").asString("").equals("assign")) {
            return null;
        }
        Mark mark = marks.get(MoodleText.id(item.path("iteminstance")) + " " + account);
        return mark == null || mark.grade().compareTo(raw) != 0 ? null : mark.grader();
    }
}
