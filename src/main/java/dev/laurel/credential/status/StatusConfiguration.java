package dev.laurel.credential.status;

import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import java.nio.file.Path;
import java.util.HexFormat;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatusSettings.class)
class StatusConfiguration {

    @Bean
    PublishedCopies publishedCopies(StatusSettings settings, PublicUrl publicUrl) {
        String named = settings.statusCopies();
        return new PublishedCopies(named == null || named.isBlank() ? usual(publicUrl) : Path.of(named.strip()));
    }

    /** One for each installation on this machine. */
    private static Path usual(PublicUrl publicUrl) {
        byte[] hash = Sha256.of(publicUrl.value().toString());
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "laurel-status-" + HexFormat.of().formatHex(hash, 0, 8));
    }
}
