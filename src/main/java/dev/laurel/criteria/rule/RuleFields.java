package dev.laurel.criteria.rule;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of one part of a rule in its JSON form. What a reader did not ask for, it refuses. */
public final class RuleFields {

    private RuleFields() {}

    /** Reads fields strictly; each fault is a {@link BadRuleException} with its place. */
    static final class Reader {

        private final JsonNode node;

        private final String place;

        private final Set<String> read = new HashSet<>();

        Reader(@Nullable JsonNode node, String place) {
            if (node == null || !node.isObject()) {
                throw new BadRuleException(place, "rule.bad.not-a-rule");
            }
            this.node = node;
            this.place = place;
        }

        @Nullable
        JsonNode get(String field) {
            read.add(field);
            return node.get(field);
        }

        String here() {
            return place;
        }

        String place(String field) {
            return place + "/" + field;
        }

        BadRuleException bad(String field, String key) {
            return new BadRuleException(place(field), "rule.bad." + key);
        }

        /** Nothing is left that nobody asked for. */
        void end() {
            for (String field : node.propertyNames()) {
                if (!read.contains(field)) {
                    throw bad(field.replace("~", "~0").replace("/", "~1"), "unknown-field");
                }
            }
        }

        long whole(String field) {
            return whole(get(field), field);
        }

        private long whole(@Nullable JsonNode value, String field) {
            if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
                throw bad(field, value == null && field.equals("lineItem") ? "column" : "whole-number");
            }
            return value.longValue();
        }

        int count(String field) {
            long count = whole(field);
            if (count > Integer.MAX_VALUE) {
                throw bad(field, "count");
            }
            return (int) count;
        }

        BigDecimal number(String field) {
            return number(get(field), field);
        }

        private BigDecimal number(@Nullable JsonNode value, String field) {
            if (value == null || !value.isNumber()) {
                throw bad(field, "number");
            }
            BigDecimal number = value.decimalValue();
            // 1E+999999999 is nine characters long and would fill the memory when written out.
            if (number.precision() > 20 || Math.abs((long) number.scale()) > 20) {
                throw bad(field, "number");
            }
            return Numbers.plain(number);
        }

        @Nullable
        BigDecimal optionalNumber(String field) {
            JsonNode value = get(field);
            return value == null ? null : number(value, field);
        }

        @Nullable
        Integer optionalCount(String field) {
            return get(field) == null ? null : Integer.valueOf(count(field));
        }

        String text(String field) {
            JsonNode value = get(field);
            if (value == null || !value.isString() || value.stringValue().isBlank()) {
                throw bad(field, "text");
            }
            return value.stringValue();
        }

        List<String> texts(String field) {
            List<String> texts = new ArrayList<>();
            for (JsonNode each : list(field)) {
                if (!each.isString() || each.stringValue().isBlank()) {
                    throw bad(field + "/" + texts.size(), "text");
                }
                texts.add(each.stringValue());
            }
            return texts;
        }

        List<Long> numbers(String field) {
            List<Long> numbers = new ArrayList<>();
            for (JsonNode each : list(field)) {
                numbers.add(whole(each, field + "/" + numbers.size()));
            }
            return numbers;
        }

        JsonNode list(String field) {
            JsonNode list = get(field);
            if (list == null || !list.isArray()) {
                throw bad(field, "not-a-list");
            }
            return list;
        }

        List<Reader> parts(String field) {
            JsonNode list = list(field);
            List<Reader> parts = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                parts.add(new Reader(list.get(i), place(field) + "/" + i));
            }
            return parts;
        }

        Rule.Unit unit() {
            JsonNode unit = get("unit");
            String name = unit != null && unit.isString() ? unit.stringValue() : "";
            return switch (name) {
                case "percent" -> Rule.Unit.PERCENT;
                case "points" -> Rule.Unit.POINTS;
                default -> throw bad("unit", "unit");
            };
        }

        /** One of these words, written in lower camel case; {@code standard} where nothing is said. */
        <T extends Enum<T>> T choice(String field, T[] choices, T standard) {
            JsonNode value = get(field);
            if (value == null) {
                return standard;
            }
            for (T choice : choices) {
                if (value.isString() && value.stringValue().equals(camel(choice))) {
                    return choice;
                }
            }
            throw bad(field, "choice");
        }

        Period period() {
            return new Period(day("from"), day("until"));
        }

        private @Nullable LocalDate day(String field) {
            JsonNode value = get(field);
            try {
                return value == null ? null : LocalDate.parse(value.isString() ? value.stringValue() : "");
            } catch (DateTimeException e) {
                throw bad(field, "day");
            }
        }

        Terms terms() {
            return new Terms(
                    choice("excused", Terms.Excused.values(), Terms.STANDARD.excused()),
                    choice("missing", Terms.Missing.values(), Terms.STANDARD.missing()),
                    choice("late", Terms.Late.values(), Terms.STANDARD.late()),
                    optionalCount("decimals"));
        }
    }

    /** Writes fields; what is as usual is left out, so that equal rules are equal text. */
    public static final class Writer {

        private final ObjectNode node;

        Writer(ObjectNode node) {
            this.node = node;
        }

        Writer text(String field, @Nullable String text) {
            if (text != null) {
                node.put(field, text);
            }
            return this;
        }

        Writer whole(String field, long number) {
            node.put(field, number);
            return this;
        }

        Writer number(String field, @Nullable BigDecimal number) {
            if (number != null) {
                node.put(field, Numbers.plain(number));
            }
            return this;
        }

        Writer texts(String field, List<String> texts) {
            ArrayNode array = node.putArray(field);
            texts.forEach(array::add);
            return this;
        }

        Writer numbers(String field, List<Long> numbers) {
            ArrayNode array = node.putArray(field);
            numbers.forEach(array::add);
            return this;
        }

        Writer part(String list) {
            ArrayNode array = node.has(list) ? (ArrayNode) node.get(list) : node.putArray(list);
            return new Writer(array.addObject());
        }

        Writer unit(Rule.Unit unit) {
            node.put("unit", unit.name().toLowerCase(Locale.ROOT));
            return this;
        }

        <T extends Enum<T>> Writer choice(String field, T chosen, T standard) {
            if (chosen != standard) {
                node.put(field, camel(chosen));
            }
            return this;
        }

        Writer period(Period period) {
            text("from", period.from() == null ? null : period.from().toString());
            return text("until", period.until() == null ? null : period.until().toString());
        }

        Writer terms(Terms terms) {
            choice("excused", terms.excused(), Terms.STANDARD.excused());
            choice("missing", terms.missing(), Terms.STANDARD.missing());
            choice("late", terms.late(), Terms.STANDARD.late());
            if (terms.decimals() != null) {
                node.put("decimals", terms.decimals());
            }
            return this;
        }
    }

    private static String camel(Enum<?> choice) {
        StringBuilder camel = new StringBuilder();
        for (String word : choice.name().toLowerCase(Locale.ROOT).split("_")) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
