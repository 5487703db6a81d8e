package dev.laurel.publication.verifier;

import dev.laurel.launch.limits.LimitFilter;
import dev.laurel.launch.limits.Limits;
import dev.laurel.publication.ForStrangers;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/**
 * One more door for strangers. The page that checks badges takes what strangers bring and keeps nothing of it: no session, no
 * cookie, no script, and nothing that another site's form could do; so scripts of any site may ask it. How often one address may
 * ask is limited.
 */
@Configuration(proxyBeanMethods = false)
class VerifierSecurity {

    @Bean
    @Order(2)
    SecurityFilterChain verifierPages(HttpSecurity http, Limits limits) {
        CorsConfiguration anybody = new CorsConfiguration();
        anybody.setAllowedOrigins(List.of(CorsConfiguration.ALL));
        anybody.setAllowedMethods(List.of("GET", "POST"));
        anybody.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT));
        anybody.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
        ForStrangers.loading(ForStrangers.stateless(http.securityMatcher("/verify")), ForStrangers.FILLED_IN);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .cors(cors -> cors.configurationSource(request -> anybody))
                // Whoever is turned away is told so in a script, too.
                .addFilterAfter(new LimitFilter(limits), CorsFilter.class)
                .build();
    }
}
