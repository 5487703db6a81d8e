package dev.laurel.dashboard.builder;

import dev.laurel.dashboard.Typed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A draft as the JSON form of a rule (docs/rules.md), and back. What was typed wrongly is written as it is, so that the
 * reader of rules says what is wrong and where.
 */
final class DraftJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Fields that are one line of text in both forms. */
    private static final List<String> TEXTS = List.of(
            "unit", "take", "from", "until", "group", "which", "letter", "excused", "missing", "late", "by", "is",
            "name");

    private static final List<String> COUNTS = List.of("count", "decimals", "dropLowest", "badge");

    private static final int VERSION = 2;

    private final Draft draft;

    private final Map<Integer, String> places = new LinkedHashMap<>();

    private final ObjectNode root = JSON.createObjectNode();

    private DraftJson(Draft draft) {
        this.draft = draft;
    }

    static DraftJson of(Draft draft) {
        DraftJson json = new DraftJson(draft);
        json.root.put("v", VERSION);
        if (!draft.isEmpty()) {
            json.root.set("rule", json.node(0, "/rule"));
        }
        return json;
    }

    String text() {
        return root.toString();
    }

    String pretty() {
        return root.toPrettyString();
    }

    /** The part that a place in the JSON is in; -1 for the whole. */
    int part(String place) {
        int found = -1;
        int longest = 0;
        for (Map.Entry<Integer, String> each : places.entrySet()) {
            String at = each.getValue();
            if ((place.equals(at) || place.startsWith(at + "/")) && at.length() > longest) {
                found = each.getKey();
                longest = at.length();
            }
        }
        return found;
    }

    /** What of that part it is about: the name of a field of the form, empty where it is the part itself. */
    String field(String place) {
        int part = part(place);
        String inside =
                place.substring(part < 0 ? 0 : places.getOrDefault(part, "").length());
        String[] steps = inside.split("/", -1);
        return steps.length < 2 ? "" : steps[1].equals("lineItem") ? "item" : steps[1];
    }

    private ObjectNode node(int at, String place) {
        places.put(at, place);
        Part part = draft.parts().get(at);
        ObjectNode node = JSON.createObjectNode();
        if (!part.isGroup()) {
            leaf(part, node);
            return node;
        }
        node.put("type", part.kind());
        if (part.kind().equals("atLeast")) {
            count(node, "count", part.typed("count"));
        }
        ArrayNode of = node.putArray("of");
        List<Integer> children = draft.children(at);
        for (int i = 0; i < children.size(); i++) {
            String there = place + "/of/" + i;
            of.add(part.isLevels() ? level(children.get(i), there) : node(children.get(i), there));
        }
        return node;
    }

    /** A level asks for one rule: all of its parts, where there are several. */
    private ObjectNode level(int at, String place) {
        places.put(at, place);
        ObjectNode node = JSON.createObjectNode();
        node.put("name", draft.parts().get(at).typed("name").strip());
        List<Integer> children = draft.children(at);
        if (children.size() == 1) {
            node.set("rule", node(children.get(0), place + "/rule"));
            return node;
        }
        ObjectNode all = node.putObject("rule").put("type", "allOf");
        ArrayNode of = all.putArray("of");
        for (int i = 0; i < children.size(); i++) {
            of.add(node(children.get(i), place + "/rule/of/" + i));
        }
        return node;
    }

    private static void leaf(Part part, ObjectNode node) {
        node.put("type", part.kind());
        part.fields().forEach((field, typed) -> {
            String bare = typed.strip();
            if (bare.isEmpty()) {
                return;
            }
            if (field.equals("item")) {
                count(node, "lineItem", bare);
            } else if (field.equals("atLeast")) {
                number(node, "atLeast", bare);
            } else if (field.equals("items")) {
                ArrayNode items = node.putArray("items");
                bare.lines().forEach(id -> {
                    ObjectNode item = items.addObject();
                    count(item, "lineItem", id);
                    number(item, "weight", part.typed("w" + id).isBlank() ? "1" : part.typed("w" + id));
                });
            } else if (field.equals("badges")) {
                ArrayNode badges = node.putArray("badges");
                bare.lines().filter(id -> id.matches("\\d{1,18}")).forEach(id -> badges.add(Long.parseLong(id)));
            } else if (field.equals("groups") || field.equals("issuers")) {
                ArrayNode lines = node.putArray(field);
                bare.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
            } else if (COUNTS.contains(field)) {
                count(node, field, bare);
            } else if (TEXTS.contains(field)) {
                node.put(field, bare);
            }
        });
        if (node.has("letter")) {
            node.remove("atLeast");
        }
    }

    private static void count(ObjectNode node, String field, String typed) {
        String bare = typed.strip();
        if (bare.matches("\\d{1,18}")) {
            node.put(field, Long.parseLong(bare));
        } else {
            node.put(field, bare);
        }
    }

    private static void number(ObjectNode node, String field, String typed) {
        String said = typed.replace("%", "").strip();
        String bare = said.replace(',', '.');
        if (!Typed.isAmbiguous(said) && bare.matches("\\d{1,14}(\\.\\d{1,8})?")) {
            node.put(field, new BigDecimal(bare));
        } else {
            node.put(field, said);
        }
    }

    /** From JSON that a reader of rules accepted. */
    static Draft read(String json) {
        List<Part> parts = new ArrayList<>();
        read(JSON.readTree(json).path("rule"), 0, parts);
        return new Draft(parts);
    }

    private static void read(JsonNode node, int depth, List<Part> parts) {
        String type = node.path("type").asString();
        Part part = Part.of(depth, type);
        if (type.equals("levels")) {
            parts.add(part);
            node.path("of").values().forEach(level -> {
                parts.add(Part.of(depth + 1, "level")
                        .with("name", level.path("name").asString()));
                read(level.path("rule"), depth + 2, parts);
            });
        } else if (part.isJoin()) {
            parts.add(node.has("count") ? part.with("count", node.path("count").asString()) : part);
            node.path("of").values().forEach(each -> read(each, depth + 1, parts));
        } else {
            parts.add(leaf(node, part));
        }
    }

    private static Part leaf(JsonNode node, Part start) {
        Part part = start;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.equals("items")) {
                part = part.with("items", joined(value, "lineItem"));
                for (JsonNode item : value.values()) {
                    if (!item.has("weight")) {
                        continue;
                    }
                    part = part.with("w" + item.path("lineItem").asString(), plain(item.path("weight")));
                }
            } else if (value.isArray()) {
                part = part.with(name, joined(value, null));
            } else if (!name.equals("type")) {
                part = part.with(name.equals("lineItem") ? "item" : name, plain(value));
            }
        }
        return part;
    }

    private static String joined(JsonNode list, @Nullable String field) {
        return list.values().stream()
                .map(each -> field == null ? each.asString() : each.path(field).asString())
                .collect(Collectors.joining("\n"));
    }

    private static String plain(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
    }
}
