package dev.laurel.credential.check;

import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedSvg;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Finds the badge in what somebody brought: JSON, a compact JWS, or the text inside a picture. */
final class BadgeReader {

    static final int LARGEST_PICTURE = 20 << 20;

    private static final int LARGEST_TEXT = 1 << 20;

    /** Of a JWT, in which a learner record has up to {@link BadgeVerifier#MOST} badges. */
    private static final int LARGEST_JWT = 4 << 20;

    private static final int DEEPEST = 32;

    /** Names, values and brackets; a badge has some hundred. */
    private static final int MOST_TOKENS = 20_000;

    private static final int MOST_TOKENS_JWT = 100_000;

    private static final Pattern JWS = Pattern.compile("ey[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    private static final JsonFactory JSON = new JsonFactory();

    private BadgeReader() {}

    /**
     * The text of the badge: JSON or a compact JWS; of a picture of Open Badges 2.0 it may be an address.
     *
     * @throws RefusedException where there is none, or more than one
     */
    static String text(byte[] brought) {
        if (brought.length > LARGEST_PICTURE) {
            throw new RefusedException(Reason.TOO_LARGE);
        }
        if (BakedPng.isPng(brought)) {
            return small(inside(() -> {
                requireOne(BakedPng.count(brought));
                return BakedPng.extract(brought);
            }));
        }
        String text = small(brought);
        return text.startsWith("<")
                ? small(inside(() -> {
                    List<byte[]> badges = BakedSvg.all(brought);
                    requireOne(badges.size());
                    return badges.get(0);
                }))
                : text;
    }

    private static byte[] inside(Supplier<byte[]> picture) {
        try {
            return picture.get();
        } catch (BadCredentialException e) {
            throw new RefusedException(Reason.PICTURE_BROKEN);
        }
    }

    private static void requireOne(int badges) {
        if (badges != 1) {
            throw new RefusedException(badges == 0 ? Reason.PICTURE_WITHOUT_BADGE : Reason.PICTURE_SEVERAL_BADGES);
        }
    }

    private static String small(byte[] bytes) {
        // Nothing but a JWT may be so large, and whatever else it is, it is read no further.
        if (bytes.length > LARGEST_JWT || bytes.length > LARGEST_TEXT && bytes[0] != 'e') {
            throw new RefusedException(Reason.TOO_LARGE);
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        text = text.startsWith("\ufeff") ? text.substring(1).strip() : text;
        if (text.isEmpty()) {
            throw new RefusedException(Reason.EMPTY);
        }
        return text;
    }

    static boolean isJws(String text) {
        return JWS.matcher(text).matches();
    }

    /** @throws RefusedException where it is no JSON object, or one that is made to be a burden */
    static JsonObject object(String json) {
        return object(json.getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject object(byte[] json) {
        requireBadge(json);
        return parsed(json, LARGEST_TEXT);
    }

    /** What a JWT says: it is signed as it stands, so that nothing has to be worked out of its many words. */
    static JsonObject payload(byte[] json) {
        requireBounded(json, LARGEST_JWT, MOST_TOKENS_JWT);
        return parsed(json, LARGEST_JWT);
    }

    /** @throws RefusedException where it is larger, deeper or of more parts than one badge ever is */
    static void requireBadge(byte[] json) {
        requireBounded(json, LARGEST_TEXT, MOST_TOKENS);
    }

    private static JsonObject parsed(byte[] json, int largest) {
        try {
            return JsonBytes.parseUnkept(json, largest);
        } catch (BadCredentialException e) {
            throw new RefusedException(Reason.JSON_BROKEN);
        }
    }

    private static void requireBounded(byte[] json, int largest, int mostTokens) {
        if (json.length > largest) {
            throw new RefusedException(Reason.TOO_LARGE);
        }
        int depth = 0;
        int tokens = 0;
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > DEEPEST) {
                    throw new RefusedException(Reason.TOO_DEEP);
                }
                if (++tokens > mostTokens) {
                    throw new RefusedException(Reason.TOO_MANY_PARTS);
                }
                if ((token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME)
                        && !JsonBytes.isWhole(parser.getString())) {
                    throw new RefusedException(Reason.INEXACT);
                }
            }
        } catch (JacksonException e) {
            throw new RefusedException(Reason.JSON_BROKEN);
        }
    }
}
