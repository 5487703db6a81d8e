package dev.laurel;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@Tag("once")
class ModularityTests {

    @Test
    void modulesUseOnlyWhatTheyAreAllowedTo() {
        ApplicationModules.of(LaurelApplication.class).verify();
    }
}
