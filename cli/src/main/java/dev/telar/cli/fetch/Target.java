package dev.telar.cli.fetch;

import dev.telar.cli.work.InputException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// One page to be fetched.
///
/// @param index its place among all
/// @param uri where it is
/// @param file where to save it, or the empty string
record Target(int index, URI uri, String file) implements Serializable {

  private static final int LAST_PORT = 65535;

  /// Reads a URL as a user typed it. What is behind `#` names a place within a page and is dropped.
  ///
  /// @throws InputException if no page can be fetched from there
  static URI parse(String typed) throws InputException {
    int hash = typed.indexOf('#');
    URI uri;
    try {
      uri = new URI(hash < 0 ? typed : typed.substring(0, hash));
    } catch (URISyntaxException e) {
      throw new InputException("not a URL: '" + typed + "' (" + e.getReason() + ")");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new InputException(
          "not a URL: '" + typed + "'; it has to begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw new InputException("not a URL: '" + typed + "'; there is no host in it");
    }
    if (uri.getPort() > LAST_PORT) {
      throw new InputException("not a URL: '" + typed + "'; ports end at " + LAST_PORT);
    }
    return uri;
  }

  /// The host, as the limit per host counts it.
  static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }
}
