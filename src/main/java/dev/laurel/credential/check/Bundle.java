package dev.laurel.credential.check;

import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.proof.BadCredentialException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes apart what holds several badges: a zip, a JSON list, one badge to a line, a verifiable presentation, or the answer of an Open
 * Badges host. Each badge stays byte for byte as it was.
 */
public final class Bundle {

    private static final int MOST_ENTRIES = 1_000;

    /** Bytes of one file, and of all that is kept: of a picture the badge inside it. */
    private static final int LARGEST = 16 << 20;

    /** Bytes of all that is unpacked. */
    private static final int MOST_UNPACKED = 64 << 20;

    private static final Set<String> LISTS = Set.of("credential", "compactJwsString", "verifiableCredential");

    /** A single badge has one of them. */
    private static final Set<String> OF_A_BADGE = Set.of("credentialSubject", "recipient");

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Piece> pieces = new ArrayList<>();

    private int unpacked;

    private int kept;

    private Bundle() {}

    /** @param source what it was called where it came from, with a number behind where there were several */
    public record Piece(String source, byte[] badge) {

        /** It may be much larger once unpacked. */
        public boolean isZip() {
            return badge.length > 4 && badge[0] == 'P' && badge[1] == 'K' && badge[2] == 3 && badge[3] == 4;
        }
    }

    /** Whoever brought it has to bring less at once. */
    public static final class TooMuchException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The badges in what was brought; what cannot be taken apart is one.
     *
     * @throws TooMuchException where there are more than {@link BadgeVerifier#MOST}, or they are too large once unpacked
     */
    public static List<Piece> takeApart(List<Piece> brought) {
        Bundle bundle = new Bundle();
        brought.forEach(piece -> bundle.add(piece, true));
        return List.copyOf(bundle.pieces);
    }

    private void add(Piece piece, boolean zips) {
        byte[] bytes = piece.badge();
        if (zips && piece.isZip()) {
            unzip(piece);
            return;
        }
        List<String> parts = parts(bytes);
        if (parts.size() < 2) {
            keep(parts.isEmpty() ? piece : new Piece(piece.source(), utf8(parts.get(0))));
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            keep(new Piece(piece.source() + " " + (i + 1), utf8(parts.get(i))));
        }
    }

    private void keep(Piece piece) {
        if (pieces.size() == BadgeVerifier.MOST) {
            throw new TooMuchException("More than " + BadgeVerifier.MOST);
        }
        pieces.add(piece);
    }

    private void unzip(Piece piece) {
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(piece.badge()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new TooMuchException("Too many files");
                }
                // What is skipped as well: to get behind it, it is unpacked.
                byte[] bytes = content(zip);
                String name = entry.getName();
                String file = name.substring(name.lastIndexOf('/') + 1);
                if (!entry.isDirectory() && !file.startsWith(".") && !name.startsWith("__MACOSX/")) {
                    addFile(file, bytes);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // What follows cannot be read: it is one that is broken.
            keep(new Piece(piece.source(), new byte[0]));
        }
    }

    private byte[] content(ZipInputStream zip) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            unpacked += read;
            if (unpacked > MOST_UNPACKED || content.size() + read > LARGEST) {
                throw new TooMuchException("Too large");
            }
            content.write(buffer, 0, read);
        }
        return content.toByteArray();
    }

    private void addFile(String file, byte[] bytes) {
        byte[] badge = BakedPng.isPng(bytes) ? badge(bytes) : null;
        kept += badge == null ? bytes.length : badge.length;
        if (kept > LARGEST) {
            throw new TooMuchException("Too large");
        }
        if (badge == null) {
            add(new Piece(file, bytes), false);
        } else {
            keep(new Piece(file, badge));
        }
    }

    /** The one inside a picture; {@code null} where whoever checks it has to say what is wrong with that picture. */
    private static byte @Nullable [] badge(byte[] png) {
        try {
            return BakedPng.count(png) == 1 ? BakedPng.extract(png) : null;
        } catch (BadCredentialException e) {
            return null;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> parts(byte[] bytes) {
        int start = 0;
        while (start < bytes.length
                && (Character.isWhitespace(bytes[start])
                        || bytes[start] == (byte) 0xef
                        || bytes[start] == (byte) 0xbb
                        || bytes[start] == (byte) 0xbf)) {
            start++;
        }
        if (start == bytes.length) {
            return List.of();
        }
        return switch (bytes[start]) {
            case '{', '[' -> json(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
            case 'e', 'h', 'H' ->
                new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .limit(BadgeVerifier.MOST + 1L)
                        .toList();
            default -> List.of();
        };
    }

    /** The values of a list, of the lists that hold badges, or one after the other; nothing where it is a single one or broken. */
    private static List<String> json(String text) {
        List<String> parts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    list(parser, text, parts);
                } else {
                    parts.addAll(object(parser, text));
                }
                if (parts.size() > BadgeVerifier.MOST) {
                    return parts;
                }
            }
        } catch (JacksonException e) {
            return List.of();
        }
        return parts;
    }

    private static List<String> object(JsonParser parser, String text) {
        int from = offset(parser);
        List<String> inner = new ArrayList<>();
        boolean single = parser.currentToken() != JsonToken.START_OBJECT;
        boolean open = !single;
        while (open && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            single |= OF_A_BADGE.contains(name);
            if (LISTS.contains(name) && value == JsonToken.START_ARRAY) {
                list(parser, text, inner);
            } else {
                parser.skipChildren();
            }
        }
        return single || inner.isEmpty() ? List.of(text.substring(from, end(parser))) : inner;
    }

    private static void list(JsonParser parser, String text, List<String> parts) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parts.size() > BadgeVerifier.MOST) {
                parser.skipChildren();
                continue;
            }
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                parts.add(parser.getString());
            } else {
                int from = offset(parser);
                parser.skipChildren();
                parts.add(text.substring(from, end(parser)));
            }
        }
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }
}
