package dev.telar.internal.worker;

import dev.telar.Action;
import dev.telar.Task;
import dev.telar.TaskFunction;
import dev.telar.internal.codec.ElementCodec;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Does what workers do with the first tasks of most programs, so that a JVM that is recorded loads
/// what that takes ([dev.telar.internal.system.AotCache]).
public final class Rehearsal implements Action {

  private static final int TIMES = 20;

  @Override
  public void act() throws Exception {
    var _ = Class.forName(ShippedFunction.class.getName());
    for (int i = 0; i < TIMES; i++) {
      int number = i;
      String text = "number " + i;
      Task<Object> task = () -> text + number;
      TaskFunction<Integer, Integer> function = x -> x * number;
      there(task);
      there(function);
      there(new ArrayList<>(List.of(1, 2L, 3.0, "four", true)));
      there(Map.of("five", 6));
      there(new int[] {number});
      there(new IOException("rehearsed", new IllegalStateException(text)));
    }
  }

  private static void there(Object value) throws IOException {
    var codec = new ElementCodec();
    var bytes = new Output();
    codec.encode(value, bytes);
    codec.decode(Input.of(bytes.toByteArray()), Rehearsal.class.getClassLoader());
  }
}
