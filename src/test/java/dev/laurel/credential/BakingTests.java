package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.proof.BadCredentialException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BakingTests {

    private static final byte[] CREDENTIAL = "{\"name\":\"漢字 🎓\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsBakedComesOutAgain() {
        assertThat(BakedPng.extract(baked(picture(), CREDENTIAL))).isEqualTo(CREDENTIAL);
    }

    @Test
    void theChunkIsUncompressedAndFollowsTheHeader() {
        String baked = new String(baked(picture(), CREDENTIAL), StandardCharsets.ISO_8859_1);

        // Signature 8, IHDR 25, length 4.
        assertThat(baked.substring(37)).startsWith("iTXtopenbadgecredential\0\0\0\0\0{\"name\"");
    }

    @Test
    void aBakedPictureIsStillThePicture() throws IOException {
        BufferedImage baked = ImageIO.read(new ByteArrayInputStream(baked(picture(), CREDENTIAL)));

        assertThat(baked.getWidth()).isEqualTo(3);
        assertThat(baked.getRGB(1, 1)).isEqualTo(0xff2f6f4e);
    }

    @Test
    void bakingAgainReplaces() {
        byte[] twice = baked(baked(picture(), new byte[] {'1'}), CREDENTIAL);

        assertThat(BakedPng.extract(twice)).isEqualTo(CREDENTIAL);
    }

    @Test
    void noCredentialOrAnythingElseIsRefused() {
        assertThatThrownBy(() -> BakedPng.extract(picture())).isInstanceOf(BadCredentialException.class);
        assertThatThrownBy(() -> BakedPng.extract(CREDENTIAL)).isInstanceOf(BadCredentialException.class);
        byte[] cut = baked(picture(), CREDENTIAL);
        cut[33] = 0x7f;
        assertThatThrownBy(() -> BakedPng.extract(cut)).isInstanceOf(BadCredentialException.class);
    }

    private static byte[] baked(byte[] png, byte[] credential) {
        return BakedPng.bake(png, BakedPng.Keyword.OPEN_BADGES_3, credential);
    }

    static byte[] picture() {
        BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 1, 0xff2f6f4e);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
