package dev.laurel;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void modulesUseOnlyWhatTheyAreAllowedTo() {
        ApplicationModules.of(LaurelApplication.class).verify();
    }
}
