package dev.laurel.achievement;

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera was held. It stands in the metadata that we drop, so the picture is turned upright before. */
final class JpegOrientation {

    private static final int ORIENTATION = 0x0112;

    private JpegOrientation() {}

    /** 1 to 8 as Exif counts; 1, upright, where nothing (readable) is said. */
    static int of(byte[] jpeg) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(jpeg).position(2);
            while (bytes.remaining() > 4 && (bytes.get() & 0xFF) == 0xFF) {
                int marker = bytes.get() & 0xFF;
                int length = bytes.getShort() & 0xFFFF;
                if (marker == 0xE1 && length > 8 && bytes.getInt(bytes.position()) == 0x45786966) {
                    return exif(bytes.slice(bytes.position() + 6, length - 8));
                }
                if (marker == 0xDA) {
                    break;
                }
                bytes.position(bytes.position() + length - 2);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return 1;
        }
        return 1;
    }

    private static int exif(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                int orientation = tiff.getShort(entry + 8);
                return orientation >= 1 && orientation <= 8 ? orientation : 1;
            }
        }
        return 1;
    }

    /** The transform that turns a square picture of this orientation upright. */
    static AffineTransform upright(int orientation, int size) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, size, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, size, size);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, size);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, size, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, size, size);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, size);
            default -> new AffineTransform();
        };
    }
}
