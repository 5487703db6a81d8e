package dev.laurel.credential;

import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.PinnedContexts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProofConfiguration {

    @Bean
    EddsaRdfc2022 eddsaRdfc2022() {
        return new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));
    }
}
