package dev.laurel;

import dev.laurel.launch.operator.OperatorLinkCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Laurel on its own. It needs a public URL, a database and a master key from the environment. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class LaurelApplication {

    public static void main(String[] args) {
        if (Arrays.asList(args).contains(OperatorLinkCommand.ARGUMENT)) {
            OperatorLinkCommand.run(args, System.out);
        } else {
            SpringApplication.run(LaurelApplication.class, args);
        }
    }

    /** In whole microseconds, as the database keeps them: a time is the same before it is stored and after it is read. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
