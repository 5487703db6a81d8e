package dev.laurel.publication;

import dev.laurel.launch.limits.LimitFilter;
import dev.laurel.launch.limits.Limits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The page that checks badges takes what strangers bring and keeps nothing of it: no session, no cookie, no script, and nothing that
 * another site's form could do. How often one address may ask is limited.
 */
@Configuration(proxyBeanMethods = false)
class VerifierSecurity {

    @Bean
    @Order(2)
    SecurityFilterChain verifierPages(HttpSecurity http, Limits limits) {
        return http.securityMatcher("/verify")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterAfter(new LimitFilter(limits), HeaderWriterFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(
                        headers -> headers.httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false))
                                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                                .contentSecurityPolicy(
                                        policy -> policy.policyDirectives(
                                                "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")))
                .build();
    }
}
