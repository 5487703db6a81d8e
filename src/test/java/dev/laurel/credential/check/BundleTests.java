package dev.laurel.credential.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedPng.Keyword;
import dev.laurel.credential.check.Bundle.Piece;
import dev.laurel.credential.check.Bundle.TooMuchException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTests {

    private static List<String> apart(byte[] brought) {
        return Bundle.takeApart(List.of(new Piece("file", brought))).stream()
                .map(piece -> new String(piece.badge(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> apart(String brought) {
        return apart(brought.getBytes(StandardCharsets.UTF_8));
    }

    /** With spaces and numbers that another writer would write otherwise: a signature may depend on them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\": 1.50, \"é\":[{}]}, {\"b\":2}]",
                "{\"a\": 1.50, \"é\":[{}]}\n{\"b\":2}\n",
                "\ufeff {\"type\":[\"VerifiablePresentation\"],\"verifiableCredential\":[{\"a\": 1.50, \"é\":[{}]},{\"b\":2}]}",
                "{\"credential\":[{\"a\": 1.50, \"é\":[{}]}],\"x\":{\"y\":[1]},\"compactJwsString\":[\"{\\\"b\\\":2}\"]}",
            })
    void eachBadgeStaysAsItWas(String many) {
        assertThat(apart(many)).containsExactly("{\"a\": 1.50, \"é\":[{}]}", "{\"b\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credentialSubject\":{},\"credential\":[1,2],\"x\":[{}]}",
                "{\"x\":1,\"recipient\":{},\"verifiableCredential\":[{},{}]}",
                "{\"a\":",
                "[{\"a\":1}, ",
                "hello",
            })
    void whatIsOneStaysOne(String one) {
        assertThat(apart(one)).containsExactly(one);
    }

    @Test
    void linesOfAddressesAndTokensAreTakenApart() {
        assertThat(apart("eyJ.eyJ.a\r\n\r\n  https://badges.example/1 \n"))
                .containsExactly("eyJ.eyJ.a", "https://badges.example/1");
    }

    @Test
    void aZipIsTakenApartButNoZipInsideIt() throws IOException {
        byte[] inner = zip("c.json", "{}".getBytes(StandardCharsets.UTF_8));
        byte[] outer = zip(
                "folder/a.json",
                "[{\"a\":1},{\"b\":2}]".getBytes(StandardCharsets.UTF_8),
                "b.zip",
                inner,
                ".DS_Store",
                inner);

        List<Piece> pieces = Bundle.takeApart(List.of(new Piece("all.zip", outer)));

        assertThat(pieces).extracting(Piece::source).containsExactly("a.json 1", "a.json 2", "b.zip");
        assertThat(pieces.get(2).badge()).isEqualTo(inner);
    }

    @Test
    void aZipThatIsABombIsRefused() throws IOException {
        byte[] bomb = zip("a", new byte[10 << 20], "b", new byte[10 << 20]);

        assertThat(bomb.length).isLessThan(200_000);
        assertThatThrownBy(() -> apart(bomb)).isInstanceOf(TooMuchException.class);
    }

    /** To get behind a file it has to be unpacked, whether anybody wants it or not. */
    @ParameterizedTest
    @ValueSource(strings = {"%d/.hidden", "__MACOSX/%d", "%d/", "%d.json"})
    void aZipIsRefusedForWhatIsSkippedOfItToo(String name) throws IOException {
        byte[] large = new byte[14 << 20];
        Object[] files = new Object[10];
        for (int i = 0; i < files.length; i += 2) {
            files[i] = name.formatted(i);
            files[i + 1] = large;
        }

        assertThatThrownBy(() -> apart(zip(files))).isInstanceOf(TooMuchException.class);
        assertThatThrownBy(() -> apart(zip(name.formatted(1), new byte[17 << 20])))
                .isInstanceOf(TooMuchException.class);
    }

    @Test
    void aPictureIsNotReadBeyondWhatIsTakenOfAFile() throws IOException {
        byte[] picture = BakedPng.bake(noise(), Keyword.OPEN_BADGES_3, "{}".getBytes(StandardCharsets.UTF_8));
        byte[] endless = Arrays.copyOf(picture, 40 << 20);

        assertThatThrownBy(() -> apart(zip("a.png", endless))).isInstanceOf(TooMuchException.class);
    }

    @Test
    void ofAPictureOnlyTheBadgeInsideCounts() throws IOException {
        byte[] large = BakedPng.bake(noise(), Keyword.OPEN_BADGES_3, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(large.length).isBetween(6 << 20, 16 << 20);

        assertThat(apart(zip("a.png", large, "b.png", large, "c.png", large))).containsExactly("{}", "{}", "{}");
    }

    private static byte[] noise() throws IOException {
        BufferedImage image = new BufferedImage(1600, 1600, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        int[] pixels = random.ints(1600 * 1600).toArray();
        image.setRGB(0, 0, 1600, 1600, pixels, 0, 1600);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    @Test
    void moreThanTwoHundredAreRefused() {
        assertThat(apart("[" + "{},".repeat(199) + "{}]")).hasSize(200);
        assertThatThrownBy(() -> apart("[" + "{},".repeat(200) + "{}]")).isInstanceOf(TooMuchException.class);
    }

    private static byte[] zip(Object... namesAndFiles) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndFiles.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndFiles[i]));
                zip.write((byte[]) namesAndFiles[i + 1]);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
