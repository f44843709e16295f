package dev.telar.internal.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;

/// Loads what only the parent has: classes of JShell, of a `URLClassLoader`, of nested jars,
/// generated ones. The application's loader is asked first.
final class RemoteClassLoader extends ClassLoader {

  /// Brings a resource from the parent.
  @FunctionalInterface
  interface Fetch {
    byte @Nullable [] fetch(String name) throws IOException;
  }

  static {
    registerAsParallelCapable();
  }

  private final Fetch fetch;

  RemoteClassLoader(Fetch fetch) {
    super("telar-remote", ClassLoader.getSystemClassLoader());
    this.fetch = fetch;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes;
    try {
      bytes = fetch.fetch(name.replace('.', '/') + ".class");
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(
          name
              + " is neither on the worker's class path nor does the parent's class loader give it"
              + " as a resource");
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      byte[] bytes = fetch.fetch(name);
      return bytes == null
          ? null
          : URL.of(URI.create("telar:/" + name.replace(" ", "%20")), new Handler(bytes));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static final class Handler extends URLStreamHandler {
    private final byte[] bytes;

    Handler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) throws MalformedURLException {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
