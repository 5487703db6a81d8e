package dev.laurel.credential.check;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading JSON of strangers: what is not as it should be is not there. One thing and a list of one are the same. */
final class Look {

    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Look() {}

    static @Nullable String text(@Nullable JsonObject object, String name) {
        List<JsonValue> values = values(object, name);
        return values.size() == 1 && values.get(0) instanceof JsonString text ? text.getString() : null;
    }

    static @Nullable JsonObject object(@Nullable JsonObject object, String name) {
        List<JsonObject> all = objects(object, name);
        return all.isEmpty() ? null : all.get(0);
    }

    static List<JsonObject> objects(@Nullable JsonObject object, String name) {
        return values(object, name).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    static List<String> texts(@Nullable JsonObject object, String name) {
        return values(object, name).stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString())
                .toList();
    }

    static List<JsonValue> values(@Nullable JsonObject object, String name) {
        JsonValue value = object == null ? null : object.get(name);
        if (value == null) {
            return List.of();
        }
        return value instanceof JsonArray array ? List.copyOf(array) : List.of(value);
    }

    static boolean hasType(@Nullable JsonObject object, String type) {
        return texts(object, "type").contains(type);
    }

    /** The id of something that is written as an object or only named. */
    static @Nullable String id(@Nullable JsonObject object, String name) {
        if (object != null && object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        return text(object(object, name), "id");
    }

    /**
     * What is of another year only by its zone, as the end of 9999 in America, is the first or the last second of those years.
     *
     * @throws RefusedException where it is no time with a zone, or not one of the years 0 to 9999
     */
    static Instant time(String text) {
        Instant time = written(text).toInstant();
        return time.isBefore(YEAR_0) ? YEAR_0 : time.isAfter(LAST) ? LAST : time;
    }

    private static OffsetDateTime written(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() < 0 || time.getYear() > 9999) {
                throw new RefusedException(Reason.DATE_UNREADABLE, text);
            }
            return time;
        } catch (DateTimeException e) {
            throw new RefusedException(Reason.DATE_UNREADABLE, text);
        }
    }

    /** To the second, also where {@link #time} is a little less or more. */
    static @Nullable Long epochSecondOrNull(@Nullable String text) {
        try {
            return text == null ? null : written(text).toEpochSecond();
        } catch (RefusedException e) {
            return null;
        }
    }

    static @Nullable Instant timeOrNull(@Nullable String text) {
        try {
            return text == null ? null : time(text);
        } catch (RefusedException e) {
            return null;
        }
    }
}
