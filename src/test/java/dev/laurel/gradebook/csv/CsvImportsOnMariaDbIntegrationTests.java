package dev.laurel.gradebook.csv;

import dev.laurel.LaurelTest;

@LaurelTest
class CsvImportsOnMariaDbIntegrationTests extends CsvImportsTests {}
