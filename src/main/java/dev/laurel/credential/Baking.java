package dev.laurel.credential;

import dev.laurel.credential.proof.BadCredentialException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Credentials inside PNG pictures: one uncompressed {@code iTXt} chunk with the keyword {@code openbadgecredential}.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#baking">Open Badges 3.0, 5.3 Baked Badge</a>
 */
final class Baking {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Keyword, its end, no compression, method 0, no language, no translated keyword. */
    private static final byte[] HEADER = "openbadgecredential\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final String TEXT = "iTXt";

    private Baking() {}

    private record Chunk(String type, byte[] data) {

        boolean isCredential() {
            return type.equals(TEXT)
                    && data.length >= HEADER.length
                    && Arrays.equals(data, 0, HEADER.length, HEADER, 0, HEADER.length);
        }
    }

    /** The picture with this credential inside and no other. */
    static byte[] bake(byte[] png, byte[] credential) {
        ByteArrayOutputStream baked = new ByteArrayOutputStream(png.length + credential.length + 64);
        baked.writeBytes(SIGNATURE);
        for (Chunk chunk : chunks(png)) {
            if (!chunk.isCredential()) {
                write(baked, chunk);
            }
            if (chunk.type().equals("IHDR")) {
                byte[] data = Arrays.copyOf(HEADER, HEADER.length + credential.length);
                System.arraycopy(credential, 0, data, HEADER.length, credential.length);
                write(baked, new Chunk(TEXT, data));
            }
        }
        return baked.toByteArray();
    }

    /**
     * The credential inside a baked picture.
     *
     * @throws BadCredentialException where it is no PNG, or there is not exactly one credential in it
     */
    static byte[] extract(byte[] png) {
        List<Chunk> found = chunks(png).stream().filter(Chunk::isCredential).toList();
        if (found.size() != 1) {
            throw new BadCredentialException("Not exactly one credential in the picture");
        }
        byte[] data = found.get(0).data();
        return Arrays.copyOfRange(data, HEADER.length, data.length);
    }

    private static List<Chunk> chunks(byte[] png) {
        if (png.length < SIGNATURE.length || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
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
