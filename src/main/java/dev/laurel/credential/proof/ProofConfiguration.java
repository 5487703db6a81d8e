package dev.laurel.credential.proof;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProofConfiguration {

    @Bean
    EddsaRdfc2022 eddsaRdfc2022() {
        return new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));
    }
}
