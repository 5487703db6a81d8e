package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(Baking.extract(Baking.bake(picture(), CREDENTIAL))).isEqualTo(CREDENTIAL);
    }

    @Test
    void theChunkIsUncompressedAndFollowsTheHeader() {
        String baked = new String(Baking.bake(picture(), CREDENTIAL), StandardCharsets.ISO_8859_1);

        // Signature 8, IHDR 25, length 4.
        assertThat(baked.substring(37)).startsWith("iTXtopenbadgecredential\0\0\0\0\0{\"name\"");
    }

    @Test
    void aBakedPictureIsStillThePicture() throws IOException {
        BufferedImage baked = ImageIO.read(new ByteArrayInputStream(Baking.bake(picture(), CREDENTIAL)));

        assertThat(baked.getWidth()).isEqualTo(3);
        assertThat(baked.getRGB(1, 1)).isEqualTo(0xff2f6f4e);
    }

    @Test
    void bakingAgainReplaces() {
        byte[] twice = Baking.bake(Baking.bake(picture(), new byte[] {'1'}), CREDENTIAL);

        assertThat(Baking.extract(twice)).isEqualTo(CREDENTIAL);
    }

    @Test
    void noCredentialOrAnythingElseIsRefused() {
        assertThatThrownBy(() -> Baking.extract(picture())).isInstanceOf(BadCredentialException.class);
        assertThatThrownBy(() -> Baking.extract(CREDENTIAL)).isInstanceOf(BadCredentialException.class);
        byte[] cut = Baking.bake(picture(), CREDENTIAL);
        cut[33] = 0x7f;
        assertThatThrownBy(() -> Baking.extract(cut)).isInstanceOf(BadCredentialException.class);
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
