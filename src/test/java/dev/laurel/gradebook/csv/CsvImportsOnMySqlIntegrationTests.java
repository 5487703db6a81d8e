package dev.laurel.gradebook.csv;

import dev.laurel.LaurelMySqlTest;

@LaurelMySqlTest
class CsvImportsOnMySqlIntegrationTests extends CsvImportsTests {}
