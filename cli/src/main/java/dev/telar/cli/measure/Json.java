package dev.telar.cli.measure;

import java.util.Map;

/// Reads the values of JSON objects that this program wrote itself.
final class Json {

  private Json() {}

  static Number number(Map<?, ?> json, String key) {
    return (Number) value(json, key);
  }

  static Object value(Map<?, ?> json, String key) {
    Object value = json.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no \"" + key + "\" in " + json);
    }
    return value;
  }
}
