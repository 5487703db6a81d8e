package dev.laurel.credential.proof;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Credential JSON and its bytes. */
public final class JsonBytes {

    /** One provider: {@code Json.create…} would look it up anew each time. */
    public static final JsonProvider JSON = JsonProvider.provider();

    private static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 32;

    private static final int LONGEST_NUMBER = 40;

    private static final int LARGEST_EXPONENT = 300;

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBytes() {}

    /** Compact UTF-8, members in the order of the object. */
    public static byte[] write(JsonObject object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (var writer = JSON.createWriter(bytes)) {
            writer.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /**
     * Parses exactly one JSON object. Names that occur twice, text after the end, broken UTF-8, half a pair of surrogates and
     * numbers that no double keeps are refused, because two readers could see two different credentials in them; so are numbers
     * that would take long to write out.
     */
    public static JsonObject parse(byte[] bytes) {
        return parse(bytes, LARGEST);
    }

    /**
     * Like {@link #parse(byte[])}, for what may be larger than a credential.
     *
     * @param largest bytes
     */
    public static JsonObject parse(byte[] bytes, int largest) {
        JsonObject object = parseUnkept(bytes, largest);
        if (!keepsNumbers(object)) {
            throw new BadCredentialException("A number that no double keeps");
        }
        return object;
    }

    /**
     * Like {@link #parse(byte[], int)}, also with numbers of more digits than a double keeps: for what is signed as bytes, or is
     * not signed at all. Before anything of it is hashed as RDF, {@link #keepsNumbers} is asked.
     *
     * @param largest bytes
     */
    public static JsonObject parseUnkept(byte[] bytes, int largest) {
        String text = requireOneReading(bytes, largest);
        try (var reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new BadCredentialException("Not a JSON object", e);
        }
    }

    /** Whether a double, which is what RDF and most readers make of a number, is the same to as many digits as are written. */
    public static boolean keepsNumbers(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return isKept(number.bigDecimalValue());
        }
        if (value instanceof JsonObject object) {
            return object.values().stream().allMatch(JsonBytes::keepsNumbers);
        }
        return !(value instanceof JsonArray array) || array.stream().allMatch(JsonBytes::keepsNumbers);
    }

    private static boolean isKept(BigDecimal written) {
        double kept = written.doubleValue();
        int digits = written.stripTrailingZeros().precision();
        return !Double.isInfinite(kept)
                && new BigDecimal(kept).round(new MathContext(digits)).compareTo(written) == 0;
    }

    /** @throws BadCredentialException where there is no text of this name */
    public static String text(JsonObject object, String name) {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new BadCredentialException("No text " + name);
    }

    private static String requireOneReading(byte[] bytes, int largest) {
        if (bytes.length > largest) {
            throw new BadCredentialException("Too large");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadCredentialException("Not UTF-8", e);
        }
        try (JsonParser parser = STRICT.createParser(text)) {
            requireOneObject(parser);
        } catch (JacksonException e) {
            throw new BadCredentialException("Not JSON", e);
        }
        return text;
    }

    private static void requireOneObject(JsonParser parser) {
        int depth = 0;
        boolean ended = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (ended || depth > DEEPEST) {
                throw new BadCredentialException(ended ? "Text after the end" : "Too deep");
            }
            ended = depth == 0;
            if (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME) {
                requireWholeCharacters(parser.getString());
            } else if (token.isNumeric()) {
                requireBounded(parser.getString());
            }
        }
    }

    private static void requireWholeCharacters(String text) {
        if (!isWhole(text)) {
            throw new BadCredentialException("Half a character");
        }
    }

    /** Whether no pair of surrogates is only half there: as UTF-8, in which it is hashed, that would be a question mark. */
    public static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static void requireBounded(String number) {
        try {
            if (number.length() <= LONGEST_NUMBER
                    && Math.abs((long) new BigDecimal(number).scale()) <= LARGEST_EXPONENT) {
                return;
            }
        } catch (NumberFormatException e) {
            // Its exponent has no end.
        }
        throw new BadCredentialException("A number that would take long to write out");
    }
}
