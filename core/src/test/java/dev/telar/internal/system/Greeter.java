package dev.telar.internal.system;

import java.util.Locale;
import java.util.TimeZone;

/// A main class for the tests of [JavaCommand]: prints what it sees.
final class Greeter {
  private Greeter() {}

  public static void main(String[] args) {
    for (String question : args) {
      System.out.println(question + "=" + answer(question));
    }
  }

  private static String answer(String question) {
    return switch (question) {
      case "locale" -> Locale.getDefault().toLanguageTag();
      case "format" -> Locale.getDefault(Locale.Category.FORMAT).toLanguageTag();
      case "zone" -> TimeZone.getDefault().getID();
      case "charset" -> java.nio.charset.Charset.defaultCharset().name();
      case "heap" -> "" + Runtime.getRuntime().maxMemory() / MachineLimits.MIB;
      case "processors" -> "" + Runtime.getRuntime().availableProcessors();
      case "module" -> "" + Greeter.class.getModule().getName();
      case "loaded" -> Greeter.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      default -> System.getProperty(question);
    };
  }
}
