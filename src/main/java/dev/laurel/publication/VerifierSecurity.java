package dev.laurel.publication;

import dev.laurel.launch.limits.LimitFilter;
import dev.laurel.launch.limits.Limits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Two more doors for strangers. The page that checks badges takes what strangers bring and keeps nothing of it: no session, no
 * cookie, no script, and nothing that another site's form could do. How often one address may ask is limited.
 */
@Configuration(proxyBeanMethods = false)
class VerifierSecurity {

    private static final String POLICY =
            "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    @Order(2)
    SecurityFilterChain verifierPages(HttpSecurity http, Limits limits) {
        return stateless(http.securityMatcher("/verify")
                        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll()))
                .addFilterAfter(new LimitFilter(limits), HeaderWriterFilter.class)
                .build();
    }

    /** What backpacks of Open Badges 2.0 read. */
    @Bean
    @Order(3)
    SecurityFilterChain assertions(HttpSecurity http) {
        return stateless(http.securityMatcher("/assertions/**")
                        .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET)
                                .permitAll()
                                .requestMatchers(HttpMethod.HEAD)
                                .permitAll()
                                .anyRequest()
                                .denyAll()))
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)));
    }
}
