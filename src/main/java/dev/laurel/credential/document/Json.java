package dev.laurel.credential.document;

import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Short words for writing JSON; whatever is not known is left out. */
public final class Json {

    private Json() {}

    public static JsonObjectBuilder object() {
        return JsonBytes.JSON.createObjectBuilder();
    }

    /** An object that begins with its type, as Open Badges writes most: a list of one. */
    static JsonObjectBuilder typed(String type) {
        return object().add("type", array(List.of(type)));
    }

    public static JsonArrayBuilder array(List<String> values) {
        JsonArrayBuilder array = JsonBytes.JSON.createArrayBuilder();
        values.forEach(array::add);
        return array;
    }

    public static <T> JsonArrayBuilder list(List<T> all, Function<T, JsonObjectBuilder> json) {
        JsonArrayBuilder array = JsonBytes.JSON.createArrayBuilder();
        all.forEach(each -> array.add(json.apply(each)));
        return array;
    }

    public static void put(JsonObjectBuilder object, String name, @Nullable String value) {
        if (value != null) {
            object.add(name, value);
        }
    }

    static void put(JsonObjectBuilder object, String name, @Nullable Instant time) {
        put(object, name, time == null ? null : time(time));
    }

    static void put(JsonObjectBuilder object, String name, @Nullable BigDecimal number) {
        if (number != null) {
            object.add(name, plain(number));
        }
    }

    static void put(JsonObjectBuilder object, String name, @Nullable JsonObjectBuilder value) {
        if (value != null) {
            object.add(name, value);
        }
    }

    static <T> void putList(JsonObjectBuilder object, String name, List<T> all, Function<T, JsonObjectBuilder> json) {
        if (!all.isEmpty()) {
            object.add(name, list(all, json));
        }
    }

    static void putTexts(JsonObjectBuilder object, String name, List<String> all) {
        if (!all.isEmpty()) {
            object.add(name, array(all));
        }
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** JSON numbers of one value must be one text: 3 and 3.00 are signed alike. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
