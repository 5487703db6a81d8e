package dev.laurel.gradebook.manual;

import dev.laurel.LaurelTest;

@LaurelTest
class ManualGradebookOnMariaDbIntegrationTests extends ManualGradebookTests {}
