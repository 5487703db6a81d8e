package dev.laurel.publication.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedFontsTests {

    @ParameterizedTest
    @CsvSource({
        "NotoSans_400Regular.ttf, fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
        "NotoSans_700Bold.ttf, 13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431",
        "NotoSansArabic_400Regular.ttf, 252629ca0e87b6233851249b8cbf7b43445211a8caf199f1b306a19202251508",
        "NotoSansArabic_700Bold.ttf, a86a704ff8b315082f4859b04c2f8f746f4cefb14553ef10505f143e0d4829d3",
        "NotoSansHebrew_400Regular.ttf, e0ee753f09733337b9236221018d4bf71fd6d06c87dd76bbc83120514bc55911",
        "NotoSansHebrew_700Bold.ttf, 8010b087f33f152e25aef020e68cb5568d6f8deebb6dde8f60d655196e59ebde",
    })
    void theShippedFilesAreTheseVeryBytes(String file, String sha256) throws Exception {
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(shipped(file))))
                .isEqualTo(sha256);
    }

    @Test
    void theirLicenceLiesBesideThem() throws Exception {
        assertThat(new String(shipped("OFL.txt"), StandardCharsets.UTF_8))
                .contains("SIL Open Font License, Version 1.1")
                .contains("notofonts/latin-greek-cyrillic", "notofonts/arabic", "notofonts/hebrew");
    }

    private static byte[] shipped(String file) throws Exception {
        try (InputStream in = PdfFonts.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return in.readAllBytes();
        }
    }
}
