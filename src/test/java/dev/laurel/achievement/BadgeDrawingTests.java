package dev.laurel.achievement;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadgeDrawingTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lab safety",
                "Biology 101",
                "Łódź élan",
                "漢字",
                "Анализ данных",
                "العربية",
                "עברית",
                "ไทย",
                "🎓",
                "<script>&\"'",
                "x\u0000\uFFFE y",
                "Ωmega Σigma",
                "q",
                "of the"
            })
    void everyNameBecomesAPictureWithAReadableLabel(String name) throws IOException {
        String svg = BadgeDrawing.of(name, BadgeColour.of("", name)).svg("Badge: " + name);
        BufferedImage picture = read(BadgeDrawing.png(svg));

        assertThat(svg).startsWith("<svg ").contains("<title>Badge: ").doesNotContain("<text", "style=", "<script");
        assertThat(picture.getWidth()).isEqualTo(512);
        assertThat(picture.getHeight()).isEqualTo(512);
        assertThat(picture.getRGB(1, 1) >>> 24).as("transparent around").isZero();
        assertThat(inkInTheMiddle(picture)).as("dark label on white").isBetween(0.02, 0.7);
        Path folder = Files.createDirectories(Path.of("target/badges"));
        Files.write(folder.resolve(Integer.toHexString(name.hashCode()) + ".png"), BadgeDrawing.png(svg));
    }

    @Test
    void theSameNameAndColourIsTheSamePictureAndOthersDiffer() {
        Set<String> pictures = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            pictures.add(BadgeDrawing.of("Essay " + i % 10 + " part " + i, BadgeColour.of("#1f5f8b", ""))
                    .svg(""));
        }

        assertThat(BadgeDrawing.of("Lab safety", BadgeColour.of("#1f5f8b", "")).svg("x"))
                .isEqualTo(BadgeDrawing.of("Lab safety", BadgeColour.of("#1F5F8B", ""))
                        .svg("x"));
        assertThat(pictures).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#ffffff", "#ffff00", "#00ff7f", "#808080", "#000000", "#ff00ff"})
    void theLabelCanBeReadWhateverTheColour(String colour) {
        assertThat(BadgeColour.of(colour, "").deep().contrastWithWhite()).isGreaterThanOrEqualTo(7);
        assertThat(BadgeColour.of(colour, "").hex()).isEqualTo(colour);
    }

    @Test
    void whatIsNoColourIsReplacedByOne() {
        for (String bad : List.of("", "red", "#12345", "#1234567", "#12345g", "#123456;x")) {
            assertThat(BadgeColour.of(bad, "Lab safety").hex()).matches("#[0-9a-f]{6}");
        }
    }

    private static double inkInTheMiddle(BufferedImage picture) {
        int dark = 0;
        int all = 0;
        for (int x = 150; x < 362; x++) {
            for (int y = 170; y < 320; y++) {
                int rgb = picture.getRGB(x, y);
                dark += (rgb >> 8 & 255) < 128 ? 1 : 0;
                all++;
            }
        }
        return (double) dark / all;
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
