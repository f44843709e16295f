package dev.telar.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/// Fetches a page and prints its size.
final class Page {

  /// One client for each JVM: it is costly to make and meant to be shared.
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Page() {}

  static void fetch(URI page) throws IOException, InterruptedException {
    byte[] body =
        CLIENT.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray()).body();
    IO.println(page + ": " + body.length + " bytes");
  }
}
