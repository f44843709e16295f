package dev.telar.internal;

import dev.telar.Action;
import dev.telar.ProcessPool;
import dev.telar.ProcessPoolConfig;
import dev.telar.ThreadPool;
import dev.telar.Worker;

/// Makes the engines behind the API. It is the only internal class that package `dev.telar` knows.
public final class Engines {

  private Engines() {}

  public static ThreadPool threads(String name, int threads) {
    throw new UnsupportedOperationException("being written");
  }

  public static ThreadPool virtualThreads(String name) {
    throw new UnsupportedOperationException("being written");
  }

  public static ProcessPool processes(ProcessPoolConfig config) {
    throw new UnsupportedOperationException("being written");
  }

  public static Worker threadWorker(String name, Action action) {
    throw new UnsupportedOperationException("being written");
  }

  public static Worker processWorker(String name, Action action) {
    throw new UnsupportedOperationException("being written");
  }
}
