package dev.laurel.criteria;

import dev.laurel.context.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Of whoever was erased no evaluation is kept, and no badge counts for another one. */
@Component
class ErasedPeople {

    private final JdbcClient jdbc;

    ErasedPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(PersonErased erased) {
        jdbc.sql("DELETE FROM evaluation WHERE tenant_id = ? AND person_id = ?")
                .params(erased.tenant().value(), erased.personId())
                .update();
        jdbc.sql("DELETE FROM held_achievement WHERE tenant_id = ? AND person_id = ?")
                .params(erased.tenant().value(), erased.personId())
                .update();
    }
}
