package dev.laurel.credential.leaving;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/** What the seal of an archive covers: of each entry its name, its length and its bytes. */
final class Sealed {

    private Sealed() {}

    static void update(Mac seal, String name, byte[] content) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        seal.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(bytes.length)
                .putInt(content.length)
                .flip());
        seal.update(bytes);
        seal.update(content);
    }
}
