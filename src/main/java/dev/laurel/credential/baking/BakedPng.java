package dev.laurel.credential.baking;

import dev.laurel.credential.proof.BadCredentialException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/**
 * Badges inside PNG pictures: one {@code iTXt} chunk, written uncompressed, with the keyword of the version. Compressed ones are
 * read too, up to a megabyte.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#baking">Open Badges 3.0, 5.3 Baked Badge</a>
 * @see <a href="https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/index.html">Open Badges 2.0 Baking</a>
 */
public final class BakedPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final String TEXT = "iTXt";

    private static final int LARGEST_TEXT = 1 << 20;

    /** A picture of 20 MB has some thousands. */
    private static final int MOST_CHUNKS = 10_000;

    private BakedPng() {}

    /** Which kind of badge a chunk holds. */
    public enum Keyword {
        OPEN_BADGES_3("openbadgecredential"),
        OPEN_BADGES_2("openbadges");

        private final byte[] keyword;

        Keyword(String keyword) {
            this.keyword = (keyword + "\0").getBytes(StandardCharsets.US_ASCII);
        }

        private boolean isAt(byte[] png, int from, int length) {
            return length >= keyword.length
                    && Arrays.equals(png, from, from + keyword.length, keyword, 0, keyword.length);
        }
    }

    /** A piece of a picture, where it lies: length, type, data, check sum. */
    private record Chunk(byte[] png, int start, int length) {

        String type() {
            return new String(png, start + 4, 4, StandardCharsets.US_ASCII);
        }

        byte[] data() {
            return Arrays.copyOfRange(png, start + 8, start + 8 + length);
        }

        int end() {
            return start + 12 + length;
        }

        boolean isBadge() {
            return type().equals(TEXT)
                    && Arrays.stream(Keyword.values()).anyMatch(keyword -> keyword.isAt(png, start + 8, length));
        }
    }

    /** Whether the bytes begin like a PNG. */
    public static boolean isPng(byte[] bytes) {
        return bytes.length >= SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** The picture with this badge inside and no other. */
    public static byte[] bake(byte[] png, Keyword keyword, byte[] badge) {
        ByteArrayOutputStream baked = new ByteArrayOutputStream(png.length + badge.length + 64);
        baked.writeBytes(SIGNATURE);
        walk(png, chunk -> {
            if (!chunk.isBadge()) {
                baked.write(png, chunk.start(), chunk.end() - chunk.start());
            }
            if (chunk.type().equals("IHDR")) {
                ByteArrayOutputStream data = new ByteArrayOutputStream(badge.length + 32);
                data.writeBytes(keyword.keyword);
                // No compression, method 0, no language, no translated keyword.
                data.writeBytes(new byte[4]);
                data.writeBytes(badge);
                writeText(baked, data.toByteArray());
            }
        });
        return baked.toByteArray();
    }

    /**
     * The badge inside a baked picture.
     *
     * @throws BadCredentialException where it is no PNG, or there is not exactly one badge in it
     */
    public static byte[] extract(byte[] png) {
        List<Chunk> badges = badges(png);
        if (badges.size() != 1) {
            throw new BadCredentialException("Not exactly one credential in the picture");
        }
        return text(badges.get(0).data());
    }

    /**
     * How many badges are inside; none of them is unpacked for that.
     *
     * @throws BadCredentialException where it is no PNG, or broken
     */
    public static int count(byte[] png) {
        return badges(png).size();
    }

    private static List<Chunk> badges(byte[] png) {
        List<Chunk> badges = new ArrayList<>();
        walk(png, chunk -> {
            if (chunk.isBadge()) {
                badges.add(chunk);
            }
        });
        return badges;
    }

    /** What follows keyword, compression flag and method, language and translated keyword. */
    private static byte[] text(byte[] data) {
        int flag = end(data, 0) + 1;
        int text = end(data, end(data, flag + 2) + 1) + 1;
        if (flag >= data.length || text > data.length) {
            throw new BadCredentialException("A broken text in the picture");
        }
        return data[flag] == 0 ? Arrays.copyOfRange(data, text, data.length) : inflated(data, text);
    }

    private static int end(byte[] data, int from) {
        int end = from;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return end;
    }

    private static byte[] inflated(byte[] data, int from) {
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(data, from, data.length - from))) {
            byte[] text = in.readNBytes(LARGEST_TEXT + 1);
            if (text.length > LARGEST_TEXT) {
                throw new BadCredentialException("The text in the picture is too large");
            }
            return text;
        } catch (IOException e) {
            throw new BadCredentialException("A broken text in the picture", e);
        }
    }

    /** As far as the picture goes; what stands behind its end is no part of it. */
    private static void walk(byte[] png, Consumer<Chunk> each) {
        if (!isPng(png)) {
            throw new BadCredentialException("Not a PNG");
        }
        ByteBuffer bytes = ByteBuffer.wrap(png);
        int start = SIGNATURE.length;
        for (int number = 1; png.length - start >= 12; number++) {
            int length = bytes.getInt(start);
            if (length < 0 || length > png.length - start - 12) {
                throw new BadCredentialException("A broken PNG");
            }
            if (number > MOST_CHUNKS) {
                throw new BadCredentialException("More than " + MOST_CHUNKS + " pieces in the picture");
            }
            Chunk chunk = new Chunk(png, start, length);
            each.accept(chunk);
            if (chunk.type().equals("IEND")) {
                return;
            }
            start = chunk.end();
        }
    }

    private static void writeText(ByteArrayOutputStream out, byte[] data) {
        byte[] type = TEXT.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(type);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
