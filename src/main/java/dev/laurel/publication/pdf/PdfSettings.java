package dev.laurel.publication.pdf;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What documents for paper are written with.
 *
 * @param fonts folders with fonts (TrueType, OpenType, collections) for scripts that Laurel ships none for; folders that are not
 *     there are passed over
 */
@ConfigurationProperties("laurel.pdf")
record PdfSettings(
        @DefaultValue({"/usr/share/fonts", "/usr/local/share/fonts"})
        List<Path> fonts) {}
