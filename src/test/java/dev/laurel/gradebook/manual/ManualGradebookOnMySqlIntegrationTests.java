package dev.laurel.gradebook.manual;

import dev.laurel.LaurelMySqlTest;

@LaurelMySqlTest
class ManualGradebookOnMySqlIntegrationTests extends ManualGradebookTests {}
