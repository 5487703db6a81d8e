package dev.laurel.publication.page;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** The picture of a badge as pages of strangers load it: light, and as a card beside a link. */
final class SharePictures {

    /** A page of a badge stays below 100 kB with everything that it loads. */
    private static final int LIGHT = 45_000;

    private static final int SMALL = 320;

    /** What the services that show cards recommend. */
    private static final int CARD_WIDTH = 1200;

    private static final int CARD_HEIGHT = 630;

    private static final int CARD_PICTURE = 512;

    private static final int MARK = 96;

    private SharePictures() {}

    /** The picture itself where it is light, else a small one on white: PNG or JPEG. */
    static byte[] light(byte[] png) {
        if (png.length <= LIGHT) {
            return png;
        }
        BufferedImage small = new BufferedImage(SMALL, SMALL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = on(small, Color.WHITE);
        graphics.drawImage(read(png), 0, 0, SMALL, SMALL, null);
        graphics.dispose();
        return write(small, "jpg");
    }

    /** A PNG of 1200 by 630 with the badge in the middle; the words stand beside it, so it holds none. */
    static byte[] card(byte[] png) {
        BufferedImage card = new BufferedImage(CARD_WIDTH, CARD_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = on(card, new Color(0xF8EDE4));
        graphics.drawImage(
                read(png),
                (CARD_WIDTH - CARD_PICTURE) / 2,
                (CARD_HEIGHT - CARD_PICTURE) / 2,
                CARD_PICTURE,
                CARD_PICTURE,
                null);
        graphics.translate(CARD_WIDTH - MARK - 40, CARD_HEIGHT - MARK - 40);
        mark().render(null, graphics, new ViewBox(MARK, MARK));
        graphics.dispose();
        return write(card, "png");
    }

    private static Graphics2D on(BufferedImage image, Color background) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(background);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        return graphics;
    }

    private static SVGDocument mark() {
        try (InputStream svg = new ClassPathResource("static/laurel.svg").getInputStream()) {
            @Nullable SVGDocument document = new SVGLoader().load(svg, null, LoaderContext.createDefault());
            if (document == null) {
                throw new IllegalStateException("The mark cannot be read");
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage read(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("This Java cannot write " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
