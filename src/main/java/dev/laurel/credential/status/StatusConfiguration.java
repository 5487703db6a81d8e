package dev.laurel.credential.status;

import dev.laurel.platform.tenant.PublicUrl;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatusSettings.class)
class StatusConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(StatusConfiguration.class);

    @Bean
    StatusCopiesPlace statusCopiesPlace(StatusSettings settings, PublicUrl publicUrl) {
        StatusCopiesPlace place = StatusCopiesPlace.of(
                settings.statusCopies(),
                publicUrl,
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of(System.getProperty("java.io.tmpdir")));
        if (!place.chosen() && publicUrl.isHttps()) {
            LOG.warn(
                    "LAUREL_STATUS_COPIES is not set: what was published of status lists, and what ended for good, is kept in {}."
                            + " Where that is lost with a container or a restart, a restored backup can call badges valid again"
                            + " that were taken back, and show pages that were withdrawn",
                    place.directory());
        }
        return place;
    }

    @Bean
    PublishedCopies publishedCopies(StatusCopiesPlace place) {
        return new PublishedCopies(place.directory());
    }

    /** @param copies which have made the directory */
    @Bean
    EndedRecord endedRecord(StatusCopiesPlace place, PublishedCopies copies) {
        return new EndedRecord(place.directory());
    }
}
