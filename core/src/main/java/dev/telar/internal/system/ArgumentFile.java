package dev.telar.internal.system;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The `@file` of the `java` command: arguments that are too long for a command line.
final class ArgumentFile {
  private static final Object WRITING = new Object();

  private ArgumentFile() {}

  /// Writes the arguments into a file of the directory. The same arguments give the same file, so a
  /// program that makes one pool after the other does not collect files.
  static Path write(RuntimeDirectory directory, List<String> arguments) throws IOException {
    byte[] content = format(arguments).getBytes(launcherCharset());
    synchronized (WRITING) {
      for (int n = 0; ; n++) {
        Path file = directory.file("args-" + n);
        if (!Files.exists(file)) {
          Files.write(file, content, StandardOpenOption.CREATE_NEW);
          return file;
        }
        if (Arrays.equals(Files.readAllBytes(file), content)) {
          return file;
        }
      }
    }
  }

  /// The arguments in a file that somebody else wrote.
  static List<String> read(Path file) throws IOException {
    return parse(Files.readString(file, launcherCharset()));
  }

  static String format(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      text.append('"');
      for (int i = 0; i < argument.length(); i++) {
        char c = argument.charAt(i);
        switch (c) {
          case '"', '\\' -> text.append('\\').append(c);
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          case '\t' -> text.append("\\t");
          case '\f' -> text.append("\\f");
          default -> text.append(c);
        }
      }
      text.append("\"\n");
    }
    return text.toString();
  }

  /// The launcher's rules: white space separates, `#` comments, quotes join, and within quotes a
  /// backslash escapes.
  static List<String> parse(String text) {
    List<String> arguments = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    boolean inToken = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else if (c == '\\' && i + 1 < text.length()) {
          i = unescape(text, i + 1, token);
        } else {
          token.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inToken = true;
      } else if (Character.isWhitespace(c) || (c == '#' && !inToken)) {
        if (inToken) {
          arguments.add(token.toString());
          token.setLength(0);
          inToken = false;
        }
        while (c == '#' && i + 1 < text.length() && text.charAt(i + 1) != '\n') {
          i++;
        }
      } else {
        token.append(c);
        inToken = true;
      }
    }
    if (inToken) {
      arguments.add(token.toString());
    }
    return arguments;
  }

  /// Takes in what stands behind a backslash at `i`; gives the index of the last character used.
  private static int unescape(String text, int i, StringBuilder token) {
    char c = text.charAt(i);
    switch (c) {
      case 'n' -> token.append('\n');
      case 'r' -> token.append('\r');
      case 't' -> token.append('\t');
      case 'f' -> token.append('\f');
      case '\n', '\r' -> { // the line goes on, behind its indentation
        while (i + 1 < text.length() && Character.isWhitespace(text.charAt(i + 1))) {
          i++;
        }
      }
      default -> token.append(c);
    }
    return i;
  }

  /// The launcher hands the bytes on as they are, and the JVM reads them in the platform's
  /// encoding.
  private static Charset launcherCharset() {
    String name = System.getProperty("sun.jnu.encoding");
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }
}
