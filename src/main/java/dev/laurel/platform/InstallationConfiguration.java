package dev.laurel.platform;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every installation has: its address and its master key. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LaurelProperties.class)
public class InstallationConfiguration {

    @Bean
    static PublicUrl publicUrl(LaurelProperties settings) {
        return parsePublicUrl(settings.publicUrl());
    }

    @Bean
    static MasterKey masterKey(LaurelProperties settings) {
        return parseMasterKey(settings.masterKey());
    }

    static PublicUrl parsePublicUrl(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InstallationException(
                    "Set LAUREL_PUBLIC_URL (laurel.public-url) to the address under which people reach Laurel,"
                            + " for example https://badges.example.edu");
        }
        try {
            URI uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean bare = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (web && bare) {
                return new PublicUrl(uri);
            }
        } catch (URISyntaxException e) {
            // The sentence below says it.
        }
        throw new InstallationException(
                "LAUREL_PUBLIC_URL (laurel.public-url) must look like https://badges.example.edu,"
                        + " without a path; it is \"" + text + "\"");
    }

    static MasterKey parseMasterKey(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InstallationException(
                    "Set LAUREL_MASTER_KEY (laurel.master-key) to 32 random bytes in Base64, for example the output of:"
                            + " openssl rand -base64 32");
        }
        try {
            return MasterKey.fromBase64(text);
        } catch (IllegalArgumentException e) {
            throw new InstallationException(
                    "LAUREL_MASTER_KEY (laurel.master-key) must be 32 bytes in Base64, for example the output of:"
                            + " openssl rand -base64 32",
                    e);
        }
    }
}
