package dev.laurel.publication.wallet;

import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;

/** Wallets have no session and no cookie; what they were given is their proof. Some of them run in a browser. */
@Configuration(proxyBeanMethods = false)
class WalletSecurity {

    @Bean
    @Order(4)
    SecurityFilterChain wallets(HttpSecurity http, WalletSettings settings) {
        CorsConfiguration anybody = new CorsConfiguration();
        anybody.setAllowedOrigins(List.of("*"));
        anybody.setAllowedMethods(List.of("GET", "POST"));
        anybody.setAllowedHeaders(List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT));
        return http.securityMatcher(
                        "/wallet/**",
                        "/.well-known/openid-credential-issuer/**",
                        "/.well-known/oauth-authorization-server/wallet/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET)
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .cors(cors -> cors.configurationSource(request -> anybody))
                .addFilterAfter(new FloodFilter(new ClientLimit(settings.perAddress())), HeaderWriterFilter.class)
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
                                                "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")))
                .build();
    }
}
