package dev.laurel.publication.verifier;

import dev.laurel.launch.limits.LimitFilter;
import dev.laurel.launch.limits.Limits;
import dev.laurel.publication.ForStrangers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;

/**
 * Two more doors for strangers. The page that checks badges takes what strangers bring and keeps nothing of it: no session, no
 * cookie, no script, and nothing that another site's form could do. How often one address may ask is limited.
 */
@Configuration(proxyBeanMethods = false)
class VerifierSecurity {

    @Bean
    @Order(2)
    SecurityFilterChain verifierPages(HttpSecurity http, Limits limits) {
        ForStrangers.loading(ForStrangers.stateless(http.securityMatcher("/verify")), ForStrangers.FILLED_IN);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterAfter(new LimitFilter(limits), HeaderWriterFilter.class)
                .build();
    }

    /** What backpacks of Open Badges 2.0 read. */
    @Bean
    @Order(3)
    SecurityFilterChain assertions(HttpSecurity http) {
        ForStrangers.only(
                ForStrangers.stateless(http.securityMatcher("/assertions/**")), HttpMethod.GET, HttpMethod.HEAD);
        return ForStrangers.loading(http, ForStrangers.FILLED_IN).build();
    }
}
