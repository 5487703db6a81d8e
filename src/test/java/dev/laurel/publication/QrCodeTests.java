package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://badges.example/b/7Zc0b0Wv0bq8m1cQ1yP2n3aHk5s9Lr_x",
                "https://badges.example/laurel/b/x",
                "a",
                "Łódź 漢字"
            })
    void aCameraReadsWhatItSays(String text) throws Exception {
        QrCode code = QrCode.of(text);

        assertThat(read(ImageIO.read(new ByteArrayInputStream(code.png())))).isEqualTo(text);
        assertThat(read(drawn(code.svg("to read")))).isEqualTo(text);
    }

    @Test
    void itsTitleIsTextAndNothingElse() {
        assertThat(QrCode.of("a").svg("<script>&\"")).contains("<title>&lt;script&gt;&amp;&quot;</title>");
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> QrCode.of("x".repeat(5_000))).isInstanceOf(IllegalArgumentException.class);
    }

    private static BufferedImage drawn(String svg) {
        SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.createDefault());
        assertThat(document).isNotNull();
        int size = 8 * Math.round(document.viewBox().width);
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        document.render(null, graphics, new ViewBox(size, size));
        graphics.dispose();
        return image;
    }

    private static String read(BufferedImage image) throws Exception {
        byte[] grey = new byte[image.getWidth() * image.getHeight()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFF);
        }
        LuminanceSource source = new PlanarYUVLuminanceSource(
                grey, image.getWidth(), image.getHeight(), 0, 0, image.getWidth(), image.getHeight(), false);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.PURE_BARCODE, true))
                .getText();
    }
}
