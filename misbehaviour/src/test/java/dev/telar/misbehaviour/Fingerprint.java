package dev.telar.misbehaviour;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/// What a task finds around itself, as far as another task can have changed it.
///
/// @param traits in words
record Fingerprint(List<String> traits) implements Serializable {

  private static final List<String> PROPERTIES =
      List.of("user.dir", "line.separator", "file.separator", "java.io.tmpdir", "user.home");

  /// That of this thread and its JVM. Fails where nothing can be printed.
  static Fingerprint take() {
    System.out.print(".");
    System.err.print(".");
    Thread thread = Thread.currentThread();
    var traits = new java.util.ArrayList<String>();
    traits.add("locale " + Locale.getDefault() + ", TITLE is " + "TITLE".toLowerCase());
    traits.add("time zone " + TimeZone.getDefault().getID());
    traits.add("class loader " + thread.getContextClassLoader().getClass().getName());
    traits.add("interrupted " + thread.isInterrupted());
    traits.add("priority " + thread.getPriority());
    PROPERTIES.forEach(name -> traits.add(name + " " + System.getProperty(name)));
    return new Fingerprint(List.copyOf(traits));
  }
}
