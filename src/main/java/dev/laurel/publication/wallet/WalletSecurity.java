package dev.laurel.publication.wallet;

import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import dev.laurel.publication.ForStrangers;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

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
        ForStrangers.only(
                ForStrangers.stateless(http.securityMatcher(
                        "/wallet/**",
                        "/.well-known/openid-credential-issuer/**",
                        "/.well-known/oauth-authorization-server/wallet/**")),
                HttpMethod.GET,
                HttpMethod.HEAD,
                HttpMethod.POST);
        return ForStrangers.loading(http, ForStrangers.READ)
                .cors(cors -> cors.configurationSource(request -> anybody))
                .addFilterAfter(new FloodFilter(new ClientLimit(settings.perAddress())), CorsFilter.class)
                .build();
    }
}
