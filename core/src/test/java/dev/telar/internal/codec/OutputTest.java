package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.TaskNotSerializableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Messages being written and read, below the level of values.
class OutputTest {

  static final class FailsHalfway implements Serializable {
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.write(new byte[1 << 20]);
      out.writeObject(List.of("half"));
      throw new EOFException("failed half-way");
    }
  }

  private static Input inputOf(Output out) {
    return Input.of(out.buffers().toArray(ByteBuffer[]::new));
  }

  @Test
  void whatIsWrittenIsReadAcrossSegments() throws Exception {
    var out = new Output(1);
    byte[] bytes = new byte[5000];
    new Random(1).nextBytes(bytes);
    for (int i = 0; i < 1000; i++) {
      out.writeByte(i);
      out.writeShort(-i);
      out.writeInt(i * 31);
      out.writeLong(-i * 31L);
      out.writeDouble(i / 3.0);
      out.writeFloat(i / 3f);
      out.writeBoolean(i % 2 == 0);
      out.writeSize(i * i * i);
      out.writeUtf("ñ" + i + "語".repeat(i % 3));
    }
    out.write(bytes, 1, 4998);
    assertThat(out.buffers()).hasSizeGreaterThan(2);
    for (Input in : new Input[] {inputOf(out), Input.of(out.toByteArray())}) {
      assertThat(in.remaining()).isEqualTo(out.size());
      for (int i = 0; i < 1000; i++) {
        assertThat(in.peekByte()).isEqualTo(i & 0xff);
        assertThat(in.readByte()).isEqualTo(i & 0xff);
        assertThat(in.readShort()).isEqualTo((short) -i);
        assertThat(in.readInt()).isEqualTo(i * 31);
        assertThat(in.readLong()).isEqualTo(-i * 31L);
        assertThat(in.readDouble()).isEqualTo(i / 3.0);
        assertThat(in.readFloat()).isEqualTo(i / 3f);
        assertThat(in.readBoolean()).isEqualTo(i % 2 == 0);
        assertThat(in.readSize()).isEqualTo(i * i * i);
        assertThat(in.readUtf()).isEqualTo("ñ" + i + "語".repeat(i % 3));
      }
      assertThat(in.readBytes(4998)).isEqualTo(Arrays.copyOfRange(bytes, 1, 4999));
      assertThat(in.read()).isEqualTo(-1);
      assertThatThrownBy(in::readInt).isInstanceOf(CorruptMessageException.class);
    }
  }

  @Test
  void truncationForgetsAcrossSegments() throws Exception {
    var out = new Output(16);
    out.writeInt(7);
    for (int i = 0; i < 10_000; i++) {
      out.writeLong(i);
    }
    out.truncate(4 + 8 * 5000);
    out.writeInt(8);
    Input in = inputOf(out);
    assertThat(in.readInt()).isEqualTo(7);
    assertThat(in.skip(8 * 4999)).isEqualTo(8 * 4999);
    assertThat(in.readLong()).isEqualTo(4999);
    assertThat(in.readInt()).isEqualTo(8);
    assertThat(in.remaining()).isZero();
    out.truncate(0);
    assertThat(out.size()).isZero();
    assertThatThrownBy(() -> out.truncate(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aValueThatFailsHalfwayLeavesTheOutputIntact() throws Exception {
    var codec = new Codec();
    var out = new Output();
    codec.encoder.encode(List.of("before"), out);
    byte[] before = out.toByteArray();
    assertThatThrownBy(() -> codec.encoder.encode(new FailsHalfway(), out))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasRootCauseMessage("failed half-way");
    assertThat(out.toByteArray()).isEqualTo(before);
    codec.encoder.encode(List.of("after"), out);
    codec.describe(out.classes());
    Input in = inputOf(out);
    assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo(List.of("before"));
    assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo(List.of("after"));
    assertThat(in.remaining()).isZero();
  }

  @Test
  void aMessageOverTheLimitIsRefusedBeforeItIsAllocated() {
    var codec = new Codec();
    var out = new Output(16, 1000);
    out.writeInt(1);
    for (Object each :
        new Object[] {
          new long[200], "x".repeat(2000), "語".repeat(600), new ArrayList<>(List.of(new byte[2000]))
        }) {
      assertThatThrownBy(() -> codec.encoder.encode(each, out))
          .isInstanceOf(MessageTooLargeException.class)
          .hasMessageContaining("1,000 bytes");
      assertThat(out.size()).isEqualTo(4);
    }
    out.write(new byte[996]);
    assertThat(out.size()).isEqualTo(1000);
    assertThatThrownBy(() -> out.writeByte(1)).isInstanceOf(MessageTooLargeException.class);
    var real = new Output();
    assertThatThrownBy(() -> real.writePieces(8, 1 << 28, (buffer, first, n) -> {}))
        .isInstanceOf(MessageTooLargeException.class);
  }

  @Test
  void aSliceIsSkippedAndStandsAlone() throws Exception {
    Input in = Input.of(new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {5, 6});
    in.readByte();
    Input slice = in.slice(4);
    assertThat(in.readByte()).isEqualTo(6);
    assertThat(slice.readInt()).isEqualTo(0x02030405);
    assertThat(slice.remaining()).isZero();
    assertThatThrownBy(() -> in.slice(1)).isInstanceOf(CorruptMessageException.class);
    assertThat(in.slice(0).remaining()).isZero();
  }

  @Test
  void aCopyMovesOnItsOwn() throws Exception {
    Input in = Input.of(new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {5, 6});
    in.readByte();
    Input copy = in.copy();
    assertThat(copy.readInt()).isEqualTo(0x02030405);
    assertThat(in.remaining()).isEqualTo(5);
    assertThat(in.copy().readInt()).isEqualTo(0x02030405);
    assertThat(in.readInt()).isEqualTo(0x02030405);
    assertThat(copy.readByte()).isEqualTo(6);
    assertThat(copy.copy().remaining()).isZero();
  }

  @Test
  void anInputLeavesItsBuffersAlone() throws Exception {
    ByteBuffer direct = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
    direct.put(7, (byte) 9).position(4);
    assertThat(Input.of(direct).readInt()).isEqualTo(9);
    assertThat(direct.position()).isEqualTo(4);
  }

  @Test
  void theViewsOfAnOutputAreReadOnly() {
    var out = new Output();
    out.writeInt(1);
    assertThat(out.buffers()).hasSize(1).allMatch(ByteBuffer::isReadOnly);
    assertThat(new Output().buffers()).hasSize(1).noneMatch(ByteBuffer::hasRemaining);
  }

  @Test
  void aClassSetKnowsWhatAnotherLacks() {
    var some = new ClassSet();
    var more = new ClassSet();
    for (int id : new int[] {0, 63, 64, 1000}) {
      more.add(id);
    }
    some.add(64);
    assertThat(more.containsAll(some)).isTrue();
    assertThat(some.containsAll(more)).isFalse();
    assertThat(more.missingFrom(some)).containsExactly(0, 63, 1000);
    assertThat(some.missingFrom(more)).isEmpty();
    assertThat(more.contains(63)).isTrue();
    assertThat(more.contains(5000)).isFalse();
    some.addAll(more);
    assertThat(some.containsAll(more)).isTrue();
    assertThat(some.size()).isEqualTo(4);
    some.clear();
    assertThat(some.isEmpty()).isTrue();
  }
}
