/// Small programs that show Telar, one idea each.
module dev.telar.examples {
  requires dev.telar;
  requires java.net.http;
  requires jdk.httpserver;
  requires static org.jspecify;

  exports dev.telar.examples;
}
