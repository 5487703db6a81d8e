package dev.laurel.award.ledger;

import com.apicatalog.jcs.Jcs;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form that all of equal content has, so that whoever has it comes to the same hash.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785, JSON Canonicalization Scheme</a>
 */
public record CanonicalJson(String text) {

    /** Looked up once: the static methods of {@code Json} search the class path each time. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());

    /** @param json any JSON value */
    public static CanonicalJson of(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return new CanonicalJson(Jcs.canonize(reader.readValue()));
        }
    }

    /** @param object a JSON object */
    public static Optional<CanonicalJson> member(String object, String name) {
        try (JsonReader reader = READERS.createReader(new StringReader(object))) {
            return Optional.ofNullable(reader.readObject().get(name))
                    .map(value -> new CanonicalJson(Jcs.canonize(value)));
        }
    }

    /** @param object a JSON object; these texts take the place of members of it */
    public static CanonicalJson with(String object, Map<String, String> texts) {
        try (JsonReader reader = READERS.createReader(new StringReader(object))) {
            JsonObjectBuilder changed = JSON.createObjectBuilder(reader.readObject());
            texts.forEach(changed::add);
            return new CanonicalJson(Jcs.canonize(changed.build()));
        }
    }

    private static CanonicalJson ofText(@Nullable String text) {
        return new CanonicalJson(Jcs.canonize(text == null ? JsonValue.NULL : JSON.createValue(text)));
    }

    /** An object put together of members, so that what many have in common is brought into the form once. */
    public static final class Members {

        private final SortedMap<String, String> members = new TreeMap<>();

        /** @param name of ASCII letters */
        public Members put(String name, CanonicalJson value) {
            members.put(name, value.text());
            return this;
        }

        /** @param value below 2 to the 53rd, or the form would round it */
        public Members put(String name, long value) {
            members.put(name, Long.toString(value));
            return this;
        }

        public Members put(String name, @Nullable String value) {
            return put(name, ofText(value));
        }

        public Members put(String name, Instant value) {
            members.put(name, '"' + value.toString() + '"');
            return this;
        }

        public CanonicalJson toJson() {
            StringBuilder json = new StringBuilder(1024);
            members.forEach((name, value) -> json.append(json.isEmpty() ? "{\"" : ",\"")
                    .append(name)
                    .append("\":")
                    .append(value));
            return new CanonicalJson(json.append(json.isEmpty() ? "{}" : "}").toString());
        }
    }
}
