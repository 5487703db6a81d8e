package dev.laurel.dashboard.template;

import dev.laurel.dashboard.template.BadFileException.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of one object of a file. Whatever is wrong is noted with its place, and reading goes on, to find the rest. */
final class FileFields {

    /** What a spreadsheet would run, should a name ever come into one. */
    private static final Pattern FORMULA = Pattern.compile("^\\s*(=|[@+\\-]\\S*[(|!]).*", Pattern.DOTALL);

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\r\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");

    private final @Nullable JsonNode node;

    private final String place;

    private final List<Problem> problems;

    private final Set<String> read = new HashSet<>();

    FileFields(@Nullable JsonNode node, String place, List<Problem> problems) {
        this.node = node != null && node.isObject() ? node : null;
        this.place = place;
        this.problems = problems;
        if (this.node == null) {
            problems.add(new Problem(place, "set.bad.object"));
        }
    }

    @Nullable
    JsonNode get(String field) {
        read.add(field);
        JsonNode value = node == null ? null : node.get(field);
        return value == null || value.isNull() ? null : value;
    }

    void bad(String field, String key, Object... words) {
        // What is no object has no fields, and that was said.
        if (node != null) {
            problems.add(new Problem(place + "/" + field, key, words));
        }
    }

    /** One line or several, without what no keyboard types. */
    String text(String field, int most) {
        String text = optionalText(field, most);
        if (text == null || text.isBlank()) {
            bad(field, "set.bad.text");
            return "";
        }
        return text;
    }

    @Nullable
    String optionalText(String field, int most) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            bad(field, "set.bad.text");
            return null;
        }
        String text = value.stringValue();
        if (text.length() > most) {
            bad(field, "set.bad.long", most);
        } else if (UNPRINTABLE.matcher(text).find()) {
            bad(field, "set.bad.characters");
        } else if (FORMULA.matcher(text).matches()) {
            bad(field, "set.bad.formula");
        }
        return text;
    }

    /** The texts of a list; not there is empty. */
    List<String> texts(String field, int most, int longest) {
        JsonNode value = get(field);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!value.isArray() || value.size() > most) {
            bad(field, value.isArray() ? "set.bad.many" : "set.bad.list", most);
            return texts;
        }
        for (JsonNode each : value) {
            boolean plain = each.isString()
                    && !each.stringValue().isBlank()
                    && !UNPRINTABLE.matcher(each.stringValue()).find()
                    && !FORMULA.matcher(each.stringValue()).matches();
            if (plain && each.stringValue().length() <= longest) {
                texts.add(each.stringValue());
            } else {
                bad(field, plain ? "set.bad.long" : "set.bad.text", longest);
            }
        }
        return texts;
    }

    long number(String field) {
        JsonNode value = get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            bad(field, "set.bad.number");
            return 0;
        }
        return value.intValue();
    }

    /** From 0 to {@code most}; 0 where nothing is said. */
    int optionalWhole(String field, int most) {
        JsonNode value = get(field);
        if (value == null) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0 || value.intValue() > most) {
            bad(field, "set.bad.number");
            return 0;
        }
        return value.intValue();
    }

    @Nullable
    BigDecimal optionalAmount(String field) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        // 1E+999999999 is nine characters long and would fill the memory when written out.
        BigDecimal amount = value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
        if (amount.signum() <= 0 || amount.precision() > 12 || Math.abs((long) amount.scale()) > 6) {
            bad(field, "set.bad.amount");
            return null;
        }
        return amount;
    }

    @Nullable
    UUID id(String field) {
        JsonNode value = get(field);
        if (value != null
                && value.isString()
                && value.stringValue().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return UUID.fromString(value.stringValue());
        }
        bad(field, "set.bad.id");
        return null;
    }

    boolean flag(String field) {
        JsonNode value = get(field);
        if (value != null && !value.isBoolean()) {
            bad(field, "set.bad.flag");
        }
        return value != null && value.isBoolean() && value.booleanValue();
    }

    <E extends Enum<E>> @Nullable E constant(String field, Class<E> words) {
        JsonNode value = get(field);
        if (value != null && value.isString()) {
            for (E word : words.getEnumConstants()) {
                if (word.name().toLowerCase(Locale.ROOT).equals(value.stringValue())) {
                    return word;
                }
            }
        }
        bad(field, "set.bad.word");
        return null;
    }

    /** The objects of a list; not there is empty. */
    List<FileFields> list(String field, int most) {
        JsonNode value = get(field);
        List<FileFields> list = new ArrayList<>();
        if (value == null) {
            return list;
        }
        if (!value.isArray()) {
            bad(field, "set.bad.list");
        } else if (value.size() > most) {
            bad(field, "set.bad.many", most);
        } else {
            for (int i = 0; i < value.size(); i++) {
                list.add(new FileFields(value.get(i), place + "/" + field + "/" + i, problems));
            }
        }
        return list;
    }

    @Nullable
    FileFields optional(String field) {
        JsonNode value = get(field);
        return value == null ? null : new FileFields(value, place + "/" + field, problems);
    }

    /** Nothing is left that nobody asked for: a file that is half understood would make other badges than it says. */
    void end() {
        if (node != null) {
            for (String field : node.propertyNames()) {
                if (!read.contains(field)) {
                    bad(field.replace("~", "~0").replace("/", "~1"), "set.bad.unknown");
                }
            }
        }
    }
}
