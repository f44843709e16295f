package dev.telar.internal.system;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/// System properties that make a child JVM see the same locale, time zone and encoding as we do
/// now, whatever the environment says.
final class ParentSettings {
  private ParentSettings() {}

  static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    Locale locale = Locale.getDefault();
    putLocale(properties, locale, "");
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    if (!format.equals(locale)) {
      putLocale(properties, format, ".format");
    }
    Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    if (!display.equals(locale)) {
      putLocale(properties, display, ".display");
    }
    properties.put("user.timezone", TimeZone.getDefault().getID());
    properties.put("file.encoding", Charset.defaultCharset().name());
    properties.put("stdout.encoding", "UTF-8"); // as OutputPump decodes it
    properties.put("stderr.encoding", "UTF-8");
    String filter = System.getProperty("jdk.serialFilter");
    if (filter != null) {
      properties.put("jdk.serialFilter", filter);
    }
    return properties;
  }

  /// Empty parts are named too, or the environment would fill them in.
  private static void putLocale(Map<String, String> properties, Locale locale, String category) {
    properties.put("user.language" + category, locale.getLanguage());
    properties.put("user.script" + category, locale.getScript());
    properties.put("user.country" + category, locale.getCountry());
    properties.put("user.variant" + category, locale.getVariant());
  }
}
