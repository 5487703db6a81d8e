package dev.laurel.credential.issuer;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GivenKeysSettings.class)
class GivenKeysConfiguration {

    @Bean
    GivenKeys givenKeys(GivenKeysSettings settings) {
        return new GivenKeys(settings, System::getenv);
    }
}
