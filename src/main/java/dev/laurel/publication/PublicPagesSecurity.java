package dev.laurel.publication;

import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * Pages for strangers: only read, no session, no cookie, no script, in no search engine and in nobody's frame. One page of a
 * badge is for the frames of others: it asks for nothing, so nobody can be made to press anything in it.
 */
@Configuration(proxyBeanMethods = false)
class PublicPagesSecurity {

    static final int DRAWN_IN_A_MINUTE = 30;

    /** A page shows one or two, and whole schools share one address. */
    static final int PICTURES_IN_A_MINUTE = 300;

    private static final String POLICY =
            "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

    /** What is drawn anew for each who asks takes a while: only so many from one address. */
    @Bean
    @Order(0)
    SecurityFilterChain drawnPages(HttpSecurity http) {
        return readOnly(http.securityMatcher("/b/*/certificate.pdf", "/b/*/card.png"))
                .addFilterAfter(new FloodFilter(new ClientLimit(DRAWN_IN_A_MINUTE)), HeaderWriterFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY + "'none'")))
                .build();
    }

    /** What is read whole, made smaller or filled with the badge for each who asks. */
    @Bean
    @Order(0)
    SecurityFilterChain publicPictures(HttpSecurity http) {
        return readOnly(http.securityMatcher(
                        "/b/*/picture",
                        "/b/*/image.png",
                        "/b/*/image.svg",
                        "/b/*/qr.svg",
                        "/achievements/*/*/image.png",
                        "/issuers/*/image.png"))
                .addFilterAfter(new FloodFilter(new ClientLimit(PICTURES_IN_A_MINUTE)), HeaderWriterFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY + "'none'")))
                .build();
    }

    @Bean
    @Order(0)
    SecurityFilterChain framedPages(HttpSecurity http) {
        return readOnly(http.securityMatcher("/b/*/embed"))
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY + "*")))
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain publicPages(HttpSecurity http) {
        return readOnly(http.securityMatcher(
                        "/b/**",
                        "/achievements/**",
                        "/issuers/**",
                        "/status-lists/**",
                        "/arrived/**",
                        "/refresh/**",
                        "/endorsements/**"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY + "'none'")))
                .build();
    }

    private static HttpSecurity readOnly(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET)
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow")));
    }
}
