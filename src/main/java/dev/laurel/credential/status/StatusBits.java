package dev.laurel.credential.status;

import dev.laurel.credential.proof.BadCredentialException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Collection;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The bits of a list, the first one leftmost. Its size never changes, so that its length tells nobody how many badges there are.
 *
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-encoding">Bitstring Status List v1.0, 3.3 and 3.4</a>
 */
public final class StatusBits {

    /** The least that the specification allows: 16 KiB. */
    public static final int SIZE = 131_072;

    private static final String MULTIBASE_BASE64URL = "u";

    private final byte[] bytes;

    private StatusBits(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IndexOutOfBoundsException where a place is none */
    public static StatusBits of(Collection<Integer> set) {
        byte[] bytes = new byte[SIZE / 8];
        for (int place : set) {
            bytes[place / 8] |= (byte) (0x80 >> place % 8);
        }
        return new StatusBits(bytes);
    }

    /** @throws BadCredentialException where it is no such list, or not of our size */
    public static StatusBits decode(String encodedList) {
        if (!encodedList.startsWith(MULTIBASE_BASE64URL)) {
            throw new BadCredentialException("Not a list of bits");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(
                Base64.getUrlDecoder().decode(encodedList.substring(MULTIBASE_BASE64URL.length()))))) {
            byte[] bytes = in.readNBytes(SIZE / 8 + 1);
            if (bytes.length != SIZE / 8) {
                throw new BadCredentialException("Not a list of this size");
            }
            return new StatusBits(bytes);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadCredentialException("Not a list of bits", e);
        }
    }

    public boolean isSet(int place) {
        return place >= 0 && place < SIZE && (bytes[place / 8] & 0x80 >> place % 8) != 0;
    }

    /** As {@code encodedList}: compressed, in base64url, with the multibase prefix. */
    public String encode() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return MULTIBASE_BASE64URL + Base64.getUrlEncoder().withoutPadding().encodeToString(compressed.toByteArray());
    }
}
