package dev.telar.cli.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names files for pages: what a person recognizes of the URL, in letters that every file system
/// takes, and a digest of all of it. So two URLs have two names, also where the names of files do
/// not tell capitals from small letters, and the same URL has the same name every time.
final class PageNames {

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+|\\.{2,}");
  private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,5})$");
  private static final int LONGEST = 80;
  private static final int DIGEST_BYTES = 6;

  private PageNames() {}

  /// For instance `example.com-news-a1b2c3d4e5f6.html`.
  static String of(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    Matcher ending = ENDING.matcher(path);
    boolean hasEnding = ending.find();
    String extension = hasEnding ? ending.group().toLowerCase(Locale.ROOT) : ".html";
    String stem = hasEnding ? path.substring(0, ending.start()) : path;
    String query = uri.getRawQuery() == null ? "" : "-" + uri.getRawQuery();
    String readable = UNSAFE.matcher(uri.getHost() + stem + query).replaceAll("-");
    readable = readable.substring(0, Math.min(readable.length(), LONGEST));
    // No hidden files, and no "..".
    readable = readable.replaceAll("^[.-]+|[.-]+$", "");
    return readable + "-" + digest(uri.toString()) + extension;
  }

  private static String digest(String url) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
