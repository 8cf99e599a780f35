package dev.tideline.inference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.admission.RequestMemories;
import dev.tideline.inference.admission.RequestMemory;
import dev.tideline.inference.status.StatusException;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class CallMemoryTest {

    private static final int MOST = 1 << 20;

    private final RequestMemory memory = RequestMemories.of(MOST);

    /** Its length is known, as that of a message that came as it is. */
    private static final class Whole extends ByteArrayInputStream implements KnownLength {
        Whole(int length) {
            super(new byte[length]);
        }
    }

    @Test
    void messageThatCameAsItIsIsCountedAtOnceAndPassedOn() {
        CallMemory first = new CallMemory(memory.hold());
        CallMemory second = new CallMemory(memory.hold());
        Whole message = new Whole(MOST);

        assertThat(first.counted(message)).isSameAs(message);
        assertThatThrownBy(() -> second.counted(new Whole(MOST))).isInstanceOf(StatusException.class);
    }

    @Test
    void compressedMessageIsStoppedWhileItIsInflated() throws IOException {
        CallMemory first = new CallMemory(memory.hold());
        CallMemory second = new CallMemory(memory.hold());
        InputStream one = first.counted(new ByteArrayInputStream(new byte[MOST]));
        InputStream other = second.counted(new ByteArrayInputStream(new byte[MOST]));

        assertThat(one.readAllBytes()).hasSize(MOST);
        assertThatThrownBy(other::readAllBytes).isInstanceOf(StatusException.class).hasMessageContaining("try again later");
    }

    @Test
    void isFreeAgainOnlyWhenTheCallHasEndedAndNobodyReads() {
        CallMemory first = new CallMemory(memory.hold());
        first.counted(new Whole(2 * MOST));
        first.begin();
        first.end();
        assertThatThrownBy(() -> new CallMemory(memory.hold()).counted(new Whole(MOST))).isInstanceOf(StatusException.class);

        first.end();
        assertThatCode(() -> new CallMemory(memory.hold()).counted(new Whole(MOST))).doesNotThrowAnyException();
    }
}
