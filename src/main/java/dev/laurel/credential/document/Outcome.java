package dev.laurel.credential.document;

import dev.laurel.award.Grounds;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was reached, in terms of Open Badges: the tier of the badge as a level of its one criterion, and results, where badge
 * and holder want them in the signed bytes. A description of each kind of result stands in the achievement.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#resultdescription">Open Badges 3.0, ResultDescription</a>
 */
record Outcome(@Nullable Tier tier, List<Score> scores) {

    static final Outcome SILENT = new Outcome(null, List.of());

    Outcome {
        scores = List.copyOf(scores);
    }

    /**
     * The tier of the badge that was reached.
     *
     * @param names of all tiers, the lowest first
     * @param rank 1 is the lowest
     */
    record Tier(List<String> names, int rank) {

        /** One badge may have other tiers in another course, so the id is made of what they are. */
        private String id(String achievement, String part) {
            return uuid(achievement + "\n" + String.join("\n", names) + "\n" + part);
        }

        private String levelId(String achievement, int level) {
            return id(achievement, Integer.toString(level));
        }
    }

    /**
     * One result.
     *
     * @param type a ResultType of Open Badges
     * @param value {@code null}: it is done, and that is all there is to say
     */
    record Score(
            String name,
            String type,
            @Nullable String value,
            @Nullable String maximum,
            @Nullable String required) {

        /** @return {@code null} where the part of the rule says nothing that Open Badges has a word for */
        static @Nullable Score of(Grounds.Met met) {
            if (met.label().isBlank()) {
                return null;
            }
            return switch (met.unit()) {
                case "letter" -> new Score(met.label(), "LetterGrade", met.letter(), null, met.required());
                case "percent" -> percent(met);
                case "done" -> new Score(met.label(), "Status", null, null, null);
                default ->
                    met.value() == null
                            ? null
                            : new Score(
                                    met.label(), points(met), plain(met.value()), plain(met.maximum()), met.required());
            };
        }

        private static Score percent(Grounds.Met met) {
            if (met.percent() != null) {
                return new Score(met.label(), "Percent", plain(met.percent()), null, met.required());
            }
            return new Score(met.label(), "Percent", plain(met.value()), null, met.required());
        }

        private static String points(Grounds.Met met) {
            return met.type().equals("rubricRow") ? "RubricScore" : "RawScore";
        }

        private static @Nullable String plain(@Nullable BigDecimal number) {
            return number == null ? null : Json.plain(number).toPlainString();
        }

        private String id(String achievement) {
            return uuid(achievement + "\n" + type + "\n" + name + "\n" + required + "\n" + maximum);
        }

        private JsonObjectBuilder description(String achievement) {
            JsonObjectBuilder json = Json.object().add("id", id(achievement));
            json.add("type", Json.array(List.of("ResultDescription")))
                    .add("name", name)
                    .add("resultType", type);
            boolean counted = type.equals("RawScore") || type.equals("RubricScore") || type.equals("Percent");
            Json.put(json, "valueMin", counted ? "0" : null);
            Json.put(json, "valueMax", type.equals("Percent") ? "100" : maximum);
            Json.put(json, "requiredValue", required);
            return json;
        }

        private JsonObjectBuilder json(String achievement) {
            JsonObjectBuilder json = Json.typed("Result").add("resultDescription", id(achievement));
            Json.put(json, "value", value);
            Json.put(json, "status", value == null ? "Completed" : null);
            return json;
        }
    }

    /** Results of which no two are described alike, because what has one id is one thing. */
    static List<Score> scores(Grounds grounds) {
        Set<String> described = new HashSet<>();
        List<Score> scores = new ArrayList<>();
        for (Grounds.Met met : grounds.met()) {
            Score score = Score.of(met);
            if (score != null && described.add(score.id(""))) {
                scores.add(score);
            }
        }
        return scores;
    }

    boolean saysNothing() {
        return tier == null && scores.isEmpty();
    }

    /** {@code result} of the subject. */
    JsonArrayBuilder results(String achievement) {
        JsonArrayBuilder results = Json.list(scores, score -> score.json(achievement));
        if (tier != null) {
            results.add(Json.typed("Result")
                    .add("resultDescription", tier.id(achievement, ""))
                    .add("achievedLevel", tier.levelId(achievement, tier.rank())));
        }
        return results;
    }

    /** {@code resultDescription} of the achievement. */
    JsonArrayBuilder descriptions(String achievement) {
        JsonArrayBuilder descriptions = Json.list(scores, score -> score.description(achievement));
        if (tier != null) {
            descriptions.add(tiers(achievement, tier));
        }
        return descriptions;
    }

    private static JsonObjectBuilder tiers(String achievement, Tier all) {
        JsonArrayBuilder levels = Json.list(
                IntStream.rangeClosed(1, all.names().size()).boxed().toList(), rank -> level(achievement, all, rank));
        JsonObjectBuilder json = Json.object().add("id", all.id(achievement, ""));
        return json.add("type", Json.array(List.of("ResultDescription")))
                .add("name", "Level")
                .add("resultType", "RubricCriterionLevel")
                .add("rubricCriterionLevel", levels);
    }

    private static JsonObjectBuilder level(String achievement, Tier all, int rank) {
        JsonObjectBuilder json = Json.object().add("id", all.levelId(achievement, rank));
        return json.add("type", Json.array(List.of("RubricCriterionLevel")))
                .add("name", all.names().get(rank - 1))
                .add("level", Integer.toString(rank));
    }

    private static String uuid(String of) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }
}
