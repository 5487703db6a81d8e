package dev.laurel.credential.check;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A list of withdrawn credentials by name, read once from its beginning to its end for one id and kept nowhere: it may have tens of
 * thousands of entries.
 *
 * @see <a href="https://www.imsglobal.org/spec/vcrl/v1p0/">1EdTech Credential Revocation List 1.0</a>
 */
final class RevocationIds {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String sought;

    private @Nullable String issuer;

    private boolean list;

    private boolean found;

    private RevocationIds(String sought) {
        this.sought = sought;
    }

    /**
     * What a list says.
     *
     * @param issuer whose it says it is; {@code null} where it says nothing
     * @param isList whether it lists anything at all, if only nothing
     * @param revoked whether the one that was sought is in it
     */
    record Answer(@Nullable String issuer, boolean isList, boolean revoked) {}

    /** @throws RefusedException {@code JSON_BROKEN} where it is no JSON object */
    static Answer find(byte[] body, String id) {
        RevocationIds ids = new RevocationIds(id);
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedException(Reason.JSON_BROKEN);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                ids.member(parser);
            }
            if (parser.nextToken() != null) {
                throw new RefusedException(Reason.JSON_BROKEN);
            }
        } catch (JacksonException e) {
            throw new RefusedException(Reason.JSON_BROKEN);
        }
        return new Answer(ids.issuer, ids.list, ids.found);
    }

    private void member(JsonParser parser) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("issuer")) {
            issuer = value == JsonToken.START_OBJECT ? entry(parser).id() : text(parser);
        } else if (name.equals("revokedCredential")) {
            list = true;
            if (value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    revoked(parser);
                }
            } else {
                revoked(parser);
            }
        } else {
            parser.skipChildren();
        }
    }

    private void revoked(JsonParser parser) {
        Entry entry = parser.currentToken() == JsonToken.START_OBJECT ? entry(parser) : new Entry(text(parser), true);
        found |= entry.revoked() && sought.equals(entry.id());
    }

    private record Entry(@Nullable String id, boolean revoked) {}

    private static Entry entry(JsonParser parser) {
        String id = null;
        boolean revoked = true;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("id")) {
                id = text(parser);
            } else if (name.equals("revoked")) {
                revoked = value != JsonToken.VALUE_FALSE;
                parser.skipChildren();
            } else {
                parser.skipChildren();
            }
        }
        return new Entry(id, revoked);
    }

    private static @Nullable String text(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        parser.skipChildren();
        return null;
    }
}
