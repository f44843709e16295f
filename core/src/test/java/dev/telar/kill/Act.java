package dev.telar.kill;

import java.io.Serializable;

/// What a victim does with shared objects, which it captures. A record is cheapest to start with.
interface Act extends Serializable {

  /// Does it. An exception is a violation, whether or not the victim is to die.
  void run() throws Exception;
}
