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
import tools.jackson.databind.node.MissingNode;

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

    /**
     * What one learner has in these columns ({@code report_competency_data_for_report}). Of whom nobody has said anything
     * Moodle tells no proficiency.
     *
     * @return without those of which something is said that cannot be understood
     */
    static Map<String, Result> ofLearner(JsonNode answer, String account, Iterable<Column> columns) {
        Map<String, JsonNode> ratings = new HashMap<>();
        for (JsonNode each : MoodleCalls.list(answer, "usercompetencies")) {
            JsonNode rating = each.path("usercompetencycourse");
            ratings.put(MoodleText.COMPETENCY + MoodleText.id(rating.path("competencyid")), rating);
        }
        Map<String, Result> results = new LinkedHashMap<>();
        for (Column column : columns) {
            JsonNode rating = ratings.getOrDefault(column.externalId(), MissingNode.getInstance());
            JsonNode proficiency = rating.path("proficiency");
            Boolean proficient = MoodleText.flag(proficiency);
            if (proficient != null) {
                results.put(column.externalId(), rated(rating, proficient, account));
            } else if (proficiency.isMissingNode() || proficiency.isNull()) {
                results.put(column.externalId(), Result.none(account));
            }
        }
        return results;
    }

    private static Result rated(JsonNode rating, boolean proficient, String account) {
        return new Result(
                account,
                Observation.Status.GRADED,
                proficient ? BigDecimal.ONE : BigDecimal.ZERO,
                BigDecimal.ONE,
                MoodleText.plain(rating.path("gradename")),
                Observation.Visibility.POSTED,
                null,
                MoodleText.time(rating.path("timemodified")),
                null);
    }
}
