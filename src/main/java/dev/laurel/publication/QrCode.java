package dev.laurel.publication;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.springframework.web.util.HtmlUtils;

/** An address for the camera of a phone: black on white with the quiet zone that readers need, in any surroundings. */
public final class QrCode {

    /** ISO/IEC 18004 asks for four modules of white on each side. */
    private static final int QUIET = 4;

    /** Pixels of one module: sharp on paper at the size of a stamp. */
    private static final int PIXELS = 8;

    private static final Map<EncodeHintType, ?> UTF_8 = Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8);

    private final ByteMatrix modules;

    private QrCode(ByteMatrix modules) {
        this.modules = modules;
    }

    /**
     * The code of an address, which stays readable with 15 % of it covered.
     *
     * @throws IllegalArgumentException where it is longer than a code can hold, about 2,300 bytes
     */
    public static QrCode of(String address) {
        try {
            return new QrCode(
                    Encoder.encode(address, ErrorCorrectionLevel.M, UTF_8).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException("Too long for a QR code: " + address.length() + " characters", e);
        }
    }

    /** @param title what it says to those who do not see it */
    public String svg(String title) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                int from = x;
                while (x < modules.getWidth() && modules.get(x, y) == 1) {
                    x++;
                }
                if (x > from) {
                    path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
                    path.append('h')
                            .append(x - from)
                            .append("v1h-")
                            .append(x - from)
                            .append('z');
                }
            }
        }
        int size = size();
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                + "\" role=\"img\" shape-rendering=\"crispEdges\"><title>" + HtmlUtils.htmlEscape(title, "UTF-8")
                + "</title><path fill=\"#ffffff\" d=\"M0 0h" + size + "v" + size + "h-" + size
                + "z\"/><path fill=\"#000000\" d=\"" + path + "\"/></svg>";
    }

    /** The same as a PNG, for what cannot draw SVG. */
    public byte[] png() {
        int pixels = size() * PIXELS;
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < pixels; y++) {
            for (int x = 0; x < pixels; x++) {
                image.setRGB(x, y, (isDark(x / PIXELS, y / PIXELS) ? Color.BLACK : Color.WHITE).getRGB());
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isDark(int x, int y) {
        int column = x - QUIET;
        int row = y - QUIET;
        return column >= 0
                && row >= 0
                && column < modules.getWidth()
                && row < modules.getHeight()
                && modules.get(column, row) == 1;
    }

    private int size() {
        return modules.getWidth() + 2 * QUIET;
    }
}
