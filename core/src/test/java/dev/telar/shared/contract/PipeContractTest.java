package dev.telar.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.Pipe;
import java.io.IOException;
import java.time.Duration;

class PipeContractTest extends SharedContract {

  @OnAllSides
  void messagesGoThereAndBackAndNeverMerge(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    Pipe<byte[], Integer> pipe = shared.pipe();
    Connection<byte[], Integer> here = pipe.first();
    Connection<Integer, byte[]> there = pipe.second();

    var answers = on.other(() -> answer(there));
    var wrong =
        on.one(
            () -> {
              try (here) {
                int mistakes = 0;
                for (int i = 0; i < 500; i++) {
                  byte[] message = new byte[i % 50 == 49 ? 40_000 : i];
                  here.send(message);
                  mistakes += here.receive() == message.length ? 0 : 1;
                }
                return mistakes;
              }
            });

    assertThat(get(wrong)).isZero();
    assertThat(get(answers)).isEqualTo(500);
  }

  /// Until the other side has closed.
  private static int answer(Connection<Integer, byte[]> end)
      throws IOException, InterruptedException {
    int answered = 0;
    try (end) {
      while (true) {
        end.send(end.receive().length);
        answered++;
      }
    } catch (ConnectionEndedException over) {
      return answered;
    }
  }

  @OnAllSides
  void whatWasSentBeforeTheEndArrivesBeforeTheEnd(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    Pipe<String, String> pipe = shared.pipe();
    Connection<String, String> here = pipe.first();
    Connection<String, String> there = pipe.second();

    get(
        on.other(
            () -> {
              try (there) {
                there.send("last");
                there.send("words");
                return 0;
              }
            }));
    var heard =
        on.one(
            () -> {
              var all = new StringBuilder();
              try {
                while (here.poll(Duration.ofSeconds(20))) {
                  all.append(here.receive()).append(' ');
                }
              } catch (ConnectionEndedException over) {
                all.append("end");
              }
              return all.toString();
            });

    assertThat(get(heard)).isEqualTo("last words end");
  }
}
