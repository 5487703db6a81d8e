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

    private BakedPng() {}

    /** Which kind of badge a chunk holds. */
    public enum Keyword {
        OPEN_BADGES_3("openbadgecredential"),
        OPEN_BADGES_2("openbadges");

        private final byte[] keyword;

        Keyword(String keyword) {
            this.keyword = (keyword + "\0").getBytes(StandardCharsets.US_ASCII);
        }

        private boolean isOf(byte[] data) {
            return data.length >= keyword.length && Arrays.equals(data, 0, keyword.length, keyword, 0, keyword.length);
        }
    }

    private record Chunk(String type, byte[] data) {

        boolean isBadge() {
            return type.equals(TEXT) && Arrays.stream(Keyword.values()).anyMatch(keyword -> keyword.isOf(data));
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
        for (Chunk chunk : chunks(png)) {
            if (!chunk.isBadge()) {
                write(baked, chunk);
            }
            if (chunk.type().equals("IHDR")) {
                ByteArrayOutputStream data = new ByteArrayOutputStream(badge.length + 32);
                data.writeBytes(keyword.keyword);
                // No compression, method 0, no language, no translated keyword.
                data.writeBytes(new byte[4]);
                data.writeBytes(badge);
                write(baked, new Chunk(TEXT, data.toByteArray()));
            }
        }
        return baked.toByteArray();
    }

    /**
     * The badge inside a baked picture.
     *
     * @throws BadCredentialException where it is no PNG, or there is not exactly one badge in it
     */
    public static byte[] extract(byte[] png) {
        List<byte[]> found = all(png);
        if (found.size() != 1) {
            throw new BadCredentialException("Not exactly one credential in the picture");
        }
        return found.get(0);
    }

    /** @throws BadCredentialException where it is no PNG, or broken */
    public static List<byte[]> all(byte[] png) {
        return chunks(png).stream().filter(Chunk::isBadge).map(BakedPng::text).toList();
    }

    /** What follows keyword, compression flag and method, language and translated keyword. */
    private static byte[] text(Chunk chunk) {
        byte[] data = chunk.data();
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

    private static List<Chunk> chunks(byte[] png) {
        if (!isPng(png)) {
            throw new BadCredentialException("Not a PNG");
        }
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(png, SIGNATURE.length, png.length - SIGNATURE.length);
        while (rest.remaining() >= 12) {
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining() - 8) {
                throw new BadCredentialException("A broken PNG");
            }
            byte[] type = new byte[4];
            byte[] data = new byte[length];
            rest.get(type).get(data).getInt();
            chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    private static void write(ByteArrayOutputStream out, Chunk chunk) {
        byte[] type = chunk.type().getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(chunk.data());
        out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
        out.writeBytes(type);
        out.writeBytes(chunk.data());
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
