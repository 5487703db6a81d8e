package dev.laurel.achievement;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Makes a badge picture of whatever somebody uploads. What the bytes claim to be is judged by the bytes themselves, their
 * size by the header, before anything is decoded; what comes out is our own PNG, so nothing that was hidden in the file
 * (places, names, scripts) survives.
 */
final class UploadedPicture {

    static final int MOST_BYTES = 5 * 1024 * 1024;

    static final long MOST_PIXELS = 25_000_000;

    private static final int LEAST_SIDE = 64;

    /** Decoding takes memory; two at a time are enough for people who upload badge pictures. */
    private static final Semaphore DECODERS = new Semaphore(2);

    private UploadedPicture() {}

    /**
     * A square PNG of 512 by 512.
     *
     * @throws BadImageException for bytes that are too many, no picture, or a picture too large, too small or broken
     */
    static byte[] toPng(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new BadImageException("image.bad.too-large");
        }
        String format = format(bytes);
        DECODERS.acquireUninterruptibly();
        try {
            return BadgeDrawing.encode(square(bytes, format));
        } catch (IOException | RuntimeException e) {
            if (e instanceof BadImageException bad) {
                throw bad;
            }
            // The readers of the JDK answer broken files with exceptions of many kinds.
            throw new BadImageException("image.bad.unreadable");
        } finally {
            DECODERS.release();
        }
    }

    /** By the first bytes, never by a name or a declared type. */
    private static String format(byte[] bytes) {
        if (starts(bytes, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return "png";
        }
        if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return "jpeg";
        }
        if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
            return "gif";
        }
        if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
            if (ImageIO.getImageReadersByFormatName("webp").hasNext()) {
                return "webp";
            }
            throw new BadImageException("image.bad.webp");
        }
        throw new BadImageException("image.bad.not-a-picture");
    }

    private static boolean starts(byte[] bytes, int from, int... with) {
        if (bytes.length < from + with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[from + i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static BufferedImage square(byte[] bytes, String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new BadImageException("image.bad.not-a-picture");
        }
        ImageReader reader = readers.next();
        // In memory: the default would write the upload to a temporary file.
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            // Without metadata: compressed text chunks may be bombs of their own.
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MOST_PIXELS) {
                throw new BadImageException("image.bad.too-many-pixels");
            }
            int side = Math.min(width, height);
            if (side < LEAST_SIDE) {
                throw new BadImageException("image.bad.too-small");
            }
            ImageReadParam how = reader.getDefaultReadParam();
            how.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
            int step = Math.max(1, side / (2 * BadgeDrawing.SIZE));
            how.setSourceSubsampling(step, step, 0, 0);
            BufferedImage picture = reader.read(0, how);
            return scaled(picture, format.equals("jpeg") ? JpegOrientation.of(bytes) : 1);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage scaled(BufferedImage picture, int orientation) {
        int size = BadgeDrawing.SIZE;
        BufferedImage current = picture;
        // Halving step by step keeps fine lines that one big step would lose.
        while (current.getWidth() >= 2 * size) {
            current = drawn(current, current.getWidth() / 2, new AffineTransform());
        }
        return drawn(current, size, JpegOrientation.upright(orientation, size));
    }

    private static BufferedImage drawn(BufferedImage picture, int size, AffineTransform turned) {
        BufferedImage target = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.transform(turned);
            graphics.drawImage(picture, 0, 0, size, size, null);
        } finally {
            graphics.dispose();
        }
        return target;
    }
}
