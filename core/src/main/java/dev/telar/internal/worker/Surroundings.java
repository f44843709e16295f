package dev.telar.internal.worker;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;

/// What all tasks of a JVM have in common and any of them can change: the defaults for locale and
/// time zone, the system properties and the standard streams; as they were, and back to that.
///
/// Whether the properties were touched is told by their hash, which costs a fraction of a
/// microsecond, because strings remember theirs. Only then are they compared one by one.
final class Surroundings {

  private final Locale locale = Locale.getDefault();
  private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale format = Locale.getDefault(Locale.Category.FORMAT);
  private final TimeZone zone = TimeZone.getDefault(); // sets a property when first asked
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private final Properties properties = System.getProperties();
  private final Map<Object, Object> values = Map.copyOf(properties);
  private int hash = properties.hashCode();

  /// Puts back what was changed.
  ///
  /// @return what that was, in words; nearly always nothing
  List<String> restore() {
    if (isUnchanged()) {
      return List.of();
    }
    var found = new ArrayList<String>();
    restoreLocale(found);
    restoreZone(found);
    restoreStreams(found);
    restoreProperties(found);
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // streams and the table of properties have identity
  private boolean isUnchanged() {
    return System.out == out
        && System.err == err
        && System.in == in
        && Locale.getDefault().equals(locale)
        && Locale.getDefault(Locale.Category.DISPLAY).equals(display)
        && Locale.getDefault(Locale.Category.FORMAT).equals(format)
        && TimeZone.getDefault().equals(zone)
        && System.getProperties() == properties
        && properties.hashCode() == hash;
  }

  private void restoreLocale(List<String> found) {
    Locale now = Locale.getDefault();
    if (!now.equals(locale)) {
      found.add("the default locale was changed to " + now.toLanguageTag());
    } else if (!Locale.getDefault(Locale.Category.DISPLAY).equals(display)
        || !Locale.getDefault(Locale.Category.FORMAT).equals(format)) {
      found.add("the default locale for display or format was changed");
    } else {
      return;
    }
    Locale.setDefault(locale); // sets the other two as well
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
  }

  private void restoreZone(List<String> found) {
    TimeZone now = TimeZone.getDefault();
    if (!now.equals(zone)) {
      found.add("the default time zone was changed to " + now.getID());
      TimeZone.setDefault(zone);
    }
  }

  @SuppressWarnings("ReferenceEquality") // streams have identity
  private void restoreStreams(List<String> found) {
    if (System.out != out) {
      found.add("System.out was replaced");
      System.setOut(out);
    }
    if (System.err != err) {
      found.add("System.err was replaced");
      System.setErr(err);
    }
    if (System.in != in) {
      found.add("System.in was replaced");
      System.setIn(in);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the table of properties has identity
  private void restoreProperties(List<String> found) {
    if (System.getProperties() != properties) {
      found.add("the system properties were replaced");
      System.setProperties(properties);
    }
    values.forEach(
        (key, value) -> {
          Object now = properties.get(key);
          if (!Objects.equals(now, value)) {
            found.add("system property " + key + (now == null ? " was removed" : " was changed"));
            properties.put(key, value);
          }
        });
    hash = properties.hashCode(); // what was added stays
  }
}
