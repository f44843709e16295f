package dev.telar.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/// Objects as text, to be handed to a program that is no worker.
public final class Handles {
  private Handles() {}

  /// JDK serialization.
  public static String write(Object object) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /// What [#write] wrote.
  @SuppressWarnings("unchecked")
  public static <T> T read(String text) {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(text)))) {
      return (T) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
