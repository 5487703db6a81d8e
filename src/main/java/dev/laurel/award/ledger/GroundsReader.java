package dev.laurel.award.ledger;

import dev.laurel.award.Grounds;
import dev.laurel.award.Grounds.Grader;
import dev.laurel.award.Grounds.Met;
import dev.laurel.award.Grounds.Origin;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.ExplanationJson;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.manual.ManualGradebook;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a decision rested on from its record. */
public final class GroundsReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SCORE = "score";

    private static final String USUAL_ATTEMPT = "latest";

    private GroundsReader() {}

    /** @param facts a decision record; one that holds no results has no grounds to tell */
    public static Grounds read(String facts) {
        JsonNode record = JSON.readTree(facts);
        JsonNode lines = record.path("lines");
        Collection<Line> all =
                lines.isArray() ? ExplanationJson.read(Verdict.MET, lines).lines() : Set.of();
        // Tiers ask for the same thing more than once: what counts is the most of it that was met.
        Map<String, Line> highest = new LinkedHashMap<>();
        for (Line line : all) {
            if (line.verdict() == Verdict.MET) {
                highest.merge(
                        what(line),
                        line,
                        (one, other) -> one.threshold().compareTo(other.threshold()) >= 0 ? one : other);
            }
        }
        Set<String> attempts = new TreeSet<>();
        attempts(record.path("rule"), attempts);
        String url = record.path("byHand").path("evidenceUrl").asString("");
        return new Grounds(
                highest.values().stream().map(GroundsReader::met).toList(),
                distinct(all),
                record.has("byHand"),
                List.copyOf(attempts),
                url.isBlank() ? null : url);
    }

    private static List<String> distinct(Collection<Line> all) {
        Map<String, String> types = new LinkedHashMap<>();
        all.forEach(line -> types.put(what(line), line.type()));
        return List.copyOf(types.values());
    }

    private static String what(Line line) {
        return line.type() + " " + line.lineItemId() + " " + line.label();
    }

    private static Met met(Line line) {
        String required = line.unit() == Unit.LETTER && line.letter() != null
                ? line.letter()
                : line.threshold().stripTrailingZeros().toPlainString();
        return new Met(
                line.type(),
                line.label(),
                line.value(),
                line.maximum(),
                line.percent(),
                line.shown(),
                line.unit().name().toLowerCase(Locale.ROOT),
                required,
                origin(line.source()),
                grader(line));
    }

    /** Who assessed a row of a rubric is not told by who graded the work, and a total is given by nobody. */
    private static @Nullable Grader grader(Line line) {
        return line.grader() == null || !line.type().equals(SCORE)
                ? null
                : Grader.valueOf(line.grader().name());
    }

    private static Origin origin(String source) {
        if (source.equals(Observation.FROM_FILE)) {
            return Origin.FILE;
        }
        return source.equals(ManualGradebook.SOURCE) ? Origin.ENTERED : Origin.READ;
    }

    /** Only what is scored can be tried again, and a rule says of each score which try counts. */
    private static void attempts(JsonNode rule, Set<String> attempts) {
        if (rule.path("type").asString("").equals(SCORE)) {
            attempts.add(rule.path("take").asString(USUAL_ATTEMPT));
        }
        rule.forEach(part -> attempts(part, attempts));
    }
}
