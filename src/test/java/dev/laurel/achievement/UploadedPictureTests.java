package dev.laurel.achievement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadedPictureTests {

    @ParameterizedTest
    @CsvSource({"png, 900, 600", "jpeg, 3000, 4000", "gif, 64, 64", "png, 2600, 100"})
    void aPictureBecomesASquareOfItsMiddle(String format, int width, int height) throws IOException {
        byte[] png = UploadedPicture.toPng(picture(format, width, height));
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(picture.getWidth()).isEqualTo(512);
        assertThat(picture.getHeight()).isEqualTo(512);
        assertThat(isRed(picture.getRGB(256, 256))).as("the middle").isTrue();
    }

    @Test
    void nothingHiddenInTheFileSurvives() throws IOException {
        byte[] png = picture("png", 200, 200);
        byte[] text = chunk("tEXt", "Comment\0taken at 12 Home Street".getBytes(StandardCharsets.ISO_8859_1));
        byte[] withText = insert(png, 33, text);

        assertThat(new String(withText, StandardCharsets.ISO_8859_1)).contains("Home Street");
        assertThat(new String(UploadedPicture.toPng(withText), StandardCharsets.ISO_8859_1))
                .doesNotContain("Home Street", "tEXt");
    }

    @Test
    void aPhotographTakenSidewaysStandsUpright() throws IOException {
        BufferedImage wide = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = wide.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 200, 400);
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(wide, "jpeg", jpeg);

        BufferedImage upright =
                ImageIO.read(new ByteArrayInputStream(UploadedPicture.toPng(insert(jpeg.toByteArray(), 2, exif(6)))));

        assertThat(isRed(upright.getRGB(256, 60))).as("left became top").isTrue();
        assertThat(isRed(upright.getRGB(256, 450))).isFalse();
    }

    @Test
    void aBombIsRefusedByItsHeaderAtOnceAndWithoutMemory() throws IOException {
        byte[] bomb = header(30_000, 30_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertRefused("image.bad.too-many-pixels", bomb);

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long start = System.nanoTime();
        assertRefused("image.bad.too-many-pixels", bomb);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(allocated).isLessThan(2_000_000);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void fiftyMegabytesAreRefusedBeforeAnythingIsRead() {
        byte[] huge = new byte[50 * 1024 * 1024];
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A}, 0, huge, 0, 8);

        assertRefused("image.bad.too-large", huge);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "<html>",
                "%PDF-1.7",
                "BM",
                "PK\u0003\u0004"
            })
    void whatIsNoPictureIsRefusedWhateverItIsCalled(String content) {
        assertRefused("image.bad.not-a-picture", content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aWebpPictureGetsWordsOfItsOwn() {
        assertRefused("image.bad.webp", "RIFF0000WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aTinyPictureIsRefused() throws IOException {
        assertRefused("image.bad.too-small", picture("png", 2000, 63));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void aBrokenPictureIsRefusedWhereverItBreaks(String format) throws IOException {
        byte[] whole = picture(format, 300, 300);
        for (int length = 8; length < 60; length++) {
            byte[] broken = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(BadImageException.class)
                    .as("%s cut after %s", format, length)
                    .isThrownBy(() -> UploadedPicture.toPng(broken));
        }
    }

    private static void assertRefused(String messageKey, byte[] bytes) {
        assertThatExceptionOfType(BadImageException.class)
                .isThrownBy(() -> UploadedPicture.toPng(bytes))
                .withMessage(messageKey);
    }

    /** Blue with a red square in the middle. */
    private static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.RED);
        int side = Math.min(width, height) / 2;
        graphics.fillRect((width - side) / 2, (height - side) / 2, side, side);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static boolean isRed(int rgb) {
        return (rgb >> 16 & 255) > 200 && (rgb & 255) < 60;
    }

    /** A PNG that says how large it is and holds next to nothing. */
    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});
        out.write(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 6, 0, 0, 0})
                        .array()));
        out.write(chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1}));
        out.write(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(data.length);
        CRC32 sum = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        sum.update(name);
        sum.update(data);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
        return bytes.toByteArray();
    }

    private static byte[] exif(int orientation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(0xFFE1);
        out.writeShort(2 + 6 + 8 + 2 + 12 + 4);
        out.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        out.writeInt(0x4D4D002A);
        out.writeInt(8);
        out.writeShort(1);
        out.writeShort(0x0112);
        out.writeShort(3);
        out.writeInt(1);
        out.writeShort(orientation);
        out.writeShort(0);
        out.writeInt(0);
        return bytes.toByteArray();
    }

    private static byte[] insert(byte[] bytes, int at, byte[] more) {
        byte[] all = new byte[bytes.length + more.length];
        System.arraycopy(bytes, 0, all, 0, at);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        return all;
    }
}
