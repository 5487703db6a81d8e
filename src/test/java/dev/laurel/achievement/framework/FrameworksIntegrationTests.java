package dev.laurel.achievement.framework;

import dev.laurel.LaurelTest;

@LaurelTest
class FrameworksIntegrationTests extends AbstractFrameworksTests {

    @Override
    String statusSchema() {
        return "information_schema";
    }
}
