package dev.laurel.achievement.framework;

import dev.laurel.LaurelMySqlTest;
import org.junit.jupiter.api.Tag;

@Tag("once")
@LaurelMySqlTest
class FrameworksOnMySqlIntegrationTests extends AbstractFrameworksTests {

    @Override
    String statusSchema() {
        return "performance_schema";
    }
}
