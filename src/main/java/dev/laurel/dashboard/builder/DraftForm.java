package dev.laurel.dashboard.builder;

import dev.laurel.platform.sql.Varchar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The draft as it comes in with a form, together with those before it.
 *
 * @param earlier drafts to go back to, the last one last
 */
record DraftForm(Draft draft, List<Draft> earlier) {

    static final Set<String> KINDS = Set.of(
            "allOf",
            "anyOf",
            "atLeast",
            "levels",
            "level",
            "score",
            "average",
            "countInGroup",
            "courseTotal",
            "completion",
            "outcome",
            "rubricRow",
            "submission",
            "attendance",
            "badge",
            "broughtBadge",
            "credits",
            "evidence",
            "confirmation",
            "inGroup");

    private static final Pattern FIELD = Pattern.compile("[a-zA-Z]{1,12}|w\\d{1,18}");

    private static final JsonMapper JSON = new JsonMapper();

    /** Of a rule with a hundred leaves at most, with room for groups and for one that is refused. */
    private static final int MOST_PARTS = 400;

    private static final int LONGEST = 4_000;

    private static final int MOST_EARLIER = 20;

    private static final int LONGEST_EARLIER = 100_000;

    DraftForm {
        earlier = List.copyOf(earlier);
    }

    /**
     * {@code n<i>.<field>} is a field of the i-th part. A rule that is too large is refused with what was typed, not cut.
     *
     * @throws ResponseStatusException 413 with more parts than any page of ours sends
     */
    static DraftForm of(MultiValueMap<String, String> typed) {
        if (typed.containsKey("n" + MOST_PARTS + ".kind")) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; typed.containsKey("n" + i + ".kind"); i++) {
            String start = "n" + i + ".";
            Map<String, String> fields = new LinkedHashMap<>();
            typed.forEach((name, values) -> {
                String field = name.startsWith(start) ? name.substring(start.length()) : "";
                if (FIELD.matcher(field).matches()) {
                    String value = String.join("\n", values);
                    fields.put(field, Varchar.fit(value, LONGEST));
                }
            });
            @Nullable String kind = fields.remove("kind");
            @Nullable String depth = fields.remove("depth");
            add(parts, kind, depth, fields);
        }
        @Nullable String earlier = typed.getFirst("earlier");
        return new DraftForm(new Draft(parts), earlier(earlier == null ? "" : earlier));
    }

    /** A part can be one deeper than the one before it at most, and only in a group. */
    private static void add(
            List<Part> parts, @Nullable String kind, @Nullable String depth, Map<String, String> fields) {
        if (kind == null || !KINDS.contains(kind)) {
            return;
        }
        int asked = depth != null && depth.matches("\\d{1,2}") ? Integer.parseInt(depth) : 0;
        int most = 0;
        if (!parts.isEmpty()) {
            Part last = parts.get(parts.size() - 1);
            most = last.isGroup() ? last.depth() + 1 : last.depth();
            asked = Math.max(1, asked);
        }
        parts.add(new Part(Math.min(asked, most), kind, fields));
    }

    /** The same after an act, with this draft to go back to. */
    DraftForm then(Draft next) {
        if (next.equals(draft)) {
            return this;
        }
        List<Draft> all = new ArrayList<>(earlier);
        all.add(draft);
        while (all.size() > MOST_EARLIER || (all.size() > 1 && json(all).length() > LONGEST_EARLIER)) {
            all.remove(0);
        }
        return new DraftForm(next, all);
    }

    DraftForm undone() {
        int last = earlier.size() - 1;
        return last < 0 ? this : new DraftForm(earlier.get(last), earlier.subList(0, last));
    }

    /** What the next form brings back. */
    public String earlierJson() {
        return json(earlier);
    }

    private static String json(List<Draft> drafts) {
        ArrayNode all = JSON.createArrayNode();
        for (Draft draft : drafts) {
            ArrayNode parts = all.addArray();
            for (Part part : draft.parts()) {
                ObjectNode node = parts.addObject();
                node.put("d", part.depth());
                node.put("k", part.kind());
                part.fields().forEach(node.putObject("f")::put);
            }
        }
        return all.toString();
    }

    private static List<Draft> earlier(String json) {
        List<Draft> drafts = new ArrayList<>();
        try {
            for (JsonNode draft : JSON.readTree(json.isBlank() ? "[]" : json).values()) {
                List<Part> parts = new ArrayList<>();
                for (JsonNode node : draft.values()) {
                    Map<String, String> fields = new LinkedHashMap<>();
                    node.path("f")
                            .properties()
                            .forEach(field ->
                                    fields.put(field.getKey(), field.getValue().asString("")));
                    add(parts, node.path("k").asString(""), node.path("d").asString("0"), fields);
                }
                drafts.add(new Draft(parts));
            }
        } catch (JacksonException e) {
            // Somebody changed the page; then there is nothing to go back to.
            return List.of();
        }
        return drafts;
    }
}
