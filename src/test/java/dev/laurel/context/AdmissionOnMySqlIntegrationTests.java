package dev.laurel.context;

import dev.laurel.LaurelMySqlTest;

@LaurelMySqlTest
class AdmissionOnMySqlIntegrationTests extends AdmissionTests {}
