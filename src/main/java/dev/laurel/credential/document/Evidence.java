package dev.laurel.credential.document;

import dev.laurel.award.Grounds;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a badge rests on, for whoever checks it. All of it is worked out from facts and nothing of it is typed.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#evidence">Open Badges 3.0, Evidence</a>
 */
public record Evidence(
        @Nullable String id,
        String name,
        String narrative,
        @Nullable String genre) {

    public static final String ASSESSMENT = "Assessment";

    static final String ARTIFACT = "Artifact";

    /** What a criterion looks at: one of it, and several. */
    private record Kind(String one, String several) {

        String counted(int count) {
            return String.join(" ", count == 1 ? List.of("one", one) : List.of(Integer.toString(count), several));
        }
    }

    private static final Kind OTHER = new Kind("other result", "other results");

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("score", new Kind("score", "scores")),
            Map.entry("average", new Kind("average of scores", "averages of scores")),
            Map.entry("countInGroup", new Kind("group of scores", "groups of scores")),
            Map.entry("courseTotal", new Kind("course total", "course totals")),
            Map.entry("completion", new Kind("completion", "completions")),
            Map.entry("outcome", new Kind("outcome", "outcomes")),
            Map.entry("rubricRow", new Kind("row of a rubric", "rows of a rubric")),
            Map.entry("submission", new Kind("work handed in", "works handed in")),
            Map.entry("attendance", new Kind("record of attendance", "records of attendance")),
            Map.entry("evidence", new Kind("work that an assessor accepted", "works that an assessor accepted")),
            Map.entry("confirmation", new Kind("confirmation by staff", "confirmations by staff")),
            Map.entry("badge", new Kind("badge held", "badges held")),
            Map.entry(
                    "broughtBadge",
                    new Kind("badge of another organisation held", "badges of other organisations held")),
            Map.entry("credits", new Kind("sum of credits of badges", "sums of credits of badges")));

    private static final Set<String> IN_THE_GRADEBOOK = Set.of("score", "average", "countInGroup", "courseTotal");

    /** A person looks at it and says what it is worth. */
    private static final Set<String> JUDGED = Set.of("evidence", "confirmation", "rubricRow");

    private static final Map<String, String> ATTEMPTS = Map.of(
            "best",
            "the best attempt counted",
            "first",
            "only the first attempt counted",
            "latest",
            "the latest attempt counted");

    private static final Map<Grounds.Grader, String> GRADERS =
            Map.of(Grounds.Grader.PERSON, "a person", Grounds.Grader.TOOL, "a quiz or another tool");

    /**
     * The record of the decision, which says more of the holder than the credential: only its hash is told.
     *
     * @param url where it is said how to check it
     * @param hash SHA-256, hexadecimal
     */
    static Evidence decision(String url, String hash) {
        return new Evidence(
                url,
                "Decision record",
                "The holder can show the record of the decision, which says what was reached and what it took."
                        + " Its hash (SHA-256 of its canonical JSON, RFC 8785) is sha256$" + hash,
                null);
    }

    /** What whoever gave the badge named as evidence. */
    static Evidence artifact(String url) {
        return new Evidence(
                url,
                "What it was given for",
                "The member of staff who gave this badge named this as its evidence.",
                ARTIFACT);
    }

    /** What the holder handed in. */
    static Evidence work(String url) {
        return new Evidence(url, "Work handed in", "The holder of this badge handed this in for it.", ARTIFACT);
    }

    /**
     * How it was assessed, without a word about what was reached; {@code null} where nobody wrote that down.
     *
     * @param level whether there is a level, which nothing here may betray: so it is not said where results came from and who gave
     *     them, because of higher levels there may be none
     */
    static @Nullable Evidence assessment(Grounds grounds, boolean level) {
        List<String> sentences = new ArrayList<>();
        if (grounds.byHand()) {
            sentences.add("A member of staff gave this badge and wrote down the reason.");
        }
        if (!grounds.asked().isEmpty()) {
            boolean gradebook = !level && isOfTheGradebook(grounds);
            String attempts = grounds.attempts().size() == 1
                    ? ATTEMPTS.getOrDefault(grounds.attempts().get(0), "")
                    : "";
            sentences.add((grounds.byHand() ? "Its rule asks for " : "Awarded by rule from ")
                    + kinds(grounds)
                    + (gradebook ? " in the course gradebook" : "")
                    + (attempts.isEmpty() ? "" : "; " + attempts)
                    + ".");
            sentences.addAll(judgement(grounds));
            if (!level && !gradebook) {
                sentences.addAll(origins(grounds));
            }
            if (!level) {
                sentences.addAll(graders(grounds));
            }
        }
        return sentences.isEmpty()
                ? null
                : new Evidence(null, "How it was assessed", String.join(" ", sentences), ASSESSMENT);
    }

    /** What the rule asks for is known; who came to a result, and which of several ways was taken, is not. */
    private static List<String> judgement(Grounds grounds) {
        if (JUDGED.containsAll(grounds.asked())) {
            return List.of("Its rule asks for a person's judgement.");
        }
        return grounds.asked().stream().anyMatch(JUDGED::contains)
                ? List.of("A part of its rule asks for a person's judgement.")
                : List.of();
    }

    /** {@code one score, 2 completions and one badge held}. */
    private static String kinds(Grounds grounds) {
        Map<Kind, Integer> counts = new LinkedHashMap<>();
        grounds.asked().forEach(type -> counts.merge(KINDS.getOrDefault(type, OTHER), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((kind, count) -> words.add(kind.counted(count)));
        String last = words.remove(words.size() - 1);
        return words.isEmpty() ? last : String.join(", ", words) + " and " + last;
    }

    private static boolean isOfTheGradebook(Grounds grounds) {
        return IN_THE_GRADEBOOK.containsAll(grounds.asked())
                && !grounds.met().isEmpty()
                && grounds.met().stream().allMatch(met -> met.origin() == Grounds.Origin.READ);
    }

    private static List<String> origins(Grounds grounds) {
        List<String> sentences = new ArrayList<>();
        boolean read = from(grounds, Grounds.Origin.READ);
        if (read) {
            sentences.add("Results were read from the gradebook in which they were given.");
        }
        if (from(grounds, Grounds.Origin.ENTERED)) {
            sentences.add(read ? "Some were entered by staff." : "Results were entered by staff.");
        }
        if (from(grounds, Grounds.Origin.FILE)) {
            sentences.add(read ? "Some were brought in a file." : "Results were brought in a file.");
        }
        return sentences;
    }

    private static boolean from(Grounds grounds, Grounds.Origin origin) {
        return grounds.met().stream().anyMatch(met -> met.origin() == origin);
    }

    /** As far as the LMS says it, in its own terms: a tool may pass on what a person gave there. */
    private static List<String> graders(Grounds grounds) {
        List<Grounds.Met> scores =
                grounds.met().stream().filter(met -> met.type().equals("score")).toList();
        List<String> sentences = new ArrayList<>();
        for (Grounds.Grader grader : Grounds.Grader.values()) {
            long given = scores.stream().filter(met -> met.grader() == grader).count();
            if (given > 0) {
                String which = given < scores.size()
                        ? "some of the scores that counted"
                        : given == 1 ? "the score that counted" : "each of the scores that counted";
                sentences.add("The gradebook names " + GRADERS.get(grader) + " as the grader of " + which + ".");
            }
        }
        return sentences;
    }

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json = Json.object();
        Json.put(json, "id", id);
        json.add("type", Json.array(List.of("Evidence"))).add("name", name).add("narrative", narrative);
        Json.put(json, "genre", genre);
        return json;
    }
}
