package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Competencies of the course: 1 of 1 for who is proficient, 0 for who was rated below, nothing for who was not rated. The
 * word of the scale is the grade. Which place in the scale it is Moodle does not say without its framework.
 */
final class Competencies {

    private static final String GROUP = "Competencies";

    private Competencies() {}

    static List<Column> columns(JsonNode answer) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode each : MoodleCalls.list(answer)) {
            JsonNode competency = each.path("competency");
            String id = MoodleText.id(competency.path("id"));
            if (id != null) {
                columns.add(new Column(
                        MoodleText.COMPETENCY + id,
                        MoodleText.label(competency.path("shortname")),
                        LineItem.Kind.OUTCOME,
                        GROUP,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        null,
                        null,
                        null));
            }
        }
        return columns;
    }

    /** What one learner has in these columns ({@code report_competency_data_for_report}). */
    static Map<String, Result> ofLearner(JsonNode answer, String account, Iterable<Column> columns) {
        Map<String, JsonNode> ratings = new HashMap<>();
        for (JsonNode each : MoodleCalls.list(answer, "usercompetencies")) {
            JsonNode rating = each.path("usercompetencycourse");
            ratings.put(MoodleText.COMPETENCY + MoodleText.id(rating.path("competencyid")), rating);
        }
        Map<String, Result> results = new LinkedHashMap<>();
        for (Column column : columns) {
            JsonNode rating = ratings.get(column.externalId());
            results.put(
                    column.externalId(),
                    rating == null || !rating.path("proficiency").isBoolean()
                            ? Result.none(account)
                            : rated(rating, account));
        }
        return results;
    }

    private static Result rated(JsonNode rating, String account) {
        return new Result(
                account,
                Observation.Status.GRADED,
                rating.path("proficiency").asBoolean() ? BigDecimal.ONE : BigDecimal.ZERO,
                BigDecimal.ONE,
                MoodleText.plain(rating.path("gradename")),
                Observation.Visibility.POSTED,
                null,
                MoodleText.time(rating.path("timemodified")),
                null);
    }
}
