package dev.laurel.gradebook.manual;

import dev.laurel.LaurelMySqlTest;
import org.junit.jupiter.api.Tag;

@Tag("once")
@LaurelMySqlTest
class ManualGradebookOnMySqlIntegrationTests extends ManualGradebookTests {}
