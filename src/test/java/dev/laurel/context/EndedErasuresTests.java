package dev.laurel.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.laurel.context.PeopleRepository.Numbered;
import dev.laurel.platform.ended.Ended;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EndedErasuresTests {

    private static final TenantId TENANT = new TenantId(1);

    @Test
    void whoeverCannotBeErasedAgainKeepsNobodyElseFromIt(CapturedOutput output) {
        PeopleRepository people = mock();
        Erasures erasures = mock();
        given(people.notErased(any())).willReturn(List.of(person(17), person(18)));
        willThrow(new IllegalArgumentException("Ada")).given(erasures).erase(TENANT, 17);
        EndedErasures ended = new EndedErasures(people, erasures);
        List<Ended> both = List.of(new Ended("17-0", Instant.EPOCH), new Ended("18-0", Instant.EPOCH));

        assertThatIllegalStateException().isThrownBy(() -> ended.endAgain(both));

        verify(erasures).erase(TENANT, 18);
        assertThat(output)
                .containsOnlyOnce("Person 17 ")
                .contains("IllegalArgumentException")
                .doesNotContain("Ada", "Person 18 ");
    }

    private static Numbered person(long id) {
        return new Numbered(TENANT, id, Instant.EPOCH, null);
    }
}
