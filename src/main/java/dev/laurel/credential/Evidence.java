package dev.laurel.credential;

import dev.laurel.award.Grounds;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a badge rests on, for whoever checks it. All of it is worked out from facts and nothing of it is typed.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#evidence">Open Badges 3.0, Evidence</a>
 */
record Evidence(
        @Nullable String id,
        String name,
        String narrative,
        @Nullable String genre) {

    static final String ASSESSMENT = "Assessment";

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("score", "scores"),
            Map.entry("average", "averages of scores"),
            Map.entry("countInGroup", "scores within a group"),
            Map.entry("courseTotal", "course totals"),
            Map.entry("completion", "completions"),
            Map.entry("outcome", "outcomes"),
            Map.entry("rubricRow", "rows of a rubric"),
            Map.entry("submission", "works handed in"),
            Map.entry("attendance", "attendances"),
            Map.entry("evidence", "works that an assessor accepted"),
            Map.entry("confirmation", "confirmations by staff"),
            Map.entry("badge", "badges held"),
            Map.entry("broughtBadge", "badges of other organisations held"),
            Map.entry("credits", "credits of badges"));

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

    /**
     * How it was assessed, without a word about what was reached; {@code null} where nobody wrote that down.
     *
     * @param level whether there is a level, which nothing here may betray: so it is not said where results came from, because
     *     of higher levels there may be none
     */
    static @Nullable Evidence assessment(Grounds grounds, boolean level) {
        List<String> sentences = new ArrayList<>();
        if (grounds.byHand()) {
            sentences.add("A member of staff gave this badge and wrote down the reason.");
        }
        if (!grounds.asked().isEmpty()) {
            sentences.add("The rule of the badge looks at " + kinds(grounds) + ".");
            if (!level) {
                sentences.addAll(origins(grounds));
            }
            if (grounds.attempts().equals(List.of("best"))) {
                sentences.add("Of several attempts the best counted.");
            } else if (grounds.attempts().equals(List.of("first"))) {
                sentences.add("Only the first attempt counted.");
            } else if (grounds.attempts().equals(List.of("latest"))) {
                sentences.add("Of several attempts the latest counted.");
            }
            if (!grounds.byHand()) {
                sentences.add("The decision followed from the rule by itself.");
            }
        }
        return sentences.isEmpty()
                ? null
                : new Evidence(null, "How it was assessed", String.join(" ", sentences), ASSESSMENT);
    }

    private static String kinds(Grounds grounds) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        grounds.asked().forEach(type -> counts.merge(KINDS.getOrDefault(type, "other results"), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((kind, count) -> words.add(kind + " (" + count + ")"));
        return String.join(", ", words);
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
            sentences.add("Some were brought in a file.");
        }
        return sentences;
    }

    private static boolean from(Grounds grounds, Grounds.Origin origin) {
        return grounds.met().stream().anyMatch(met -> met.origin() == origin);
    }

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json = Json.object();
        Json.put(json, "id", id);
        json.add("type", Json.array(List.of("Evidence"))).add("name", name).add("narrative", narrative);
        Json.put(json, "genre", genre);
        return json;
    }
}
