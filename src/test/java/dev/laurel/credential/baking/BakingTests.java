package dev.laurel.credential.baking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.achievement.TestDrawings;
import dev.laurel.credential.TestPictures;
import dev.laurel.credential.proof.BadCredentialException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BakingTests {

    private static final byte[] CREDENTIAL = "{\"name\":\"漢字 🎓\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsBakedComesOutAgain() {
        assertThat(BakedPng.extract(baked(TestPictures.png(), CREDENTIAL))).isEqualTo(CREDENTIAL);
    }

    @Test
    void theChunkIsUncompressedAndFollowsTheHeader() {
        String baked = new String(baked(TestPictures.png(), CREDENTIAL), StandardCharsets.ISO_8859_1);

        // Signature 8, IHDR 25, length 4.
        assertThat(baked.substring(37)).startsWith("iTXtopenbadgecredential\0\0\0\0\0{\"name\"");
    }

    @Test
    void aBakedPictureIsStillThePicture() throws IOException {
        BufferedImage baked = ImageIO.read(new ByteArrayInputStream(baked(TestPictures.png(), CREDENTIAL)));

        assertThat(baked.getWidth()).isEqualTo(3);
        assertThat(baked.getRGB(1, 1)).isEqualTo(0xff2f6f4e);
    }

    @Test
    void bakingAgainReplaces() {
        byte[] twice = baked(baked(TestPictures.png(), new byte[] {'1'}), CREDENTIAL);

        assertThat(BakedPng.extract(twice)).isEqualTo(CREDENTIAL);
    }

    @Test
    void noCredentialOrAnythingElseIsRefused() {
        assertThatThrownBy(() -> BakedPng.extract(TestPictures.png())).isInstanceOf(BadCredentialException.class);
        assertThatThrownBy(() -> BakedPng.extract(CREDENTIAL)).isInstanceOf(BadCredentialException.class);
        byte[] cut = baked(TestPictures.png(), CREDENTIAL);
        cut[33] = 0x7f;
        assertThatThrownBy(() -> BakedPng.extract(cut)).isInstanceOf(BadCredentialException.class);
    }

    @Test
    void aCompressedTextIsReadAndABombIsNot() throws IOException {
        assertThat(BakedPng.extract(compressed(CREDENTIAL))).isEqualTo(CREDENTIAL);
        assertThatThrownBy(() -> BakedPng.extract(compressed(new byte[50 << 20])))
                .isInstanceOf(BadCredentialException.class);
    }

    /** A megabyte of nothing but empty pieces fits a thousand times into a small zip. */
    @Test
    void aPictureOfVeryManyPiecesIsRefused() {
        byte[] piece = {0, 0, 0, 0, 'z', 'z', 'Z', 'z', 0, 0, 0, 0};
        byte[] few = withPieces(baked(TestPictures.png(), CREDENTIAL), piece, 9_000);
        byte[] many = withPieces(baked(TestPictures.png(), CREDENTIAL), piece, 10_001);

        assertThat(BakedPng.extract(few)).isEqualTo(CREDENTIAL);
        assertThat(BakedPng.extract(baked(few, CREDENTIAL))).isEqualTo(CREDENTIAL);
        assertThatThrownBy(() -> BakedPng.count(many)).isInstanceOf(BadCredentialException.class);
        assertThatThrownBy(() -> baked(many, CREDENTIAL)).isInstanceOf(BadCredentialException.class);
    }

    /** Each is a kilobyte in the picture and a megabyte in memory; this one cannot be unpacked at all. */
    @Test
    void manyBadgesInOnePictureAreCountedWithoutUnpackingThem() throws IOException {
        byte[] broken = baked(TestPictures.png(), new byte[] {1, 2, 3});
        broken[8 + 25 + 8 + 20] = 1;
        byte[] piece = Arrays.copyOfRange(broken, 33, broken.length - (TestPictures.png().length - 33));

        assertThat(BakedPng.count(withPieces(broken, piece, 600))).isEqualTo(601);
        assertThatThrownBy(() -> BakedPng.extract(broken))
                .isInstanceOf(BadCredentialException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void whatStandsBehindTheEndIsNotRead() {
        byte[] one = baked(TestPictures.png(), CREDENTIAL);
        byte[] behind = Arrays.copyOf(one, one.length * 2 - 8);
        System.arraycopy(one, 8, behind, one.length, one.length - 8);

        assertThat(BakedPng.extract(behind)).isEqualTo(CREDENTIAL);
        assertThat(baked(behind, CREDENTIAL)).isEqualTo(one);
    }

    /** Behind the header. */
    private static byte[] withPieces(byte[] png, byte[] piece, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(png, 0, 33);
        for (int i = 0; i < count; i++) {
            all.writeBytes(piece);
        }
        all.write(png, 33, png.length - 33);
        return all.toByteArray();
    }

    private static byte[] compressed(byte[] text) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(text);
        }
        byte[] baked = baked(TestPictures.png(), deflated.toByteArray());
        // The flag behind signature, header chunk, length, type and keyword.
        baked[8 + 25 + 8 + 20] = 1;
        return baked;
    }

    @Test
    void aDrawingHoldsItAsItsFirstChild() {
        byte[] credential = "{\"name\":\"]]> 漢字 🎓 &amp; <b>\"}".getBytes(StandardCharsets.UTF_8);

        byte[] baked = BakedSvg.bake("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\"><rect/></svg>", credential);

        assertThat(BakedSvg.all(baked)).containsExactly(credential);
        assertThat(new String(baked, StandardCharsets.UTF_8))
                .containsPattern("<svg [^>]*width=\"3\"[^>]*><openbadges:credential><!\\[CDATA\\[")
                .contains("xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"")
                .contains("<rect");
        assertThat(BakedSvg.all(BakedSvg.bake(new String(baked, StandardCharsets.UTF_8), CREDENTIAL)))
                .containsExactly(CREDENTIAL);
    }

    @Test
    void whatLaurelDrawsStaysAsItIs() {
        for (String name : new String[] {"Essayist", "Łódź 漢字"}) {
            String svg = TestDrawings.svg(name);
            String baked = new String(BakedSvg.bake(svg, CREDENTIAL), StandardCharsets.UTF_8);
            assertThat(elements(baked)).isEqualTo(elements(svg));
        }
    }

    private static List<String> elements(String svg) {
        return Pattern.compile("<([a-zA-Z]+)|\\b([a-z-]+)=\"")
                .matcher(svg.replaceAll("<openbadges.*?</openbadges:credential>", "")
                        .replaceAll("\\s+xmlns(:\\w+)?=\"[^\"]*\"", ""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Whoever drew the picture: nothing in it runs, and nothing calls another host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<rect onload=\"alert(1)\" ONCLICK=\"alert(1)\"/>",
                "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://evil.example\"/></foreignObject>",
                "<image href=\"https://evil.example/x.png\"/>",
                "<use href=\"https://evil.example/x.svg#a\"/>",
                "<use xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"https://evil.example/x.svg#a\"/>",
                "<style>@import url(https://evil.example/x.css)</style>",
                "<rect style=\"background:url(https://evil.example/x)\" fill=\"url(https://evil.example/x)\"/>",
                "<a href=\"javascript:alert(1)\"><text>x</text></a>",
                "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
                "<?xml-stylesheet href=\"https://evil.example/x.css\"?>",
            })
    void nothingInADrawingCanRunOrCallAnybody(String hostile) {
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><defs><path id=\"a\"/></defs>" + hostile
                + "<use href=\"#a\" fill=\"url(#a)\"/></svg>";

        assertThat(new String(BakedSvg.bake(svg, CREDENTIAL), StandardCharsets.UTF_8))
                .doesNotContainIgnoringCase("alert")
                .doesNotContainIgnoringCase("evil")
                .doesNotContainIgnoringCase("javascript")
                .doesNotContainIgnoringCase("script")
                .contains("href=\"#a\"", "url(#a)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><title>&a;</title></svg>",
                "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><title>&b;</title></svg>",
                "not xml",
            })
    void noEntityIsReadAndNothingElseTakenForADrawing(String svg) {
        assertThatThrownBy(() -> BakedSvg.bake(svg, CREDENTIAL)).isInstanceOf(BadCredentialException.class);
        assertThatThrownBy(() -> BakedSvg.all(svg.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadCredentialException.class);
    }

    private static byte[] baked(byte[] png, byte[] credential) {
        return BakedPng.bake(png, BakedPng.Keyword.OPEN_BADGES_3, credential);
    }
}
