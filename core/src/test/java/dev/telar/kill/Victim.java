package dev.telar.kill;

import dev.telar.testing.Handles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The process that is killed. It reads one line, its orders; runs them; says on standard output
/// which lane stands at its step and which is done; and waits for its death, or for the end of its
/// input.
final class Victim {

  /// What one lane does and where it stops.
  ///
  /// @param act as [Handles] writes it: reading it attaches the objects, which has steps, too
  /// @param label where it is to be killed; empty: it does all
  /// @param background whether it is not this lane that is to be frozen, but a thread of Telar's
  ///   own
  record Order(String act, String label, int occurrence, boolean virtual, boolean background)
      implements Serializable {}

  /// A word about a lane.
  record Word(String kind, int lane, String text) {
    static Word parse(String line) {
      String[] parts = line.split(" ", 3);
      return new Word(parts[0], Integer.parseInt(parts[1]), parts.length < 3 ? "" : parts[2]);
    }
  }

  private Victim() {}

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line != null) {
      run(Handles.<ArrayList<Order>>read(line));
      in.readLine(); // its end, when the stage is gone
    }
    Runtime.getRuntime().halt(0);
  }

  private static void run(List<Order> orders) {
    for (int i = 0; i < orders.size(); i++) {
      Order order = orders.get(i);
      var lane = new Steps.Lane(i, order.label(), order.occurrence());
      Thread thread =
          order.virtual()
              ? Thread.ofVirtual().unstarted(() -> run(order, lane))
              : Thread.ofPlatform().daemon().unstarted(() -> run(order, lane));
      if (order.background()) {
        Steps.armBackground(lane);
      }
      thread.start();
    }
  }

  private static void run(Order order, Steps.Lane lane) {
    if (!order.background()) {
      lane.enter();
    }
    try {
      Act act = Handles.read(order.act());
      tell("ready", lane.number(), "");
      act.run();
      lane.leave();
      tell("done", lane.number(), lane.steps());
    } catch (Throwable e) {
      lane.leave();
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      tell(
          "failed",
          lane.number(),
          HexFormat.of().formatHex(trace.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  /// Says something to the stage.
  static void tell(String kind, int lane, String text) {
    System.out.println(kind + " " + lane + " " + text);
  }
}
